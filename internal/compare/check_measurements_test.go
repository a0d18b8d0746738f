package compare

import (
	"math"
	"testing"
)

// withMeasurement returns a valid comparison in which something is measured
// and a fact stems from it.
func withMeasurement() *Comparison {
	c := valid()
	c.Measurements = []Measurement{strokes()}
	c.Facts[0].Strength = ThirdParty
	c.Facts = append(c.Facts, Fact{
		ID: "M-1", Topic: "paint", Statement: "A stroke took 102 ms.", Strength: Measured, Measurement: "brush",
		Values: []Value{{"red", "102", "ms"}}, Checked: "2026-11-23", ReviewBy: "2027-05-01",
	})
	c.Article.Cited = append(c.Article.Cited, "M-1")
	return c
}

// A measuredTest breaks one thing in a comparison with a measurement.
type measuredTest struct {
	name  string
	spoil func(c *Comparison, m *Measurement)
	want  []string
}

func (tt measuredTest) run(t *testing.T) {
	t.Helper()
	checkTest{tt.name, func(c *Comparison) {
		*c = *withMeasurement()
		tt.spoil(c, &c.Measurements[0])
	}, tt.want}.run(t)
}

func TestCheckMeasurement(t *testing.T) {
	t.Parallel()
	const at = "measurements[0]"
	for _, tt := range []measuredTest{
		{"nothing", func(*Comparison, *Measurement) {}, nil},
		{"never run", func(_ *Comparison, m *Measurement) { m.Results = nil }, nil},
		{"two of an id", func(c *Comparison, _ *Measurement) { c.Measurements = append(c.Measurements, strokes()) }, []string{
			`measurements[1]: id "brush" stands twice: give one of them another id`,
		}},
		{"no question mark", func(_ *Comparison, m *Measurement) { m.Question = "How long." }, []string{
			at + `.question: the question must end in a question mark`,
		}},
		{"a long method", func(_ *Comparison, m *Measurement) { m.Method = "A. B. C. D. E. F." }, []string{
			at + `.method: method has 6 sentences: say it in 5`,
		}},
		{"no limits", func(_ *Comparison, m *Measurement) { m.Limits = nil }, []string{
			at + `.limits: every measurement leaves something out: say what this one does not show`,
		}},
		{"too few samples", func(_ *Comparison, m *Measurement) { m.Samples = 5 }, []string{
			at + `.samples: samples must be 6 or more: a 95% interval of a median needs as many`,
		}},
		{"negative warm-up", func(_ *Comparison, m *Measurement) { m.Warmup = -1 }, []string{
			at + `.warmup: warmup must be 0 or more`,
		}},
		{"unknown workload", func(_ *Comparison, m *Measurement) { m.Workload, m.Results = "sleep", nil }, []string{
			at + `.workload: workload "sleep" is none of start, task, memory, server, idle, delay`,
		}},
		{"no cases", func(_ *Comparison, m *Measurement) { m.Cases, m.Results = nil, nil }, []string{
			at + `.cases: a measurement needs a case: say what is run`,
		}},
		{"one option and its peer", func(_ *Comparison, m *Measurement) { m.Cases[0].Series[1].Peer, m.Results = true, nil }, []string{
			at + `.cases[0].series: a case compares options: give it series of at least two, not counting peers`,
		}},
		{"series", func(_ *Comparison, m *Measurement) {
			m.Results = nil
			s := m.Cases[0].Series
			s[0].Runtime = "v9"
			s[1].Name = ""
			s[2] = Series{ID: "Idle", Option: "green", Name: "Idle", Program: "red.js"}
		}, []string{
			at + `.cases[0].series[0].runtime: runtime "v9" must be the start of a version, such as 3.13`,
			at + `.cases[0].series[1].name: is missing: write it`,
			at + `.cases[0].series[2].id: id "Idle" must match ^[a-z0-9-]{1,40}$`,
			at + `.cases[0].series[2].option: option "green" is not in comparison.yaml`,
			at + `.cases[0].series[2].program: the program "red.js" is of option red: give green one of its own`,
		}},
		{"a program that is not there", func(_ *Comparison, m *Measurement) { m.Programs = m.Programs[:1] }, []string{
			at + `.cases[0].series[1].program: the program "blue.py" is not beside measurement.yaml`,
			at + `.cases[0].series[2].program: the program "blue.py" is not beside measurement.yaml`,
		}},
	} {
		tt.run(t)
	}
}

func TestCheckResults(t *testing.T) {
	t.Parallel()
	const at = "measurements[0].results: "
	results := func(spoil func(r *Results)) func(*Comparison, *Measurement) {
		return func(_ *Comparison, m *Measurement) { spoil(m.Results) }
	}
	for _, tt := range []measuredTest{
		{"an older form", results(func(r *Results) { r.Schema = 0 }), []string{
			at + "the results have form 0, and this program reads form 1: measure again",
		}},
		{"of something else", results(func(r *Results) { r.Measurement, r.Date = "roller", "2026-02-30" }), []string{
			at + "these are results of roller in red-vs-blue: measure again",
			at + `"2026-02-30" is not a day written 2026-08-05`,
		}},
		{"older than the programs", func(_ *Comparison, m *Measurement) { m.Programs[0].Source = "b" }, []string{
			at + "the programs, or how they are called, changed since 2026-11-23: measure again",
		}},
		{"another answer", results(func(r *Results) { r.Results[3].Answer = "no" }), []string{
			at + `plain/blue by blue-1 answers "no", but red by red-9 answers "done": the programs do not do the same work`,
		}},
		{"runtimes", results(func(r *Results) {
			r.Runtimes = append(r.Runtimes, Runtime{ID: "red-9", Option: "green"})
		}), []string{
			at + "runtime red-9 is listed twice",
			at + `runtime red-9 is of option "green", which is not in comparison.yaml`,
			at + "runtime red-9 has no name or no version",
		}},
		{"of what is not measured", results(func(r *Results) {
			r.Results[0].Runtime = "red-8"
			r.Results[1].Series = "green"
			r.Results[3].Runtime = "red-26"
			r.Results = append(r.Results, r.Results[4])
		}), []string{
			at + "plain/red by red-8: there is no runtime red-8: it has red-9, red-26, red-26.10, blue-1",
			at + "plain/green by red-26.10: measurement.yaml has no such series: measure again",
			at + "plain/blue by red-26: the series is of option blue and the runtime of red",
			at + "plain/idle by blue-1 has two results: measure again",
		}},
		{"samples", results(func(r *Results) {
			r.Results[0].Samples = map[string][]float64{"time": {1, 2, 3, 4, 5}, "peak": {1, 2, 3, 4, 5}}
			r.Results[1].Samples["peak"] = r.Results[1].Samples["peak"][:5]
			r.Results[2].Samples["time"][0] = math.Inf(1)
			r.Results[3].Samples["cpu"] = nil
			delete(r.Results[4].Samples, "time")
		}), []string{
			at + "plain/red by red-9 has 5 samples of time: a 95% interval of a median needs 6",
			at + "plain/red by red-26.10 has 5 samples of peak and 6 of another quantity",
			at + "plain/red by red-26 has a sample of time that is no number",
			at + `plain/blue by blue-1 has samples of "cpu", which task does not read`,
			at + "plain/idle by blue-1 has no samples of time",
		}},
		{"a series left out", results(func(r *Results) { r.Results = r.Results[:4] }), []string{
			at + "plain/idle was neither run nor skipped: measure again",
		}},
		{"a series skipped", results(func(r *Results) {
			r.Results = r.Results[:4]
			r.Skipped = []Skipped{{Case: "plain", Series: "idle", Why: "There was no time."}}
		}), nil},
		{"skipped in silence", results(func(r *Results) {
			r.Skipped = []Skipped{{Case: "plain", Series: "green"}}
		}), []string{
			at + "plain/green was skipped without a reason",
			at + "plain/green was skipped, and measurement.yaml has no such series: measure again",
		}},
	} {
		tt.run(t)
	}
}

func TestCheckMeasuredFacts(t *testing.T) {
	t.Parallel()
	for _, tt := range []measuredTest{
		{"no such measurement", func(c *Comparison, _ *Measurement) { c.Facts[2].Measurement = "roller" }, []string{
			`facts[2].measurement: measurement "roller" is not in the folder measurements`,
		}},
		{"not called measured", func(c *Comparison, _ *Measurement) { c.Facts[2].Strength = Official }, []string{
			`facts[2].strength: the strength of a fact from a measurement is measured`,
		}},
		{"a source besides", func(c *Comparison, _ *Measurement) { c.Facts[2].Sources = c.Facts[0].Sources }, []string{
			`facts[2].sources: the source of this fact is its measurement: remove sources`,
		}},
		{"measured elsewhere", func(c *Comparison, _ *Measurement) { c.Facts[0].Strength = Measured }, []string{
			`facts[0].strength: only a fact with a measurement is measured: name the measurement, or choose another strength`,
		}},
	} {
		tt.run(t)
	}
}

func TestCheckSupport(t *testing.T) {
	t.Parallel()
	support := func(ends Date, value string) func(c *Comparison) {
		return func(c *Comparison) {
			c.Facts[1].Values = []Value{{"price", "3", ""}, {"end", value, ""}}
			c.Options[0].Support = Support{Version: "Red 2", Ends: ends, Fact: "F-2"}
		}
	}
	for _, tt := range []checkTest{
		{"the day", support("2030-10-31", "31 October 2030"), nil},
		{"the day in figures", support("2030-10-31", "2030-10-31"), nil},
		{"the month", support("2030-10-31", "October 2030"), nil},
		{"the end of February", support("2028-02-29", "February 2028"), nil},
		{"not the end of the month", support("2030-10-30", "October 2030"), []string{
			"options[0].support.ends: ends 2030-10-30 is no value of fact F-2: write the day that the fact gives",
		}},
		{"another year", support("2029-10-31", "October 2030"), []string{
			"options[0].support.ends: ends 2029-10-31 is no value of fact F-2: write the day that the fact gives",
		}},
		{"no such fact", func(c *Comparison) {
			support("2030-10-31", "October 2030")(c)
			c.Options[0].Support.Fact = "F-9"
		}, []string{`options[0].support.fact: fact "F-9" is not in facts.yaml`}},
	} {
		tt.run(t)
	}
}
