package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tiebreak/templates"
)

// TestTableWith reads the table with the answers of every reference reader:
// the rows with weight come first, heaviest first, and their shares are all of
// the weight.
func TestTableWith(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	e := c.Current()
	for i := range c.Readers {
		a, err := c.Readers[i].AnswersTo(e)
		if err != nil {
			t.Fatal(err)
		}
		path := templates.TableWithPath(c, a.Code(), "", 0)
		doc := open(t, h, path, http.StatusOK)
		var shares []float64
		doc.Find(".row-weight").Each(func(_ int, s *goquery.Selection) {
			text, _, ok := strings.Cut(strings.TrimSpace(s.Text()), "% of the weight")
			share, err := strconv.ParseFloat(text, 64)
			if !ok || err != nil {
				t.Errorf("%s: %q is no share", path, s.Text())
			}
			if s.Closest("tbody").HasClass("unweighed") {
				t.Errorf("%s: a row with %v of the weight stands with those without", path, share)
			}
			shares = append(shares, share)
		})
		if !slices.IsSortedFunc(shares, func(a, b float64) int { return int(10*b) - int(10*a) }) {
			t.Errorf("%s: the shares %v do not fall", path, shares)
		}
		var sum float64
		for _, share := range shares {
			sum += share
		}
		if weighed := a.Count() > 0; weighed && (sum < 98 || sum > 102) || !weighed && sum != 0 {
			t.Errorf("%s: the shares come to %.1f %%", path, sum)
		}
		if rows := doc.Find("tr[id]").Length(); rows != len(e.Criteria) {
			t.Errorf("%s has %d rows, want %d", path, rows, len(e.Criteria))
		}
		if got := doc.Find(`meta[name="robots"]`).AttrOr("content", ""); got != "noindex" {
			t.Errorf("%s: robots = %q, want noindex", path, got)
		}
		if got := doc.Find(`link[rel="canonical"]`).AttrOr("href", ""); !strings.HasSuffix(got, templates.TablePath(c)) {
			t.Errorf("%s: canonical is %q", path, got)
		}
		result := open(t, h, templates.ResultPath(c, a), http.StatusOK)
		if result.Find(`a[href="`+path+`"]`).Length() != 1 {
			t.Errorf("the result of %s does not lead to its table", c.Readers[i].ID)
		}
	}
}

// TestTableWithKept filters the table and keeps the answers; a code that is
// none is the error of its own page.
func TestTableWithKept(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	a, err := c.Readers[0].AnswersTo(c.Current())
	if err != nil {
		t.Fatal(err)
	}
	doc := open(t, h, templates.TableWithPath(c, a.Code(), c.Current().Groups[0].ID, 5), http.StatusOK)
	if got := doc.Find(`form.filter input[name="with"]`).AttrOr("value", ""); got != a.Code() {
		t.Errorf("the filter keeps the code %q, want %q", got, a.Code())
	}
	doc.Find("form.filter a").Each(func(_ int, s *goquery.Selection) {
		if href := s.AttrOr("href", ""); href != templates.TableWithPath(c, a.Code(), "", 0) {
			t.Errorf("all rows are at %q", href)
		}
	})
	broken := a.Code()[:len(a.Code())-1] + "_"
	for path, with := range map[string]string{templates.TablePath(c): broken, "/" + c.Slug + "/result/" + broken: ""} {
		target := path
		if with != "" {
			target += "?" + url.Values{"with": {with}}.Encode()
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, target, http.NoBody))
		if w.Code != http.StatusNotFound {
			t.Errorf("GET %s = %d, want 404", target, w.Code)
		}
	}
	twice := templates.TableWithPath(c, a.Code(), "", 0) + "&with=" + a.Code()
	if text := open(t, h, twice, http.StatusUnprocessableEntity).Find(".notice.bad").Text(); !strings.Contains(text, "More than one result") {
		t.Errorf("%s says %q", twice, text)
	}
}
