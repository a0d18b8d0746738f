package templates

import (
	"cmp"
	"fmt"
	"slices"

	"tiebreak/internal/compare"
)

// steps are the differences the filter offers, with the one in use among them.
func (d TableData) steps() []int {
	steps := []int{5, 10, 20, 30, 50}
	for i, n := range steps {
		if d.Differ == n || d.Differ == 0 {
			return steps
		}
		if d.Differ < n {
			return append(steps[:i:i], append([]int{d.Differ}, steps[i:]...)...)
		}
	}
	return append(steps, d.Differ)
}

func (d TableData) filtered() bool { return d.Group != "" || d.Differ > 0 }

// A TableWith is one reader's answers, as far as the table shows them.
type TableWith struct {
	Code     string           // of the result, as this site spells it
	Answered int              // questions answered
	Weights  map[string]int64 // by id of the criterion, in no unit; none is below 0
	Musts    map[string][]int // the lowest ratings demanded, 0 to 100, by id of the criterion
}

func (w *TableWith) total() int64 {
	var sum int64
	for _, weight := range w.Weights {
		sum += weight
	}
	return sum
}

// share returns the criterion's share of all weight, and whether it has any.
func (w *TableWith) share(id string) (string, bool) {
	weight := w.Weights[id]
	if weight == 0 {
		return "", false
	}
	return fmt.Sprintf("%.1f%%", 100*float64(weight)/float64(w.total())), true
}

// A tablePart is rows under one heading.
type tablePart struct {
	id, name  string
	rows      []*compare.Criterion
	unweighed bool // the answers give them no weight
}

// parts returns the rows to show: by group, or by what the answers make of them.
func (d TableData) parts() []tablePart {
	var parts []tablePart
	for _, g := range d.Edition.Groups {
		if rows := d.rows(g.ID); len(rows) > 0 {
			parts = append(parts, tablePart{id: "group-" + g.ID, name: g.Name, rows: rows})
		}
	}
	if d.With == nil {
		return parts
	}
	weighed := tablePart{id: "weighed", name: "What these answers weigh"}
	rest := tablePart{id: "unweighed", name: "These answers give these no weight", unweighed: true}
	for _, part := range parts {
		for _, c := range part.rows {
			if d.With.Weights[c.ID] > 0 {
				weighed.rows = append(weighed.rows, c)
			} else {
				rest.rows = append(rest.rows, c)
			}
		}
	}
	slices.SortStableFunc(weighed.rows, func(a, b *compare.Criterion) int {
		return cmp.Compare(d.With.Weights[b.ID], d.With.Weights[a.ID])
	})
	return slices.DeleteFunc([]tablePart{weighed, rest}, func(p tablePart) bool { return len(p.rows) == 0 })
}

// rows returns the criteria of a group that pass the filters.
func (d TableData) rows(group string) []*compare.Criterion {
	if d.Group != "" && d.Group != group {
		return nil
	}
	var rows []*compare.Criterion
	for _, c := range d.Edition.InGroup(group) {
		if c.Spread() >= d.Differ {
			rows = append(rows, c)
		}
	}
	return rows
}

func (d TableData) shown() int {
	n := 0
	for _, part := range d.parts() {
		n += len(part.rows)
	}
	return n
}

// path returns the address of this table with other filters.
func (d TableData) path(group string, differ int) string {
	code := ""
	if d.With != nil {
		code = d.With.Code
	}
	return TableWithPath(d.Comparison, code, group, differ)
}

func (d TableData) caption() string {
	return fmt.Sprintf("%s, rated on %s. Edition %d, %s.",
		optionNames(d.Edition.Options, "and"), count(d.shown(), "criterion", "criteria"), d.Edition.Number, d.Edition.Date.Long())
}

// reasonSummary is the line that opens the reasons of a rating.
func reasonSummary(cell compare.Cell) string {
	sources := count(len(cell.Facts), "fact", "facts")
	if cell.Grade != "" {
		sources += ", evidence " + cell.Grade
	}
	if cell.Unknown {
		return "Why unknown, " + sources
	}
	return fmt.Sprintf("Why %d, %s", cell.Value, sources)
}
