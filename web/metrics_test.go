package web

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"

	"tiebreak/templates"
)

// gathered returns the metric of the name whose labels are those given.
func gathered(t *testing.T, registry *prometheus.Registry, name string, labels ...string) *dto.Metric {
	t.Helper()
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		for _, m := range family.GetMetric() {
			var got []string
			for _, label := range m.GetLabel() {
				got = append(got, label.GetName()+"="+label.GetValue())
			}
			if family.GetName() == name && strings.Join(got, " ") == strings.Join(labels, " ") {
				return m
			}
		}
	}
	return nil
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	c := testConfig(t)
	var err error
	if c.Metrics, err = NewMetrics(registry); err != nil {
		t.Fatal(err)
	}
	h := testSite(t, c)
	_, real := realSite(t)
	result := templates.ResultPath(real, randomAnswers(real.Current(), 1))
	for range 3 {
		get(h, result)
	}
	get(h, "/test/panic")
	get(h, "/"+strings.Repeat("secret/", 5))
	serve(h, request("BREW", "/", ""))
	for _, tt := range []struct {
		route, method, status string
		want                  uint64
	}{
		{"/{comparison}/result/{code}", "GET", "200", 3},
		{"/test/panic", "GET", "500", 1},
		{"none", "GET", "404", 1},
		{"none", "other", "405", 1},
	} {
		m := gathered(t, registry, "tiebreak_request_duration_seconds", "method="+tt.method, "route="+tt.route, "status="+tt.status)
		if got := m.GetHistogram().GetSampleCount(); got != tt.want {
			t.Errorf("%s %s %s counted %d times, want %d", tt.method, tt.route, tt.status, got, tt.want)
		}
	}
	sent := gathered(t, registry, "tiebreak_response_bytes_total", "route=/{comparison}/result/{code}").GetCounter().GetValue()
	if want := 3 * len(bodyOf(t, get(h, result))); int(sent) != want {
		t.Errorf("%v bytes counted, want %d", sent, want)
	}
	if got := gathered(t, registry, "tiebreak_requests_under_way").GetGauge().GetValue(); got != 0 {
		t.Errorf("%v requests under way after all were answered", got)
	}
	if _, err := NewMetrics(registry); err == nil {
		t.Error("a second set of the same metrics was registered")
	}
}

// TestMetricsHoldNoAnswers looks for what was asked in everything that is
// exported.
func TestMetricsHoldNoAnswers(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	c := testConfig(t)
	var err error
	if c.Metrics, err = NewMetrics(registry); err != nil {
		t.Fatal(err)
	}
	h := testSite(t, c)
	get(h, "/test/secret/my-answers?team=js")
	get(h, "/my-answers")
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		if text := family.String(); strings.Contains(text, "my-answers") || strings.Contains(text, "192.0.2.1") {
			t.Errorf("metric holds an answer or an address: %s", text)
		}
	}
}

func TestTraceparent(t *testing.T) {
	t.Parallel()
	good := "00-" + strings.Repeat("4b", 16) + "-" + strings.Repeat("0f", 8) + "-01"
	for value, want := range map[string]any{
		good:                                 good,
		"":                                   nil,
		"00-short-00-01":                     nil,
		"01" + good[2:]:                      nil,
		strings.ToUpper(good):                nil,
		good + "\n{\"level\":\"ERROR\"}":     nil,
		strings.Replace(good, "4b", "zz", 1): nil,
	} {
		_, lines := logged(t, request("GET", "/test/page", "", "Traceparent", value))
		if got := lines[0]["traceparent"]; got != want {
			t.Errorf("traceparent %q is logged as %v, want %v", value, got, want)
		}
	}
}

// TestClockSetBack jumps back by an hour, and by a day, while requests are
// being answered: none fails, none takes less than no time.
func TestClockSetBack(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	now := time.Date(2026, 11, 23, 0, 10, 0, 0, time.UTC)
	steps := []time.Duration{time.Second, -time.Hour, 48 * time.Hour, -24 * time.Hour, 0, 24 * 365 * time.Hour, -24 * 366 * time.Hour}
	calls := 0
	c := testConfig(t)
	c.Log = slog.New(slog.NewJSONHandler(&log, nil))
	c.Now = func() time.Time {
		now = now.Add(steps[calls%len(steps)])
		calls++
		return now
	}
	h := testSite(t, c)
	_, real := realSite(t)
	a := randomAnswers(real.Current(), 5)
	for range 20 {
		for _, path := range []string{"/", templates.SourcesPath(real), templates.ResultPath(real, a), templates.ExportPath(real, a, "json")} {
			if got := get(h, path).StatusCode; got != 200 {
				t.Fatalf("%s = %d while the clock jumps, want 200", path, got)
			}
		}
	}
	for line := range bytes.Lines(log.Bytes()) {
		var fields struct {
			Duration time.Duration `json:"duration"`
		}
		if err := json.Unmarshal(line, &fields); err != nil || fields.Duration < 0 {
			t.Errorf("log line %s (%v), want no time less than none", line, err)
		}
	}
}
