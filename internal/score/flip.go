package score

import (
	"cmp"
	"slices"

	"tiebreak/internal/compare"
)

// FlipDistance returns the smallest part of all weight that has to move
// between criteria for b to draw level with a: half the L1 distance of the two
// weightings, divided by the sum of the weights. It is nil if b is nowhere
// better than a, and 0 if b is level or ahead already. SCORING.md section 5.
func FlipDistance(weights, a, b []int64) *Ratio {
	r, flips := flipDistance(weights, a, b)
	if !flips {
		return nil
	}
	return &r
}

func flipDistance(weights, a, b []int64) (r Ratio, flips bool) {
	// Within the limits of a checked edition both stay off the heap.
	var criteria [compare.MaxCriteria]int
	var differences [compare.MaxCriteria]int64
	order, diffs := criteria[:0], differences[:0]
	for c := range weights {
		order, diffs = append(order, c), append(diffs, a[c]-b[c])
	}
	worst := slices.Min(diffs)
	if worst >= 0 {
		return Ratio{}, false
	}
	need := dot(weights, diffs)
	if need <= 0 {
		return Ratio{0, 1}, true
	}
	// Weight moved to the criterion on which a is worst helps b most if it is
	// taken from where a is best.
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(diffs[j], diffs[i]) })
	var moved int64
	for _, c := range order {
		step := diffs[c] - worst
		if gain := weights[c] * step; gain < need {
			need -= gain
			moved += weights[c]
			continue
		}
		return newRatio(moved*step+need, step*sum(weights)), true
	}
	// Not reached: with all weight on the worst criterion b is ahead.
	return Ratio{}, false
}

// EvidenceTolerance returns the part of their bands by which all values may be
// off, all against a, before b draws level: 1 means the far ends of the bands.
// aDown is how far each value of a may fall, bUp how far each of b may rise.
// It is nil if no weighted value has a band, and 0 if b is level or ahead
// already.
func EvidenceTolerance(weights, a, aDown, b, bUp []int64) *Ratio {
	r, banded := evidenceTolerance(weights, a, aDown, b, bUp)
	if !banded {
		return nil
	}
	return &r
}

func evidenceTolerance(weights, a, aDown, b, bUp []int64) (r Ratio, banded bool) {
	bands := dot(weights, aDown) + dot(weights, bUp)
	if bands == 0 {
		return Ratio{}, false
	}
	return newRatio(max(0, dot(weights, a)-dot(weights, b)), bands), true
}
