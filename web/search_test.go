package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tiebreak/templates"
)

// Every place found is where its link leads.
func TestSearch(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	kinds := map[string]bool{}
	for _, query := range []string{"event loop", "memory", "team", "GIL", "nodejs cold start", "weight", "B-AI-01"} {
		doc := open(t, h, templates.SearchForPath(query), http.StatusOK)
		if got := doc.Find("head > title").Text(); !strings.HasPrefix(got, "Search: "+query+" ") {
			t.Errorf("%q: title %q", query, got)
		}
		if got := doc.Find(`meta[name=robots]`).AttrOr("content", ""); got != "noindex" {
			t.Errorf("%q: robots %q, want noindex", query, got)
		}
		if got := doc.Find("#query").AttrOr("value", ""); got != query {
			t.Errorf("%q: the form holds %q", query, got)
		}
		hits := doc.Find(".hits li")
		if hits.Length() == 0 || doc.Find(".hits mark").Length() == 0 {
			t.Errorf("%q: %d places, %d marks, want some", query, hits.Length(), doc.Find(".hits mark").Length())
		}
		hits.Find("h3 a").Each(func(_ int, s *goquery.Selection) { checkHit(t, h, s.AttrOr("href", "")) })
		doc.Find("section > h2").Each(func(_ int, s *goquery.Selection) { kinds[text(s)] = true })
	}
	for _, want := range []string{"Glossary", "Article", "Table", "Claims checked", "Questions", "Facts and sources", "About this site"} {
		if !kinds[want] {
			t.Errorf("nothing of the kind %q was found of %s", want, c.Slug)
		}
	}
}

func checkHit(t *testing.T, h http.Handler, link string) {
	t.Helper()
	path, id, ok := strings.Cut(link, "#")
	doc := open(t, h, path, http.StatusOK)
	if ok && doc.Find("[id]").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.AttrOr("id", "") == id }).Length() != 1 {
		t.Errorf("%s leads to nothing on its page", link)
	}
}

// Whatever is typed, the answer is a page that says what became of it.
func TestSearchInput(t *testing.T) {
	t.Parallel()
	h, _ := realSite(t)
	long := strings.Repeat("é", 201)
	for _, tt := range []struct {
		query  string
		status int
		want   string
	}{
		{"", http.StatusOK, "Search this site"},
		{"?q=", http.StatusOK, "Search this site"},
		{"?q=zebrafish", http.StatusOK, "Nothing on this site has these words"},
		{"?q=" + url.QueryEscape(`"*^:(){}--`), http.StatusOK, "Nothing on this site"},
		{"?q=" + url.QueryEscape(`' OR 1=1; DROP TABLE places --`), http.StatusOK, "Search: “' OR 1=1"},
		{"?q=" + url.QueryEscape(`title: NEAR("x" AND`), http.StatusOK, "Search: “title"},
		{"?q=" + url.QueryEscape(`<script>alert(1)</script>`), http.StatusOK, "“<script>alert(1)</script>”"},
		{"?q=zebrafish+memory", http.StatusOK, "No place has all these words"},
		{"?q=" + url.QueryEscape(long), http.StatusUnprocessableEntity, "only the first 200 letters"},
		{"?q=a&q=b", http.StatusUnprocessableEntity, "more than one search"},
		{"?q=%ff", http.StatusBadRequest, ""},
	} {
		doc := open(t, h, templates.SearchPath+tt.query, tt.status)
		if got := text(doc.Find("main")); !strings.Contains(got, tt.want) {
			t.Errorf("%s says %.200q, want %q in it", tt.query, got, tt.want)
		}
		if n := doc.Find("main script").Length(); n != 0 {
			t.Errorf("%s: %d scripts", tt.query, n)
		}
		checkStructure(doc, func(format string, args ...any) { t.Errorf(tt.query+": "+format, args...) })
	}
}

func BenchmarkSearch(b *testing.B) {
	pages, err := realCatalog()
	if err != nil {
		b.Fatal(err)
	}
	h, err := New(benchConfig(pages))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if res := get(h, "/search?q=event+loop"); res.StatusCode != http.StatusOK {
			b.Fatal(res.Status)
		}
	}
}
