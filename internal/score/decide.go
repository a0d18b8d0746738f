package score

import (
	"cmp"
	"slices"

	"tiebreak/internal/compare"
)

// Decide returns what the answers come to under the edition, which must be a
// checked one. For many answers to one edition [New] a model once.
func Decide(e *compare.Edition, a compare.Answers) *Decision { return New(e).Decide(a) }

// A vote is one answer that counts.
type vote struct {
	*question
	*choice
	importance compare.Importance
	times      int64 // the importance's multiplier
}

// excluded returns the options that the vote's must rules exclude.
func (v *vote) excluded() optionSet {
	if v.importance != compare.Mandatory {
		return 0
	}
	return v.excludes
}

// A ballot is all that a reader's answers add up to.
type ballot struct {
	votes    []vote  // in slot order
	weights  []int64 // W_c
	sum      int64   // S
	totals   []int64 // T_o
	excluded optionSet
	left     []int // options not excluded, in content order
}

// Decide returns what the answers come to. Answers to questions or choices
// that are retired, or that the edition does not have, count as not given. The
// same answers give the same decision, on any machine.
func (m *Model) Decide(a compare.Answers) *Decision {
	b := m.count(a)
	d := &Decision{
		Edition:  m.edition,
		Answers:  a,
		Answered: len(b.votes),
		Thin:     len(b.votes) < thinAnswers,
		Weights:  b.weights,
		Total:    b.sum,
	}
	if b.sum > 0 {
		d.Standings = m.standings(b)
		d.Versus = m.versus(b, d.Standings)
		d.Robustness = m.robustness(b, d.Versus)
		d.Dominant = dominant(d.Versus)
		d.Unverified = len(b.left) > 0 && len(d.Standings[0].Check) > 0
	}
	d.Verdict = verdict(b, d)
	d.Changes = m.changes(b, d.Standings)
	return d
}

// count adds up one reader's answers.
func (m *Model) count(a compare.Answers) *ballot { return m.add(m.votes(a)) }

// votes returns the answers that count, in slot order.
func (m *Model) votes(a compare.Answers) []vote {
	votes := make([]vote, 0, len(m.questions))
	for i := range m.questions {
		q := &m.questions[i]
		answer := a.At(q.slot)
		if ch := q.numbered(answer.Choice); ch != nil {
			votes = append(votes, vote{q, ch, answer.Importance, answer.Importance.Multiplier()})
		}
	}
	return votes
}

// add adds votes up.
func (m *Model) add(votes []vote) *ballot {
	sums := make([]int64, len(m.ratings)+len(m.options))
	b := &ballot{votes: votes, weights: sums[:len(m.ratings):len(m.ratings)], totals: sums[len(m.ratings):], left: make([]int, 0, len(m.options))}
	for i := range votes {
		v := &votes[i]
		for _, p := range v.points {
			b.weights[p.criterion] += v.times * p.n
		}
		b.sum += v.times * v.sum
		for o, t := range v.choice.totals {
			b.totals[o] += v.times * t
		}
		b.excluded |= v.excluded()
	}
	for o := range m.options {
		if !b.excluded.has(o) {
			b.left = append(b.left, o)
		}
	}
	return b
}

// numbered returns the choice offered under a number, nil if there is none.
func (q *question) numbered(number int) *choice {
	for i := range q.choices {
		if q.choices[i].number == number {
			return &q.choices[i]
		}
	}
	return nil
}

// standings lists all options, those not excluded first.
func (m *Model) standings(b *ballot) []Standing {
	list := make([]Standing, len(m.options))
	for i := range list {
		list[i] = m.standing(b, i)
	}
	slices.SortStableFunc(list, func(x, y Standing) int {
		out := one(len(x.Excluded) > 0) - one(len(y.Excluded) > 0)
		return cmp.Or(out, cmp.Compare(y.Total, x.Total))
	})
	return list
}

func (m *Model) standing(b *ballot, i int) Standing {
	o := &m.options[i]
	s := Standing{
		Option: i,
		Total:  b.totals[i],
		Score:  ShownScore(b.totals[i], b.sum),
		Low:    int(floorDiv(10*dot(b.weights, o.low), b.sum)),
		High:   int(ceilDiv(10*dot(b.weights, o.high), b.sum)),
	}
	for c, w := range b.weights {
		if o.unknown[c] {
			s.Unknown += w
		}
	}
	s.Excluded, s.Check = o.rules(b)
	if len(s.Excluded) > 0 {
		return s
	}
	s.Rank = 1
	for _, rival := range b.left {
		if b.totals[rival] > b.totals[i] {
			s.Rank++
		}
	}
	return s
}

// rules returns the active must rules that exclude the option and, if none
// does, those that may not hold for it.
func (o *option) rules(b *ballot) (failed, doubtful []Rule) {
	for i := range b.votes {
		v := &b.votes[i]
		if v.importance != compare.Mandatory {
			continue
		}
		for _, r := range v.rules {
			switch {
			case o.fails(r):
				failed = append(failed, r)
			case o.doubtful(r):
				doubtful = append(doubtful, r)
			}
		}
	}
	if len(failed) > 0 {
		return failed, nil
	}
	return nil, doubtful
}
