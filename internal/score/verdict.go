package score

// Limits of the verdicts, SCORING.md section 8. The shares are those the IPCC
// calls likely and very likely.
const (
	thinAnswers  = 4  // fewer answers than this never give a clear verdict
	likely       = 66 // percent of the draws
	veryLikely   = 90 // percent of the draws
	narrowMargin = 2  // points
)

// verdict returns the first verdict whose rule applies.
func verdict(b *ballot, d *Decision) Verdict {
	switch {
	case b.sum == 0:
		return NoAnswers
	case len(b.left) == 0:
		return NoneQualifies
	case len(b.left) == 1:
		return OnlyOne
	}
	// With two or more left, the runner-up is the second of the standings.
	margin := d.Versus[0].Exact
	share := 100 * d.Robustness.Options[d.Versus[0].A].Credits
	switch {
	case margin == 0:
		return Tie
	case share < likely*d.Robustness.Credits || margin < narrowMargin*b.sum:
		return Close
	case share < veryLikely*d.Robustness.Credits || d.Thin:
		return Leans
	}
	return Clear
}
