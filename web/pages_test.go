package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"tiebreak/internal/catalog"
	"tiebreak/internal/compare"
	"tiebreak/templates"
)

// smallSlug is the comparison of testdata/small: three options, a newer and an
// older edition, neither released.
const smallSlug = "tea-vs-coffee-vs-mate"

func loadSmall(t *testing.T) *catalog.Catalog {
	t.Helper()
	c, err := catalog.Load(os.DirFS("testdata/small"))
	if err != nil {
		t.Fatalf("load testdata/small: %v", err)
	}
	return c
}

// smallSite is the real handler on small content, at noon of the given day.
func smallSite(t *testing.T, content *catalog.Catalog, day string) http.Handler {
	t.Helper()
	noon, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	c := testConfig(t)
	c.Catalog, c.Now = content, func() time.Time { return noon.Add(12 * time.Hour) }
	h, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// builtSite is the site as it is served. It holds no state, so one is enough
// for all tests.
var builtSite = sync.OnceValues(func() (http.Handler, error) {
	pages, err := realCatalog()
	if err != nil {
		return nil, err
	}
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	return New(Config{
		Catalog: pages, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return noon }, BaseURL: testBase,
	})
})

func realSite(t *testing.T) (http.Handler, *compare.Comparison) {
	t.Helper()
	h, err := builtSite()
	if err != nil {
		t.Fatal(err)
	}
	c, err := testConfig(t).Catalog.Get(slug)
	if err != nil {
		t.Fatal(err)
	}
	return h, c
}

// open gets a page that must have the given status.
func open(t *testing.T, h http.Handler, path string, status int) *goquery.Document {
	t.Helper()
	path, _, _ = strings.Cut(path, "#") // browsers keep it to themselves
	res := get(h, path)
	if res.StatusCode != status {
		t.Fatalf("GET %.200s = %d, want %d", path, res.StatusCode, status)
	}
	return document(t, res)
}

// text returns what a reader sees of a part, on one line.
func text(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

func TestPages(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	code := c.Current().NoAnswers().Code()
	for _, tt := range []struct {
		path, title, h1 string
		says            []string
	}{
		{"/", "Choose between two technologies", "Choose between two technologies, and show why", []string{c.Title, c.Summary, c.Finding}},
		{"/method", "", "", []string{"16,384"}},
		{"/about", "", "", nil},
		{"/privacy", "", "", nil},
		{"/changelog", "What changed", "What changed", []string{"Version 0.1.0, 23 November 2026", "For those who run it"}},
		{"/" + slug, c.Article.Title, c.Article.Title, []string{c.Article.Summary, "Sources cited"}},
		{"/" + slug + "/table", "Table: " + c.Title, "The table: " + c.Title, []string{c.Current().Criteria[0].Name, "CSV"}},
		{"/" + slug + "/questions", "Questions: " + c.Title, "Node.js or Python: what is your case?", []string{c.Current().Asked()[0].Text, "Not sure", "Show the result"}},
		{"/" + slug + "/sources", "Sources: " + c.Title, "Sources: " + c.Title, []string{c.Facts[0].Statement, c.Topics[0].Name}},
		{"/" + slug + "/result/" + code, "No decision yet", "No decision yet", []string{fmt.Sprintf("dition %d", c.Current().Number)}},
	} {
		doc := open(t, h, tt.path, http.StatusOK)
		if got := doc.Find("title").First().Text(); !strings.Contains(got, tt.title) || !strings.HasSuffix(got, " – Tiebreak") {
			t.Errorf("%s: title %q, want %q and the name of the site", tt.path, got, tt.title)
		}
		if got := text(doc.Find("h1")); !strings.Contains(got, tt.h1) {
			t.Errorf("%s: h1 %q, want %q", tt.path, got, tt.h1)
		}
		for _, want := range tt.says {
			if !strings.Contains(text(doc.Find("main")), want) {
				t.Errorf("%s does not say %q", tt.path, want)
			}
		}
		if got, _ := doc.Find(`link[rel="canonical"]`).Attr("href"); got != testBase+tt.path {
			t.Errorf("%s: canonical address %q", tt.path, got)
		}
	}
}

func TestUnknownAddresses(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	code := c.Current().NoAnswers().Code()
	for _, path := range []string{
		"/node-vs-python", "/node-vs-python/table", "/node-vs-python/table.csv", "/node-vs-python/table.json", "/node-vs-python/questions",
		"/node-vs-python/score?team=js", "/node-vs-python/sources", "/node-vs-python/result/" + code,
		"/" + slug + "/", "/" + slug + "/nothing", "/" + slug + "/table.xml", "/" + slug + "/result", "/" + slug + "/result/",
		"/" + slug + "/result/" + code + "/x", "/" + strings.ToUpper(slug), "/imprint", "/method/x", "/index.html", "/.env", "/" + slug + "%00",
		"/nodejs-vs-python%2Ftable", "/..", "/a-vs-b-vs-c", "/-vs-", "/" + slug + "/questions/x", "/robots.txt/",
	} {
		doc := open(t, h, path, http.StatusNotFound)
		if got := text(doc.Find("main")); !strings.Contains(got, "Check the address") || !strings.Contains(got, "home page") {
			t.Errorf("%s: the page says %q, want advice and a way on", path, got)
		}
	}
	if res := post(h, "/node-vs-python/questions", "team=js"); res.StatusCode != http.StatusNotFound {
		t.Errorf("POST to the questions of no comparison = %d, want 404", res.StatusCode)
	}
}

func TestErrorPageOfComparison(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	doc := open(t, h, templates.ResultCodePath(c, "107ycx"), http.StatusNotFound)
	if doc.Find(`main a[href="`+templates.QuestionsPath(c)+`"]`).Length() != 1 || doc.Find(`nav a[href="`+templates.TablePath(c)+`"]`).Length() != 1 {
		t.Errorf("the error page of a comparison does not lead on: %s", text(doc.Find("body")))
	}
	if robots, _ := doc.Find(`meta[name="robots"]`).Attr("content"); robots != "noindex" {
		t.Errorf("robots of an error page = %q, want noindex", robots)
	}
	if doc.Find(`link[rel="canonical"]`).Length() != 0 {
		t.Error("an error page has a canonical address")
	}
}

func TestPublisher(t *testing.T) {
	t.Parallel()
	small := loadSmall(t)
	h := smallSite(t, small, "2026-11-21")
	about := open(t, h, "/about", http.StatusOK)
	got := text(about.Find("main"))
	for _, want := range []string{"The <Editors>", "We drink all three.", "editors@small.example", "Last changed on 20 November 2026."} {
		if !strings.Contains(got, want) {
			t.Errorf("/about does not say %q: %s", want, got)
		}
	}
	if href, _ := about.Find("main a[href^='mailto:']").Attr("href"); href != "mailto:editors@small.example" {
		t.Errorf("contact leads to %q", href)
	}
	if open(t, h, "/", http.StatusOK).Find("footer a[href='mailto:editors@small.example']").Length() != 1 {
		t.Error("the footer does not lead to the contact")
	}

	site := small.Site()
	site.Author, site.Contact, site.Interests = "", "", nil
	h = smallSite(t, small, "2026-11-21") // what a site was made from does not change under it
	about = open(t, h, "/about", http.StatusOK)
	if about.Find("#author, #contact, #interests, a[href^='mailto:']").Length() != 0 {
		t.Errorf("/about shows what is not set: %s", text(about.Find("main")))
	}
}

// The clock shows which facts are past their review date, and breaks nothing.
func TestStaleFacts(t *testing.T) {
	t.Parallel()
	small := loadSmall(t)
	for _, tt := range []struct {
		day          string
		facts, cells int // overdue, on the sources page and as named in cells
	}{{"2026-11-22", 0, 0}, {"2026-11-23", 1, 3}, {"2031-01-01", 2, 10}} {
		h := smallSite(t, small, tt.day)
		if got := open(t, h, "/"+smallSlug+"/sources", http.StatusOK).Find(".fact .stale").Length(); got != tt.facts {
			t.Errorf("%s: %d facts shown as overdue, want %d", tt.day, got, tt.facts)
		}
		if got := open(t, h, "/"+smallSlug+"/table", http.StatusOK).Find("td li .stale").Length(); got != tt.cells {
			t.Errorf("%s: %d facts overdue in the table, want %d", tt.day, got, tt.cells)
		}
	}
}

// Every fact can be reached from where it is used, and says where that is.
func TestSourcesSayUses(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	doc := open(t, h, templates.SourcesPath(c), http.StatusOK)
	if got := doc.Find(".fact").Length(); got != len(c.Facts) {
		t.Errorf("%d facts shown, want %d", got, len(c.Facts))
	}
	for i := range c.Facts {
		f := &c.Facts[i]
		entry := doc.Find("#" + f.ID)
		if entry.Length() != 1 || !strings.Contains(text(entry), strings.Join(strings.Fields(f.Statement), " ")) {
			t.Errorf("fact %s is not shown once with its statement", f.ID)
		}
		for _, s := range f.Sources {
			if entry.Find(`a[href="`+s.URL+`"]`).Length() == 0 {
				t.Errorf("fact %s does not lead to %s", f.ID, s.URL)
			}
		}
		want := slices.Contains(c.Article.Cited, f.ID)
		if got := entry.Find(`a[href="`+templates.ArticlePath(c)+"#cite-"+f.ID+`"]`).Length() > 0; got != want {
			t.Errorf("fact %s leads to the article: %v, want %v", f.ID, got, want)
		}
		used := c.UsesOf(f.ID)
		for _, section := range used.Sections {
			if entry.Find(`a[href="`+templates.SectionPath(c, section.ID)+`"]`).Length() != 1 {
				t.Errorf("fact %s does not lead to the section %s", f.ID, section.ID)
			}
		}
		for _, q := range used.Questions {
			if entry.Find(`a[href="`+templates.QuestionPath(c, q.ID)+`"]`).Length() != 1 {
				t.Errorf("fact %s does not lead to the question %s", f.ID, q.ID)
			}
		}
		for _, row := range used.Criteria {
			if entry.Find(`a[href="`+templates.CriterionPath(c, row.ID)+`"]`).Length() != 1 {
				t.Errorf("fact %s does not lead to row %s", f.ID, row.ID)
			}
		}
		for _, claim := range used.Claims {
			if entry.Find(`a[href="`+templates.ClaimPath(c, claim.ID)+`"]`).Length() != 1 {
				t.Errorf("fact %s does not lead to claim %s", f.ID, claim.ID)
			}
		}
	}
}

// Pages are the same for everybody, and leave nothing behind.
func TestPagesAreForEverybody(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	other, err := New(testConfig(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{
		"/", "/method", "/about", "/privacy", "/changelog", templates.ArticlePath(c), templates.TablePath(c), templates.TableDataPath(c, "csv"),
		templates.TableDataPath(c, "json"), templates.SourcesPath(c), templates.QuestionsPath(c),
		templates.ResultPath(c, randomAnswers(c.Current(), 1)), templates.ChangePath(c, randomAnswers(c.Current(), 2), ""),
	} {
		first := get(h, path)
		want := bodyOf(t, first)
		if first.StatusCode != http.StatusOK || len(first.Cookies()) != 0 {
			t.Errorf("%s = %d with cookies %v, want 200 and none", path, first.StatusCode, first.Cookies())
		}
		for _, res := range []*http.Response{
			get(h, path), get(other, path),
			get(h, path, "Cookie", "id=1; theme=dark", "User-Agent", "Mozilla/5.0 (iPhone)", "Accept-Language", "de", "Referer", "https://example.org/"),
			get(h, path, "X-Forwarded-For", "192.0.2.1", "X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "http", "Host", "evil.example"),
		} {
			if bodyOf(t, res) != want || res.Header.Get("ETag") != first.Header.Get("ETag") || len(res.Cookies()) != 0 {
				t.Errorf("%s differs from reader to reader", path)
			}
		}
		if vary := first.Header.Get("Vary"); vary != "Accept-Encoding" {
			t.Errorf("%s varies by %q, want Accept-Encoding alone", path, vary)
		}
	}
}

// TestBadInput sends what no reader means to send, to every address.
func TestBadInput(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	code := randomAnswers(c.Current(), 3).Code()
	served := []int{http.StatusOK, http.StatusSeeOther, http.StatusUnprocessableEntity}
	queries := map[string][]int{
		"":                                      served,
		"%ff=%fe":                               {400},
		"a=%zz":                                 {400},
		"a;b":                                   {400},
		"%00=%00":                               {400},
		"a=%0D%0A%09b":                          served,
		strings.Repeat("a=1&", 10_000):          {414},
		strings.Repeat("&", 8000):               served,
		strings.Repeat("a&", 200):               served,
		strings.Repeat("a&", 201):               {400},
		strings.Repeat("team=js&", 3):           served,
		"x=" + strings.Repeat("y", 9000):        {414},
		"from=" + code + "&from=" + code:        served,
		"from=":                                 {200, 404, 422},
		"team=nobody&load=requests.huge&a=b":    served,
		"group=nothing&differ=many":             served,
		"group=%F0%9F%92%A9&team=%E2%80%AE":     served,
		"r=" + code + "&r=%00&n=%F0%9F%92%A9":   {400},
		"r=" + code + "&r=x&n=%F0%9F%92%A9":     served,
		"links=" + strings.Repeat("%0Ax", 2000): {200, 414, 422},
	}
	paths := []string{
		"/", "/method", "/healthz", "/sitemap.xml", "/feed.atom", "/" + slug, "/" + slug + "/table", "/" + slug + "/table.csv", "/" + slug + "/table.json",
		"/" + slug + "/sources", "/" + slug + "/questions", "/" + slug + "/score", "/" + slug + "/result/" + code, "/" + slug + "/together",
	}
	for _, path := range paths {
		for query, want := range queries {
			res := get(h, path+"?"+query)
			if !slices.Contains(want, res.StatusCode) {
				t.Errorf("GET %s?%.60s = %d, want one of %v", path, query, res.StatusCode, want)
			}
			if res.StatusCode >= 400 && !strings.Contains(bodyOf(t, res), "<h1") {
				t.Errorf("GET %s?%.60s: a page without a heading", path, query)
			}
		}
	}
	for _, method := range []string{"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"} {
		for _, path := range paths {
			if got := serve(h, request(method, path, "")).StatusCode; got != http.StatusMethodNotAllowed {
				t.Errorf("%s %s = %d, want 405", method, path, got)
			}
		}
	}
}
