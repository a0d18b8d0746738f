package score

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
	exact := Contributions(b.weights, x.values, y.values)
	for c, shown := range ShownContributions(exact, b.sum, p.Tenths) {
		if b.weights[c] > 0 {
			parts = append(parts, Part{Index: c, Exact: exact[c], Tenths: shown})
		}
	}
	p.Criteria, parts = parts[:len(parts):len(parts)], parts[len(parts):]
	byVote := make([]int64, len(b.votes))
	for i, v := range b.votes {
		byVote[i] = v.times * (v.totals[p.A] - v.totals[p.B])
	}
	for i, shown := range ShownContributions(byVote, b.sum, p.Tenths) {
		parts = append(parts, Part{Index: b.votes[i].slot, Exact: byVote[i], Tenths: shown})
	}
	p.Answers = parts
	p.Share = ExactPair(byVote)
	return p
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
