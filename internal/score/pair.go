package score

import "tiebreak/internal/compare"

// versus compares the first of the standings with each of the others.
func (m *Model) versus(b *ballot, standings []Standing) []Pair {
	pairs := take(&b.record.pairs, len(standings)-1)
	for i := range pairs {
		pairs[i] = m.pair(b, &standings[0], &standings[i+1])
	}
	return pairs
}

func (m *Model) pair(b *ballot, first, other *Standing) Pair {
	x, y := &m.options[first.Option], &m.options[other.Option]
	p := Pair{
		A: first.Option, B: other.Option,
		Excluded:  len(first.Excluded)+len(other.Excluded) > 0,
		Exact:     first.Total - other.Total,
		Tenths:    first.Score - other.Score,
		Dominates: Dominates(b.weights, x.values, y.values),
	}
	p.Certain = p.Dominates && CertainlyAtLeast(b.weights, x.low, y.high)
	r := b.record
	flip, flips := flipDistance(b.weights, x.values, y.values)
	p.Flip = keepOne(&r.ratios, flip, flips)
	tolerance, banded := evidenceTolerance(b.weights, x.values, x.down, y.values, y.up)
	p.Tolerance = keepOne(&r.ratios, tolerance, banded)

	parts := take(&r.parts, len(b.weights)+len(b.votes))[:0]
	var numbers [usualParts]int64 // off the heap
	var tenths [usualParts]int
	exact := contributions(numbers[:0], b.weights, x.values, y.values)
	for c, shown := range shownContributions(tenths[:0], exact, b.sum, p.Tenths) {
		if b.weights[c] > 0 {
			parts = append(parts, Part{Index: c, Exact: exact[c], Tenths: shown})
		}
	}
	p.Criteria, parts = parts[:len(parts):len(parts)], parts[len(parts):]
	byVote := numbers[:0]
	for _, v := range b.votes {
		byVote = append(byVote, v.times*(v.totals[p.A]-v.totals[p.B]))
	}
	for i, shown := range shownContributions(tenths[:0], byVote, b.sum, p.Tenths) {
		parts = append(parts, Part{Index: b.votes[i].slot, Exact: byVote[i], Tenths: shown})
	}
	p.Answers = parts
	share, few := exactPair(byVote, &b.tables)
	p.Share = keepOne(&r.shares, share, few)
	return p
}

// usualParts is the largest number of parts of a margin, but for many people
// together.
const usualParts = max(compare.MaxCriteria, compare.MaxSlots)

// dominant reports whether the leader dominates every rival left, and there is
// one.
func dominant(pairs []Pair) bool {
	rivals := 0
	for i := range pairs {
		if pairs[i].Excluded {
			continue
		}
		if !pairs[i].Dominates {
			return false
		}
		rivals++
	}
	return rivals > 0
}
