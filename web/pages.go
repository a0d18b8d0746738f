package web

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/go-chi/chi/v5"

	"tiebreak/internal/compare"
	"tiebreak/templates"
)

// home lists the comparisons.
func (s *server) home(_ *http.Request, buf *bytes.Buffer) (response, error) {
	head := s.head("Choose between two technologies", s.site.Line, templates.HomePath)
	return s.page(buf, http.StatusOK, templates.Home(head, s.catalog.All()))
}

// fixed shows one of the fixed pages.
func (s *server) fixed(name string) renderFunc {
	return func(_ *http.Request, buf *bytes.Buffer) (response, error) {
		page, err := s.catalog.Page(name)
		if err != nil {
			return response{}, err
		}
		head := s.head(page.Title, page.Summary, templates.PagePath(name))
		if name == "about" {
			return s.page(buf, http.StatusOK, templates.About(head, page))
		}
		return s.page(buf, http.StatusOK, templates.Page(head, page))
	}
}

func (s *server) article(r *http.Request, buf *bytes.Buffer) (response, error) {
	c, err := s.comparison(r)
	if err != nil {
		return response{}, err
	}
	head := s.comparisonHead(c, c.Article.Title, c.Article.Summary, templates.ArticlePath(c))
	head.Code = true
	coloured := keptOr(s.colours.comparisons, c, s.catalog.Coloured)
	return s.page(buf, http.StatusOK, templates.Article(head, coloured, s.today()))
}

func (s *server) sources(r *http.Request, buf *bytes.Buffer) (response, error) {
	c, err := s.comparison(r)
	if err != nil {
		return response{}, err
	}
	data := templates.SourcesData{Comparison: c, Today: s.today()}
	status := http.StatusOK
	if data.Bad = sourcesFilter(&data, r.URL.Query()); data.Bad != "" {
		status = http.StatusUnprocessableEntity
	}
	description := fmt.Sprintf("The %d facts behind %s, each with its source, its date and where it is used.", len(c.Facts), c.Title)
	head := s.comparisonHead(c, "Sources: "+c.Title, description, templates.SourcesPath(c))
	return s.page(buf, status, templates.Sources(head, data))
}

// sourcesFilter reads the filter into data and returns what is wrong with it. A
// filter that cannot be read is left out, and said so.
func sourcesFilter(data *templates.SourcesData, query url.Values) string {
	if len(query["review"]) > 1 {
		return "The filter was given more than once. All facts are shown."
	}
	review := compare.Review(query.Get("review"))
	if review != "" && !slices.Contains(compare.Reviews(), review) {
		return "There is no such filter. All facts are shown."
	}
	data.Review = review
	return ""
}

// comparison returns the comparison the path names.
func (s *server) comparison(r *http.Request) (*compare.Comparison, error) {
	return s.catalog.Get(chi.URLParam(r, "comparison"))
}

// comparisonHead is the head of a page that belongs to a comparison.
func (s *server) comparisonHead(c *compare.Comparison, title, description, path string) templates.Head {
	head := s.head(title, description, path)
	head.Comparison = c
	return head
}

// today is the day it is in UTC, the same for every reader.
func (s *server) today() compare.Date { return s.dayOf(s.now()) }

func (s *server) dayOf(now time.Time) compare.Date {
	now = now.UTC()
	day := now.Truncate(24 * time.Hour)
	if kept := s.day.Load(); kept != nil && kept.begins.Equal(day) {
		return kept.date
	}
	made := &dayText{day, compare.Date(now.Format(time.DateOnly))}
	s.day.Store(made)
	return made.date
}

// A dayText is the day it was last, so that it is written once.
type dayText struct {
	begins time.Time
	date   compare.Date
}
