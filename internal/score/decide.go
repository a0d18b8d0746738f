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
	record   *record
	tables   []uint32 // room for [ExactPair]
}

// Decide returns what the answers come to. Answers to questions or choices
// that are retired, or that the edition does not have, count as not given. The
// same answers give the same decision, on any machine.
func (m *Model) Decide(a compare.Answers) *Decision {
	w := m.work()
	defer m.end(w)
	b := &w.ballot
	m.fill(b, a)
	d := &b.record.decision
	*d = Decision{
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
		d.Robustness = m.robustness(b)
		d.Dominant = dominant(d.Versus)
		d.Unverified = len(b.left) > 0 && len(d.Standings[0].Check) > 0
	}
	d.Verdict = verdict(b, d)
	w.probe.lay(m, b, d.Standings)
	d.Changes = w.probe.changes()
	return d
}

// A work is what a decision is worked out in. Nothing of it is in the decision,
// so the next one is worked out in it too.
type work struct {
	ballot ballot
	probe  probe
}

func (m *Model) work() *work {
	if w, ok := m.works.Get().(*work); ok {
		return w
	}
	return &work{}
}

// end gives the work back, without what was made of it.
func (m *Model) end(w *work) {
	w.ballot.record = nil
	m.works.Put(w)
}

// count adds up one reader's answers.
func (m *Model) count(a compare.Answers) *ballot {
	b := &ballot{}
	m.fill(b, a)
	return b
}

// fill adds up one reader's answers in the memory of a ballot no longer used.
func (m *Model) fill(b *ballot, a compare.Answers) {
	b.votes = m.appendVotes(b.votes[:0], a)
	m.sum(b)
}

// votes returns the answers that count, in slot order.
func (m *Model) votes(a compare.Answers) []vote { return m.appendVotes(nil, a) }

func (m *Model) appendVotes(votes []vote, a compare.Answers) []vote {
	votes = slices.Grow(votes, len(m.questions))
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
	b := &ballot{votes: votes}
	m.sum(b)
	return b
}

// sum adds the ballot's votes up.
func (m *Model) sum(b *ballot) {
	b.record = newRecord()
	b.weights, b.totals = take(&b.record.numbers, len(m.ratings)), take(&b.record.numbers, len(m.options))
	b.sum, b.excluded, b.left = 0, 0, slices.Grow(b.left[:0], len(m.options))
	for i := range b.votes {
		v := &b.votes[i]
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
	list := take(&b.record.standings, len(m.options))
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
func (o *option) rules(b *ballot) (excluding, toCheck []Rule) {
	var rooms [2][usualRules]Rule
	failed, doubtful := rooms[0][:0], rooms[1][:0]
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
		return keep(&b.record.rules, failed), nil
	}
	return nil, keep(&b.record.rules, doubtful)
}
