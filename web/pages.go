package web

import (
	"fmt"
	"net/http"

	"github.com/go-chi/chi/v5"

	"tiebreak/internal/compare"
	"tiebreak/templates"
)

// home lists the comparisons.
func (s *server) home(w http.ResponseWriter, r *http.Request) error {
	head := s.head("Choose between two technologies", s.catalog.Site().Line, templates.HomePath)
	return s.page(w, r, http.StatusOK, templates.Home(head, s.catalog.All()))
}

// fixed shows one of the fixed pages.
func (s *server) fixed(name string) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		page, err := s.catalog.Page(name)
		if err != nil {
			return err
		}
		head := s.head(page.Title, page.Summary, templates.PagePath(name))
		if name == "about" {
			return s.page(w, r, http.StatusOK, templates.About(head, page))
		}
		return s.page(w, r, http.StatusOK, templates.Page(head, page))
	}
}

func (s *server) article(w http.ResponseWriter, r *http.Request) error {
	c, err := s.comparison(r)
	if err != nil {
		return err
	}
	head := s.comparisonHead(r, c, c.Article.Title, c.Article.Summary, templates.ArticlePath(c))
	head.Code = true
	return s.page(w, r, http.StatusOK, templates.Article(head, c))
}

func (s *server) sources(w http.ResponseWriter, r *http.Request) error {
	c, err := s.comparison(r)
	if err != nil {
		return err
	}
	description := fmt.Sprintf("The %d facts behind %s, each with its source, its date and where it is used.", len(c.Facts), c.Title)
	head := s.comparisonHead(r, c, "Sources: "+c.Title, description, templates.SourcesPath(c))
	return s.page(w, r, http.StatusOK, templates.Sources(head, c, s.today()))
}

// comparison returns the comparison the path names.
func (s *server) comparison(r *http.Request) (*compare.Comparison, error) {
	return s.catalog.Get(chi.URLParam(r, "comparison"))
}

// comparisonHead is the head of a page that belongs to a comparison.
func (s *server) comparisonHead(r *http.Request, c *compare.Comparison, title, description, path string) templates.Head {
	head := s.head(title, description, path)
	head.Comparison = c
	return head
}

// today is the day it is in UTC, the same for every reader.
func (s *server) today() compare.Date {
	return compare.Date(s.now().UTC().Format("2006-01-02"))
}
