package report

import "tiebreak/internal/compare"

const (
	// mostStrongest is how many criteria are named that speak most for an option.
	mostStrongest = 3
	// usualParts is how many answers and criteria a report can hold, and
	// usualRatios how many ratios with two options.
	usualParts  = compare.MaxSlots + compare.MaxCriteria
	usualRatios = usualParts + 4
)

// A sheaf is the memory of one report: what it holds of which there is one, or
// few. A list that outgrows it moves to memory of its own.
type sheaf struct {
	report    Report
	margin    Margin
	exact     Exact
	balance   Balance
	ratios    [usualRatios]Ratio
	ranges    [usualParts]Range
	firmness  [3]string
	flips     [mostFlips]Flip
	changes   [2 * mostFlips]Change
	labels    [2 * mostFlips]string
	limits    [4]string
	strongest [2][mostStrongest + 1]*Criterion
}
