package main

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/compare"
	"tiebreak/internal/measure"
)

// measuredFolder returns a content folder with a measurement called brush.
func measuredFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"valid", "measured"} {
		if err := copyOver(dir, "../../internal/catalog/testdata/"+name); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// copyOver copies a folder into another, over what is there.
func copyOver(dir, from string) error {
	return filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		to := filepath.Join(dir, strings.TrimPrefix(name, from))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		return os.WriteFile(to, data, 0o644)
	})
}

func TestMeasureUsage(t *testing.T) {
	t.Parallel()
	dir := measuredFolder(t)
	for _, tt := range []struct {
		args string
		code int
		want string
	}{
		{"red-vs-green", 2, `there is no comparison "red-vs-green" in ` + dir},
		{"../red-vs-blue", 2, "there is no comparison"},
		{"red-vs-blue comb", 2, `there is no measurement "comb": take one of brush`},
		{"red-vs-blue --samples=-1", 2, "--samples must be 1 or more"},
		{"red-vs-blue --samples many", 2, "--samples"},
		{"red-vs-blue", 1, "option red cannot be measured: only node and python can"},
		{"red-vs-blue --content " + dir + "/none", 1, "content folder"},
	} {
		args := append([]string{"measure", "--content", dir}, strings.Fields(tt.args)...)
		err := run(t.Context(), args, environment(), io.Discard, io.Discard)
		if exitCode(err) != tt.code || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("measure %s = %v (code %d), want code %d and %q", tt.args, err, exitCode(err), tt.code, tt.want)
		}
	}
}

// A quick look runs the programs, however busy the machine is, and writes nothing.
func TestMeasureQuickLook(t *testing.T) {
	t.Parallel()
	for _, option := range []string{"node", "python"} {
		_, err := measure.Find(t.Context(), option, measure.DefaultPath(option), programEnvironment())
		if err != nil && os.Getenv("TIEBREAK_RUNTIMES") == "required" {
			t.Fatalf("Find(%q): %v", option, err)
		}
		if err != nil {
			t.Skipf("no runtime of %s, and TIEBREAK_RUNTIMES is not required: %v", option, err)
		}
	}
	dir := t.TempDir()
	comparison, err := os.ReadFile("../../internal/catalog/testdata/valid/red-vs-blue/comparison.yaml")
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(dir, "red-vs-blue", "measurements", "start")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for file, text := range map[string]string{
		"../../comparison.yaml": strings.NewReplacer("id: red", "id: node", "id: blue", "id: python").Replace(string(comparison)),
		"a.mjs":                 `console.log("ready")`,
		"a.py":                  `print("ready")`,
		"measurement.yaml": `title: Start
question: How long?
method: We start it.
limits: [It shows nothing else.]
workload: start
samples: 6
warmup: 0
cases:
  - id: plain
    name: Plain
    series:
      - {id: node, option: node, name: Node.js, program: a.mjs}
      - {id: python, option: python, name: Python, program: a.py}
`,
	} {
		if err := os.WriteFile(filepath.Join(folder, file), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var stdout, stderr bytes.Buffer
	if err := run(t.Context(), []string{"measure", "--content", dir, "red-vs-blue", "--samples", "1"}, environment(), &stdout, &stderr); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"start: How long?\n", "\nplain/node    Node.js ", "\nplain/python  Python ", "Not written: --samples"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("stdout lacks %q:\n%s", want, stdout.String())
		}
	}
	if want := "start: round 1 of 1, 3 of 4 processes"; !strings.Contains(stderr.String(), want) {
		t.Errorf("stderr lacks %q:\n%s", want, stderr.String())
	}
	if _, err := os.Stat(filepath.Join(folder, resultsFile)); err == nil {
		t.Error("a quick look wrote results")
	}
}

func brushed() (*compare.Measurement, *compare.Results) {
	samples := []float64{30, 31, 32, 33, 34, 35.123}
	return &compare.Measurement{ID: "brush", Question: "How long?", Workload: compare.WorkTask}, &compare.Results{
		Schema: compare.ResultsSchema, Measurement: "brush",
		Runtimes: []compare.Runtime{{ID: "node-26.0.0", Name: "Node.js 26.0.0"}},
		Results: []compare.Result{
			{Case: "a", Series: "node", Runtime: "node-26.0.0", Dropped: 2, Samples: map[string][]float64{"time": samples, "peak": samples[:5]}},
		},
		Skipped: []compare.Skipped{{Case: "a", Series: "web", Why: "Node.js 26.0.0 does not have web"}},
	}
}

func TestMeasuredText(t *testing.T) {
	t.Parallel()
	want := `brush: How long?
series  runtime         quantity  median  95% interval        unit  samples  dropped
a/node  Node.js 26.0.0  time      32.5    30 to 35.12         ms    6        2
a/node  Node.js 26.0.0  peak      32      needs more samples  MB    5        2
a/web was skipped: Node.js 26.0.0 does not have web.
`
	if diff := cmp.Diff(want, measuredText(brushed())); diff != "" {
		t.Errorf("measuredText (-want +got):\n%s", diff)
	}
}

func TestMeasureTarget(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		c    measureCommand
		want string
	}{
		{measureCommand{Content: "c", Comparison: "a-vs-b"}, "c/a-vs-b/measurements/brush/results.json"},
		{measureCommand{Content: "c", Comparison: "a-vs-b", Samples: 3}, ""},
		{measureCommand{Content: "c", Comparison: "a-vs-b", Samples: 3, Out: "o"}, "o/brush/results.json"},
		{measureCommand{Content: "c", Comparison: "a-vs-b", Out: "o"}, "o/brush/results.json"},
	} {
		if got := filepath.ToSlash(tt.c.target("brush")); got != tt.want {
			t.Errorf("%+v: target = %q, want %q", tt.c, got, tt.want)
		}
	}
}

func TestWriteResults(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "brush", resultsFile)
	_, want := brushed()
	for range 2 { // the second replaces the first
		if err := writeResults(file, want); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var got compare.Results
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, &got); diff != "" {
		t.Errorf("results.json (-want +got):\n%s", diff)
	}
	if entries, err := os.ReadDir(filepath.Dir(file)); err != nil || len(entries) != 1 {
		t.Errorf("ReadDir = %v, %v, want the results alone", entries, err)
	}
}

func TestMeasureProgress(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	p := newProgressPrinter(&out)
	for i, stage := range []string{"round 1 of 2", "round 1 of 2", "round 2 of 2"} {
		p.print(measure.Progress{Measurement: "brush", Stage: stage, Done: i, Total: 3, Dropped: i, Left: 90 * time.Second})
	}
	p.end()
	want := "brush: round 1 of 2, 0 of 3 processes, about 1m30s left\n" +
		"brush: round 2 of 2, 2 of 3 processes, 2 dropped, about 1m30s left\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("progress (-want +got):\n%s", diff)
	}
}

func TestKeptAndNot(t *testing.T) {
	t.Parallel()
	todo := []compare.Measurement{{ID: "a"}, {ID: "b"}}
	for want, kept := range map[string][]string{
		"results written: none; not written: a, b": nil,
		"results written: a; not written: b":       {"a"},
		"results written: a, b; not written: none": {"a", "b"},
	} {
		if got := keptAndNot(kept, todo); got != want {
			t.Errorf("keptAndNot(%q) = %q, want %q", kept, got, want)
		}
	}
}
