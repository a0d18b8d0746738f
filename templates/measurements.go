package templates

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tiebreak/internal/compare"
)

// A measured is a line of results with the option it belongs to.
type measured struct {
	compare.Line
	Option compare.Option
}

// name says which program and which runtime it is.
func (m measured) name() string {
	name := m.Runtime.Name
	switch {
	case m.Series.Name == m.Option.Name:
	case strings.HasPrefix(m.Series.Name, m.Option.Name):
		name = m.Series.Name + ", " + m.Runtime.Version
	default:
		name = m.Series.Name + ", " + m.Runtime.Name
	}
	if m.Series.Peer {
		name += " (for orientation)"
	}
	return name
}

// subject is what stands in a sentence.
func (m measured) subject() string {
	switch {
	case m.Series.Name == m.Option.Name:
		return m.Runtime.Name
	case strings.HasPrefix(m.Series.Name, m.Option.Name):
		return m.Series.Name + " (" + m.Runtime.Version + ")"
	default:
		return m.Series.Name + " on " + m.Runtime.Name
	}
}

func (m measured) summary(q compare.Quantity) compare.Summary { return m.Result.Summary(q.ID) }

// measuredIn returns what was measured of a case: the series in their order,
// the newest runtime of each first.
func measuredIn(c *compare.Comparison, m *compare.Measurement, k *compare.Case) []measured {
	readings := m.Readings(k.ID)
	if len(readings) == 0 {
		return nil
	}
	var all []measured
	for _, line := range readings[0].Lines {
		all = append(all, measured{line, optionOf(c, line.Series.Option)})
	}
	return all
}

// newestOf leaves the newest runtime of each series.
func newestOf(all []measured) []measured {
	return slices.DeleteFunc(slices.Clone(all), func(m measured) bool { return !m.Newest })
}

// mains returns, for each option in order, its first series as the newest
// runtime ran it. Options without one are left out.
func mains(c *compare.Comparison, all []measured) []measured {
	var list []measured
	for _, o := range c.Options {
		i := slices.IndexFunc(all, func(m measured) bool { return m.Option.ID == o.ID && m.Newest && !m.Series.Peer })
		if i >= 0 {
			list = append(list, all[i])
		}
	}
	return list
}

func optionOf(c *compare.Comparison, id string) compare.Option {
	i := slices.IndexFunc(c.Options, func(o compare.Option) bool { return o.ID == id })
	return c.Options[i]
}

// A figureRow is one run in the table of figures.
type figureRow struct {
	measured
	Median, Quartiles, Interval, Samples, Against string
}

// figuresOf returns the rows of one quantity of a case.
func figuresOf(c *compare.Comparison, all []measured, q compare.Quantity) []figureRow {
	list := mains(c, all)
	var rows []figureRow
	for _, m := range all {
		s := m.summary(q)
		row := figureRow{
			measured: m, Median: withUnit(s.Median, q),
			Quartiles: compare.Figure(s.Q1) + " to " + compare.Figure(s.Q3),
			Interval:  compare.Figure(s.Lo) + " to " + compare.Figure(s.Hi),
			Samples:   px(s.N), Against: "–",
		}
		if m.Result.Dropped > 0 {
			row.Samples += ", " + px(m.Result.Dropped) + " dropped"
		}
		if i := slices.IndexFunc(list, func(o measured) bool { return o.Option.ID != m.Option.ID }); i >= 0 {
			row.Against = against(s, list[i], q)
		}
		rows = append(rows, row)
	}
	return rows
}

func against(s compare.Summary, other measured, q compare.Quantity) string {
	ratio := s.Over(other.summary(q))
	switch {
	case !ratio.Clear:
		return "no clear difference from " + other.subject()
	case !ratio.Defined():
		return "differs from " + other.subject()
	}
	return compare.Times(ratio.Value) + " times " + other.subject()
}

// better says in which direction a quantity is better.
func better(q compare.Quantity) string {
	if q.More {
		return "more is better"
	}
	return "less is better"
}

// casesText says how much was measured.
func casesText(m *compare.Measurement) string {
	return count(len(m.Cases), "case", "cases") + ", " + samplesPlan(m)
}

// samplesPlan says how many processes stand behind a figure.
func samplesPlan(m *compare.Measurement) string {
	plan := count(m.Samples, "process", "processes") + " of each program and runtime"
	if m.Warmup > 0 {
		plan += ", after " + px(m.Warmup) + " not counted"
	}
	return plan
}

// chartTitle says what a chart shows and which way is better.
func chartTitle(k *compare.Case, q compare.Quantity) string {
	return k.Name + ": " + strings.ToLower(q.Name[:1]) + q.Name[1:] + ", " + q.Unit + ". " + strings.ToUpper(better(q)[:1]) + better(q)[1:]
}

// chartNote says what the marks of a chart are and when it was measured.
func chartNote(m *compare.Measurement, runs []measured) string {
	n := 0
	for _, r := range runs {
		for _, samples := range r.Result.Samples {
			n = max(n, len(samples))
		}
	}
	return fmt.Sprintf("Medians of %s each; the line at its end is the 95 %% interval. Measured here on %s.", count(n, "sample", "samples"), m.Results.Date.Long())
}

// droppedText says how many samples were thrown away.
func droppedText(r *compare.Results) string {
	n := droppedIn(r)
	if n == 0 {
		return "No sample"
	}
	return count(n, "sample", "samples") + ", taken while the machine was busy"
}

// runtimeText says where a runtime is from and what the programs took from its
// registry.
func runtimeText(r *compare.Runtime) string {
	if packages := packagesText(r); packages != "" {
		return r.Build + "; with " + packages
	}
	return r.Build
}

// skippedText says what was not run and why.
func skippedText(m *compare.Measurement, s compare.Skipped) string {
	what := s.Series
	if k := m.Case(s.Case); k != nil {
		for _, series := range k.Series {
			if series.ID == s.Series {
				what = k.Name + ", " + series.Name
			}
		}
	}
	if s.Runtime != "" {
		what += " on " + s.Runtime
	}
	return what + ": " + s.Why
}

// haveRun returns the measurements with results.
func haveRun(c *compare.Comparison) []*compare.Measurement {
	var list []*compare.Measurement
	for i := range c.Measurements {
		if m := &c.Measurements[i]; m.Results != nil {
			list = append(list, m)
		}
	}
	return list
}

// measureCommand is what runs one measurement again, all of them for "".
func measureCommand(c *compare.Comparison, id string) string {
	return strings.TrimSpace("go run ./cmd/tiebreak measure " + c.Slug + " " + id)
}

// machineText describes what a measurement was run on.
func machineText(m compare.Machine) string {
	return fmt.Sprintf("%s, %s, %s MB of memory, %s", m.CPU, count(m.Cores, "core", "cores"), compare.Thousands(m.Memory), m.System)
}

// machinesOf lists the machines that the measurements were run on, each once.
func machinesOf(c *compare.Comparison) []string {
	var list []string
	for i := range c.Measurements {
		if r := c.Measurements[i].Results; r != nil && !slices.Contains(list, machineText(r.Machine)) {
			list = append(list, machineText(r.Machine))
		}
	}
	return list
}

// packagesText lists the packages of a runtime with their versions.
func packagesText(r *compare.Runtime) string {
	var list []string
	for name, version := range r.Packages {
		list = append(list, name+" "+version)
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

// droppedIn counts the samples that were thrown away.
func droppedIn(r *compare.Results) int {
	n := 0
	for _, result := range r.Results {
		n += result.Dropped
	}
	return n
}

// duration writes seconds as a reader would say it.
func duration(seconds int) string {
	if seconds < 120 {
		return count(seconds, "second", "seconds")
	}
	return count((seconds+30)/60, "minute", "minutes")
}

// samplesText writes samples in the order they were taken.
func samplesText(samples []float64) string {
	list := make([]string, len(samples))
	for i, x := range samples {
		list[i] = strconv.FormatFloat(x, 'f', -1, 64)
	}
	return strings.Join(list, ", ")
}

// measurementsOf returns the measurements behind the ratings of a row.
func measurementsOf(c *compare.Comparison, row *compare.Criterion) []*compare.Measurement {
	var list []*compare.Measurement
	for _, cell := range row.Cells {
		for _, id := range cell.Facts {
			f := c.Fact(id)
			if f == nil || f.Measurement == "" {
				continue
			}
			if m := c.Measurement(f.Measurement); m != nil && !slices.Contains(list, m) {
				list = append(list, m)
			}
		}
	}
	return list
}

// measuredOn says when a measurement was run, to be read after its title.
func measuredOn(m *compare.Measurement) string {
	if m.Results == nil {
		return ""
	}
	return ", measured here on " + m.Results.Date.Long()
}
