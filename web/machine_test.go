package web

import (
	"encoding/xml"
	"net/url"
	"strings"
	"testing"
	"time"

	"tiebreak/static"
)

func TestRobots(t *testing.T) {
	t.Parallel()
	got := bodyOf(t, get(testSite(t, testConfig(t)), "/robots.txt"))
	want := "User-agent: *\nDisallow:\n\nSitemap: " + testBase + "/sitemap.xml\n"
	if got != want {
		t.Errorf("robots.txt = %q, want %q", got, want)
	}
}

func TestSitemap(t *testing.T) {
	t.Parallel()
	c := testConfig(t)
	var set urlSet
	body := bodyOf(t, get(testSite(t, c), "/sitemap.xml", "Host", "evil.example"))
	if err := xml.Unmarshal([]byte(body), &set); err != nil {
		t.Fatal(err)
	}
	want := 1 + 4*len(c.Catalog.All()) + len(c.Catalog.Pages())
	for _, comparison := range c.Catalog.All() {
		want += len(measurementPaths(comparison))
		if len(comparison.Claims) > 0 {
			want++
		}
	}
	if len(set.URLs) != want {
		t.Errorf("sitemap has %d addresses, want %d", len(set.URLs), want)
	}
	seen := map[string]bool{}
	for _, u := range set.URLs {
		if seen[u.Loc] {
			t.Errorf("%s is listed twice", u.Loc)
		}
		seen[u.Loc] = true
		if !strings.HasPrefix(u.Loc, testBase+"/") {
			t.Errorf("address %q does not start with the base URL", u.Loc)
		}
		if !u.LastMod.Valid() {
			t.Errorf("%s: lastmod %q is no day", u.Loc, u.LastMod)
		}
	}
}

func TestFeed(t *testing.T) {
	t.Parallel()
	c := testConfig(t)
	res := get(testSite(t, c), "/feed.atom")
	if got := res.Header.Get("Content-Type"); got != "application/atom+xml; charset=utf-8" {
		t.Errorf("Content-Type = %q", got)
	}
	var f atomFeed
	if err := xml.Unmarshal([]byte(bodyOf(t, res)), &f); err != nil {
		t.Fatal(err)
	}
	if f.Title == "" || f.Author == "" || f.ID != testBase+"/feed.atom" {
		t.Errorf("feed has title %q, author %q, id %q", f.Title, f.Author, f.ID)
	}
	if f.Links[0].Rel != "self" || f.Links[0].Href != testBase+"/feed.atom" {
		t.Errorf("first link of the feed = %+v, want itself", f.Links[0])
	}
	want := 0
	for _, comparison := range c.Catalog.All() {
		want += 2 + len(comparison.Editions)
	}
	if len(f.Entries) != want {
		t.Errorf("feed has %d entries, want %d", len(f.Entries), want)
	}
	checkEntries(t, f)
}

func checkEntries(t *testing.T, f atomFeed) {
	t.Helper()
	seen := map[string]bool{}
	last := f.Updated
	for _, e := range f.Entries {
		if seen[e.ID] {
			t.Errorf("two entries have the id %s", e.ID)
		}
		seen[e.ID] = true
		if _, err := time.Parse(time.RFC3339, e.Updated); err != nil {
			t.Errorf("%s: updated %q: %v", e.ID, e.Updated, err)
		}
		if e.Updated > last {
			t.Errorf("%s of %s comes after %s, want newest first", e.ID, e.Updated, last)
		}
		last = e.Updated
		if u, err := url.Parse(e.Link.Href); err != nil || !u.IsAbs() {
			t.Errorf("%s: link %q is not absolute", e.ID, e.Link.Href)
		}
		if e.Title == "" || e.Summary == "" {
			t.Errorf("%s lacks a title or summary", e.ID)
		}
	}
}

func TestFavicon(t *testing.T) {
	t.Parallel()
	res := get(testSite(t, testConfig(t)), "/favicon.ico")
	if got := bodyOf(t, res); got != static.IconICO.Body() {
		t.Errorf("/favicon.ico has %d bytes, want those of the icon", len(got))
	}
}
