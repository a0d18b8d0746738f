package score

import (
	"cmp"
	"slices"

	"tiebreak/internal/compare"
)

// changes says what would change the answer. It flips if the leader is then
// excluded or some option left has a larger total, so:
//
//   - where the best totals are equal, the leader is the first of the
//     standings, and a change flips if another option gets ahead of it;
//   - where must rules exclude every option, a change flips if it lets one in;
//   - a change after which nothing is weighted never flips, for then there is
//     no result and not another one;
//   - a change after which every option is excluded flips, and nobody leads.
//
// Without weight there is no leader, so nothing flips.
func (m *Model) changes(b *ballot, standings []Standing) Changes {
	p := newProbe(m, b, standings)
	c := Changes{Open: p.open()}
	if b.sum == 0 {
		return c
	}
	if found := p.singles(); len(found) > 0 {
		c.Single, c.Fewest = p.flips(found), 1
		return c
	}
	if found := p.pairs(); len(found) > 0 {
		c.Pairs, c.Fewest = p.flips(found), 2
		return c
	}
	c.Fewest = p.fewest()
	return c
}

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
	first, second int // indexes of variants, second -1 for a single change
	leader        int // -1 if nobody
	margin        int64
	sum           int64
}

// A probe tries out changes to a ballot.
type probe struct {
	model    *Model
	ballot   *ballot
	leader   int // first of the standings
	variants []variant
}

func newProbe(m *Model, b *ballot, standings []Standing) *probe {
	p := &probe{model: m, ballot: b}
	if b.sum == 0 {
		return p
	}
	p.leader = standings[0].Option
	n := 0
	for i := range b.votes {
		n += len(b.votes[i].question.choices)
	}
	p.variants = make([]variant, 0, n)
	totals := make([]int64, n*len(m.options))
	for i := range b.votes {
		v := &b.votes[i]
		for k := range v.question.choices {
			if ch := &v.question.choices[k]; ch.number != v.number {
				p.add(i, v.with(ch), &totals)
			}
		}
		p.add(i, v.with(&choice{totals: make([]int64, len(m.options))}), &totals)
	}
	return p
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
	at := outcome{second: -1, leader: -1, sum: p.ballot.sum + x.sum}
	excluded := kept | x.excludes
	if y != nil {
		at.sum += y.sum
		excluded |= y.excludes
	}
	if at.sum == 0 {
		return at, false
	}
	total := func(o int) int64 {
		t := p.ballot.totals[o] + x.totals[o]
		if y != nil {
			t += y.totals[o]
		}
		return t
	}
	var best int64
	for o := range p.ballot.totals {
		if !excluded.has(o) {
			if t := total(o); at.leader < 0 || t > best {
				at.leader, best = o, t
			}
		}
	}
	if at.leader < 0 {
		// Nobody led before either if the first was already excluded.
		return at, !p.ballot.excluded.has(p.leader)
	}
	at.margin = total(p.leader) - best
	flips := at.margin < 0 || excluded.has(p.leader) || p.ballot.excluded.has(p.leader)
	return at, flips
}

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

func (p *probe) singles() []outcome {
	var found []outcome
	for i := range p.variants {
		x := &p.variants[i]
		if at, flips := p.try(p.excludedBut(x.vote, x.vote), x, nil); flips {
			at.first = i
			found = append(found, at)
		}
	}
	return found
}

func (p *probe) pairs() []outcome {
	var found []outcome
	for i := range p.variants {
		x := &p.variants[i]
		kept, of := optionSet(0), -1
		for j := i + 1; j < len(p.variants); j++ {
			y := &p.variants[j]
			if y.vote == x.vote {
				continue
			}
			if y.vote != of {
				kept, of = p.excludedBut(x.vote, y.vote), y.vote
			}
			if at, flips := p.try(kept, x, y); flips {
				at.first, at.second = i, j
				found = append(found, at)
			}
		}
	}
	return found
}

// nearer orders outcomes by the size of the new margin in points; those after
// which nobody leads come last.
func nearer(x, y outcome) int {
	if (x.leader < 0) != (y.leader < 0) {
		return cmp.Compare(y.leader, x.leader)
	}
	return cmp.Compare(max(x.margin, -x.margin)*y.sum, max(y.margin, -y.margin)*x.sum)
}

// flips sorts what was found, nearest first and then by slot and choice, and
// writes it as flips.
func (p *probe) flips(found []outcome) []Flip {
	slices.SortFunc(found, func(x, y outcome) int {
		return cmp.Or(nearer(x, y), cmp.Compare(x.first, y.first), cmp.Compare(x.second, y.second))
	})
	flips := make([]Flip, len(found))
	changes := make([]Change, 0, 2*len(found))
	for i, at := range found {
		from := len(changes)
		changes = append(changes, p.variants[at.first].change)
		if at.second >= 0 {
			changes = append(changes, p.variants[at.second].change)
		}
		flips[i] = Flip{Changes: changes[from:len(changes):len(changes)], Leader: at.leader, Exact: at.margin, Weight: at.sum}
	}
	return flips
}

// fewest returns the smallest number of changes that flips, known to be more
// than two. Where a must rule could exclude an option it returns 0: with them
// the best changes for a rival are not simply the largest gains.
func (p *probe) fewest() int {
	for i := range p.variants {
		if p.variants[i].excludes != 0 {
			return 0
		}
	}
	if p.ballot.excluded != 0 {
		return 0
	}
	least := 0
	for rival := range p.ballot.totals {
		if rival == p.leader {
			continue
		}
		if n := p.fewestFor(rival); n > 0 && (least == 0 || n < least) {
			least = n
		}
	}
	return least
}

// fewestFor returns how many changes bring the rival ahead, 0 if none do.
func (p *probe) fewestFor(rival int) int {
	gains := make([]int64, len(p.ballot.votes))
	for i := range p.variants {
		v := &p.variants[i]
		gains[v.vote] = max(gains[v.vote], v.totals[rival]-v.totals[p.leader])
	}
	slices.Sort(gains)
	slices.Reverse(gains)
	margin := p.ballot.totals[p.leader] - p.ballot.totals[rival]
	for i, gain := range gains {
		margin -= gain
		if margin < 0 {
			return i + 1
		}
	}
	return 0
}

// open lists the questions not answered, each with the choice of those that
// flip after which the answer is nearest.
func (p *probe) open() []Open {
	var list []Open
	next := 0
	for i := range p.model.questions {
		q := &p.model.questions[i]
		if next < len(p.ballot.votes) && p.ballot.votes[next].slot == q.slot {
			next++
			continue
		}
		list = append(list, Open{Slot: q.slot, Flip: p.worth(q)})
	}
	return list
}

// worth returns the flip that answering a question would bring, nil if none.
// Nothing flips where there is no leader yet.
func (p *probe) worth(q *question) *Flip {
	if p.ballot.sum == 0 {
		return nil
	}
	importance := compare.Normal
	if q.fixed != nil {
		importance = *q.fixed
	}
	var best *Flip
	var nearest outcome
	times := importance.Multiplier()
	totals := make([]int64, len(p.model.options))
	for k := range q.choices {
		v := vote{q, &q.choices[k], importance, times}
		for o, t := range v.totals {
			totals[o] = times * t
		}
		x := variant{vote: -1, sum: times * v.sum, totals: totals, excludes: v.excluded()}
		at, flips := p.try(p.ballot.excluded, &x, nil)
		if flips && (best == nil || nearer(at, nearest) < 0) {
			best = &Flip{[]Change{{q.slot, v.number}}, at.leader, at.margin, at.sum}
			nearest = at
		}
	}
	return best
}
