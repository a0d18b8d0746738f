package templates

import (
	"math"

	"tiebreak/internal/compare"
)

// someSamples are an even number of invented samples with the given median.
func someSamples(median, spread float64, n int) []float64 {
	samples := make([]float64, 0, n)
	for _, far := range []float64{0.9, 0.2, 0.5, 0.1}[:n/2] {
		for _, x := range []float64{median - far*spread, median + far*spread} {
			samples = append(samples, math.Round(x*100)/100)
		}
	}
	return samples
}

// brewing gives a comparison of drinks a measurement for each kind of page: two
// cases with several series, one alone, one not run.
func brewing(c *compare.Comparison) *compare.Comparison {
	c.Measurements = []compare.Measurement{brewStart(c), brewServe(c), {
		ID: "later", Title: "Later", Question: "What comes <later>?", Method: "We wait.", Workload: compare.WorkDelay, Samples: 6,
		Cases:    []compare.Case{{ID: "one", Name: "One", Series: []compare.Series{{ID: "tea", Option: "tea", Name: "Tea", Program: "later.mjs"}}}},
		Programs: []compare.Program{{Name: "later.mjs", Option: "tea", Source: "wait()\n", Code: "wait()\n"}},
	}}
	c.Facts = append(c.Facts, compare.Fact{
		ID: "M-1", Topic: "effect", Statement: "Tea was ready after 35 ms.", Strength: compare.Measured, Measurement: "cold-start",
		Checked: "2026-11-22", ReviewBy: "2027-05-22",
	})
	now := c.Current()
	now.Criteria[0].Cells[0].Facts = append(now.Criteria[0].Cells[0].Facts, "M-1")
	return c
}

func brewStart(c *compare.Comparison) compare.Measurement {
	m := compare.Measurement{
		ID: "cold-start", Title: "Cold start", Question: "How long until a fresh <pot> can pour?", Workload: compare.WorkStart, Samples: 8, Warmup: 1,
		Method: "A fresh pot is filled & timed until the first drop.", Limits: []string{"Water from <wells> is not measured.", "Neither is ice."},
		Cases: []compare.Case{
			{ID: "plain", Name: "An empty pot", Series: []compare.Series{
				{ID: "tea", Option: "tea", Name: "Tea", Program: "start.mjs"},
				{ID: "tea-two", Option: "tea", Name: "Tea, in two pots that stand beside each other", Program: "start.mjs", Args: []string{"2"}},
				{ID: "coffee", Option: "coffee", Name: c.Options[1].Name, Program: "start.py"},
				{ID: "other", Option: "coffee", Name: "Coffee <from> a bag", Program: "bag.py", Peer: true},
			}},
			{ID: "full", Name: "A full pot", Series: []compare.Series{
				{ID: "tea", Option: "tea", Name: "Tea", Program: "full.mjs"},
				{ID: "coffee", Option: "coffee", Name: c.Options[1].Name, Program: "full.py"},
			}},
		},
	}
	for _, p := range []compare.Program{
		{Name: "start.mjs", Option: "tea"},
		{Name: "start.py", Option: "coffee"},
		{Name: "bag.py", Option: "coffee"},
		{Name: "full.mjs", Option: "tea"},
		{Name: "full.py", Option: "coffee"},
	} {
		p.Source, p.Code = "pour(\"a\")\n\n# done\n", "<span class=\"k\">pour</span>(&#34;a&#34;)\n\n# done\n"
		m.Programs = append(m.Programs, p)
	}
	m.Results = &compare.Results{
		Schema: 1, Comparison: c.Slug, Measurement: m.ID, Date: "2026-11-22", Seconds: 431, Programs: "00", Runtimes: brewers(c),
		Machine: compare.Machine{CPU: "Kettle 3000 <fast>", Cores: 2, Memory: 7936, System: "Kitchen 12, Stove 6.1", Load: 0.04},
		Skipped: []compare.Skipped{{Case: "full", Series: "tea", Runtime: "tea-20.1.0", Why: "the lid does not close"}},
	}
	add := func(k, series, runtime string, wall, spread float64) {
		m.Results.Results = append(m.Results.Results, compare.Result{
			Case: k, Series: series, Runtime: runtime, Answer: "42", Samples: map[string][]float64{
				"wall": someSamples(wall, spread, 8), "cpu": someSamples(wall*0.9, spread, 8), "peak": someSamples(wall+10, 0.5, 8),
			},
		})
	}
	add("plain", "tea", "tea-26.10.0", 35, 1)
	add("plain", "tea", "tea-20.1.0", 41, 2)
	add("plain", "tea-two", "tea-26.10.0", 61, 4)
	add("plain", "coffee", "coffee-3.9.2", 19, 0.6)
	add("plain", "coffee", "coffee-3.14.6", 14.3, 0.4)
	add("plain", "other", "coffee-3.14.6", 102, 12)
	add("full", "tea", "tea-26.10.0", 80, 3)
	add("full", "coffee", "coffee-3.14.6", 81, 4)
	m.Results.Results[3].Dropped = 2
	return m
}

// brewServe is measured of one option only, and too rarely to say much.
func brewServe(c *compare.Comparison) compare.Measurement {
	m := compare.Measurement{
		ID: "serving", Title: "Serving", Question: "How many cups a second?", Method: "We count.", Workload: compare.WorkServer, Samples: 6,
		Cases: []compare.Case{{ID: "cups", Name: "Cups", Series: []compare.Series{{ID: "tea", Option: "tea", Name: "Tea", Program: "serve.mjs"}}}},
	}
	m.Results = &compare.Results{
		Schema: 1, Comparison: c.Slug, Measurement: m.ID, Date: "2026-11-21", Seconds: 61, Runtimes: brewers(c)[:1],
		Machine: compare.Machine{CPU: "Kettle 1", Cores: 1, Memory: 900, System: "Kitchen 12", Load: 1},
		Results: []compare.Result{{Case: "cups", Series: "tea", Runtime: "tea-26.10.0", Samples: map[string][]float64{
			"rate": someSamples(47_900, 900, 6), "cpu": someSamples(21, 1, 6), "p99": someSamples(0, 0, 6),
		}}},
	}
	return m
}

func brewers(c *compare.Comparison) []compare.Runtime {
	return []compare.Runtime{
		{ID: "tea-26.10.0", Option: "tea", Name: "Tea 26.10.0", Version: "26.10.0", Build: "the <maker>’s own"},
		{ID: "tea-20.1.0", Option: "tea", Name: "Tea 20.1.0", Version: "20.1.0", Build: "from the market"},
		{ID: "coffee-3.9.2", Option: "coffee", Name: "Coffee 3.9.2", Version: "3.9.2", Build: "from the market"},
		{ID: "coffee-3.14.6", Option: "coffee", Name: "Coffee 3.14.6", Version: "3.14.6", Build: "roasted twice", Packages: map[string]string{"milk": "1.2", "cream": "0.3"}},
	}
}
