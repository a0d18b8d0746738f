package web

import (
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"
	gocmp "github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"tiebreak/internal/catalog"
	"tiebreak/internal/compare"
	"tiebreak/templates"
)

// twoEditions is a comparison whose second edition reworded, split and retired
// questions of the first, asks a new one, and turns its ratings around.
var twoEditions = sync.OnceValues(func() (*catalog.Catalog, error) {
	return catalog.Load(os.DirFS("testdata/twoeditions"))
})

// oldSite is the site with two editions, and that comparison.
func oldSite(t *testing.T) (http.Handler, *compare.Comparison) {
	t.Helper()
	pages, err := twoEditions()
	if err != nil {
		t.Fatal(err)
	}
	config := testConfig(t)
	config.Catalog = pages
	c, err := pages.Get("red-vs-blue")
	if err != nil {
		t.Fatal(err)
	}
	return testSite(t, config), c
}

// told answers an edition as a readable link does.
func told(t *testing.T, e *compare.Edition, query string) compare.Answers {
	t.Helper()
	a, err := e.Params(request("GET", "/?"+query, "").URL.Query())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// opened is the page at a path that must be there.
func opened(t *testing.T, site http.Handler, path string) *goquery.Document {
	t.Helper()
	res := get(site, path)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("GET %s = %d, want 200", path, res.StatusCode)
	}
	return document(t, res)
}

const otherOutcome = "By edition 2, the outcome is another one. "

func TestThenAndNow(t *testing.T) {
	t.Parallel()
	site, c := oldSite(t)
	const indoors, outdoors, wear = "Are there walls indoors?", "Are there walls outdoors?", "How often will somebody rub it?"
	for _, tt := range []struct {
		name, answers string
		then          string // the headline by its own edition
		now           string // what is said of today's
		renewed       string // the answers to today's edition
		lists         []string
	}{
		{
			"same", "when=tonight", "These answers lean to Red.",
			otherOutcome + "These answers lean to Blue. Blue scores 62.0 and Red 48.0 of 100 points, a margin of 14.0.",
			"when=tonight",
			[]string{indoors, outdoors, wear},
		},
		{
			"must", "when=tonight.must", "Only Red meets every condition.",
			otherOutcome + "Only Blue meets every condition. Edition 1",
			"when=tonight.must",
			[]string{indoors, outdoors, wear},
		},
		{
			"reworded", "budget=short", "These answers lean to Blue.",
			otherOutcome + "These answers lean to Red.",
			"budget=short",
			[]string{indoors, outdoors, wear},
		},
		{
			"split", "walls=inside.low", "These answers lean to Red.",
			otherOutcome + "These answers lean to Blue.",
			"indoors=yes.low&outdoors=no.low",
			[]string{wear},
		},
		{
			"split, a choice that stands for nothing", "when=later&walls=both", "These answers lean to Blue.",
			otherOutcome + "These answers lean to Red.",
			"when=later",
			[]string{"Which walls? “Both”", indoors, outdoors, wear},
		},
		{
			"retired", "when=tonight&taste=cold.high", "These answers lean to Red.",
			otherOutcome + "These answers lean to Blue.",
			"when=tonight",
			[]string{"Which do you like? “Cold”", indoors, outdoors, wear},
		},
		{
			"nothing left", "taste=warm", "These answers lean to Red.",
			"By edition 2, there is nothing to decide by: no answer that has any weight carries over. Edition 1",
			"",
			[]string{"Which do you like? “Warm”", indoors, outdoors, wear},
		},
		{
			"the same outcome", "when=tonight&budget=short.high&walls=outside", "Too close to call, with Blue a little ahead.",
			"By edition 2, the outcome is the same. Too close to call, with Blue a little ahead. Blue scores 56.0",
			"when=tonight&budget=short.high&outdoors=yes",
			[]string{indoors, wear},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc := opened(t, site, templates.ResultPath(c, told(t, c.Edition(1), tt.answers)))
			if h1 := doc.Find("h1").Text(); h1 != tt.then {
				t.Errorf("h1 = %q, want %q", h1, tt.then)
			}
			part := doc.Find(".then-now")
			text := plain(part)
			for _, want := range []string{"This link belongs to edition 1 of 1 October 2026", "Edition 2 of 23 November 2026 has come since, still a preview.", tt.now} {
				if !strings.Contains(text, want) {
					t.Errorf("then and now = %q, want %q in it", text, want)
				}
			}
			now := templates.ResultPath(c, told(t, c.Edition(2), tt.renewed))
			if href, _ := part.Find("a.button").Attr("href"); href != now {
				t.Errorf("link = %q, want %q", href, now)
			}
			if diff := gocmp.Diff(tt.lists, part.Find("li").Map(func(_ int, s *goquery.Selection) string { return plain(s) })); diff != "" {
				t.Errorf("lists (-want +got):\n%s", diff)
			}
			if h1 := opened(t, site, now).Find("h1").Text(); !strings.Contains(text, h1) {
				t.Errorf("the page of today's result says %q, but then and now = %q", h1, text)
			}
		})
	}
}

// plain is the text of a part of a page as a reader sees it.
func plain(s *goquery.Selection) string {
	var words []string
	for _, node := range s.Nodes {
		for n := range node.Descendants() {
			if n.Type == html.TextNode {
				words = append(words, strings.Fields(n.Data)...)
			}
		}
	}
	return strings.Join(words, " ")
}

// A result by today's edition has no other to be set against.
func TestNoThenAndNow(t *testing.T) {
	t.Parallel()
	site, c := oldSite(t)
	doc := opened(t, site, templates.ResultPath(c, told(t, c.Current(), "when=tonight")))
	if n := doc.Find(".then-now").Length(); n != 0 {
		t.Errorf("%d parts on then and now in a result by today's edition", n)
	}
}

// The form fills itself from an older link by the stated mapping, and names
// what it leaves out.
func TestPrefillFromOldEdition(t *testing.T) {
	t.Parallel()
	site, c := oldSite(t)
	old := told(t, c.Edition(1), "when=tonight.high&budget=ample&walls=inside&taste=cold")
	doc := opened(t, site, templates.ChangePath(c, old, ""))
	got := map[string]string{}
	doc.Find("input[checked]").Each(func(_ int, s *goquery.Selection) {
		got[s.AttrOr("name", "")] = s.AttrOr("value", "")
	})
	want := map[string]string{
		"when": "tonight", "when.importance": "high", "budget": "ample", "budget.importance": "normal",
		"indoors": "yes", "indoors.importance": "normal", "outdoors": "no", "outdoors.importance": "normal",
		"wear": "unsure", "wear.importance": "normal",
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("form (-want +got):\n%s", diff)
	}
	if text := plain(doc.Find(".notice")); !strings.Contains(text, "Which do you like?") || strings.Contains(text, "Which walls?") {
		t.Errorf("notices = %q, want the retired question named and not the one that was split", text)
	}
}
