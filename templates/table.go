package templates

import (
	"fmt"

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
	for _, g := range d.Edition.Groups {
		n += len(d.rows(g.ID))
	}
	return n
}

func (d TableData) caption() string {
	return fmt.Sprintf("%s, rated on %s. Edition %d, %s.",
		optionNames(d.Edition.Options, "and"), count(d.shown(), "criterion", "criteria"), d.Edition.Number, d.Edition.Date.Long())
}

// reasonSummary is the line that opens the reasons of a rating.
func reasonSummary(cell compare.Cell) string {
	sources := count(len(cell.Facts), "fact", "facts")
	if cell.Unknown {
		return "Why unknown, " + sources
	}
	return fmt.Sprintf("Why %d, %s", cell.Value, sources)
}
