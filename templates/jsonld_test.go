package templates

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/compare"
)

func TestCrumbs(t *testing.T) {
	t.Parallel()
	c := drinks()
	c.Measurements = []compare.Measurement{{ID: "boil"}}
	names := func(path string) (list []string) {
		l := head(c, path).crumbs()
		for i, item := range l.Items {
			if item.Position != i+1 {
				t.Errorf("%s: item %d has position %d", path, i+1, item.Position)
			}
			list = append(list, item.Name)
		}
		if last := l.Items[len(l.Items)-1].Item; last != base+path {
			t.Errorf("%s: the way ends at %s", path, last)
		}
		return list
	}
	for path, want := range map[string][]string{
		ArticlePath(c):             {"Site & Co", c.Title},
		TablePath(c):               {"Site & Co", c.Title, "The table"},
		MeasurementsPath(c):        {"Site & Co", c.Title, "What we measured"},
		MeasurementPath(c, "boil"): {"Site & Co", c.Title, "What we measured", "Title <of> the page"},
	} {
		if diff := cmp.Diff(want, names(path)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
	hidden := head(c, ArticlePath(c))
	hidden.Noindex = true
	for _, h := range []Head{{}, head(nil, AboutPath), {Comparison: c, Here: ArticlePath(c)}, hidden} {
		if got := h.crumbs(); got != nil {
			t.Errorf("%+v has the way %+v, want none", h, got)
		}
	}
}

func TestStructuredData(t *testing.T) {
	t.Parallel()
	c := drinks()
	site := reviewAuthor{Type: "Organization", Name: "Site & Co", URL: base + "/"}
	article := articleOf(head(c, ArticlePath(c)), c)
	if article.URL != base+ArticlePath(c) || article.Author != site || article.Modified != "2026-11-20" || len(article.About) != 3 {
		t.Errorf("article = %+v", article)
	}
	table := tableSetOf(head(c, TablePath(c)), TableData{Comparison: c, Edition: c.Current()})
	if table.URL != base+TablePath(c) || table.Creator != site || table.Version != 2 || len(table.Measured) != len(c.Current().Criteria) {
		t.Errorf("table = %+v", table)
	}
	for i, format := range []string{"csv", "json"} {
		if got := table.Distribution[i].URL; got != base+TableDataPath(c, format) {
			t.Errorf("the %s is at %s", format, got)
		}
	}
}
