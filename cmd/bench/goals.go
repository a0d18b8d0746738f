package main

import (
	"cmp"

	"tiebreak/internal/compare"
)

// A goal is a bound on how two subjects compare, or on one alone.
type goal struct {
	what string
	// The program, which is the site unless it has another name, its load and its
	// rival's name and load say what is divided by what. Without a rival the
	// figure itself is the value.
	name, load        string
	rival, rivalsLoad string
	of                func(sample) float64
	bound             float64
	most              bool // the bound is the most allowed, not the least
}

// An outcome is what a goal came to.
type outcome struct {
	What  string  `json:"what"`
	Bound float64 `json:"bound"`
	Most  bool    `json:"at_most"`
	Got   spread  `json:"got"`
	Met   bool    `json:"met"`
	// ByCPU is the same ratio of requests per second of the servers' own
	// processor time: what is left when the client's share is taken out.
	ByCPU *spread `json:"by_cpu,omitempty"`
}

// pageGoal ends what is asked of every page that does not change.
const pageGoal = ", of the bare handler's rate"

// goals are what the site is asked to reach.
func goals(c *compare.Comparison) []goal {
	var out []goal
	for _, p := range pagePaths(c) {
		out = append(out, goal{what: p.name + pageGoal, load: p.name, rival: bareName, rivalsLoad: p.name, of: rate, bound: 0.90})
	}
	out = append(
		out,
		goal{what: "304, of the article's rate", load: loadUnchanged, rival: siteName, rivalsLoad: "article", of: rate, bound: 1.3},
		goal{what: "new results a second per core", load: loadDistinct, of: perCPU, bound: 1000},
		goal{what: "known result beside the bare handler", load: loadRepeated, rival: bareName, rivalsLoad: loadRepeated, of: rate, bound: 0.75},
	)
	for _, form := range []string{"", plain} {
		out = append(
			out,
			goal{what: "known result, of Fastify's rate" + form, load: loadRepeated + form, rival: peerName, rivalsLoad: loadRepeated + form, of: rate, bound: 1.5},
			goal{what: "p99 of a known result, of Fastify's" + form, load: loadRepeated + form, rival: peerName, rivalsLoad: loadRepeated + form, of: p99, bound: 1.5, most: true},
			goal{what: "p99 of a new result, of Fastify's" + form, load: loadDistinct + form, rival: peerName, rivalsLoad: loadRepeated + form, of: p99, bound: 1.5, most: true},
		)
	}
	return out
}

// judge compares the goal with what was measured.
func (g goal) judge(p *plan) (outcome, error) {
	s, err := p.find(cmp.Or(g.name, siteName), g.load)
	if err != nil {
		return outcome{}, err
	}
	o := outcome{What: g.what, Bound: g.bound, Most: g.most}
	if g.rival == "" {
		o.Got = spreadOf(s.values(g.of))
	} else {
		rival, err := p.find(g.rival, g.rivalsLoad)
		if err != nil {
			return outcome{}, err
		}
		o.Got = spreadOf(ratios(s.values(g.of), rival.values(g.of)))
		if !g.most {
			by := spreadOf(ratios(s.values(perCPU), rival.values(perCPU)))
			o.ByCPU = &by
		}
	}
	o.Met = o.Got.Median >= g.bound
	if g.most {
		o.Met = o.Got.Median <= g.bound
	}
	return o, nil
}
