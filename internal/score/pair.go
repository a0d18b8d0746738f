package score

import "tiebreak/internal/compare"

// versus compares the first of the standings with each of the others.
func (m *Model) versus(b *ballot, standings []Standing) []Pair {
	pairs := make([]Pair, 0, len(standings)-1)
	for i := range standings[1:] {
		pairs = append(pairs, m.pair(b, &standings[0], &standings[i+1]))
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
		Flip:      FlipDistance(b.weights, x.values, y.values),
		Tolerance: EvidenceTolerance(b.weights, x.values, x.down, y.values, y.up),
	}
	p.Certain = p.Dominates && CertainlyAtLeast(b.weights, x.low, y.high)

	parts := make([]Part, 0, len(b.weights)+len(b.votes))
	// Within the limits of a checked edition these stay off the heap.
	var exactRoom [compare.MaxCriteria]int64
	var shownRoom [compare.MaxCriteria]int
	exact := contributions(room(exactRoom[:], len(b.weights)), b.weights, x.values, y.values)
	for c, shown := range shownContributions(room(shownRoom[:], len(exact)), exact, b.sum, p.Tenths) {
		if b.weights[c] > 0 {
			parts = append(parts, Part{Index: c, Exact: exact[c], Tenths: shown})
		}
	}
	p.Criteria, parts = parts[:len(parts):len(parts)], parts[len(parts):]
	byVote := room(exactRoom[:], len(b.votes)) // the criteria are done
	for i := range b.votes {
		v := &b.votes[i]
		byVote[i] = v.times * (v.totals[p.A] - v.totals[p.B])
	}
	for i, shown := range shownContributions(room(shownRoom[:], len(byVote)), byVote, b.sum, p.Tenths) {
		parts = append(parts, Part{Index: b.votes[i].slot, Exact: byVote[i], Tenths: shown})
	}
	p.Answers = parts
	p.Share = ExactPair(byVote)
	return p
}

// room returns the first n of what is there, or as much made anew where that
// is too little, as for the answers of several people.
func room[T any](have []T, n int) []T {
	if n > len(have) {
		return make([]T, n)
	}
	return have[:n]
}

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
