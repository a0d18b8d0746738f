package compare

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

func (k *checker) results(at string, m *Measurement) {
	r := m.Results
	if r.Schema != ResultsSchema {
		k.bad(at, "the results have form %d, and this program reads form %d: measure again", r.Schema, ResultsSchema)
		return
	}
	if r.Comparison != k.c.Slug || r.Measurement != m.ID {
		k.bad(at, "these are results of %s in %s: measure again", r.Measurement, r.Comparison)
	}
	k.date(at, r.Date)
	k.runtimes(at, r)
	seen := map[string]bool{}
	answers := map[string]*Result{}
	for i := range r.Results {
		one := &r.Results[i]
		name := fmt.Sprintf("%s/%s by %s", one.Case, one.Series, one.Runtime)
		if seen[name] {
			k.bad(at, "%s has two results: measure again", name)
		}
		seen[name] = true
		if !k.resultOf(at, name, m, one) {
			continue
		}
		k.samples(at, name, m, one)
		if first := answers[one.Case]; first == nil {
			answers[one.Case] = one
		} else if one.Answer != first.Answer {
			k.bad(at, "%s answers %q, but %s by %s answers %q: the programs do not do the same work",
				name, one.Answer, first.Series, first.Runtime, first.Answer)
		}
	}
	k.complete(at, m)
	if m.hasPrograms() && r.Programs != m.ProgramsSum() {
		k.bad(at, "the programs, or how they are called, changed since %s: measure again", r.Date)
	}
}

// hasPrograms reports whether every program that a series names is there.
func (m *Measurement) hasPrograms() bool {
	for _, c := range m.Cases {
		for _, s := range c.Series {
			if m.Program(s.Program) == nil {
				return false
			}
		}
	}
	return true
}

func (k *checker) runtimes(at string, r *Results) {
	seen := map[string]bool{}
	for _, runtime := range r.Runtimes {
		if seen[runtime.ID] {
			k.bad(at, "runtime %s is listed twice", runtime.ID)
		}
		seen[runtime.ID] = true
		if !k.isOption(runtime.Option) {
			k.bad(at, "runtime %s is of option %q, which is not in comparison.yaml", runtime.ID, runtime.Option)
		}
		if strings.TrimSpace(runtime.Name) == "" || strings.TrimSpace(runtime.Version) == "" {
			k.bad(at, "runtime %s has no name or no version", runtime.ID)
		}
	}
}

// resultOf reports a result of something that is not measured, or by a runtime
// that is not listed. It returns whether the result is one of the measurement.
func (k *checker) resultOf(at, name string, m *Measurement, r *Result) bool {
	series := m.Series(r.Case, r.Series)
	runtime := m.Results.Runtime(r.Runtime)
	switch {
	case series == nil:
		k.bad(at, "%s: measurement.yaml has no such series: measure again", name)
	case runtime == nil:
		k.bad(at, "%s: there is no runtime %s: it has %s", name, r.Runtime,
			listed(m.Results.Runtimes, func(r Runtime) string { return r.ID }))
	case runtime.Option != series.Option:
		k.bad(at, "%s: the series is of option %s and the runtime of %s", name, series.Option, runtime.Option)
	default:
		return true
	}
	return false
}

func (k *checker) samples(at, name string, m *Measurement, r *Result) {
	known := map[string]bool{}
	length := -1
	for _, q := range m.Workload.Quantities() {
		known[q.ID] = true
		samples, ok := r.Samples[q.ID]
		switch {
		case !ok:
			k.bad(at, "%s has no samples of %s", name, q.ID)
			continue
		case length < 0 && len(samples) < MinSamples:
			k.bad(at, "%s has %d samples of %s: a 95%% interval of a median needs %d", name, len(samples), q.ID, MinSamples)
		case length >= 0 && len(samples) != length:
			k.bad(at, "%s has %d samples of %s and %d of another quantity", name, len(samples), q.ID, length)
		}
		length = len(samples)
		if slices.ContainsFunc(samples, func(x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) }) {
			k.bad(at, "%s has a sample of %s that is no number", name, q.ID)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(r.Samples)) {
		if !known[id] {
			k.bad(at, "%s has samples of %q, which %s does not read", name, id, m.Workload)
		}
	}
}

// complete reports series that were neither run nor skipped with a reason:
// what is missing must not be missing in silence.
func (k *checker) complete(at string, m *Measurement) {
	done := map[[2]string]bool{}
	for _, r := range m.Results.Results {
		done[[2]string{r.Case, r.Series}] = true
	}
	for _, s := range m.Results.Skipped {
		done[[2]string{s.Case, s.Series}] = true
		if strings.TrimSpace(s.Why) == "" {
			k.bad(at, "%s/%s was skipped without a reason", s.Case, s.Series)
		}
		if m.Series(s.Case, s.Series) == nil {
			k.bad(at, "%s/%s was skipped, and measurement.yaml has no such series: measure again", s.Case, s.Series)
		}
	}
	for _, c := range m.Cases {
		for _, s := range c.Series {
			if !done[[2]string{c.ID, s.ID}] {
				k.bad(at, "%s/%s was neither run nor skipped: measure again", c.ID, s.ID)
			}
		}
	}
}
