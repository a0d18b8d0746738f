package score

import (
	"cmp"
	"slices"

	"tiebreak/internal/compare"
)

// changes says what would change the answer: SCORING.md section 9. A change
// flips if the leader is then excluded or some option left has a larger total,
// so:
//
//   - where the best totals are equal, all that have them lead, and a change
//     flips if one of them no longer does, whichever way;
//   - where must rules exclude every option, a change flips if it lets one in;
//   - a change after which nothing is weighted never flips, for then there is
//     no result and not another one;
//   - a change after which every option is excluded flips, and nobody leads.
//
// Without weight there is no leader, so nothing flips.
func (p *probe) changes() Changes {
	c := Changes{Open: p.open()}
	if p.ballot.sum == 0 {
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

// singles and pairs return a list in which the next one is made.
func (p *probe) singles() []outcome {
	found := p.found[:0]
	for i := range p.variants {
		x := &p.variants[i]
		if at, flips := p.try(p.excludedBut(x.vote, x.vote), x, nil); flips {
			at.first = i
			found = append(found, at)
		}
	}
	p.found = found
	return found
}

func (p *probe) pairs() []outcome {
	found := p.found[:0]
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
	p.found = found
	return found
}

// nearer orders outcomes by the size of the new margin in points; those after
// which nobody leads come last.
func nearer(x, y outcome) int {
	if (x.leaders == 0) != (y.leaders == 0) {
		return one(x.leaders == 0) - one(y.leaders == 0)
	}
	return cmp.Compare(max(x.margin, -x.margin)*y.sum, max(y.margin, -y.margin)*x.sum)
}

// flips sorts what was found, which is something, nearest first and then by slot and choice, and
// writes it as flips.
func (p *probe) flips(found []outcome) []Flip {
	slices.SortFunc(found, func(x, y outcome) int {
		return cmp.Or(nearer(x, y), cmp.Compare(x.first, y.first), cmp.Compare(x.second, y.second))
	})
	flips := take(&p.ballot.record.flips, len(found))
	each := 1
	if found[0].second >= 0 {
		each = 2
	}
	changes := take(&p.ballot.record.changes, each*len(found))[:0]
	for i, at := range found {
		from := len(changes)
		changes = append(changes, p.variants[at.first].change)
		if at.second >= 0 {
			changes = append(changes, p.variants[at.second].change)
		}
		flips[i] = at.flip(changes[from:len(changes):len(changes)])
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
	for leader := range p.ballot.totals {
		for rival := range p.ballot.totals {
			if rival == leader || !p.leaders.has(leader) {
				continue
			}
			if n := p.fewestFor(rival, leader); n > 0 && (least == 0 || n < least) {
				least = n
			}
		}
	}
	return least
}

// fewestFor returns how many changes bring the rival ahead of the leader, 0 if
// none do.
func (p *probe) fewestFor(rival, leader int) int {
	var room [compare.MaxSlots]int64
	gains := room[:len(p.ballot.votes)]
	for i := range p.variants {
		v := &p.variants[i]
		gains[v.vote] = max(gains[v.vote], v.totals[rival]-v.totals[leader])
	}
	slices.Sort(gains)
	slices.Reverse(gains)
	margin := p.ballot.totals[leader] - p.ballot.totals[rival]
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
	left := len(p.model.questions) - len(p.ballot.votes)
	if left == 0 {
		return nil
	}
	r := p.ballot.record
	list, flips, changes := take(&r.open, left)[:0], take(&r.flips, left)[:0], take(&r.changes, left)[:0]
	var room [compare.MaxOptions]int64
	totals := room[:len(p.model.options)]
	next := 0
	for i := range p.model.questions {
		q := &p.model.questions[i]
		if next < len(p.ballot.votes) && p.ballot.votes[next].slot == q.slot {
			next++
			continue
		}
		o := Open{Slot: q.slot}
		if number, at := p.worth(q, totals); number != 0 {
			n := len(changes)
			changes = append(changes, Change{q.slot, number})
			flips = append(flips, at.flip(changes[n:n+1:n+1]))
			o.Flip = &flips[n]
		}
		list = append(list, o)
	}
	return list
}

// worth returns the number of the choice whose answer to q flips, the nearest of
// them, and what then is so. It is 0 if none does, as where there is no leader
// yet. The totals are room to work in.
func (p *probe) worth(q *question, totals []int64) (number int, nearest outcome) {
	if p.ballot.sum == 0 {
		return 0, outcome{}
	}
	importance := compare.Normal
	if q.fixed != nil {
		importance = *q.fixed
	}
	times := importance.Multiplier()
	for k := range q.choices {
		v := vote{q, &q.choices[k], importance, times}
		for o, t := range v.totals {
			totals[o] = times * t
		}
		x := variant{vote: -1, sum: times * v.sum, totals: totals, excludes: v.excluded()}
		at, flips := p.try(p.ballot.excluded, &x, nil)
		if flips && (number == 0 || nearer(at, nearest) < 0) {
			number, nearest = v.number, at
		}
	}
	return number, nearest
}
