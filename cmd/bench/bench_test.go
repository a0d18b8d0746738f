package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// comparison is read once: reading it takes longer than all else here.
var comparison = sync.OnceValues(newComparison)

func TestSpreadOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		values []float64
		want   spread
	}{
		{[]float64{7}, spread{7, 7, 7}},
		{[]float64{2, 1}, spread{1.25, 1.5, 1.75}},
		{[]float64{5, 1, 4, 2, 3}, spread{2, 3, 4}},
		{[]float64{4, 3, 2, 1}, spread{1.75, 2.5, 3.25}},
	} {
		if got := spreadOf(c.values); got != c.want {
			t.Errorf("spreadOf(%v) = %v, want %v", c.values, got, c.want)
		}
	}
}

// TestRatios shows why ratios are taken within rounds: a machine that is half
// as fast in one of them changes neither.
func TestRatios(t *testing.T) {
	t.Parallel()
	got := ratios([]float64{90, 45, 90}, []float64{100, 50, 100})
	if diff := cmp.Diff([]float64{0.9, 0.9, 0.9}, got); diff != "" {
		t.Error(diff)
	}
}

func TestParseTally(t *testing.T) {
	t.Parallel()
	const out = "Running 1s test @ http://127.0.0.1:1\n  1 threads and 64 connections\nRequests/sec: 1\n\n" +
		"bench {\"requests\":1200,\"microseconds\":1010000,\"bytes\":360000,\"p50\":812.0,\"p99\":2450.0,\"failed\":0}\n"
	got, err := parseTally(out)
	if err != nil {
		t.Fatal(err)
	}
	if want := (tally{Requests: 1200, Microseconds: 1010000, Bytes: 360000, P50: 812, P99: 2450}); got != want {
		t.Errorf("parseTally = %+v, want %+v", got, want)
	}
	for name, bad := range map[string]string{
		"no line":      "unable to connect\n",
		"not JSON":     "bench {\n",
		"no answer":    "bench {\"requests\":0,\"microseconds\":1000000}\n",
		"wrong answer": "bench {\"requests\":10,\"microseconds\":1000000,\"failed\":1}\n",
	} {
		if got, err := parseTally(bad); err == nil {
			t.Errorf("%s: parseTally = %+v, want an error", name, got)
		}
	}
}

func TestNewSample(t *testing.T) {
	t.Parallel()
	got := newSample(tally{Requests: 2000, Microseconds: 2e6, Bytes: 1e6, P50: 500, P99: 3000}, 1600*time.Millisecond, 400*time.Millisecond)
	want := sample{Requests: 2000, Bytes: 500, Rate: 1000, PerCPU: 1250, P50: 0.5, P99: 3, Client: 0.2}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := newSample(tally{Requests: 1, Microseconds: 1}, 0, 0); got.PerCPU != 100 {
		t.Errorf("with less processor time than can be told: %v a second of it, want 100", got.PerCPU)
	}
}

func TestParseStat(t *testing.T) {
	t.Parallel()
	got, err := parseStat("4242 (a) b (c)) S 17 4242 4242 0 -1 4194304 1 2 3 4 150 50 9 9 20 0 8 0 1 2 3\n")
	if err != nil {
		t.Fatal(err)
	}
	if want := (stat{parent: 17, cpu: 2 * time.Second}); got != want {
		t.Errorf("parseStat = %+v, want %+v", got, want)
	}
	for _, bad := range []string{"", "1 (a) S 2 3", "1 (a) S x 1 1 0 -1 0 1 2 3 4 150 50"} {
		if got, err := parseStat(bad); err == nil {
			t.Errorf("parseStat(%q) = %+v, want an error", bad, got)
		}
	}
}

func TestParseKB(t *testing.T) {
	t.Parallel()
	const status = "Name:\tx\nVmHWM:\t  155000 kB\nVmRSS:\t  149000 kB\nRssAnon:\tmany kB\n"
	if got, err := parseKB(status, "VmRSS"); got != 149000 || err != nil {
		t.Errorf("parseKB(VmRSS) = %d, %v, want 149000", got, err)
	}
	for _, name := range []string{"VmSwap", "RssAnon"} {
		if got, err := parseKB(status, name); err == nil {
			t.Errorf("parseKB(%s) = %d, want an error", name, got)
		}
	}
}

func TestMachine(t *testing.T) {
	t.Parallel()
	if got := parseCPU("processor\t: 0\nmodel name\t: Some CPU 9\nmodel name\t: Other\n"); got != "Some CPU 9" {
		t.Errorf("parseCPU = %q, want the first name", got)
	}
	for line, want := range map[string]string{
		"wrk debian/4.1.0-3+b2 [epoll] Copyright": "4.1.0-3+b2",
		"wrk 4.2.0 [kqueue] Copyright":            "4.2.0",
		"":                                        "unknown",
	} {
		if got := parseWrkVersion(line); got != want {
			t.Errorf("parseWrkVersion(%q) = %q, want %q", line, got, want)
		}
	}
}

// TestPathsTake shows that no path comes twice before all have come.
func TestPathsTake(t *testing.T) {
	t.Parallel()
	p := paths{n: 3 * fastest, once: true}
	var got [][2]int
	for range 3 {
		from, most := p.take(1)
		got = append(got, [2]int{from, most})
		p.took(fastest + 1)
	}
	if diff := cmp.Diff([][2]int{{0, fastest}, {fastest + 1, fastest}, {0, fastest}}, got); diff != "" {
		t.Error(diff)
	}
	same := paths{n: 5}
	same.took(3)
	if from, most := same.take(1); from != 0 || most != 5 {
		t.Errorf("take = %d, %d, want all paths every time", from, most)
	}
}

func TestResultPaths(t *testing.T) {
	t.Parallel()
	c, err := comparison()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, p := range resultPaths(c, 2000) {
		if seen[p] {
			t.Fatalf("%s comes twice", p)
		}
		seen[p] = true
		if _, err := c.Decode(filepath.Base(p)); err != nil {
			t.Fatalf("%s: %v", p, err)
		}
	}
}

// TestBareHandler has the bytes and headers of an answer come back as they were.
func TestBareHandler(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "bare")
	want := bareHandler{"/a": {Status: 200, Header: http.Header{"Content-Encoding": {"br"}, "Content-Length": {"3"}}, Body: []byte("abc")}}
	if err := want.save(name); err != nil {
		t.Fatal(err)
	}
	got, err := readBare(name)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	got.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/a", nil))
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	back := page{Status: w.Code, Header: w.Result().Header, Body: body}
	if diff := cmp.Diff(want["/a"], back); diff != "" {
		t.Error(diff)
	}
	w = httptest.NewRecorder()
	got.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/b", nil))
	if w.Code != http.StatusNotFound {
		t.Errorf("a path it was not given: %d, want 404", w.Code)
	}
}

func TestFrame(t *testing.T) {
	t.Parallel()
	top, bottom, err := frame([]byte(`<html><main id="main">x</main><footer>`))
	if top != "<html>" || bottom != "<footer>" || err != nil {
		t.Errorf("frame = %q, %q, %v", top, bottom, err)
	}
	if _, _, err := frame([]byte("<html>")); err == nil {
		t.Error("a page without a main part has a frame")
	}
}

// measuredPlan is a plan whose figures are known: in every round the site answers
// 95 requests while the others answer 100, but known results twice as many.
func measuredPlan(t *testing.T) *plan {
	t.Helper()
	c, err := comparison()
	if err != nil {
		t.Fatal(err)
	}
	p := &plan{}
	add := func(name, load string, rate, p99 float64) {
		sub := &subject{name: name, load: load}
		for round := range 3 {
			slow := float64(round + 1) // other work on the machine
			sub.samples = append(sub.samples, sample{Rate: rate / slow, PerCPU: rate * 1.1 / slow, P99: p99 * slow})
		}
		p.groups = append(p.groups, []*subject{sub})
	}
	for _, pg := range pagePaths(c) {
		add(siteName, pg.name, 9500, 1)
		add(bareName, pg.name, 10_000, 1)
	}
	add(siteName, loadUnchanged, 11_400, 1)
	add(bareName, loadRepeated, 10_000, 1)
	for _, form := range []string{"", plain} {
		add(siteName, loadRepeated+form, 8000, 2)
		add(peerName, loadRepeated+form, 4000, 4)
		add(siteName, loadDistinct+form, 1000, 8)
	}
	return p
}

func TestGoals(t *testing.T) {
	t.Parallel()
	r := recorded(t)
	got := map[string]string{}
	for _, o := range r.Goals {
		got[o.What] = verdict(o.Met) + " " + bound(o) + " " + figure(o.Got.Median) + " " + byCPU(o)
	}
	for what, want := range map[string]string{
		"table, of the bare handler's rate":                 "met at least 0.90 0.95 0.95",
		"304, of the article's rate":                        "MISSED at least 1.30 1.20 1.20",
		"new results a second per core":                     "MISSED at least 1000 550 ",
		"known result beside the bare handler":              "met at least 0.75 0.80 0.80",
		"known result, of Fastify's rate":                   "met at least 1.50 2.00 2.00",
		"p99 of a known result, of Fastify's, uncompressed": "met at most 1.50 0.50 ",
		"p99 of a new result, of Fastify's":                 "MISSED at most 1.50 2.00 ",
	} {
		if got[what] != want {
			t.Errorf("%s: %q, want %q", what, got[what], want)
		}
	}
}

func TestGoalWithoutFigures(t *testing.T) {
	t.Parallel()
	g := goal{load: "article", of: rate}
	if o, err := g.judge(&plan{}); err == nil {
		t.Errorf("judged without figures: %+v", o)
	}
}

func recorded(t *testing.T) *record {
	t.Helper()
	c, err := comparison()
	if err != nil {
		t.Fatal(err)
	}
	p := measuredPlan(t)
	r := &record{
		Started: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC),
		Machine: machine{CPU: "Some CPU", Cores: 2, Kernel: "Linux 6", Go: "1.26", Node: "26", Wrk: "4", Load: "1.00"},
		Rounds:  3, Seconds: 1, Connections: connections,
		Start:  map[string]spread{siteName: {100, 120, 140}},
		Memory: memory{Requests: 100_500, Resident: 90.4, Peak: 99}, BinaryMB: 27.7,
	}
	if err := r.judge(p, goals(c)); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestPublish(t *testing.T) {
	t.Parallel()
	r := recorded(t)
	var out bytes.Buffer
	if err := r.print(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Some CPU, 2 cores", "MISSED  304, of the article's rate", "120 ms (100 to 140)", "27.7 MB"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, &out)
		}
	}
	name := filepath.Join(t.TempDir(), "bench.json")
	if err := writeJSON(r, name); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var back record
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, &back); diff != "" {
		t.Errorf("the file says something else: %s", diff)
	}
}

func TestWriteReadme(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "README.md")
	write := func(text string) {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := recorded(t)
	write("# A\n")
	if err := r.writeReadme(name); err == nil {
		t.Error("a file without a place for figures was written")
	}
	write("# A\n" + figuresBegin + "old\n" + figuresEnd + "end\n")
	if err := r.writeReadme(name); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	want := "# A\n" + figuresBegin + `` + "`make bench`" + ` on 23 November 2026, medians of 3 rounds; Some CPU, 2 cores, Linux 6, Go 1.26, Node.js 26, wrk 4, a load of 1.00 before:

| measured | goal | got | by processor time |
|---|---|---|---|
| lowest share of a bare handler's rate: home | ≥ 0.90 | 0.95 | 0.95 |
| 304, of the article's rate | ≥ 1.30 | 1.20, missed | 1.20 |
| new results a second per core | ≥ 1000 | 550, missed |  |
| known result beside the bare handler | ≥ 0.75 | 0.80 | 0.80 |
| known result, of Fastify's rate, uncompressed | ≥ 1.50 | 2.00 | 2.00 |
| p99 of a known result, of Fastify's, uncompressed | ≤ 1.50 | 0.50 |  |
| p99 of a new result, of Fastify's, uncompressed | ≤ 1.50 | 2.00, missed |  |
| start to first page; memory after 100500 requests; program | | 120 ms; 90 MB; 28 MB | |
` + figuresEnd + "end\n"
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}
