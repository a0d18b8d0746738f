package web

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"tiebreak/internal/compare"
	"tiebreak/templates"
)

// fullAnswers answers every question of the real comparison with its first choice.
func fullAnswers(t *testing.T) (*compare.Comparison, compare.Answers) {
	t.Helper()
	pages, err := realCatalog()
	if err != nil {
		t.Fatal(err)
	}
	c := pages.All()[0]
	a := c.Current().NoAnswers()
	for _, q := range c.Current().Asked() {
		answer := compare.Answer{Choice: q.Offered()[0].Number, Importance: compare.High}
		if q.Fixed != nil {
			// A must would leave one option only, and so less to say.
			continue
		}
		a = a.With(q.Slot, answer)
	}
	return c, a
}

func TestExports(t *testing.T) {
	t.Parallel()
	site := testSite(t, testConfig(t))
	c, a := fullAnswers(t)
	for form, want := range map[string]struct{ contentType, start string }{
		"json": {"application/json", "{\n  \"$schema\": \"" + testBase + "/schema/result.json\""},
		"csv":  {"text/csv; charset=utf-8", "kind,id,"},
		"md":   {"text/markdown; charset=utf-8", "---\nstatus: proposed\ndate: 2026-11-23\n"},
		"svg":  {"image/svg+xml", "<svg "},
		"png":  {"image/png", "\x89PNG\r\n"},
	} {
		res := get(site, templates.ExportPath(c, a, form))
		body := bodyOf(t, res)
		if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != want.contentType {
			t.Errorf("%s: %d %s, want 200 %s", form, res.StatusCode, res.Header.Get("Content-Type"), want.contentType)
		}
		if !strings.HasPrefix(body, want.start) {
			t.Errorf("%s: starts with %.60q, want %q", form, body, want.start)
		}
		if got := res.Header.Get("X-Robots-Tag"); got != "noindex" {
			t.Errorf("%s: X-Robots-Tag %q, want noindex", form, got)
		}
		if saved := strings.HasPrefix(res.Header.Get("Content-Disposition"), "attachment;"); saved != (form == "csv" || form == "md") {
			t.Errorf("%s: Content-Disposition %q", form, res.Header.Get("Content-Disposition"))
		}
		policy := "same-origin"
		if form == "svg" || form == "png" {
			policy = "cross-origin"
		}
		if got := res.Header.Get("Cross-Origin-Resource-Policy"); got != policy {
			t.Errorf("%s: Cross-Origin-Resource-Policy %q, want %q", form, got, policy)
		}
	}
}

func TestExportSpellings(t *testing.T) {
	t.Parallel()
	site := testSite(t, testConfig(t))
	c, a := fullAnswers(t)
	path := templates.ExportPath(c, a, "json")
	loud := strings.TrimSuffix(path, a.Code()+".json") + strings.ToUpper(a.Code()) + ".json"
	res := get(site, loud)
	if res.StatusCode != http.StatusMovedPermanently || res.Header.Get("Location") != path {
		t.Errorf("GET %s: %d to %q, want 301 to %q", loud, res.StatusCode, res.Header.Get("Location"), path)
	}
	for _, bad := range []string{templates.ResultPath(c, a) + ".pdf", templates.ResultCodePath(c, "1073") + ".json", templates.ResultPath(c, a) + "."} {
		if res := get(site, bad); res.StatusCode != http.StatusNotFound {
			t.Errorf("GET %s: %d, want 404", bad, res.StatusCode)
		}
	}
}

// TestExportsAgree reads the margin from each form: they are views of one value.
func TestExportsAgree(t *testing.T) {
	t.Parallel()
	site := testSite(t, testConfig(t))
	c, a := fullAnswers(t)
	var data struct {
		Headline string `json:"headline"`
		URL      string `json:"url"`
		Margin   struct {
			Points json.Number `json:"points"`
		} `json:"margin"`
	}
	if err := json.Unmarshal([]byte(bodyOf(t, get(site, templates.ExportPath(c, a, "json")))), &data); err != nil {
		t.Fatal(err)
	}
	if want := testBase + templates.ResultPath(c, a); data.URL != want {
		t.Errorf("url = %q, want %q", data.URL, want)
	}
	rows, err := csv.NewReader(strings.NewReader(bodyOf(t, get(site, templates.ExportPath(c, a, "csv"))))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if last := rows[len(rows)-1]; last[6] != data.Margin.Points.String() {
		t.Errorf("the last row of the CSV is %q, want %s points", last, data.Margin.Points)
	}
	page := bodyOf(t, get(site, templates.ResultPath(c, a)))
	for _, want := range []string{
		"<h1>" + data.Headline + "</h1>",
		`<meta property="og:image" content="` + testBase + templates.ExportPath(c, a, "png") + `">`,
		`href="` + templates.ExportPath(c, a, "md") + `"`, `href="` + templates.ExportPath(c, a, "csv") + `"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not contain %q", want)
		}
	}
	if record := bodyOf(t, get(site, templates.ExportPath(c, a, "md"))); !strings.Contains(record, "a margin of "+data.Margin.Points.String()+".") {
		t.Errorf("the record does not name the margin %s", data.Margin.Points)
	}
}

// TestResultSize keeps the page of a reader who answers everything small.
func TestResultSize(t *testing.T) {
	t.Parallel()
	c, a := fullAnswers(t)
	page := bodyOf(t, get(testSite(t, testConfig(t)), templates.ResultPath(c, a)))
	if len(page) > 60<<10 {
		t.Errorf("the result page has %d bytes, want at most 60 KiB", len(page))
	}
}

func TestSchema(t *testing.T) {
	t.Parallel()
	res := get(testSite(t, testConfig(t)), templates.SchemaPath)
	var schema struct {
		ID string `json:"$id"`
	}
	if err := json.Unmarshal([]byte(bodyOf(t, res)), &schema); err != nil {
		t.Fatal(err)
	}
	if res.Header.Get("Content-Type") != "application/schema+json" || schema.ID != testBase+templates.SchemaPath {
		t.Errorf("schema: %s with id %q", res.Header.Get("Content-Type"), schema.ID)
	}
}
