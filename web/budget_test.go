package web

import (
	"bytes"
	"errors"
	"html"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/brotli"

	"tiebreak/templates"
)

// TestBudgets weighs what a browser has to load before it can show a page: the
// page and its style sheets together, and the script, compressed as they come
// over the wire. A kB is 1000 bytes.
func TestBudgets(t *testing.T) {
	t.Parallel()
	c := testConfig(t)
	pages, err := realCatalog()
	if err != nil {
		t.Fatal(err)
	}
	c.Catalog, c.Log = pages, slog.New(slog.DiscardHandler)
	h, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	comparison, err := pages.Get(slug)
	if err != nil {
		t.Fatal(err)
	}
	budgets := map[string]int{ // bytes
		templates.ArticlePath(comparison):   40_000,
		templates.TablePath(comparison):     35_000,
		templates.QuestionsPath(comparison): 20_000,
	}
	for i := range comparison.Readers {
		a, err := comparison.Readers[i].AnswersTo(comparison.Current())
		if err != nil {
			t.Fatal(err)
		}
		budgets[templates.ResultPath(comparison, a)] = 20_000
	}
	someone, err := comparison.Readers[0].AnswersTo(comparison.Current())
	if err != nil {
		t.Fatal(err)
	}
	budgets[templates.TableWithPath(comparison, someone.Code(), "", 0)] = 35_000
	for path, most := range budgets {
		page, scripts := weighPage(t, h, path)
		t.Logf("%s: %d bytes of %d, and %d of script", path, page, most, scripts)
		if page >= most {
			t.Errorf("%s and its style sheets have %d bytes, want under %d", path, page, most)
		}
		if scripts >= 8_000 {
			t.Errorf("%s loads %d bytes of script, want under 8000", path, scripts)
		}
	}
}

// TestFirstRoundTrip cuts the article off after what a server sends before it
// hears from the browser again, ten packets in all with the style sheets: the
// title and the summary are in it.
func TestFirstRoundTrip(t *testing.T) {
	t.Parallel()
	c := testConfig(t)
	pages, err := realCatalog()
	if err != nil {
		t.Fatal(err)
	}
	c.Catalog, c.Log = pages, slog.New(slog.DiscardHandler)
	h, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	comparison, err := pages.Get(slug)
	if err != nil {
		t.Fatal(err)
	}
	path := templates.ArticlePath(comparison)
	page := brotliBest([]byte(bodyOf(t, get(h, path))))
	all, _ := weighPage(t, h, path)
	styles := all - len(page)
	const window = 13_700 // bytes
	if styles >= window {
		t.Fatalf("the style sheets alone have %d bytes", styles)
	}
	head, err := io.ReadAll(brotli.NewReader(bytes.NewReader(page[:window-styles])))
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Fatalf("a page cut off ends with %v, want %v", err, io.ErrUnexpectedEOF)
	}
	for _, want := range []string{comparison.Article.Title + "</h1>", comparison.Article.Summary + "</p>"} {
		if !strings.Contains(html.UnescapeString(string(head)), want) {
			t.Errorf("%d bytes of styles and %d of the page do not show %q", styles, window-styles, want)
		}
	}
}

// weighPage returns the bytes of the page with its style sheets, and of its
// scripts.
func weighPage(t *testing.T, h http.Handler, path string) (page, scripts int) {
	t.Helper()
	page = weigh(t, h, path)
	doc := open(t, h, path, http.StatusOK)
	doc.Find(`link[rel="stylesheet"]`).Each(func(_ int, s *goquery.Selection) {
		page += weigh(t, h, s.AttrOr("href", ""))
	})
	doc.Find("script[src]").Each(func(_ int, s *goquery.Selection) {
		scripts += weigh(t, h, s.AttrOr("src", ""))
	})
	return page, scripts
}

// weigh returns how many bytes a browser gets. What is the same for everybody
// is compressed as hard as can be; what answers make is weighed as its first
// reader gets it.
func weigh(t *testing.T, h http.Handler, path string) int {
	t.Helper()
	accept := "identity"
	if strings.Contains(path, "/result/") || strings.Contains(path, "with=") {
		accept = "gzip, deflate, br, zstd"
	}
	res := get(h, path, "Accept-Encoding", accept)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("GET %s = %d", path, res.StatusCode)
	}
	body := bodyOf(t, res)
	if accept != "identity" || len(body) < minCompress {
		return len(body)
	}
	return len(brotliBest([]byte(body)))
}
