package compare

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// strokes returns a measurement with results: red was run by three runtimes,
// blue by one, and each has a second quantity.
func strokes() Measurement {
	m := Measurement{
		ID: "brush", Title: "Strokes", Question: "How long is a stroke?", Method: "Run twice. Then timed.",
		Limits: []string{"One brush only."}, Workload: WorkTask, Samples: 6, Warmup: 1,
		Cases: []Case{{ID: "plain", Name: "A plain wall", Series: []Series{
			{ID: "red", Option: "red", Name: "Red", Program: "red.js"},
			{ID: "blue", Option: "blue", Name: "Blue", Program: "blue.py"},
			{ID: "idle", Option: "blue", Name: "Blue, idle", Program: "blue.py", Peer: true},
		}}},
		Programs: []Program{{Name: "red.js", Option: "red", Source: "a"}, {Name: "blue.py", Option: "blue", Source: "b"}},
	}
	m.Results = &Results{
		Schema: ResultsSchema, Comparison: "red-vs-blue", Measurement: "brush", Date: "2026-11-23",
		Runtimes: []Runtime{
			{ID: "red-9", Option: "red", Name: "Red 9.4", Version: "9.4"},
			{ID: "red-26", Option: "red", Name: "Red 26.0", Version: "26.0"},
			{ID: "red-26.10", Option: "red", Name: "Red 26.10", Version: "26.10"},
			{ID: "blue-1", Option: "blue", Name: "Blue 1.0", Version: "1.0"},
		},
		Results: []Result{
			stroke("red", "red-9", 300, 40), stroke("red", "red-26.10", 100, 40), stroke("red", "red-26", 200, 40),
			stroke("blue", "blue-1", 600, 42), stroke("idle", "blue-1", 0, 42),
		},
	}
	m.Results.Programs = m.ProgramsSum()
	return m
}

func stroke(series, runtime string, time, peak float64) Result {
	from := func(x float64) []float64 { return []float64{x, x + 1, x + 2, x + 3, x + 4, x + 5} }
	return Result{
		Case: "plain", Series: series, Runtime: runtime, Answer: "done",
		Samples: map[string][]float64{"time": from(time), "peak": from(peak)},
	}
}

func TestReadings(t *testing.T) {
	t.Parallel()
	m := strokes()
	var got []string
	for _, r := range m.Readings("plain") {
		for _, l := range r.Lines {
			line := r.Quantity.ID + " " + l.Series.ID + " " + l.Runtime.Version + " " + Figure(l.Summary.Median)
			if l.Newest {
				line += " newest"
			}
			got = append(got, line)
		}
	}
	want := []string{
		"time red 26.10 102 newest", "time red 26.0 202", "time red 9.4 302", "time blue 1.0 602 newest", "time idle 1.0 2.5 newest",
		"peak red 26.10 42.5 newest", "peak red 26.0 42.5", "peak red 9.4 42.5", "peak blue 1.0 44.5 newest", "peak idle 1.0 44.5 newest",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Readings differ (-want +got):\n%s", diff)
	}
	if got := m.Readings("other"); got != nil {
		t.Errorf("Readings of no case = %v", got)
	}
	m.Results = nil
	if got := m.Readings("plain"); got != nil {
		t.Errorf("Readings before the first run = %v", got)
	}
}

func TestNewest(t *testing.T) {
	t.Parallel()
	m := strokes()
	if got := m.Results.Newest("red"); got == nil || got.Version != "26.10" {
		t.Errorf("Newest(red) = %v, want 26.10", got)
	}
	if got := m.Results.Newest("green"); got != nil {
		t.Errorf("Newest(green) = %v", got)
	}
	if got := m.Result("plain", "red", "26.0"); got == nil || got.Runtime != "red-26" {
		t.Errorf("Result(red, 26.0) = %v", got)
	}
	if got := m.Result("plain", "red", "2"); got != nil {
		t.Errorf("Result(red, 2) = %v, want none: 26 does not begin with the part 2", got)
	}
}

func TestVersions(t *testing.T) {
	t.Parallel()
	rising := []string{"1", "1.9.9", "1.10", "3.14.0a1", "3.14.0rc2", "3.14", "3.14.1", "26.0.0"}
	for i, a := range rising {
		for j, b := range rising {
			if got, want := compareVersions(a, b), strings.Compare(string(rune('a'+i)), string(rune('a'+j))); got != want {
				t.Errorf("compareVersions(%s, %s) = %d, want %d", a, b, got, want)
			}
		}
	}
	if compareVersions("3.14", "3.14.0") != 0 {
		t.Error("3.14 and 3.14.0 differ")
	}
}

func TestFigureOfMeasurement(t *testing.T) {
	t.Parallel()
	m := strokes()
	tests := []struct {
		text string
		want Value
		err  string
	}{
		{"median plain/blue", Value{Text: "602", Unit: "ms"}, ""},
		{"median plain/red@9 time", Value{Text: "302", Unit: "ms"}, ""},
		{"median plain/red peak", Value{Text: "42.5", Unit: "MB"}, ""},
		{"ratio plain/blue plain/red", Value{Text: "5.9", Unit: "times"}, ""},
		{"ratio plain/blue plain/red@9 time", Value{Text: "2.0", Unit: "times"}, ""},
		{"version plain/red", Value{Text: "Red 26.10"}, ""},
		{"ratio plain/blue plain/red peak", Value{}, "the intervals of plain/blue and plain/red overlap: say that there is no clear difference"},
		{"ratio plain/blue plain/idle", Value{}, "of plain/blue and plain/idle one reaches zero, so there is no ratio: give both medians"},
		{"median bare/blue", Value{}, `measurement brush has no case "bare": it has plain`},
		{"median plain/green", Value{}, `case plain has no series "green": it has red, blue, idle`},
		{"median plain/red cpu", Value{}, `the workload task has no quantity "cpu": it has time, peak`},
		{"median plain/red@8", Value{}, "plain/red was run by no version 8: it was by 26.10, 26.0, 9.4"},
	}
	for _, tt := range tests {
		got, err := m.Figure(tt.text)
		msg := ""
		if err != nil {
			msg = err.Error()
		}
		if got != tt.want || msg != tt.err {
			t.Errorf("Figure(%q) = %v, %q\nwant %v, %q", tt.text, got, msg, tt.want, tt.err)
		}
	}
	for _, text := range []string{
		"", "median", "mean plain/red", "median plain", "median plain/red@ time", "ratio plain/red", "median plain/red plain/blue",
		"version plain/red time", "median plain/red time peak", "time median plain/red", "ratio plain/red time plain/blue",
	} {
		if _, err := m.Figure(text); err == nil || !strings.HasPrefix(err.Error(), "a figure is written") {
			t.Errorf("Figure(%q) = %v, want how a figure is written", text, err)
		}
	}
	m.Results = nil
	if _, err := m.Figure("median plain/red"); err == nil || err.Error() != "measurement brush has no results: run it first" {
		t.Errorf("Figure before the first run = %v", err)
	}
}

func TestRatioOfNewest(t *testing.T) {
	t.Parallel()
	m := strokes()
	got, err := m.Ratio("plain", "blue", "red", "")
	if err != nil || !got.Clear || Times(got.Value) != "5.9" {
		t.Errorf("Ratio = %+v, %v", got, err)
	}
	for _, names := range [][4]string{{"bare", "blue", "red", ""}, {"plain", "green", "red", ""}, {"plain", "blue", "green", ""}, {"plain", "blue", "red", "cpu"}} {
		if _, err := m.Ratio(names[0], names[1], names[2], names[3]); err == nil {
			t.Errorf("Ratio(%v) gave no error", names)
		}
	}
}

func TestFactsFrom(t *testing.T) {
	t.Parallel()
	c := withMeasurement()
	got := c.FactsFrom("brush")
	if len(got) != 1 || got[0].ID != "M-1" {
		t.Errorf("FactsFrom = %v", got)
	}
	uses := c.UsesFrom("brush")
	if len(uses) != 1 || !uses[0].Article || len(uses[0].Criteria) != 0 {
		t.Errorf("UsesFrom = %+v", uses)
	}
	if got := c.FactsFrom(""); got != nil {
		t.Errorf("FactsFrom of no measurement = %v", got)
	}
}
