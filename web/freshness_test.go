package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"tiebreak/internal/compare"
	"tiebreak/templates"
)

// siteOn is the real site, or as far as change alters it, at noon of a day.
func siteOn(t *testing.T, day string, change func(*Config)) (http.Handler, *compare.Comparison) {
	t.Helper()
	noon, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	config := testConfig(t)
	config.Now = func() time.Time { return noon.Add(12 * time.Hour) }
	if change != nil {
		change(&config)
	}
	h, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	c, err := config.Catalog.Get(slug)
	if err != nil {
		t.Fatal(err)
	}
	return h, c
}

// Whatever day it is, the table and the sources count the facts past their
// review dates, and lead to just those.
func TestFreshnessOnEveryDay(t *testing.T) {
	t.Parallel()
	for _, day := range []string{"2026-11-23", "2027-06-01", "2027-11-23", "2029-01-01"} {
		h, c := siteOn(t, day, nil)
		n := c.Freshness(compare.Date(day))
		if late := day >= "2027-06-01"; late != (n.Overdue > 0) {
			t.Errorf("%s: %d facts overdue", day, n.Overdue)
		}
		for _, path := range []string{templates.TablePath(c), templates.SourcesPath(c)} {
			line := open(t, h, path, http.StatusOK).Find("p.freshness")
			if got := text(line); !strings.HasPrefix(got, strconv.Itoa(n.Overdue)+" of "+strconv.Itoa(n.Facts)+" facts ") || !strings.Contains(got, strconv.Itoa(n.Soon)+" fall") {
				t.Errorf("%s on %s says %q, want %+v", path, day, got, n)
			}
			for review, want := range map[compare.Review]int{compare.ReviewOverdue: n.Overdue, compare.ReviewSoon: n.Soon} {
				to := templates.SourcesReviewPath(c, review)
				if got := line.Find(`a[href="`+to+`"]`).Length() == 1; got != (want > 0) {
					t.Errorf("%s on %s leads to %s: %v, with %d facts there", path, day, to, got, want)
				}
			}
		}
		for review, want := range map[compare.Review]int{compare.ReviewOverdue: n.Overdue, compare.ReviewSoon: n.Soon, "": n.Facts} {
			doc := open(t, h, templates.SourcesReviewPath(c, review), http.StatusOK)
			stale := want
			if review == "" {
				stale = n.Overdue
			} else if review == compare.ReviewSoon {
				stale = 0
			}
			if facts, marked := doc.Find(".fact").Length(), doc.Find(".fact .stale").Length(); facts != want || marked != stale {
				t.Errorf("sources with review %q on %s: %d facts, %d marked, want %d and %d", review, day, facts, marked, want, stale)
			}
		}
	}
}

func TestSourcesBadFilter(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	for _, query := range []string{"review=never", "review=soon&review=soon", "review=%3Cb%3E"} {
		doc := open(t, h, templates.SourcesPath(c)+"?"+query, http.StatusUnprocessableEntity)
		if got := doc.Find(".fact").Length(); got != len(c.Facts) || doc.Find(".notice.bad[role=alert]").Length() != 1 {
			t.Errorf("%s: %d facts, want all and a notice", query, got)
		}
	}
}

// Every place that uses an overdue fact says so, and none that does not.
func TestOverdueIsMarked(t *testing.T) {
	t.Parallel()
	for _, day := range []compare.Date{"2026-11-23", "2027-06-01", "2028-06-01"} {
		h, c := siteOn(t, string(day), nil)
		article := open(t, h, templates.ArticlePath(c), http.StatusOK)
		for _, id := range c.Article.Cited {
			marked(t, day, article.Find(`[id="cite-`+id+`"]`), c.Fact(id).Stale(day), "citation of "+id)
		}
		claims := open(t, h, templates.ClaimsPath(c), http.StatusOK)
		for i := range c.Claims {
			claim := &c.Claims[i]
			marked(t, day, claims.Find("#"+claim.ID+" summary"), c.AnyStale(claim.Facts, day), "claim "+claim.ID)
		}
		table := open(t, h, templates.TablePath(c), http.StatusOK)
		e := c.Current()
		for i := range e.Criteria {
			row := &e.Criteria[i]
			for j, cell := range row.Cells {
				at := table.Find(`tr[id="` + row.ID + `"] td`).Eq(j)
				marked(t, day, at.Find("summary"), c.AnyStale(cell.Facts, day), "cell "+row.ID+" "+cell.Option)
				stale := 0
				for _, id := range cell.Facts {
					if c.Fact(id).Stale(day) {
						stale++
					}
				}
				if got := at.Find("li .stale").Length(); got != stale {
					t.Errorf("on %s cell %s %s marks %d facts, want %d", day, row.ID, cell.Option, got, stale)
				}
			}
		}
		overdueResult(t, h, c, day)
	}
}

func marked(t *testing.T, day compare.Date, at *goquery.Selection, want bool, what string) {
	t.Helper()
	if got := strings.Contains(at.Find(".stale").Text(), "Review overdue"); got != want {
		t.Errorf("on %s %s is marked overdue: %v, want %v", day, what, got, want)
	}
}

func overdueResult(t *testing.T, h http.Handler, c *compare.Comparison, day compare.Date) {
	t.Helper()
	doc := open(t, h, templates.ResultPath(c, randomAnswers(c.Current(), 1)), http.StatusOK)
	rows := 0
	for i := range c.Current().Criteria {
		row := &c.Current().Criteria[i]
		link := doc.Find(`[aria-labelledby=criteria] th a[href="` + templates.CriterionPath(c, row.ID) + `"]`)
		if link.Length() == 0 {
			continue // without weight
		}
		rows++
		marked(t, day, link.Closest("th"), c.StaleRow(row, day), "row "+row.ID+" of a result")
	}
	if rows == 0 {
		t.Error("a result without criteria")
	}
	doc.Find(".case .source a").Each(func(_ int, a *goquery.Selection) {
		_, id, _ := strings.Cut(a.AttrOr("href", ""), "#")
		next := a.Next()
		if got := next.HasClass("stale"); got != c.Fact(id).Stale(day) {
			t.Errorf("on %s fact %s of a result is marked overdue: %v", day, id, got)
		}
	})
}

// The end of support is announced half a year ahead and stays announced, in
// the same words for each option.
func TestSupportWarnings(t *testing.T) {
	t.Parallel()
	_, c := realSite(t)
	for _, o := range c.Options {
		if o.Support.Ends == "" {
			t.Fatalf("%s has no end of support: choose other days for this test", o.Name)
		}
	}
	days := []compare.Date{"2026-11-23", "2027-06-01", "2035-01-01"}
	for _, o := range c.Options {
		days = append(days, o.Support.Ends, o.Support.Ends.Plus(1))
	}
	for _, day := range days {
		h, c := siteOn(t, string(day), nil)
		var want []string
		for _, o := range c.Unsupported(day) {
			verb := "ends"
			if o.Support.Ended(day) {
				verb = "ended"
			}
			want = append(want, "Support for "+o.Support.Version+" "+verb+" on "+o.Support.Ends.Long()+".")
		}
		for _, path := range []string{templates.ArticlePath(c), templates.TablePath(c), templates.ResultPath(c, randomAnswers(c.Current(), 1))} {
			notices := open(t, h, path, http.StatusOK).Find("header .notice.bad[role=note]")
			got := notices.Find("strong").Map(func(_ int, s *goquery.Selection) string { return text(s) })
			if !slices.Equal(got, want) {
				t.Errorf("%s on %s warns %q, want %q", path, day, got, want)
			}
			for i, o := range c.Unsupported(day) {
				if notices.Eq(i).Find(`a[href="`+templates.FactPath(c, o.Support.Fact)+`"]`).Length() != 1 {
					t.Errorf("%s on %s: the warning on %s does not lead to its fact", path, day, o.Name)
				}
			}
		}
	}
}

// Every row, fact and claim can be corrected, with a contact and without.
func TestCorrections(t *testing.T) {
	t.Parallel()
	for _, contact := range []string{"", "mailto:editors@site.example", "https://github.com/o/r", "https://site.example/write"} {
		h, c := siteOn(t, "2026-11-23", func(config *Config) { config.Contact = contact })
		contact = cmp.Or(contact, realSiteContact(t))
		places := map[string][]string{}
		for i := range c.Current().Criteria {
			places[templates.TablePath(c)] = append(places[templates.TablePath(c)], c.Current().Criteria[i].ID)
		}
		for i := range c.Facts {
			places[templates.SourcesPath(c)] = append(places[templates.SourcesPath(c)], c.Facts[i].ID)
		}
		for i := range c.Claims {
			places[templates.ClaimsPath(c)] = append(places[templates.ClaimsPath(c)], c.Claims[i].ID)
		}
		for path, ids := range places {
			doc := open(t, h, path, http.StatusOK)
			for _, id := range ids {
				link := doc.Find(`[id="` + id + `"] a.correct`)
				if got, want := text(link), "Suggest a correction to "+id; got != want {
					t.Fatalf("%s: %s says %q, want %q", path, id, got, want)
				}
				correctionLeads(t, contact, path, id, link.AttrOr("href", ""))
			}
		}
	}
}

// realSiteContact is the contact that the content names, "" while it names none.
func realSiteContact(t *testing.T) string {
	t.Helper()
	return testConfig(t).Catalog.Site().Contact
}

func correctionLeads(t *testing.T, contact, path, id, href string) {
	t.Helper()
	u, err := url.Parse(href)
	if err != nil {
		t.Fatalf("%s: %s leads to %q: %v", path, id, href, err)
	}
	var where, title, body string
	switch q := u.Query(); {
	case contact == "":
		where = templates.CorrectionsPath
	case strings.HasPrefix(contact, "mailto:"):
		where, title, body = contact, q.Get("subject"), q.Get("body")
	case strings.HasPrefix(contact, "https://github.com"):
		where, title, body = contact+"/issues/new", q.Get("title"), q.Get("body")
	default:
		where = contact
	}
	if base, _, _ := strings.Cut(href, "?"); base != where {
		t.Errorf("%s: %s leads to %q, want %q", path, id, base, where)
	}
	if where == contact+"/issues/new" || strings.HasPrefix(contact, "mailto:") {
		if !strings.HasPrefix(title, "Correction: "+slug+" ") || !strings.HasSuffix(title, " "+id) || !strings.HasPrefix(body, testBase+path+"#"+id) {
			t.Errorf("%s: %s begins a message with %q and %q", path, id, title, body)
		}
	}
}

// The contact of a deployment takes the place of the content's, and must be one.
func TestContact(t *testing.T) {
	t.Parallel()
	h, _ := siteOn(t, "2026-11-23", func(c *Config) { c.Contact = "https://site.example/write" })
	if open(t, h, "/", http.StatusOK).Find(`footer a[href="https://site.example/write"]`).Length() != 1 {
		t.Error("the footer does not lead to the contact")
	}
	if open(t, h, "/about", http.StatusOK).Find(`#contact + p a[href="https://site.example/write"]`).Length() != 1 {
		t.Error("the about page does not lead to the contact")
	}
	c := testConfig(t)
	for _, bad := range []string{"editors@site.example", "javascript:alert(1)", "mailto:nobody"} {
		c.Contact = bad
		if _, err := New(c); err == nil || !strings.Contains(err.Error(), "contact") {
			t.Errorf("New with contact %q = %v, want an error", bad, err)
		}
	}
	if got, err := realCatalog(); err != nil || got.Site().Contact == "https://site.example/write" {
		t.Error("the contact of a deployment changed the content")
	}
}
