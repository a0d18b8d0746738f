package catalog_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/catalog"
	"tiebreak/internal/compare"
	"tiebreak/internal/palette"
)

// withArticle returns the valid content with another article.
func withArticle(t testing.TB, article string) fstest.MapFS {
	t.Helper()
	files := readFolder(t, "testdata/valid")
	files["red-vs-blue/article.md"] = &fstest.MapFile{Data: []byte(article)}
	return files
}

// TestRender compares each text of testdata/render with its rendering.
func TestRender(t *testing.T) {
	names, err := filepath.Glob("testdata/render/*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("no texts, %v", err)
	}
	source := readFolder(t, "testdata/render")
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			c := load(t, withArticle(t, string(source[filepath.Base(name)].Data)))
			a := c.Coloured(c.All()[0]).Article
			var out strings.Builder
			out.WriteString(string(a.Body))
			fmt.Fprintf(&out, "<!-- %d words, cited %v -->\n", a.Words, a.Cited)
			for _, h := range a.Headings {
				fmt.Fprintf(&out, "<!-- %d %s: %s -->\n", h.Level, h.ID, h.Text)
			}
			golden(t, strings.TrimSuffix(name, ".md")+".html", out.String())
			checkMarkup(t, a)
		})
	}
}

// checkMarkup checks what must hold of all rendered texts.
func checkMarkup(t *testing.T, a compare.Article) {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(a.Body)))
	if err != nil {
		t.Fatal(err)
	}
	ids, names := map[string]bool{}, map[string]bool{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if ids[id] {
			t.Errorf("id %q stands twice", id)
		}
		ids[id] = true
	})
	doc.Find("[role=region]").Each(func(_ int, s *goquery.Selection) {
		name := s.AttrOr("aria-label", "")
		if name == "" || names[name] || s.AttrOr("tabindex", "") != "0" {
			t.Errorf("region %q: want a name of its own and tabindex 0", name)
		}
		names[name] = true
	})
	for _, id := range a.Cited {
		if !ids["ref-"+id+"-1"] {
			t.Errorf("no ref-%s-1 to go back to", id)
		}
	}
	for _, h := range a.Headings {
		if !ids[h.ID] {
			t.Errorf("no element with the id %q of heading %q", h.ID, h.Text)
		}
	}
	if n := doc.Find("[style], script, style, img, a a, h1, h4, input, [aria-hidden=true] a").Length(); n > 0 {
		t.Errorf("%d forbidden elements", n)
	}
	doc.Find("a[href^='https:']").Each(func(_ int, s *goquery.Selection) {
		if s.AttrOr("rel", "") != "noopener" {
			t.Errorf("external link %q without rel=noopener", s.AttrOr("href", ""))
		}
	})
}

func TestDeterministic(t *testing.T) {
	files := valid(t)
	first := load(t, files).All()
	for range 5 {
		if diff := cmp.Diff(first, load(t, files).All(), cmp.AllowUnexported(compare.Edition{})); diff != "" {
			t.Fatalf("loading again differs:\n%s", diff)
		}
	}
}

func TestTooLarge(t *testing.T) {
	got := catalog.Check(withArticle(t, strings.Repeat("x\n", 300<<10)))
	want := catalog.Problems{{Path: "red-vs-blue/article.md", Msg: "is larger than 512 KiB: split it"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Check differs (-want +got):\n%s", diff)
	}
}

var sheetColour = regexp.MustCompile(`light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)`)

// TestHighlightCSS keeps the sheet that is served fresh, and its colours legible.
func TestHighlightCSS(t *testing.T) {
	css := palette.CSS()
	golden(t, "../../static/code.css", css)
	if len(css) > 1024 {
		t.Errorf("the sheet has %d bytes, want 1024 at most", len(css))
	}
	pairs := sheetColour.FindAllStringSubmatch(css, -1)
	if len(pairs) < 8 {
		t.Fatalf("found %d colours", len(pairs))
	}
	// The page, and the darkest and lightest ground code may stand on.
	grounds := [2][]string{{catalog.LightPage, "#ffffff", "#e8e6e0"}, {catalog.DarkPage, "#000000", "#2a2e33"}}
	for _, pair := range pairs {
		for theme, colour := range pair[1:] {
			for _, ground := range grounds[theme] {
				if ratio, ok := catalog.Contrast(colour, ground); !ok || ratio < 4.5 {
					t.Errorf("%s on %s has a contrast of %.2f, want 4.5", colour, ground, ratio)
				}
			}
		}
	}
}
