package score

import "tiebreak/internal/compare"

const (
	blockQuads = 64 // quads of draws that are worked on together
	blockDraws = 4 * blockQuads
	// bins is the number of different scores in tenths, 0.0 to 100.0.
	bins = 1001
)

// robustness returns how firm the leader's place is. The run needs two options
// that are left; the intervals are endless where no rival is.
func (m *Model) robustness(b *ballot) Robustness {
	r := Robustness{Options: take(&b.record.options, len(m.options))}
	m.intervals(&r, b)
	if len(b.left) < 2 {
		return r
	}
	t := m.trial(b)
	defer m.trials.Put(t)
	if b.sum > packedSum {
		(&wideRun{t, make([]int64, len(b.left))}).run(m.draws)
	} else {
		for at := 0; at < m.draws/4; at += blockQuads {
			t.block(at)
		}
	}
	r.Draws = t.tally.Draws
	r.Credits = t.tally.Unit * int64(t.tally.Draws)
	for i, o := range b.left {
		histogram := t.scores[i*bins : (i+1)*bins]
		r.Options[o] = Acceptability{
			Credits: t.tally.Credits[i],
			Low:     percentile(histogram, m.draws, 5),
			High:    percentile(histogram, m.draws, 95),
		}
	}
	return r
}

// percentile returns the smallest bin up to which at least that many percent
// of the draws have come.
func percentile(histogram []uint32, draws, percent int) int {
	need := (draws*percent + 99) / 100
	for bin, n := range histogram {
		need -= int(n)
		if need <= 0 {
			return bin
		}
	}
	return len(histogram) - 1
}

// intervals fills in the ranges of weights and importance factors in which the
// leader stays first among the options left, and those level with it do too.
func (m *Model) intervals(r *Robustness, b *ballot) {
	var room [compare.MaxOptions]int // off the heap
	leaders := b.leaders(room[:0])
	r.Stability, r.Share = take(&b.record.intervals, len(b.weights)), take(&b.record.intervals, len(b.weights))
	uppers := take(&b.record.ratios, 2*len(b.weights)+len(b.votes))[:0]
	for c, w := range b.weights {
		e := endless()
		for _, l := range leaders {
			for _, o := range b.left {
				e.narrow(w, b.totals[l]-b.totals[o], m.options[l].values[c]-m.options[o].values[c])
			}
		}
		r.Stability[c] = e.interval(&uppers)
		r.Share[c] = e.inShares(b.sum - w).interval(&uppers)
	}
	slots := 0
	for v := range b.votes {
		slots = max(slots, b.votes[v].slot+1)
	}
	r.Factor = take(&b.record.intervals, slots)
	for v := range b.votes {
		e, vote := endless(), &b.votes[v]
		for _, l := range leaders {
			for _, o := range b.left {
				e.narrow(1, b.totals[l]-b.totals[o], vote.times*(vote.choice.totals[l]-vote.choice.totals[o]))
			}
		}
		r.Factor[vote.slot] = e.interval(&uppers)
	}
}

// leaders appends the options left that have the largest total.
func (b *ballot) leaders(list []int) []int {
	for _, o := range b.left {
		switch {
		case len(list) > 0 && b.totals[o] < b.totals[list[0]]:
			continue
		case len(list) > 0 && b.totals[o] > b.totals[list[0]]:
			list = list[:0]
		}
		list = append(list, o)
	}
	return list
}

// A trial is one robustness run: SCORING.md section 7. It works through the
// draws in blocks, four to a word for the weights (16 bits each) and two
// options to a word for the totals (32 bits each).
type trial struct {
	left    []int // options that take part
	weighed []weighed
	terms   []term // of all that is weighed
	tally   *Tally
	scores  []uint32 // histogram of the score in tenths, by option left and bin

	weights  [blockQuads]uint64 // of one criterion
	sums     [blockQuads]uint64 // of all weights
	totals   [][blockQuads]quad // by pair of options
	unpacked []int64            // totals by draw of the block and option left
}

// A weighed criterion is one that answers put weight on.
type weighed struct {
	terms   []term
	ratings [][]quad // by pair of options
}

// A term is the weight one answer puts on a criterion.
type term struct {
	points uint64   // with the importance as given
	draws  []uint64 // [importanceDraws]
}

// trial returns a run about to begin, in the memory of one that has ended.
func (m *Model) trial(b *ballot) *trial {
	t, ok := m.trials.Get().(*trial)
	if !ok {
		t = &trial{totals: make([][blockQuads]quad, (len(m.options)+1)/2)}
	}
	if len(t.left) != len(b.left) {
		t.scores = make([]uint32, len(b.left)*bins)
		t.unpacked = make([]int64, blockDraws*len(b.left))
		t.tally = NewTally(len(b.left), 0)
	}
	clear(t.scores)
	t.tally.reset()
	t.left = append(t.left[:0], b.left...)
	t.lay(m, b)
	return t
}

// lay gathers the answers that put weight on each criterion.
func (t *trial) lay(m *Model, b *ballot) {
	t.weighed, t.terms = t.weighed[:0], t.terms[:0]
	for c, weight := range b.weights {
		if weight == 0 {
			continue
		}
		from := len(t.terms)
		for i := range b.votes {
			for _, p := range b.votes[i].points {
				if p.criterion == c {
					t.terms = append(t.terms, term{uint64(b.votes[i].times * p.n), b.votes[i].draws()})
				}
			}
		}
		t.weighed = append(t.weighed, weighed{t.terms[from:], m.ratings[c]()})
	}
}

// block counts the draws of the quads from at on.
func (t *trial) block(at int) {
	clear(t.sums[:])
	clear(t.totals)
	for _, w := range t.weighed {
		t.weigh(w.terms, at)
		for pair, ratings := range w.ratings {
			addProducts(&t.totals[pair], &t.weights, (*[blockQuads]quad)(ratings[at:]))
		}
	}
	for k, o := range t.left {
		t.unpack(k, &t.totals[o/2], 32*(o%2))
	}
	t.tally.addDraws(t.unpacked)
}

// weigh sets the weights of one criterion and adds them to the sums.
func (t *trial) weigh(terms []term, at int) {
	for q, draw := range (*[blockQuads]uint64)(terms[0].draws[at:]) {
		t.weights[q] = terms[0].points * draw
	}
	for _, term := range terms[1:] {
		draws := (*[blockQuads]uint64)(term.draws[at:])
		for q := range t.weights {
			t.weights[q] += term.points * draws[q]
		}
	}
	for q, w := range t.weights {
		t.sums[q] += w
	}
}

// addProducts adds to each draw's totals its weight times its ratings.
func addProducts(totals *[blockQuads]quad, weights *[blockQuads]uint64, ratings *[blockQuads]quad) {
	for q := range totals {
		w, t, r := weights[q], &totals[q], &ratings[q]
		t[0] += (w & 0xffff) * r[0]
		t[1] += (w >> 16 & 0xffff) * r[1]
		t[2] += (w >> 32 & 0xffff) * r[2]
		t[3] += (w >> 48) * r[3]
	}
}

// unpack takes the totals of one option, the k-th of those left, out of the
// words that hold them from the bit shift on, and counts its scores.
func (t *trial) unpack(k int, totals *[blockQuads]quad, shift int) {
	scores := (*[bins]uint32)(t.scores[k*bins:])
	at := k
	for q, sums := range t.sums {
		for _, word := range totals[q] {
			total, sum := word>>shift&0xffffffff, sums&0xffff
			// Dividing by fine first changes nothing and lets the rest fit in
			// 32 bits, which divide faster.
			bin := uint32((10*total+fine/2*sum)/fine) / uint32(sum)
			scores[bin]++
			t.unpacked[at] = int64(total)
			at += len(t.left)
			sums >>= 16
		}
	}
}
