package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tiebreak/internal/catalog"
)

func TestCopyComparison(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "content")
	if err := copyComparison(dir, "nodejs-vs-python", 2); err != nil {
		t.Fatal(err)
	}
	pages, err := catalog.Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	var slugs []string
	for _, c := range pages.All() {
		slugs = append(slugs, c.Slug)
	}
	slices.Sort(slugs)
	if want := []string{"nodejs-vs-python", "nodejs-vs-python-1", "nodejs-vs-python-2"}; !slices.Equal(slugs, want) {
		t.Errorf("slugs %v, want %v", slugs, want)
	}
}

func TestSizeOfPages(t *testing.T) {
	t.Parallel()
	var site *httptest.Server
	site = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/sitemap.xml":
			_, _ = w.Write([]byte("<loc>" + site.URL + "/a</loc> <loc>" + site.URL + "/b</loc>"))
		case "/a", "/b":
			_, _ = w.Write(make([]byte, 500_000))
		default:
			http.NotFound(w, r)
		}
	}))
	defer site.Close()
	mb, n, err := sizeOfPages(t.Context(), &server{url: site.URL})
	if err != nil || mb != 1 || n != 2 {
		t.Errorf("%v MB, %d pages, %v; want 1 and 2", mb, n, err)
	}
	empty := httptest.NewServer(http.NotFoundHandler())
	defer empty.Close()
	if _, _, err := sizeOfPages(t.Context(), &server{url: empty.URL}); err == nil {
		t.Error("no error for a site without pages")
	}
}

// TestPairWith has the large site asked for all that is the same on both.
func TestPairWith(t *testing.T) {
	t.Parallel()
	small, other := &server{}, &server{}
	p := plan{groups: [][]*subject{
		{{name: siteName, load: "home", on: small}},
		{{name: siteName, load: "article", on: small}, {name: siteName, load: loadUnchanged, on: small}},
		{{name: siteName, load: loadDistinct, on: small}},
	}}
	p.pairWith(other)
	var got []string
	for _, s := range p.all() {
		got = append(got, s.name+": "+s.load)
		if (s.name == largeName) != (s.on == other) {
			t.Errorf("%s: %s goes to the wrong server", s.name, s.load)
		}
	}
	want := []string{"site: article", "large site: article", "site: result, new code", "large site: result, new code"}
	if !slices.Equal(got, want) {
		t.Errorf("asked: %q, want %q", got, want)
	}
}

// TestLargeGoals gives the large site four fifths of the rate that the other has
// for new results, and the same for all else.
func TestLargeGoals(t *testing.T) {
	t.Parallel()
	c, err := comparison()
	if err != nil {
		t.Fatal(err)
	}
	p := &plan{}
	for _, g := range largeGoals(c) {
		mine, theirs := sample{Rate: 100, PerCPU: 100, P99: 10}, sample{Rate: 100, PerCPU: 100, P99: 10}
		if g.load == loadDistinct {
			mine = sample{Rate: 80, PerCPU: 90, P99: 10}
		}
		p.groups = append(p.groups, []*subject{
			{name: largeName, load: g.load, samples: []sample{mine}},
			{name: siteName, load: g.load, samples: []sample{theirs}},
		})
	}
	r := &largeRecord{Copies: 200, Count: 7000, Pages: 300, Before: spread{460, 470, 480}}
	r.Start = map[string]spread{largeName: {5100, 5200, 5300}}
	r.Memory = memory{Resident: 1200, Peak: 1300}
	if err := r.judgeLarge(p, c); err != nil {
		t.Fatal(err)
	}
	missed := map[string]string{}
	for _, o := range r.Goals {
		if !o.Met {
			missed[o.What] = bound(o) + " " + figure(o.Got.Median) + " " + byCPU(o)
		}
	}
	for what, want := range map[string]string{
		"ms to the first page":  "at most 5000 5200 ",
		"rate: " + loadDistinct: "at least 0.90 0.80 0.90",
		"rate: " + loadRepeated: "",
	} {
		if missed[what] != want {
			t.Errorf("%s: missed by %q, want %q", what, missed[what], want)
		}
	}
	if len(missed) != 2 {
		t.Errorf("missed %v, want two", missed)
	}
	var out bytes.Buffer
	if err := r.print(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"200 comparisons", "7000 pages, 300 MB", "470 MB (460 to 480)", "1200 MB, at most 1300 MB", "MISSED  ms to the first page"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, &out)
		}
	}
}
