package templates

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/compare"
)

// brewed are the pages of a comparison with measurements.
func brewed() []fixture {
	c := brewing(two(drinks()))
	page := func(name, id string) fixture {
		return fixture{"Measurement", name, Measurement(head(c, MeasurementPath(c, id)), c, c.Measurement(id))}
	}
	return []fixture{
		{"Measurements", "", Measurements(head(c, MeasurementsPath(c)), c)},
		page("", "cold-start"), page("alone", "serving"), page("not-run", "later"),
		{"Article", "measured", Article(head(c, ArticlePath(c)), c, today)},
		{"Sources", "measured", Sources(head(c, SourcesPath(c)), SourcesData{Comparison: c, Today: today})},
		{"Table", "measured", Table(head(c, TablePath(c)), TableData{Comparison: c, Edition: c.Current(), Group: "effect", Today: today})},
	}
}

func TestMeasurementsAreEscaped(t *testing.T) {
	t.Parallel()
	for _, f := range brewed() {
		html := render(t, f.Component)
		for _, bad := range []string{"<pot>", "<wells>", "<fast>", "<maker>", "<from>", "<later>", "Coffee <strong>", "filled & timed"} {
			if strings.Contains(html, bad) {
				t.Errorf("%s holds %q as markup", f.file(), bad)
			}
		}
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	c := brewing(two(drinks()))
	for _, tt := range []struct{ id, kase, want string }{
		{"cold-start", "plain", "Coffee 3.14.6 took 0.41 times as long as Tea 26.10.0: 14.3 ms against 35 ms."},
		{"cold-start", "full", "No clear difference between Coffee 3.14.6 and Tea 26.10.0: 81 ms against 80 ms, and the 95% intervals overlap."},
		{"serving", "cups", "Tea 26.10.0: 47,900 requests/s."},
		{"later", "one", "Nothing was measured."},
	} {
		m := c.Measurement(tt.id)
		if got := answerOf(c, m, m.Case(tt.kase)); got != tt.want {
			t.Errorf("answerOf(%s, %s) = %q, want %q", tt.id, tt.kase, got, tt.want)
		}
	}
	start := c.Measurement("cold-start")
	also := alsoMeasured(start, measuredIn(c, start, start.Case("plain")))
	want := "Also measured: Tea, in two pots that stand beside each other (26.10.0) 61 ms; Coffee <from> a bag on Coffee 3.14.6 102 ms."
	if also != want {
		t.Errorf("alsoMeasured = %q, want %q", also, want)
	}
}

func TestShortAnswer(t *testing.T) {
	t.Parallel()
	c := brewing(two(drinks()))
	alike := brewStart(c)
	alike.Results.Results = alike.Results.Results[6:]
	bare := brewStart(c)
	bare.Results.Results = nil
	clear := brewStart(c)
	for name := range clear.Results.Results[7].Samples {
		clear.Results.Results[7].Samples[name] = someSamples(160, 1, 8)
	}
	for _, tt := range []struct {
		m    compare.Measurement
		want string
	}{
		{brewStart(c), "In 2 cases, Coffee 3.14.6 took 0.41 times as long as Tea 26.10.0; in 1 of them the difference was not clear."},
		{clear, "In 2 cases, Coffee 3.14.6 took 0.41 to 2.0 times as long as Tea 26.10.0."},
		{alike, "No clear difference between Coffee 3.14.6 and Tea 26.10.0 in the one case compared."},
		{bare, "An empty pot: Nothing was measured."},
		{brewServe(c), "Tea 26.10.0: 47,900 requests/s."},
	} {
		if got := shortAnswer(c, &tt.m); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.m.ID, got, tt.want)
		}
	}
}

// Every kind of work has words for its ratio, and none where there is none.
func TestSentences(t *testing.T) {
	t.Parallel()
	c := two(drinks())
	line := func(i int, q compare.Quantity, median float64) measured {
		o := c.Options[i]
		return measured{compare.Line{
			Series: &compare.Series{Name: o.Name}, Runtime: &compare.Runtime{Name: o.ID},
			Result: &compare.Result{Samples: map[string][]float64{q.ID: slices.Repeat([]float64{median}, 6)}},
		}, o}
	}
	for _, tt := range []struct {
		work compare.Workload
		a, b float64
		want string
	}{
		{compare.WorkStart, 30, 15, "coffee took 2.0 times as long as tea: 30 ms against 15 ms."},
		{compare.WorkTask, 30, 15, "coffee took 2.0 times as long as tea: 30 ms against 15 ms."},
		{compare.WorkMemory, 30, 15, "coffee needed 2.0 times as much memory as tea: 30 MB against 15 MB."},
		{compare.WorkIdle, 3, 12, "coffee needed 0.25 times as much memory as tea: 3 KB against 12 KB."},
		{compare.WorkServer, 30, 15, "coffee answered 2.0 times as many requests per second as tea: 30 requests/s against 15 requests/s."},
		{compare.WorkDelay, 30, 15, "Short requests answered after 100 ms or later: 30% with coffee, 15% with tea."},
		{compare.WorkDelay, 0, 0, "No clear difference between coffee and tea: 0% against 0%, and the 95% intervals overlap."},
		{compare.WorkStart, 30, 0, "Wall time: 30 ms with coffee, 0 ms with tea."},
	} {
		q := tt.work.Quantities()[0]
		if got := sentence(tt.work, q, line(1, q, tt.a), line(0, q, tt.b)); got != tt.want {
			t.Errorf("%s of %v and %v: %q, want %q", tt.work, tt.a, tt.b, got, tt.want)
		}
	}
}

func TestAxis(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		top  float64
		unit string
		want string
	}{
		{0, "%", "0% 1"},
		{0.004, "ms", "0 ms 0.001 0.002 0.003 0.004"},
		{1, "s", "0 s 0.2 0.4 0.6 0.8 1.0"},
		{1.2, "ms", "0 ms 0.25 0.50 0.75 1.00 1.25"},
		{12, "ms", "0 ms 2.5 5.0 7.5 10.0 12.5"},
		{35, "ms", "0 ms 10 20 30 40"},
		{99, "KB", "0 KB 20 40 60 80 100"},
		{14_100, "ms", "0 ms 5,000 10,000 15,000"},
		{47_900, "requests/s", "0 20,000 40,000 60,000"},
		{1_200_000, "ms", "0 ms 500,000 1,000,000 1,500,000"},
	} {
		step := tickStep(tt.top)
		var got []string
		for _, tick := range ticks(step, axisEnd(tt.top, step), tt.unit) {
			got = append(got, tick.Text)
		}
		if text := strings.Join(got, " "); text != tt.want {
			t.Errorf("an axis to %v %s has the ticks %q, want %q", tt.top, tt.unit, text, tt.want)
		}
	}
}

// A bar begins at zero, lies on the axis, and says in words what it shows.
func TestChart(t *testing.T) {
	t.Parallel()
	c := brewing(two(drinks()))
	m := c.Measurement("cold-start")
	q, _ := m.Quantity("")
	runs := measuredIn(c, m, m.Case("plain"))
	chart := chartOf("Title", runs, q)
	if len(chart.Bars) != len(runs) || len(newestOf(runs)) != 4 {
		t.Fatalf("%d bars of %d runs, %d of them newest, want 6, 6 and 4", len(chart.Bars), len(runs), len(newestOf(runs)))
	}
	if got, want := chart.Bars[0].To, "28.00%"; got != want {
		t.Errorf("the first bar reaches %s, want %s", got, want)
	}
	y := 0
	for i, b := range chart.Bars {
		if b.Lines[0].Y <= y || b.base() >= b.Y || b.Y+measureThick > chart.Axis {
			t.Errorf("bar %d at %d with a name at %d runs into another or the axis at %d", i, b.Y, b.base(), chart.Axis)
		}
		y = b.Y + measureThick
		if name := runs[i].name(); !strings.Contains(chart.Text, name+" "+b.Value+" (") {
			t.Errorf("the words do not say %s %s", name, b.Value)
		}
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"":                       nil,
		"one":                    {"one"},
		"one two three":          {"one two", "three"},
		"a-word-that-is-so-long": {"a-word-that-is-so-long"},
		"ééé ééé éé":             {"ééé ééé", "éé"},
	} {
		if diff := cmp.Diff(want, wrap(text, 8)); diff != "" {
			t.Errorf("wrap(%q, 8) (-want +got):\n%s", text, diff)
		}
	}
}

// Programs stand in pairs of different options within the case that runs them
// first, and none stands twice.
func TestCodeOf(t *testing.T) {
	t.Parallel()
	m := &compare.Measurement{
		Cases: []compare.Case{
			{ID: "a", Series: []compare.Series{
				{Option: "tea", Program: "a.mjs", Name: "Tea", Args: []string{"2", "x"}}, {Option: "coffee", Program: "a.py"}, {Option: "coffee", Program: "a2.py"}, {Option: "tea", Program: "a.mjs"},
			}},
			{ID: "b", Series: []compare.Series{{Option: "coffee", Program: "a.py"}}},
			{ID: "c", Series: []compare.Series{{Option: "tea", Program: "c.mjs"}, {Option: "coffee", Program: "c.py"}, {Option: "coffee", Program: "gone.py"}}},
		},
		Programs: []compare.Program{
			{Name: "a.mjs", Option: "tea"}, {Name: "a.py", Option: "coffee"}, {Name: "a2.py", Option: "coffee"}, {Name: "c.mjs", Option: "tea"}, {Name: "c.py", Option: "coffee"},
		},
	}
	var got []string
	for _, code := range codeOf(m) {
		for _, pair := range code.Pairs {
			names := []string{code.Case.ID}
			for _, p := range pair {
				names = append(names, p.Name)
			}
			got = append(got, strings.Join(names, " "))
		}
		for _, call := range code.Calls {
			got = append(got, call.Series+": "+call.Call)
		}
	}
	want := []string{"a a.mjs a.py", "a a2.py", "Tea: a.mjs 2 x", "c c.mjs c.py"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("programs (-want +got):\n%s", diff)
	}
}

func TestDataset(t *testing.T) {
	t.Parallel()
	c := brewing(two(drinks()))
	m := c.Measurement("serving")
	body, err := json.Marshal(datasetOf(head(c, MeasurementPath(c, m.ID)), c, m))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	address := base + "/tea-vs-coffee/measurements/serving"
	property := func(name, unit string) any {
		return map[string]any{"@type": "PropertyValue", "name": name, "unitText": unit}
	}
	want := map[string]any{
		"@context": "https://schema.org", "@type": "Dataset", "@id": address, "url": address, "name": "Serving: Tea and Coffee <strong>",
		"description": "How many cups a second? We count.", "inLanguage": "en", "license": licenceURL, "isAccessibleForFree": true,
		"creator":      map[string]any{"@type": "Organization", "name": "Site & Co", "url": base + "/"},
		"dateModified": "2026-11-21", "measurementTechnique": "We count.",
		"variableMeasured": []any{
			property("Requests per second", "requests/s"), property("Processor time per request", "µs"), property("99th percentile of the response time", "ms"),
		},
		"distribution": []any{map[string]any{"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": address + ".json"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("dataset (-want +got):\n%s", diff)
	}
}
