package score

import (
	"math/bits"
	"slices"
)

// A variant is one question answered otherwise, as the difference it makes.
type variant struct {
	change   Change
	vote     int // index in the ballot, -1 for a question not answered
	sum      int64
	totals   []int64   // by option
	excludes optionSet // by the new answer's must rules
}

// An outcome is what one or two variants lead to.
type outcome struct {
	first, second int       // indexes of variants, second -1 for a single change
	leaders       optionSet // first or joint first; none if every option is excluded
	margin        int64
	sum           int64
}

// flip returns the outcome of the changes as a flip.
func (at outcome) flip(changes []Change) Flip {
	f := Flip{Changes: changes, Leader: -1, Exact: at.margin, Weight: at.sum}
	switch bits.OnesCount32(uint32(at.leaders)) {
	case 0:
	case 1:
		f.Leader = bits.TrailingZeros32(uint32(at.leaders))
	default:
		f.Tied = true
	}
	return f
}

// A probe tries out changes to a ballot.
type probe struct {
	model    *Model
	ballot   *ballot
	leaders  optionSet // first of the standings, and those level with it
	excluded bool      // they are, as all others
	variants []variant
	totals   []int64   // of all variants
	found    []outcome // room for a list of them
}

func newProbe(m *Model, b *ballot, standings []Standing) *probe {
	p := &probe{}
	p.lay(m, b, standings)
	return p
}

// lay begins anew, in the memory of the ballot tried before.
func (p *probe) lay(m *Model, b *ballot, standings []Standing) {
	p.model, p.ballot, p.variants = m, b, p.variants[:0]
	if b.sum == 0 {
		return
	}
	p.leaders, p.excluded = 0, len(standings[0].Excluded) > 0
	for i := range standings {
		if s := &standings[i]; s.Total == standings[0].Total && len(s.Excluded) > 0 == p.excluded {
			p.leaders |= 1 << s.Option
		}
	}
	n := 0
	for i := range b.votes {
		n += len(b.votes[i].question.choices)
	}
	p.variants = slices.Grow(p.variants, n)
	p.totals = slices.Grow(p.totals[:0], n*len(m.options))
	totals := p.totals[:n*len(m.options)]
	for i := range b.votes {
		v := &b.votes[i]
		for k := range v.question.choices {
			if ch := &v.question.choices[k]; ch.number != v.number {
				p.add(i, v.with(ch), &totals)
			}
		}
		p.add(i, v.with(&m.withdrawn), &totals)
	}
}

// with returns the vote for another choice.
func (v *vote) with(ch *choice) vote {
	return vote{v.question, ch, v.importance, v.times}
}

// add adds the variant that puts a vote in the place of the one given. It
// takes the room for its totals from the front of totals.
func (p *probe) add(i int, v vote, totals *[]int64) {
	was := &p.ballot.votes[i]
	n := variant{
		change:   Change{Slot: v.slot, Choice: v.number},
		vote:     i,
		sum:      v.times * (v.sum - was.sum),
		totals:   (*totals)[:len(v.totals):len(v.totals)],
		excludes: v.excluded(),
	}
	*totals = (*totals)[len(v.totals):]
	for o := range n.totals {
		n.totals[o] = v.times * (v.totals[o] - was.totals[o])
	}
	p.variants = append(p.variants, n)
}

// try returns where the variants lead, and whether that flips the answer. The
// second may be nil.
func (p *probe) try(kept optionSet, x, y *variant) (outcome, bool) {
	at := outcome{second: -1, sum: p.ballot.sum + x.sum}
	excluded := kept | x.excludes
	if y != nil {
		at.sum += y.sum
		excluded |= y.excludes
	}
	if at.sum == 0 {
		return at, false
	}
	best, least := int64(0), mostTotal // of those left, and of those that led
	for o := range p.ballot.totals {
		t := p.ballot.totals[o] + x.totals[o]
		if y != nil {
			t += y.totals[o]
		}
		if p.leaders.has(o) {
			least = min(least, t)
		}
		switch {
		case excluded.has(o):
		case at.leaders == 0 || t > best:
			at.leaders, best = 1<<o, t
		case t == best:
			at.leaders |= 1 << o
		}
	}
	if at.leaders == 0 {
		return at, !p.excluded // nobody led before either if all were excluded
	}
	at.margin = least - best
	return at, p.excluded || p.leaders&^at.leaders != 0
}

// mostTotal is larger than any total.
const mostTotal = int64(1) << 62

// excludedBut returns the options excluded by all votes but two, or one.
func (p *probe) excludedBut(i, j int) optionSet {
	var s optionSet
	for k := range p.ballot.votes {
		if k != i && k != j {
			s |= p.ballot.votes[k].excluded()
		}
	}
	return s
}
