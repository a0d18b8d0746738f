package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/compare"
	"tiebreak/templates"
)

// measuredSite is small content with two measurements, of which one has been
// run and stands behind a fact.
func measuredSite(t *testing.T) (http.Handler, *compare.Comparison) {
	t.Helper()
	content := loadSmall(t)
	c := content.All()[0]
	first, second := c.Options[0], c.Options[1]
	series := []compare.Series{
		{ID: "first", Option: first.ID, Name: first.Name, Program: "a.mjs"}, {ID: "second", Option: second.ID, Name: second.Name, Program: "b.py", Args: []string{"2"}},
	}
	run := compare.Measurement{
		ID: "cold-start", Title: "Cold start", Question: "How long until it pours?", Method: "We wait.", Limits: []string{"No ice."},
		Workload: compare.WorkMemory, Samples: 6, Cases: []compare.Case{{ID: "plain", Name: "Plain", Series: series}},
		Programs: []compare.Program{{Name: "a.mjs", Option: first.ID, Code: "pour()"}, {Name: "b.py", Option: second.ID, Code: "pour"}},
	}
	later := run
	later.ID, later.Title = "later", "Later"
	samples := func(x float64) map[string][]float64 {
		return map[string][]float64{"growth": {x, x, x, x + 1, x + 1, x + 1}, "idle": {1, 1, 1, 1, 1, 1}}
	}
	run.Results = &compare.Results{
		Schema: 1, Comparison: c.Slug, Measurement: run.ID, Date: "2026-11-20", Seconds: 60, Programs: "00",
		Machine: compare.Machine{CPU: "Kettle", Cores: 2, Memory: 512, System: "Kitchen"},
		Runtimes: []compare.Runtime{
			{ID: "first-1", Option: first.ID, Name: "First 1.0", Version: "1.0", Build: "bought"}, {ID: "second-2", Option: second.ID, Name: "Second 2.0", Version: "2.0", Build: "made"},
		},
		Results: []compare.Result{
			{Case: "plain", Series: "first", Runtime: "first-1", Answer: "1", Samples: samples(10)}, {Case: "plain", Series: "second", Runtime: "second-2", Answer: "1", Samples: samples(20)},
		},
	}
	c.Measurements = []compare.Measurement{run, later}
	row := &c.Current().Criteria[0]
	c.Facts = append(c.Facts, compare.Fact{
		ID: "M-1", Topic: c.Topics[0].ID, Statement: "It takes 20 MB.", Strength: compare.Measured, Measurement: run.ID, Checked: "2026-11-20", ReviewBy: "2027-05-20",
	})
	row.Cells[0].Facts = append(row.Cells[0].Facts, "M-1")
	return smallSite(t, content, "2026-11-23"), c
}

func TestMeasurements(t *testing.T) {
	t.Parallel()
	h, c := measuredSite(t)
	doc := open(t, h, templates.MeasurementsPath(c), http.StatusOK)
	for id, want := range map[string][]string{
		"#cold-start": {"Cold start", "How long until it pours?", "Second 2.0 needed 2.0 times as much memory as First 1.0: 20.5 MB against 10.5 MB.", "Measured on 20 November 2026"},
		"#later":      {"Later", "Not yet run."},
	} {
		for _, says := range want {
			if got := text(doc.Find(id)); !strings.Contains(got, says) {
				t.Errorf("%s says %q, want %q", id, got, says)
			}
		}
	}
	if got := text(doc.Find("main")); !strings.Contains(got, "go run ./cmd/tiebreak measure "+c.Slug) || !strings.Contains(got, "Kettle, 2 cores, 512 MB of memory, Kitchen") {
		t.Errorf("the page names neither command nor machine: %q", got)
	}
	if got := text(doc.Find(".masthead nav [aria-current]")); got != "Measured" {
		t.Errorf("the navigation marks %q, want Measured", got)
	}
}

func TestMeasurement(t *testing.T) {
	t.Parallel()
	h, c := measuredSite(t)
	doc := open(t, h, templates.MeasurementPath(c, "cold-start"), http.StatusOK)
	got := doc.Find("main h1, main h2").Map(func(_ int, s *goquery.Selection) string { return text(s) })
	want := []string{
		"Cold start", "The answer", "The same, drawn", "The figures", "What it does not show", "How it was measured",
		"The programs", "Run it again", "Every sample", "Where it counts",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("headings (-want +got):\n%s", diff)
	}
	if n := doc.Find(".measure-bars rect, .measure-bars .measure-value").Length(); n < 2 {
		t.Errorf("the chart has %d parts", n)
	}
	if n := doc.Find(".pair figure.code pre.chroma").Length(); n != 2 {
		t.Errorf("%d programs stand side by side, want 2", n)
	}
	if n := doc.Find(`link[href*="/static/code."]`).Length(); n != 1 {
		t.Error("the page has no colours for code")
	}
	for _, path := range []string{templates.MeasurementDataPath(c, "cold-start"), templates.FactPath(c, "M-1"), templates.CriterionPath(c, c.Current().Criteria[0].ID)} {
		if doc.Find(`main a[href="`+path+`"]`).Length() == 0 {
			t.Errorf("the page does not lead to %s", path)
		}
	}
	var data map[string]any
	if err := json.Unmarshal([]byte(doc.Find(`main script[type="application/ld+json"]`).Text()), &data); err != nil {
		t.Fatal(err)
	}
	if data["@type"] != "Dataset" || data["url"] != testBase+templates.MeasurementPath(c, "cold-start") {
		t.Errorf("structured data %v", data)
	}
	later := open(t, h, templates.MeasurementPath(c, "later"), http.StatusOK)
	if later.Find(`main script[type="application/ld+json"], .measure-bars, main a[href$=".json"]`).Length() != 0 || !strings.Contains(text(later.Find("main")), "Not yet run.") {
		t.Error("a measurement without results shows some")
	}
}

func TestMeasurementJSON(t *testing.T) {
	t.Parallel()
	h, c := measuredSite(t)
	res := get(h, templates.MeasurementDataPath(c, "cold-start"))
	table := get(h, templates.TableDataPath(c, "json"))
	for _, key := range []string{"Content-Type", "Cache-Control"} {
		if got, want := res.Header.Get(key), table.Header.Get(key); got != want {
			t.Errorf("%s of the results is %q, want %q as of the table", key, got, want)
		}
	}
	var got compare.Results
	if err := json.Unmarshal([]byte(bodyOf(t, res)), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(*c.Measurement("cold-start").Results, got); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
	for _, path := range []string{
		templates.MeasurementDataPath(c, "later"), templates.MeasurementDataPath(c, "none"), templates.MeasurementPath(c, "none"),
		"/a-vs-b/measurements", "/a-vs-b/measurements/cold-start", "/a-vs-b/measurements/cold-start.json",
	} {
		if res := get(h, path); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s = %d, want 404", path, res.StatusCode)
		}
	}
}

// The pages that use a measurement lead to it, and all of them keep the rules
// of the crawl.
func TestMeasuredElsewhere(t *testing.T) {
	t.Parallel()
	h, c := measuredSite(t)
	page := templates.MeasurementPath(c, "cold-start")
	row := c.Current().Criteria[0].ID
	for path, part := range map[string]string{
		templates.ArticlePath(c): ".measured-here", templates.SourcesPath(c): "#M-1", templates.TablePath(c): "tr#" + row + " th", templates.MeasurementsPath(c): "#cold-start",
	} {
		doc := open(t, h, path, http.StatusOK)
		if doc.Find(part+` a[href="`+page+`"]`).Length() == 0 {
			t.Errorf("%s does not lead to %s at %s", path, page, part)
		}
		checkPage(t, path, doc)
	}
	for _, path := range measurementPaths(c) {
		checkPage(t, path, open(t, h, path, http.StatusOK))
		if body := bodyOf(t, get(h, "/sitemap.xml")); !strings.Contains(body, "<loc>"+testBase+path+"</loc>") {
			t.Errorf("the sitemap lacks %s", path)
		}
	}
	doc := open(t, h, templates.SourcesPath(c), http.StatusOK)
	if got := text(doc.Find("#M-1")); !strings.Contains(got, "measured here on 20 November 2026") {
		t.Errorf("the fact says %q, want when it was measured", got)
	}
}

// A comparison that measures nothing has no page for it, and no way to it.
func TestNoMeasurements(t *testing.T) {
	t.Parallel()
	content := loadSmall(t)
	h, c := smallSite(t, content, "2026-11-23"), content.All()[0]
	for _, path := range []string{templates.MeasurementsPath(c), templates.MeasurementPath(c, "cold-start")} {
		if res := get(h, path); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s of a comparison that measures nothing = %d, want 404", path, res.StatusCode)
		}
	}
	doc := open(t, h, templates.ArticlePath(c), http.StatusOK)
	if doc.Find(`a[href="`+templates.MeasurementsPath(c)+`"], .measured-here`).Length() != 0 {
		t.Error("the article leads to measurements that are not there")
	}
}
