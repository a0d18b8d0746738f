package compare

import (
	"fmt"
	"slices"
	"strings"
)

// A Reading is what a case gave of one quantity.
type Reading struct {
	Case     *Case
	Quantity Quantity
	// Lines are in the order of the series; those of one series begin with the
	// newest runtime.
	Lines []Line
}

// A Line is one series as one runtime ran it.
type Line struct {
	Series  *Series
	Runtime *Runtime
	Result  *Result
	Summary Summary // of the reading's quantity
	Newest  bool    // no newer runtime ran the series
}

// Readings returns the results of a case, one reading for each quantity of the
// workload, the one that matters most first. It is empty before the first run.
func (m *Measurement) Readings(caseID string) []Reading {
	c := m.Case(caseID)
	if c == nil || m.Results == nil {
		return nil
	}
	var readings []Reading
	for _, q := range m.Workload.Quantities() {
		r := Reading{Case: c, Quantity: q}
		for i := range c.Series {
			for nth, result := range m.resultsOf(c.ID, c.Series[i].ID) {
				r.Lines = append(r.Lines, Line{
					Series: &c.Series[i], Runtime: m.Results.Runtime(result.Runtime), Result: result,
					Summary: result.Summary(q.ID), Newest: nth == 0,
				})
			}
		}
		readings = append(readings, r)
	}
	return readings
}

// Summary returns the summary of the result's samples of a quantity.
func (r *Result) Summary(quantity string) Summary { return Summarize(r.Samples[quantity]) }

// resultsOf returns the results of a series, that of the newest runtime first.
func (m *Measurement) resultsOf(caseID, series string) []*Result {
	if m.Results == nil {
		return nil
	}
	var results []*Result
	for i := range m.Results.Results {
		if r := &m.Results.Results[i]; r.Case == caseID && r.Series == series && m.Results.Runtime(r.Runtime) != nil {
			results = append(results, r)
		}
	}
	slices.SortStableFunc(results, func(a, b *Result) int {
		return compareVersions(m.Results.Runtime(b.Runtime).Version, m.Results.Runtime(a.Runtime).Version)
	})
	return results
}

// Result returns the result of a series by the newest runtime whose version
// begins with prefix, "" for any. It is nil if there is none.
func (m *Measurement) Result(caseID, series, prefix string) *Result {
	for _, r := range m.resultsOf(caseID, series) {
		if m.Results.Runtime(r.Runtime).Is(prefix) {
			return r
		}
	}
	return nil
}

// Runtime returns the runtime with the given id, nil if there is none.
func (r *Results) Runtime(id string) *Runtime {
	for i := range r.Runtimes {
		if r.Runtimes[i].ID == id {
			return &r.Runtimes[i]
		}
	}
	return nil
}

// Newest returns the newest runtime of an option by its version, nil if the
// option was not run.
func (r *Results) Newest(option string) *Runtime {
	var newest *Runtime
	for i := range r.Runtimes {
		runtime := &r.Runtimes[i]
		if runtime.Option == option && (newest == nil || compareVersions(runtime.Version, newest.Version) > 0) {
			newest = runtime
		}
	}
	return newest
}

// Ratio returns how many times the quantity of series over in that of series a,
// each by the newest runtime that ran it; quantity "" is the first of the
// workload. The error says what there is instead of what was asked for.
func (m *Measurement) Ratio(caseID, a, over, quantity string) (Ratio, error) {
	q, err := m.quantity(quantity)
	if err != nil {
		return Ratio{}, err
	}
	first, err := m.pick(reference{caseID, a, ""})
	if err != nil {
		return Ratio{}, err
	}
	second, err := m.pick(reference{caseID, over, ""})
	if err != nil {
		return Ratio{}, err
	}
	return first.Summary(q.ID).Over(second.Summary(q.ID)), nil
}

// FactsFrom returns the facts that stem from a measurement, in the order of
// the file.
func (c *Comparison) FactsFrom(measurement string) []*Fact {
	var facts []*Fact
	for i := range c.Facts {
		if measurement != "" && c.Facts[i].Measurement == measurement {
			facts = append(facts, &c.Facts[i])
		}
	}
	return facts
}

// UsesFrom returns where each fact that stems from a measurement is used today.
func (c *Comparison) UsesFrom(measurement string) []Uses {
	var uses []Uses
	for _, f := range c.FactsFrom(measurement) {
		uses = append(uses, c.UsesOf(f.ID))
	}
	return uses
}

// A reference names a result: CASE/SERIES, or CASE/SERIES@VERSION.
type reference struct{ caseID, series, version string }

func (r reference) String() string {
	s := r.caseID + "/" + r.series
	if r.version != "" {
		s += "@" + r.version
	}
	return s
}

func parseReference(s string) (reference, bool) {
	name, version, at := strings.Cut(s, "@")
	caseID, series, ok := strings.Cut(name, "/")
	return reference{caseID, series, version}, ok && caseID != "" && series != "" && at == (version != "")
}

// pick returns the result that a reference names.
func (m *Measurement) pick(ref reference) (*Result, error) {
	c := m.Case(ref.caseID)
	if c == nil {
		return nil, fmt.Errorf("measurement %s has no case %q: it has %s", m.ID, ref.caseID,
			listed(m.Cases, func(c Case) string { return c.ID }))
	}
	if !slices.ContainsFunc(c.Series, func(s Series) bool { return s.ID == ref.series }) {
		return nil, fmt.Errorf("case %s has no series %q: it has %s", c.ID, ref.series,
			listed(c.Series, func(s Series) string { return s.ID }))
	}
	if m.Results == nil {
		return nil, fmt.Errorf("measurement %s has no results: run it first", m.ID)
	}
	if r := m.Result(ref.caseID, ref.series, ref.version); r != nil {
		return r, nil
	}
	ran := m.resultsOf(ref.caseID, ref.series)
	if len(ran) == 0 {
		return nil, fmt.Errorf("%s/%s was run by no runtime", ref.caseID, ref.series)
	}
	return nil, fmt.Errorf("%s/%s was run by no version %s: it was by %s", ref.caseID, ref.series, ref.version,
		listed(ran, func(r *Result) string { return m.Results.Runtime(r.Runtime).Version }))
}

func (m *Measurement) quantity(id string) (Quantity, error) {
	q, ok := m.Quantity(id)
	if !ok {
		return q, fmt.Errorf("the workload %s has no quantity %q: it has %s", m.Workload, id,
			listed(m.Workload.Quantities(), func(q Quantity) string { return q.ID }))
	}
	return q, nil
}

// listed joins the names of what there is.
func listed[T any](all []T, name func(T) string) string {
	names := make([]string, len(all))
	for i, one := range all {
		names[i] = name(one)
	}
	return strings.Join(names, ", ")
}

// Figure returns what a figure of a fact stands for, as a value without name:
//
//	median CASE/SERIES [QUANTITY]
//	ratio CASE/SERIES CASE/SERIES [QUANTITY]
//	version CASE/SERIES
//
// A series stands for its result by the newest runtime, or by the newest whose
// version begins so in CASE/SERIES@VERSION. The quantity is the first of the
// workload if none is named. A ratio is that of the first to the second, and an
// error if their intervals overlap. Errors say what there is instead.
func (m *Measurement) Figure(text string) (Value, error) {
	kind, results, q, err := m.parseFigure(text)
	if err != nil {
		return Value{}, err
	}
	switch kind {
	case "version":
		return Value{Text: m.Results.Runtime(results[0].Runtime).Name}, nil
	case "median":
		return Value{Text: Figure(results[0].Summary(q.ID).Median), Unit: q.Unit}, nil
	}
	ratio := results[0].Summary(q.ID).Over(results[1].Summary(q.ID))
	names := fmt.Sprintf("%s/%s and %s/%s", results[0].Case, results[0].Series, results[1].Case, results[1].Series)
	switch {
	case !ratio.Clear:
		return Value{}, fmt.Errorf("the intervals of %s overlap: say that there is no clear difference", names)
	case !ratio.Defined():
		return Value{}, fmt.Errorf("of %s one reaches zero, so there is no ratio: give both medians", names)
	}
	return Value{Text: Times(ratio.Value), Unit: "times"}, nil
}

// parseFigure reads a figure and finds the results it names.
func (m *Measurement) parseFigure(text string) (kind string, results []*Result, q Quantity, err error) {
	words := strings.Fields(text)
	var refs []reference
	for i, word := range words {
		if ref, ok := parseReference(word); i > 0 && ok {
			refs = append(refs, ref)
		}
	}
	named := len(words) - 1 - len(refs) // quantities
	wanted := 0
	if len(words) > 0 {
		kind = words[0]
		wanted = map[string]int{"median": 1, "ratio": 2, "version": 1}[kind]
	}
	if wanted == 0 || len(refs) != wanted || named > 1 || named > 0 && (kind == "version" || strings.Contains(words[len(words)-1], "/")) {
		return "", nil, q, fmt.Errorf("a figure is written median CASE/SERIES, ratio CASE/SERIES CASE/SERIES or version CASE/SERIES, not %q", text)
	}
	id := ""
	if named == 1 {
		id = words[len(words)-1]
	}
	if q, err = m.quantity(id); err != nil {
		return "", nil, q, err
	}
	for _, ref := range refs {
		r, err := m.pick(ref)
		if err != nil {
			return "", nil, q, err
		}
		results = append(results, r)
	}
	return kind, results, q, nil
}
