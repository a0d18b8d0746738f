package catalog

import (
	"regexp"

	"tiebreak/internal/compare"
)

func (f *folder) readFacts() {
	r := f.factsRead()
	f.facts, f.problems = r.doc, append(f.problems, r.problems...)
	for i, raw := range r.shape.Facts {
		fact := compare.Fact{
			ID: raw.ID, Topic: raw.Topic, Statement: raw.Statement,
			Strength: compare.Strength(raw.Strength), Secondary: raw.Secondary, Doubt: raw.Doubt,
			Measurement: raw.Measurement, Checked: raw.Checked, ReviewBy: raw.ReviewBy,
		}
		for _, s := range raw.Sources {
			fact.Sources = append(fact.Sources, compare.Source(s))
		}
		at := indexed("facts", i)
		if raw.Measurement == "" {
			f.sourced(at, raw, &fact)
		} else {
			f.fromResults(at, raw, &fact)
		}
		f.c.Facts = append(f.c.Facts, fact)
	}
}

// sourced completes a fact that somebody else says.
func (f *folder) sourced(at string, raw factShape, fact *compare.Fact) {
	f.needed(at+".checked", "checked", raw.Checked == "")
	f.needed(at+".sources", "sources", raw.Sources == nil)
	for j, v := range raw.Values {
		at := indexed(at+".values", j)
		if v.Figure != "" {
			f.wrong(f.facts, at+".figure", "a figure is taken from a measurement: name it in the fact, or write a value")
			f.facts.bad[at+".value"] = true // no rule may ask for it as well
		} else {
			f.needed(at+".value", "value", v.Value == "")
		}
		fact.Values = append(fact.Values, compare.Value{Name: v.Name, Text: v.Value, Unit: v.Unit})
	}
}

// needed reports a field that only some facts may leave out.
func (f *folder) needed(at, name string, missing bool) {
	if missing && !f.facts.bad[at] {
		f.wrong(f.facts, at, "the field %s is missing: add it", name)
	}
}

// fromResults completes a fact with what its measurement found. Until it is
// run there is nothing to complete it with, which is a problem; results that
// could not be read are reported with them.
func (f *folder) fromResults(at string, raw factShape, fact *compare.Fact) {
	if raw.Checked != "" {
		f.wrong(f.facts, at+".checked", "this fact is as old as the results of its measurement: remove checked")
	}
	m, unread := f.measurementOf(raw.Measurement)
	if m == nil || m.Results == nil {
		f.facts.bad[at+".checked"] = true // no rule may ask for what cannot be known
		if m == nil {
			f.wrong(f.facts, at+".measurement", "measurement %q is not in the folder %s", raw.Measurement, measurementsFolder)
		} else if !unread {
			f.wrong(f.facts, at+".measurement", "measurement %s has no results: run tiebreak measure %s %s", m.ID, f.slug, m.ID)
		}
		return
	}
	fact.Checked = m.Results.Date
	for j, v := range raw.Values {
		fact.Values = append(fact.Values, f.figureValue(indexed(at+".values", j), m, v))
	}
	fact.Statement = f.filled(at, fact)
}

// measurementOf returns a measurement, nil if there is none with this id, and
// whether its results, or the measurement itself, could not be read.
func (f *folder) measurementOf(id string) (m *compare.Measurement, unread bool) {
	for i, one := range f.measured {
		if one.ID == id {
			return &f.c.Measurements[i], one.unread || one.doc.unsound()
		}
	}
	return nil, false
}

func (f *folder) figureValue(at string, m *compare.Measurement, raw valueShape) compare.Value {
	switch {
	case raw.Value != "":
		f.wrong(f.facts, at+".value", "a fact from a measurement has no value typed by hand: name a figure, such as median %s", anyReference(m))
	case raw.Unit != "":
		f.wrong(f.facts, at+".unit", "the unit comes with the figure: remove unit")
	case raw.Figure == "":
		f.needed(at+".figure", "figure", true)
	default:
		value, err := m.Figure(raw.Figure)
		if err == nil {
			value.Name = raw.Name
			return value
		}
		f.wrong(f.facts, at+".figure", "%s", err)
	}
	f.facts.bad[at+".value"] = true // no rule may ask for what is reported here
	return compare.Value{Name: raw.Name}
}

// anyReference returns how the first series of a measurement is named.
func anyReference(m *compare.Measurement) string {
	for _, c := range m.Cases {
		for _, s := range c.Series {
			return c.ID + "/" + s.ID
		}
	}
	return "CASE/SERIES"
}

// placeholder stands in a statement for a value of its fact.
var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// filled returns the statement of a fact with its values in it.
func (f *folder) filled(at string, fact *compare.Fact) string {
	return placeholder.ReplaceAllStringFunc(fact.Statement, func(hole string) string {
		name := hole[1 : len(hole)-1]
		value, ok := fact.Value(name)
		if !ok || name == "" {
			f.wrong(f.facts, at+".statement", "the fact has no value %s to print here: its values are %s", hole, valueNames(fact))
		}
		return value.String()
	})
}
