package web

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"

	"tiebreak/internal/compare"
	"tiebreak/templates"
)

const typeText = "text/plain; charset=utf-8"

// alive says that the process answers at all.
func (s *server) alive(*http.Request, *bytes.Buffer) (response, error) {
	return s.newResponse(http.StatusOK, typeText, []byte("ok\n"), noStore), nil
}

// readiness says whether new requests are welcome, and what is wrong all the
// same.
func (s *server) readiness(r *http.Request, buf *bytes.Buffer) (response, error) {
	if !s.ready() {
		return s.newResponse(http.StatusServiceUnavailable, typeText, []byte("draining\n"), noStore), nil
	}
	if err := s.fault(); err != nil {
		return s.newResponse(http.StatusOK, typeText, []byte("ok, but "+err.Error()+"\n"), noStore), nil
	}
	return s.alive(r, buf)
}

// robots lets everything be read. Result pages ask not to be listed in their
// own markup, which a crawler must be able to read to obey.
func (s *server) robots(*http.Request, *bytes.Buffer) (response, error) {
	body := "User-agent: *\nDisallow:\n\nSitemap: " + s.absolute("/sitemap.xml") + "\n"
	return s.newResponse(http.StatusOK, typeText, []byte(body), cached(cacheMachines)), nil
}

type urlSet struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc     string       `xml:"loc"`
	LastMod compare.Date `xml:"lastmod,omitempty"`
}

// A listedPage is a page that a search should find.
type listedPage struct {
	path    string
	changed compare.Date // when its content last changed
}

// listed returns the pages that a search should find.
func (s *server) listed() []listedPage {
	comparisons := s.catalog.All()
	pages := []listedPage{{templates.HomePath, newest(comparisons)}}
	for _, c := range comparisons {
		paths := []string{templates.ArticlePath(c), templates.TablePath(c)}
		if len(c.Claims) > 0 {
			paths = append(paths, templates.ClaimsPath(c))
		}
		paths = append(paths, measurementPaths(c)...)
		paths = append(paths, templates.QuestionsPath(c), templates.SourcesPath(c))
		for _, path := range paths {
			pages = append(pages, listedPage{path, c.Changed()})
		}
	}
	for _, p := range s.catalog.Pages() {
		pages = append(pages, listedPage{templates.PagePath(p.Name), p.Updated})
	}
	return pages
}

// sitemap lists the pages with the day on which their content last changed.
func (s *server) sitemap(*http.Request, *bytes.Buffer) (response, error) {
	var set urlSet
	for _, page := range s.listed() {
		set.URLs = append(set.URLs, sitemapURL{s.absolute(page.path), page.changed})
	}
	return s.xml("application/xml; charset=utf-8", set)
}

func newest(comparisons []*compare.Comparison) compare.Date {
	var day compare.Date
	for _, c := range comparisons {
		day = max(day, c.Changed())
	}
	return day
}

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Sub     string      `xml:"subtitle,omitempty"`
	Updated string      `xml:"updated"`
	Links   []atomLink  `xml:"link"`
	Author  string      `xml:"author>name"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary"`
}

// feed has an entry for every comparison, article and edition, newest first.
func (s *server) feed(*http.Request, *bytes.Buffer) (response, error) {
	site := s.site
	comparisons := s.catalog.All()
	f := atomFeed{
		ID:      s.absolute(templates.FeedPath),
		Title:   site.Name,
		Sub:     site.Line,
		Updated: atomTime(newest(comparisons)),
		Author:  cmp.Or(site.Author, site.Name),
		Links: []atomLink{
			{"self", "application/atom+xml", s.absolute(templates.FeedPath)},
			{"alternate", "text/html", s.absolute(templates.HomePath)},
		},
	}
	for _, c := range comparisons {
		f.Entries = append(f.Entries, s.entries(c)...)
	}
	slices.SortFunc(f.Entries, func(a, b atomEntry) int {
		return cmp.Or(cmp.Compare(b.Updated, a.Updated), cmp.Compare(a.ID, b.ID))
	})
	if len(f.Entries) > 0 {
		f.Updated = max(f.Updated, f.Entries[0].Updated)
	}
	return s.xml("application/atom+xml; charset=utf-8", f)
}

func (s *server) entries(c *compare.Comparison) []atomEntry {
	entries := []atomEntry{
		s.entry(templates.TablePath(c), "", c.Title+": the table", c.Summary, c.Changed()),
		s.entry(templates.ArticlePath(c), "", c.Article.Title, c.Article.Summary, c.Article.Checked),
	}
	for _, e := range c.Editions {
		title := fmt.Sprintf("%s: edition %d of the questions", c.Title, e.Number)
		summary := "A preview: its results may still change."
		if e.Released {
			summary = "Released: its results never change."
		}
		anchor := fmt.Sprintf("#edition-%d", e.Number)
		entries = append(entries, s.entry(templates.QuestionsPath(c), anchor, title, summary, e.Date))
	}
	return entries
}

// entry makes an entry whose permanent id is its address, with the anchor
// where several entries share one page.
func (s *server) entry(path, anchor, title, summary string, day compare.Date) atomEntry {
	return atomEntry{
		ID:      s.absolute(path) + anchor,
		Title:   title,
		Updated: atomTime(day),
		Link:    atomLink{"alternate", "text/html", s.absolute(path)},
		Summary: summary,
	}
}

// atomTime gives a day the time of day that the format asks for.
func atomTime(day compare.Date) string { return string(day) + "T00:00:00Z" }

func (s *server) xml(contentType string, v any) (response, error) {
	body, err := xml.MarshalIndent(v, "", "  ")
	if err != nil {
		return response{}, fmt.Errorf("encode %s: %w", contentType, err)
	}
	body = append([]byte(xml.Header), append(body, '\n')...)
	return s.newResponse(http.StatusOK, contentType, body, cached(cacheMachines)), nil
}
