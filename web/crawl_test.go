package web

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tiebreak/internal/compare"
	"tiebreak/templates"
)

// mostResults is how many results, and forms and files of results, a crawl
// visits: each leads to more, without end.
const mostResults = 20

// A crawl visits every page that can be reached by links.
type crawl struct {
	h       http.Handler
	from    map[string]string          // page to the page that led to it
	ids     map[string]map[string]bool // page to the ids on it
	anchors []anchor
	results int
}

type anchor struct{ page, id, from string }

func TestCrawl(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	small := loadSmall(t)
	for _, site := range []struct {
		h          http.Handler
		comparison *compare.Comparison
	}{{h, c}, {smallSite(t, small, "2026-11-23"), small.All()[0]}} {
		crawl := crawl{h: site.h, from: map[string]string{}, ids: map[string]map[string]bool{}}
		todo := []string{"/"}
		for seed := range uint64(4) {
			todo = append(todo, templates.ResultPath(site.comparison, randomAnswers(site.comparison.Current(), seed)))
		}
		for _, e := range site.comparison.Editions {
			todo = append(todo, templates.ResultPath(site.comparison, e.NoAnswers()), templates.ResultPath(site.comparison, randomAnswers(e, 9)))
		}
		for len(todo) > 0 {
			path := todo[0]
			todo = append(todo[1:], crawl.visit(t, path)...)
		}
		for _, a := range crawl.anchors {
			if ids, ok := crawl.ids[a.page]; ok && !ids[a.id] {
				t.Errorf("%s links to %s#%s, which is not there", a.from, a.page, a.id)
			}
		}
		t.Logf("%s: %d pages, %d anchors", site.comparison.Slug, len(crawl.ids), len(crawl.anchors))
		if len(crawl.ids) < 12 || len(crawl.anchors) < 20 {
			t.Errorf("the crawl found only %d pages and %d anchors", len(crawl.ids), len(crawl.anchors))
		}
	}
}

// visit checks the page at path and returns the addresses it leads to that are
// new.
func (c *crawl) visit(t *testing.T, path string) []string {
	t.Helper()
	res := get(c.h, path)
	if res.StatusCode != http.StatusOK {
		t.Errorf("%s, linked from %s, = %d, want 200", path, c.from[path], res.StatusCode)
		return nil
	}
	if !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		return nil
	}
	doc := document(t, res)
	c.ids[path] = checkPage(t, path, doc)
	var found []string
	doc.Find("[href], [src], form[action]").Each(func(_ int, s *goquery.Selection) {
		if method := s.AttrOr("method", "get"); method != "get" {
			return
		}
		link := s.AttrOr("href", s.AttrOr("src", s.AttrOr("action", "")))
		if to, ok := c.follow(t, path, link); ok && (res.StatusCode == http.StatusOK) {
			found = append(found, to)
		}
	})
	return found
}

// follow notes where a link leads and reports whether that is still to be
// visited.
func (c *crawl) follow(t *testing.T, page, link string) (string, bool) {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Errorf("%s links to %q: %v", page, link, err)
		return "", false
	}
	switch {
	case u.Scheme == "mailto":
		return "", false
	case strings.HasPrefix(link, testBase+"/"):
		link = strings.TrimPrefix(link, testBase) // canonical addresses and files
	case u.Scheme != "" || u.Host != "":
		if u.Scheme != "https" {
			t.Errorf("%s links to %q, which is not https", page, link)
		}
		return "", false
	case link == "" || link[0] != '/' && link[0] != '#':
		t.Errorf("%s links to %q: links of the site start with a slash", page, link)
		return "", false
	}
	path, id, _ := strings.Cut(link, "#")
	if path == "" {
		path = page
	}
	if id != "" {
		c.anchors = append(c.anchors, anchor{path, id, page})
	}
	if _, seen := c.from[path]; seen || path == page {
		return "", false
	}
	if strings.Contains(path, "/result/") || strings.Contains(path, "?") {
		if c.results++; c.results > mostResults {
			return "", false
		}
	}
	c.from[path] = page
	return path, true
}

var (
	eventAttr = regexp.MustCompile(`^on[a-z]+$`)
	headings  = "h1, h2, h3, h4, h5, h6"
)

// checkPage checks what every page must keep, and returns its ids.
func checkPage(t *testing.T, path string, doc *goquery.Document) map[string]bool {
	t.Helper()
	bad := func(format string, args ...any) {
		t.Helper()
		t.Errorf(path+": "+format, args...)
	}
	ids := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if id == "" || ids[id] || strings.ContainsAny(id, " \t\n") {
			bad("id %q is empty or stands twice", id)
		}
		ids[id] = true
	})
	checkHead(t, path, doc)
	checkSafety(doc, bad)
	checkForms(doc, ids, bad)
	checkReferences(doc, ids, bad)
	checkStructure(doc, bad)
	return ids
}

func checkHead(t *testing.T, path string, doc *goquery.Document) {
	t.Helper()
	for _, tt := range []struct {
		selector string
		want     int
	}{
		{"html[lang=en]", 1},
		{"h1", 1},
		{"head > title", 1},
		{"main", 1},
		{"main#main", 1},
		{`a.skip[href="#main"]`, 1},
		{"meta[charset]", 1},
		{"meta[name=viewport]", 1},
		{"meta[name=description]", 1},
		{"link[rel=canonical]", 1},
		{"base", 0},
		{"meta[http-equiv]", 0},
	} {
		if got := doc.Find(tt.selector).Length(); got != tt.want {
			t.Errorf("%s: %d of %s, want %d", path, got, tt.selector, tt.want)
		}
	}
	if got := doc.Find("head > title").Text(); len(got) < 5 || strings.TrimSpace(got) != got {
		t.Errorf("%s: title %q", path, got)
	}
}

// checkSafety checks that the page needs nothing the policy forbids.
func checkSafety(doc *goquery.Document, bad func(string, ...any)) {
	doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		for _, a := range s.Nodes[0].Attr {
			switch {
			case a.Key == "style", eventAttr.MatchString(a.Key):
				bad("attribute %s on %s", a.Key, goquery.NodeName(s))
			case strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:"):
				bad("%s leads to a script", a.Key)
			}
		}
	})
	if n := doc.Find("style, iframe, object, embed, applet, frame").Length(); n != 0 {
		bad("%d elements that bring things from elsewhere or styles of their own", n)
	}
	doc.Find("script").Each(func(_ int, s *goquery.Selection) {
		if s.AttrOr("type", "") == "application/ld+json" {
			return // data, which no browser runs
		}
		if s.AttrOr("src", "") == "" || strings.TrimSpace(s.Text()) != "" {
			bad("a script in the page itself")
		}
	})
	doc.Find("[src], link[href]:not([rel=canonical]), [srcset], [data], [poster]").Each(func(_ int, s *goquery.Selection) {
		for _, key := range []string{"src", "href", "srcset", "data", "poster"} {
			if v, ok := s.Attr(key); ok && !strings.HasPrefix(v, "/") || strings.HasPrefix(v, "//") {
				bad("%s comes from %q", goquery.NodeName(s), v)
			}
		}
	})
	doc.Find(`a[href^="https://"]`).Each(func(_ int, s *goquery.Selection) {
		if s.AttrOr("target", "") != "" {
			bad("a link opens a window: %s", s.AttrOr("href", ""))
		}
	})
}

func checkForms(doc *goquery.Document, ids map[string]bool, bad func(string, ...any)) {
	doc.Find("input:not([type=hidden]), select, textarea").Each(func(_ int, s *goquery.Selection) {
		label := s.Closest("label")
		if id, ok := s.Attr("id"); ok && label.Length() == 0 {
			label = doc.Find(`label[for="` + id + `"]`)
		}
		if label.Length() != 1 || text(label) == "" {
			bad("%s %q has %d labels", goquery.NodeName(s), s.AttrOr("name", s.AttrOr("id", "")), label.Length())
		}
	})
	doc.Find("label[for]").Each(func(_ int, s *goquery.Selection) {
		if !ids[s.AttrOr("for", "")] {
			bad("label %q is for nothing", text(s))
		}
	})
	doc.Find("button").Each(func(_ int, s *goquery.Selection) {
		if s.AttrOr("type", "") == "" || text(s) == "" {
			bad("button %q has no type or no text", text(s))
		}
	})
	doc.Find("fieldset").Each(func(_ int, s *goquery.Selection) {
		if s.ChildrenFiltered("legend").Length() != 1 {
			bad("fieldset %q has no legend", s.AttrOr("id", ""))
		}
	})
	// Groups of radio buttons: one name, one group, one of them chosen.
	chosen := map[string]int{}
	doc.Find("input[type=radio]").Each(func(_ int, s *goquery.Selection) {
		name := s.AttrOr("name", "")
		chosen[name] += 0
		if _, ok := s.Attr("checked"); ok {
			chosen[name]++
		}
	})
	for name, n := range chosen {
		if n != 1 {
			bad("%d of the radio buttons %q are chosen, want 1", n, name)
		}
	}
}

// checkReferences checks that what an element names by id is there.
func checkReferences(doc *goquery.Document, ids map[string]bool, bad func(string, ...any)) {
	for _, key := range []string{"aria-labelledby", "aria-describedby", "aria-controls", "headers", "data-copy"} {
		doc.Find("[" + key + "]").Each(func(_ int, s *goquery.Selection) {
			named := strings.Fields(s.AttrOr(key, ""))
			if len(named) == 0 {
				bad("%s on %s is empty", key, goquery.NodeName(s))
			}
			for _, id := range named {
				if !ids[id] {
					bad("%s names %q, which is not there", key, id)
				}
			}
		})
	}
}

func checkStructure(doc *goquery.Document, bad func(string, ...any)) {
	level := 0
	doc.Find(headings).Each(func(_ int, s *goquery.Selection) {
		n := int(goquery.NodeName(s)[1] - '0')
		if n > level+1 && level > 0 || text(s) == "" {
			bad("heading %q of level %d stands under level %d", text(s), n, level)
		}
		level = n
	})
	doc.Find("a").Each(func(_ int, s *goquery.Selection) {
		if text(s) == "" && s.AttrOr("aria-label", "") == "" {
			bad("link to %q has no text", s.AttrOr("href", ""))
		}
	})
	doc.Find("img").Each(func(_ int, s *goquery.Selection) {
		if _, ok := s.Attr("alt"); !ok {
			bad("picture %q has no text", s.AttrOr("src", ""))
		}
	})
	doc.Find("svg").Each(func(_ int, s *goquery.Selection) {
		if s.AttrOr("aria-hidden", "") != "true" && (s.AttrOr("role", "") != "img" || s.AttrOr("aria-label", "") == "") {
			bad("a drawing with neither name nor aria-hidden")
		}
	})
	doc.Find("nav").Each(func(_ int, s *goquery.Selection) {
		if s.AttrOr("aria-label", s.AttrOr("aria-labelledby", "")) == "" {
			bad("a navigation has no name")
		}
	})
	doc.Find("table").Each(func(_ int, s *goquery.Selection) {
		// A simple table in a text has its heading row and stands under a heading.
		simple := s.Closest(".prose").Length() == 1 && s.Find("thead th").Length() > 0
		named := s.Find("caption").Length() == 1 || s.Closest("[role=region][aria-labelledby], [role=region][aria-label]").Length() == 1
		if !simple && (!named || s.Find("th:not([scope])").Length() > 0) {
			bad("a table has no name, or a heading without scope")
		}
	})
	empty := doc.Find("li, dd, dt, p:not([data-progress])").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return text(s) == "" && s.Find("svg, img, input").Length() == 0
	})
	if empty.Length() > 0 {
		bad("%d empty paragraphs or list items", empty.Length())
	}
}

// Error pages and forms with mistakes keep the same rules, but for the
// canonical address and description that they cannot have.
func TestCrawlErrors(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	for _, res := range []*http.Response{
		get(h, "/nothing"), get(h, templates.ResultCodePath(c, "1")), get(h, "/?a=%zz"),
		post(h, templates.QuestionsPath(c), "team=nobody&load=x&where=here"), post(h, templates.QuestionsPath(c), strings.Repeat("a", 70_000)),
		get(h, templates.TablePath(c)+"?differ=x"), get(h, templates.ClaimsPath(c)+"?verdict=x"), serve(h, request("PUT", "/", "")),
	} {
		doc := document(t, res)
		ids := map[string]bool{}
		for _, id := range doc.Find("[id]").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("id", "") }) {
			if ids[id] {
				t.Errorf("id %q stands twice on the page for %d", id, res.StatusCode)
			}
			ids[id] = true
		}
		bad := func(format string, args ...any) { t.Errorf("page for "+res.Status+": "+format, args...) }
		checkSafety(doc, bad)
		checkForms(doc, ids, bad)
		checkReferences(doc, ids, bad)
		checkStructure(doc, bad)
		if doc.Find("h1").Length() != 1 {
			bad("%d h1, want 1", doc.Find("h1").Length())
		}
		doc.Find(`a[href^="#"]`).Each(func(_ int, s *goquery.Selection) {
			if id := s.AttrOr("href", "")[1:]; !ids[id] {
				bad("links to #%s, which is not there", id)
			}
		})
	}
}

// Titles and descriptions tell pages apart.
func TestTitlesDiffer(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	paths := []string{"/", "/method", "/about", "/privacy", "/changelog", templates.ArticlePath(c), templates.TablePath(c), templates.ClaimsPath(c), templates.QuestionsPath(c), templates.SourcesPath(c)}
	paths = append(paths, measurementPaths(c)...)
	var titles, descriptions []string
	for _, path := range paths {
		doc := open(t, h, path, http.StatusOK)
		title, description := doc.Find("head > title").Text(), doc.Find("meta[name=description]").AttrOr("content", "")
		if slices.Contains(titles, title) || slices.Contains(descriptions, description) || description == "" {
			t.Errorf("%s: title %q or description %q is not its own", path, title, description)
		}
		titles, descriptions = append(titles, title), append(descriptions, description)
	}
}
