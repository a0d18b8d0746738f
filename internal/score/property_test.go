package score

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"slices"
	"sync"
	"testing"

	"tiebreak/internal/compare"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// The properties of SCORING.md section 10, by number, each with random inputs.

// bare returns a decision without what it was made from, and without parts
// that are meant to differ.
func bare(d *Decision, differ func(*Decision)) *Decision {
	d.Edition, d.Answers = nil, compare.Answers{}
	differ(d)
	return d
}

func mustEqual(t *testing.T, want, got any) {
	t.Helper()
	if reflect.DeepEqual(want, got) { // much faster than Diff
		return
	}
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// uniqueFirst reports whether the first of the standings does not depend on
// the order of the options.
func uniqueFirst(d *Decision) bool {
	s := d.Standings
	return len(s) > 0 && (len(s[1].Excluded) > 0) == (len(s[0].Excluded) > 0) && s[0].Total > s[1].Total ||
		len(s) > 0 && len(s[1].Excluded) > 0 && len(s[0].Excluded) == 0
}

func TestProperty01ContributionsAddUp(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		e := g.edition(usual)
		d := decideBase(e, g.answers(e))
		for _, p := range d.Versus {
			if want := d.ScoreOf(p.A) - d.ScoreOf(p.B); p.Tenths != want {
				t.Errorf("shown margin %d, want %d", p.Tenths, want)
			}
			if want := d.StandingOf(p.A).Total - d.StandingOf(p.B).Total; p.Exact != want {
				t.Errorf("margin %d, want %d", p.Exact, want)
			}
			for _, parts := range [][]Part{p.Criteria, p.Answers} {
				var exact int64
				shown := 0
				for _, part := range parts {
					exact += part.Exact
					shown += part.Tenths
					if part.Exact == 0 && part.Tenths != 0 {
						t.Errorf("part %+v of nothing", part)
					}
					if off := int64(part.Tenths)*d.Total - 10*part.Exact; off <= -d.Total || off >= d.Total {
						t.Errorf("part %+v is a tenth or more off (S = %d)", part, d.Total)
					}
				}
				if exact != p.Exact || shown != p.Tenths {
					t.Errorf("parts add up to %d and %d tenths, want %d and %d", exact, shown, p.Exact, p.Tenths)
				}
			}
		}
	})
}

func TestProperty02ScalingPoints(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		e := g.edition(usual)
		a := g.answers(e)
		k := g.between(2, 7)
		scaled := clone(e)
		for i := range scaled.Questions {
			for _, ch := range scaled.Questions[i].Choices {
				for j := range ch.Points {
					ch.Points[j].N *= k
				}
			}
		}
		want, got := decideShort(e, a), decideShort(scaled, move(a, e, scaled))
		shrink(t, got, int64(k))
		same := func(*Decision) {}
		mustEqual(t, bare(want, same), bare(got, same))
	})
}

// shrink divides all that is measured in points by k.
func shrink(t *testing.T, d *Decision, k int64) {
	t.Helper()
	divide := func(x *int64) {
		if *x%k != 0 {
			t.Errorf("%d is not divided by %d", *x, k)
		}
		*x /= k
	}
	divideRatio := func(r *Ratio) {
		if r != nil {
			*r = newRatio(r.Num, r.Den*k)
		}
	}
	divide(&d.Total)
	for i := range d.Weights {
		divide(&d.Weights[i])
	}
	for i := range d.Standings {
		divide(&d.Standings[i].Total)
		divide(&d.Standings[i].Unknown)
	}
	for i := range d.Versus {
		divide(&d.Versus[i].Exact)
		for _, parts := range [][]Part{d.Versus[i].Criteria, d.Versus[i].Answers} {
			for j := range parts {
				divide(&parts[j].Exact)
			}
		}
	}
	for i := range d.Robustness.Stability {
		divideRatio(&d.Robustness.Stability[i].Lower)
		divideRatio(d.Robustness.Stability[i].Upper)
	}
	flips := slices.Concat(d.Changes.Single, d.Changes.Pairs)
	for i := range flips {
		divide(&flips[i].Exact)
		divide(&flips[i].Weight)
	}
	copy(d.Changes.Single, flips)
	copy(d.Changes.Pairs, flips[len(d.Changes.Single):])
	for i := range d.Changes.Open {
		if f := d.Changes.Open[i].Flip; f != nil {
			divide(&f.Exact)
			divide(&f.Weight)
		}
	}
}

func TestProperty03Permuting(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		e := g.edition(usual)
		a := g.answers(e)
		p := clone(e)
		shuffle(g, p.Options)
		shuffle(g, p.Criteria)
		shuffle(g, p.Questions)
		for i := range p.Questions {
			shuffle(g, p.Questions[i].Choices)
		}
		for i := range p.Criteria {
			shuffle(g, p.Criteria[i].Cells)
		}
		want, got := byID(decideShort(e, a)), byID(decideShort(p, move(a, e, p)))
		mustEqual(t, want, got)
	})
}

func shuffle[T any](g gen, s []T) { g.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] }) }

// byID describes a decision without any order of options and criteria. What
// belongs to the leader is left out where only content order made it one.
func byID(d *Decision) map[string]any {
	e := d.Edition
	m := map[string]any{"verdict": d.Verdict, "answered": d.Answered, "sum": d.Total, "thin": d.Thin}
	for c, w := range d.Weights {
		m["weight "+e.Criteria[c].ID] = w
	}
	for _, s := range d.Standings {
		id := e.Options[s.Option].ID
		m["rules "+id] = []string{rulesByID(e, s.Excluded), rulesByID(e, s.Check)}
		m["acceptability "+id] = d.Robustness.Options[s.Option]
		s.Option, s.Excluded, s.Check = 0, nil, nil
		m["standing "+id] = s
	}
	for c := range e.Criteria {
		if len(d.Standings) > 0 {
			m["stability "+e.Criteria[c].ID] = []Interval{d.Robustness.Stability[c], d.Robustness.Share[c]}
		}
	}
	m["factors"] = d.Robustness.Factor
	m["changes"] = []string{flipsByID(e, d.Changes.Single), flipsByID(e, d.Changes.Pairs), fmt.Sprint(d.Changes.Fewest)}
	for _, o := range d.Changes.Open {
		if o.Flip != nil {
			m[fmt.Sprint("open ", o.Slot)] = flipsByID(e, []Flip{*o.Flip})
		}
	}
	if !uniqueFirst(d) {
		return m
	}
	for _, p := range d.Versus {
		at := e.Options[p.A].ID + " " + e.Options[p.B].ID + " "
		for _, part := range p.Criteria {
			// Content order decides who gets the last tenth, so that is left out.
			m[at+e.Criteria[part.Index].ID] = part.Exact
		}
		m[at+"answers"] = p.Answers
		p.A, p.B, p.Criteria, p.Answers = 0, 0, nil, nil
		m[at] = p
	}
	m["flags"] = []bool{d.Dominant, d.Unverified}
	return m
}

// flipsByID describes flips without any order of options.
func flipsByID(e *compare.Edition, flips []Flip) string {
	s := ""
	for _, f := range flips {
		leader := "nobody"
		if f.Leader >= 0 {
			leader = e.Options[f.Leader].ID
		}
		s += fmt.Sprint(f.Changes, leader, f.Tied, f.Exact, f.Weight, ";")
	}
	return s
}

func rulesByID(e *compare.Edition, rules []Rule) string {
	s := ""
	for _, r := range rules {
		s += fmt.Sprintf("%d %s >= %d;", r.Slot, e.Criteria[r.Criterion].ID, r.Min)
	}
	return s
}

func TestProperty04SwappingOptions(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		e := g.edition(usual)
		a := g.answers(e)
		x, y := g.IntN(len(e.Options)), g.IntN(len(e.Options))
		s := clone(e)
		for c := range s.Criteria {
			cells := s.Criteria[c].Cells
			cells[x], cells[y] = cells[y], cells[x]
			cells[x].Option, cells[y].Option = cells[y].Option, cells[x].Option
		}
		d, swapped := decideBase(e, a), decideBase(s, move(a, e, s))
		role := func(o int) int {
			switch o {
			case x:
				return y
			case y:
				return x
			}
			return o
		}
		for _, want := range d.Standings {
			got := *swapped.StandingOf(role(want.Option))
			want.Option, got.Option = 0, 0
			mustEqual(t, want, got)
		}
		if uniqueFirst(d) {
			if swapped.Leader() != role(d.Leader()) {
				t.Errorf("leader %d, want %d", swapped.Leader(), role(d.Leader()))
			}
			mustEqual(t, d.Robustness.Stability, swapped.Robustness.Stability)
			mustEqual(t, d.Robustness.Factor, swapped.Robustness.Factor)
		}
		m := New(e)
		ahead, behind := m.WholeSpaceShare(x, y), m.WholeSpaceShare(y, x)
		equal := slices.Equal(m.options[x].values, m.options[y].values)
		if want := float64(one(!equal)); math.Abs(ahead+behind-want) > 1e-12 {
			t.Errorf("whole-space shares %v and %v, want sum %v", ahead, behind, want)
		}
	})
}

func TestProperty05RaisingAValue(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		e := g.edition(usual)
		a := g.answers(e)
		o := g.IntN(len(e.Options))
		raised := clone(e)
		for c := range raised.Criteria {
			cell := &raised.Criteria[c].Cells[o]
			if !cell.Unknown && g.percent(50) {
				cell.Value = g.between(cell.Value, 100)
				cell.Lo = g.between(cell.Lo, cell.Value)
				cell.Hi = g.between(max(cell.Hi, cell.Value), 100)
			}
		}
		before, after := decideShort(e, a), decideShort(raised, move(a, e, raised))
		if before.Total == 0 {
			return
		}
		was, is := before.StandingOf(o), after.StandingOf(o)
		if is.Total < was.Total || is.Low < was.Low || is.High < was.High {
			t.Errorf("raised, %+v became %+v", was, is)
		}
		if was.Rank > 0 && (is.Rank == 0 || is.Rank > was.Rank) {
			t.Errorf("raised, rank %d became %d", was.Rank, is.Rank)
		}
		if before.Robustness.Draws == 0 || after.Robustness.Draws == 0 {
			return
		}
		for p := range e.Options {
			x := newRatio(before.Robustness.Options[p].Credits, before.Robustness.Credits)
			y := newRatio(after.Robustness.Options[p].Credits, after.Robustness.Credits)
			if c := y.Cmp(x); p == o && c < 0 || p != o && c > 0 {
				t.Errorf("option %d raised: share of %d went from %v to %v", o, p, x, y)
			}
		}
	})
}

func TestProperty06Unanimity(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		e := g.edition(usual)
		a := g.answers(e)
		base := decideBase(e, a)
		strict := false
		for c := range e.Criteria {
			x, y := &e.Criteria[c].Cells[0], &e.Criteria[c].Cells[1]
			x.Unknown, y.Unknown = false, false
			if base.Weights[c] > 0 && x.Value < y.Value {
				x.Value = g.between(y.Value, 100)
			}
			x.Lo, x.Hi, y.Lo, y.Hi = x.Value, x.Value, y.Value, y.Value
			strict = strict || base.Weights[c] > 0 && x.Value > y.Value
		}
		d := decideBase(e, a)
		if d.Total == 0 {
			return
		}
		x, y := d.StandingOf(0).Total, d.StandingOf(1).Total
		if x < y || strict != (x > y) {
			t.Errorf("better everywhere (one strictly: %t): totals %d and %d", strict, x, y)
		}
		m := New(e)
		if got := Dominates(d.Weights, m.options[0].values, m.options[1].values); got != strict {
			t.Errorf("Dominates = %t, want %t", got, strict)
		}
	})
}

func TestProperty07UnansweredQuestion(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		e := g.edition(usual)
		a := g.answers(e)
		i := g.IntN(len(e.Questions))
		a = a.With(e.Questions[i].Slot, compare.Answer{})
		other := clone(e)
		changed := g.question(i, e.Questions[i].Slot, len(e.Criteria), usual)
		changed.Text = "another text"
		other.Questions[i] = changed
		removed := clone(e)
		removed.Questions = slices.Delete(removed.Questions, i, i+1)
		differ := func(d *Decision) { d.Changes.Open = nil }
		want := bare(decideShort(e, a), differ)
		for _, e := range []*compare.Edition{other, removed} {
			b := e.NoAnswers()
			for slot := range compare.MaxSlots {
				b = b.With(slot, a.At(slot))
			}
			mustEqual(t, want, bare(decideShort(e, b), differ))
		}
	})
}

func TestProperty08UnweightedCriterion(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		s := usual
		s.musts = false
		e := g.edition(s)
		a := g.answers(e)
		want := decideShort(e, a)
		c := slices.Index(want.Weights, 0)
		if c < 0 {
			return
		}
		other := clone(e)
		for o := range other.Options {
			other.Criteria[c].Cells[o] = g.cell(other.Options[o].ID, 1, s)
		}
		got := decideShort(other, move(a, e, other))
		differ := func(d *Decision) {
			d.Changes = Changes{}
			for i := range d.Versus {
				d.Versus[i].Flip = nil
			}
			if len(d.Robustness.Stability) > 0 {
				d.Robustness.Stability[c], d.Robustness.Share[c] = Interval{}, Interval{}
			}
		}
		mustEqual(t, bare(want, differ), bare(got, differ))
	})
}

func TestProperty09OtherOptions(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		e := g.edition(usual)
		a := g.answers(e)
		r := g.IntN(len(e.Options))
		changed := clone(e)
		for c := range changed.Criteria {
			changed.Criteria[c].Cells[r] = g.cell(e.Options[r].ID, 1, usual)
		}
		fewer := clone(e)
		fewer.Options = slices.Delete(fewer.Options, r, r+1)
		for c := range fewer.Criteria {
			fewer.Criteria[c].Cells = slices.Delete(fewer.Criteria[c].Cells, r, r+1)
		}
		want := pairwise(e, a)
		for _, e := range []*compare.Edition{changed, fewer} {
			got := pairwise(e, move(a, e, e))
			for key, w := range want {
				if removed := fmt.Sprintf("o%d", r); key[0] == removed || key[1] == removed {
					continue
				}
				mustEqual(t, w, got[key])
			}
		}
	})
}

// pairwise returns the comparison of any two options, and of an option with
// itself its standing, by their ids.
func pairwise(e *compare.Edition, a compare.Answers) map[[2]string]any {
	m := newModel(e, 0)
	b := m.count(a)
	all := map[[2]string]any{}
	if b.sum == 0 {
		return all
	}
	for o := range e.Options {
		x := m.standing(b, o)
		for p := range e.Options {
			y := m.standing(b, p)
			pair := m.pair(b, &x, &y)
			pair.A, pair.B = 0, 0
			all[[2]string{e.Options[o].ID, e.Options[p].ID}] = pair
		}
		x.Option, x.Rank = 0, 0
		all[[2]string{e.Options[o].ID, e.Options[o].ID}] = x
	}
	return all
}

func TestProperty10ScoreBounds(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		e := g.edition(usual)
		d := decideShort(e, g.answers(e))
		m := New(e)
		for _, s := range d.Standings {
			low, high := int64(100), int64(0)
			for c, w := range d.Weights {
				if w > 0 {
					v := m.options[s.Option].values[c]
					low, high = min(low, v), max(high, v)
				}
			}
			if s.Total < low*d.Total || s.Total > high*d.Total {
				t.Errorf("total %d of weight %d is not an average of %d to %d", s.Total, d.Total, low, high)
			}
			if s.Score < 0 || s.Score > 1000 || s.Low > s.Score || s.High < s.Score {
				t.Errorf("scores out of order: %+v", s)
			}
			if acc := d.Robustness.Options[s.Option]; acc.Low > acc.High || acc.Low < 0 || acc.High > 1000 {
				t.Errorf("score interval out of order: %+v", acc)
			}
		}
	})
}

func TestProperty11Stability(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		e := g.edition(usual)
		m := newModel(e, 0)
		b := m.count(g.answers(e))
		if b.sum == 0 || len(b.left) == 0 {
			return
		}
		s := m.standings(b)
		r := m.robustness(b)
		c := g.IntN(len(b.weights))
		slope := make([]int64, len(m.options))
		for o := range slope {
			slope[o] = m.options[o].values[c]
		}
		edges(t, "weight", r.Stability[c], func(x *big.Rat) bool {
			return leadAt(b, s, slope, x, big.NewRat(b.weights[c], 1))
		})
		inShares(t, r.Stability[c], r.Share[c], b.sum-b.weights[c])
		v := &b.votes[g.IntN(len(b.votes))]
		for o := range slope {
			slope[o] = v.times * v.totals[o]
		}
		edges(t, "factor", r.Factor[v.slot], func(x *big.Rat) bool {
			return leadAt(b, s, slope, x, big.NewRat(1, 1))
		})
	})
}

// leadAt reports whether all who are first are so, alone or together, if every
// total changes by slope for each unit from was to x.
func leadAt(b *ballot, standings []Standing, slope []int64, x, was *big.Rat) bool {
	step := new(big.Rat).Sub(x, was)
	total := func(o int) *big.Rat {
		r := new(big.Rat).Mul(step, big.NewRat(slope[o], 1))
		return r.Add(r, big.NewRat(b.totals[o], 1))
	}
	for _, s := range standings {
		for _, o := range b.left {
			if s.Rank == 1 && total(o).Cmp(total(s.Option)) > 0 {
				return false
			}
		}
	}
	return true
}

// edges tries an interval at its ends, in the middle and just outside.
func edges(t *testing.T, what string, iv Interval, leads func(*big.Rat) bool) {
	t.Helper()
	little := big.NewRat(1, 1000)
	low := big.NewRat(iv.Lower.Num, iv.Lower.Den)
	high := new(big.Rat).Add(low, big.NewRat(1_000_000, 1))
	if iv.Upper != nil {
		high = big.NewRat(iv.Upper.Num, iv.Upper.Den)
		if outside := new(big.Rat).Add(high, little); leads(outside) {
			t.Errorf("%s: leads at %v above %v", what, outside, iv)
		}
	}
	if outside := new(big.Rat).Sub(low, little); low.Sign() > 0 && leads(outside) {
		t.Errorf("%s: leads at %v below %v", what, outside, iv)
	}
	middle := new(big.Rat).Add(low, high)
	middle.Quo(middle, big.NewRat(2, 1))
	for _, x := range []*big.Rat{low, middle, high} {
		if !leads(x) {
			t.Errorf("%s: does not lead at %v of %v", what, x, iv)
		}
	}
}

func inShares(t *testing.T, raw, shares Interval, rest int64) {
	t.Helper()
	want := func(r *Ratio) *big.Rat {
		if r == nil {
			return big.NewRat(1, 1)
		}
		x := big.NewRat(r.Num, r.Den)
		sum := new(big.Rat).Add(x, big.NewRat(rest, 1))
		if sum.Sign() == 0 {
			return new(big.Rat)
		}
		return x.Quo(x, sum)
	}
	for _, p := range [][2]*Ratio{{&raw.Lower, &shares.Lower}, {raw.Upper, shares.Upper}} {
		if got := big.NewRat(p[1].Num, p[1].Den); got.Cmp(want(p[0])) != 0 {
			t.Errorf("share %v, want %v", got, want(p[0]))
		}
	}
}

func TestProperty12FlipDistance(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		e := g.edition(usual)
		d := decideBase(e, g.answers(e))
		m := New(e)
		for _, p := range d.Versus {
			x, y := &m.options[p.A], &m.options[p.B]
			diffs := make([]int64, len(d.Weights))
			for c := range diffs {
				diffs[c] = x.values[c] - y.values[c]
			}
			if p.Flip == nil {
				if slices.Min(diffs) < 0 {
					t.Errorf("no flip distance, but b is better somewhere: %v", diffs)
				}
				continue
			}
			if p.Exact <= 0 {
				mustEqual(t, Ratio{0, 1}, *p.Flip)
				continue
			}
			moved := big.NewRat(p.Flip.Num*d.Total, p.Flip.Den)
			if got := marginAfter(d.Weights, diffs, moved); got.Sign() != 0 {
				t.Errorf("margin after moving %v is %v, want 0", moved, got)
			}
			if bound := leastMove(d.Weights, diffs, p.Exact); bound.Cmp(moved) != 0 {
				t.Errorf("moved %v, but the dual programme says %v", moved, bound)
			}
			// Less than that, moved anywhere, leaves a ahead.
			weights := moveAtRandom(g, d.Weights, new(big.Rat).Mul(moved, big.NewRat(999, 1000)))
			margin := new(big.Rat)
			for c, w := range weights {
				margin.Add(margin, new(big.Rat).Mul(w, big.NewRat(diffs[c], 1)))
			}
			if margin.Sign() <= 0 {
				t.Errorf("a smaller move gives margin %v", margin)
			}
		}
	})
}

// marginAfter moves weight from the criteria on which a is best to the one on
// which it is worst, and returns a's margin.
func marginAfter(weights, diffs []int64, moved *big.Rat) *big.Rat {
	left := new(big.Rat).Set(moved)
	worst := slices.Min(diffs)
	margin := new(big.Rat).SetInt64(dot(weights, diffs))
	order := make([]int, len(diffs))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return int(diffs[j] - diffs[i]) })
	for _, c := range order {
		take := big.NewRat(weights[c], 1)
		if take.Cmp(left) > 0 {
			take.Set(left)
		}
		left.Sub(left, take)
		margin.Sub(margin, take.Mul(take, big.NewRat(diffs[c]-worst, 1)))
	}
	return margin
}

// leastMove solves the dual of the linear programme: the largest, over y, of
// margin*y less the sum of weights[c]*max(0, (d_c - g)*y - 1). It is piecewise
// linear in y, so its corners suffice.
func leastMove(weights, diffs []int64, margin int64) *big.Rat {
	worst := slices.Min(diffs)
	best := new(big.Rat)
	for _, corner := range diffs {
		if corner == worst {
			continue
		}
		y := big.NewRat(1, corner-worst)
		value := new(big.Rat).Mul(big.NewRat(margin, 1), y)
		for c, w := range weights {
			over := new(big.Rat).Mul(big.NewRat(diffs[c]-worst, 1), y)
			over.Sub(over, big.NewRat(1, 1))
			if over.Sign() > 0 {
				value.Sub(value, over.Mul(over, big.NewRat(w, 1)))
			}
		}
		if value.Cmp(best) > 0 {
			best = value
		}
	}
	return best
}

func moveAtRandom(g gen, weights []int64, most *big.Rat) []*big.Rat {
	moved := make([]*big.Rat, len(weights))
	for c, w := range weights {
		moved[c] = big.NewRat(w, 1)
	}
	left := new(big.Rat).Set(most)
	for range 2 * len(weights) {
		from, to := g.IntN(len(weights)), g.IntN(len(weights))
		take := new(big.Rat).Mul(moved[from], big.NewRat(int64(g.between(1, 4)), 4))
		if take.Cmp(left) > 0 {
			take.Set(left)
		}
		left.Sub(left, take)
		moved[from].Sub(moved[from], take)
		moved[to].Add(moved[to], take)
	}
	return moved
}

func TestProperty13Dominance(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		e := g.edition(size{options: 2, criteria: 5, questions: 5, choices: 4})
		a := g.answers(e)
		base := decideBase(e, a)
		for c := range e.Criteria {
			x, y := &e.Criteria[c].Cells[0], &e.Criteria[c].Cells[1]
			if base.Weights[c] > 0 && x.Value < y.Value {
				x.Value, y.Value = y.Value, x.Value
				x.Lo, x.Hi, y.Lo, y.Hi = x.Value, x.Value, y.Value, y.Value
			}
		}
		d := decideShort(e, a)
		if d.Total == 0 || d.Versus[0].Exact == 0 {
			return
		}
		p := d.Versus[0]
		if p.A != 0 || !p.Dominates || !p.Certain || !d.Dominant {
			t.Errorf("dominance not seen: %+v", p)
		}
		if p.Flip != nil {
			diffs := make([]int64, len(e.Criteria))
			for c := range diffs {
				diffs[c] = int64(e.Criteria[c].Cells[0].Value - e.Criteria[c].Cells[1].Value)
			}
			if c := slices.Index(diffs, slices.Min(diffs)); d.Weights[c] != 0 || diffs[c] >= 0 {
				t.Errorf("flip distance %v with differences %v and weights %v", p.Flip, diffs, d.Weights)
			}
		}
		if p.Share.Wins != p.Share.Total {
			t.Errorf("exact share %+v, want no loss", *p.Share)
		}
		if got := d.Robustness.Options[0].Credits; got != d.Robustness.Credits {
			t.Errorf("credits %d of %d, want all", got, d.Robustness.Credits)
		}
	})
}

func TestProperty14ExactShare(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		parts := make([]int64, g.IntN(9))
		scale := []int64{1, 1, 50, 999_983}[g.IntN(4)]
		for i := range parts {
			parts[i] = int64(g.between(-20, 20)) * scale
			if scale > 1 && g.percent(50) {
				parts[i] += int64(g.between(-3, 3))
			}
		}
		mustEqual(t, bruteShare(parts), *ExactPair(parts))
	})
}

// bruteShare tries all variations one by one.
func bruteShare(parts []int64) ExactShare {
	all := []int64{0}
	for _, p := range parts {
		var next []int64
		for _, s := range all {
			next = append(next, s+p, s+2*p, s+4*p)
		}
		all = next
	}
	s := ExactShare{Total: int64(len(all))}
	for _, x := range all {
		s.Wins += int64(one(x > 0))
		s.Ties += int64(one(x == 0))
	}
	return s
}

func TestProperty14RunAgreesWithExactShare(t *testing.T) {
	const draws = 16 * blockDraws
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		e := g.edition(size{options: 2, criteria: 3, questions: 5, choices: 3})
		for i := range e.Questions {
			e.Questions[i].ID = fmt.Sprintf("q%x", g.Uint32()) // draws of its own
		}
		d := newModel(e, draws).Decide(g.answers(e))
		if d.Total == 0 {
			return
		}
		p := d.Versus[0]
		exact := (float64(p.Share.Wins) + float64(p.Share.Ties)/2) / float64(p.Share.Total)
		got := float64(d.Robustness.Options[p.A].Credits) / float64(d.Robustness.Credits)
		if limit := 4.5 * math.Sqrt(exact*(1-exact)/draws); math.Abs(got-exact) > limit {
			t.Errorf("share %v, exact %v, limit %v", got, exact, limit)
		}
	})
}

func TestProperty14SharesAddUp(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		e := g.edition(usual)
		r := decideShort(e, g.answers(e)).Robustness
		var credits int64
		for _, o := range r.Options {
			credits += o.Credits
		}
		if credits != r.Credits {
			t.Errorf("credits add up to %d, want %d", credits, r.Credits)
		}
	})
}

func TestProperty15NothingDrawn(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		s := usual
		s.bands, s.unknown = false, false
		e := g.edition(s)
		d := keepImportance(newModel(e, fewDraws)).Decide(g.answers(e))
		if d.Robustness.Draws == 0 {
			return
		}
		first := int64(0)
		for _, s := range d.Standings {
			first += int64(one(s.Rank == 1))
		}
		for _, s := range d.Standings {
			if s.Rank == 0 {
				continue
			}
			want := Acceptability{Low: s.Score, High: s.Score}
			if s.Rank == 1 {
				want.Credits = d.Robustness.Credits / first
			}
			mustEqual(t, want, d.Robustness.Options[s.Option])
		}
	})
}

func TestProperty16MustRules(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		e := g.edition(usual)
		a := g.answers(e)
		raised, none := clone(e), clone(e)
		for i := range e.Questions {
			for k := range e.Questions[i].Choices {
				for j := range e.Questions[i].Choices[k].Musts {
					raised.Questions[i].Choices[k].Musts[j].Min += g.IntN(30)
					none.Questions[i].Choices[k].Musts[j].Min = -g.IntN(2)
				}
			}
		}
		before := newModel(e, 0).count(a).excluded
		after := newModel(raised, 0).count(a).excluded
		if before&^after != 0 {
			t.Errorf("raising minima let options in: %b became %b", before, after)
		}
		if s := newModel(none, 0).count(a).excluded; s != 0 {
			t.Errorf("minima of 0 exclude %b", s)
		}
		unknown := clone(raised)
		o := g.IntN(len(e.Options))
		for c := range unknown.Criteria {
			unknown.Criteria[c].Cells[o].Unknown = true
		}
		d := decideBase(unknown, a)
		if len(d.Standings) > 0 && len(d.StandingOf(o).Excluded) > 0 {
			t.Errorf("unknown option is excluded")
		}
	})
}

func TestProperty17Changes(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		s := usual
		s.questions, s.choices, s.musts = 4, 3, g.percent(50)
		e := g.edition(s)
		a := g.answers(e)
		naive := naiveChanges(e, a)
		mustEqual(t, naive, decideBase(e, a).Changes)
	})
}

// naiveChanges finds what would change the answer by deciding every set of
// changed answers anew.
func naiveChanges(e *compare.Edition, a compare.Answers) Changes {
	m := newModel(e, 0)
	base := m.Decide(a)
	var c Changes
	var answered []int
	for slot := range compare.MaxSlots {
		q := e.QuestionAt(slot)
		switch {
		case q == nil:
		case a.At(slot).Choice != 0:
			answered = append(answered, slot)
		default:
			c.Open = append(c.Open, Open{slot, naiveOpen(m, base, a, q)})
		}
	}
	musts := len(base.Excluded()) > 0
	found := make([][]Flip, len(answered)+1)
	var vary func(from int, b compare.Answers, changed []Change)
	vary = func(from int, b compare.Answers, changed []Change) {
		if n := len(changed); n > 0 {
			d := m.Decide(b)
			musts = musts || len(d.Excluded()) > 0
			if f, ok := naiveFlip(base, d, changed); ok {
				found[n] = append(found[n], f)
			}
		}
		for i, slot := range answered[from:] {
			choices := []int{0}
			for _, ch := range e.QuestionAt(slot).Choices {
				choices = append(choices, ch.Number)
			}
			for _, k := range choices {
				if k != a.At(slot).Choice {
					ans := compare.Answer{Choice: k, Importance: a.At(slot).Importance}
					vary(from+i+1, b.With(slot, ans), append(slices.Clip(changed), Change{slot, k}))
				}
			}
		}
	}
	vary(0, a, nil)
	for n, flips := range found {
		slices.SortStableFunc(flips, naiveOrder)
		if c.Fewest == 0 && len(flips) > 0 && (n < 3 || !musts) {
			c.Fewest = n
		}
	}
	if len(found) > 1 {
		c.Single = found[1]
	}
	if len(found) > 2 && len(c.Single) == 0 {
		c.Pairs = found[2]
	}
	return c
}

// naiveFlip reads off two decisions whether the answer flipped.
func naiveFlip(base, d *Decision, changed []Change) (Flip, bool) {
	f := Flip{Changes: changed, Leader: -1, Weight: d.Total}
	if base.Verdict == NoAnswers || d.Verdict == NoAnswers {
		return f, false
	}
	if d.Verdict == NoneQualifies {
		return f, base.Verdict != NoneQualifies
	}
	f.Leader, f.Tied = d.Leader(), d.Verdict == Tie
	if f.Tied {
		f.Leader = -1
	}
	flips := base.Verdict == NoneQualifies
	least := int64(math.MaxInt64)
	for _, s := range base.Standings {
		if first := base.Standings[0]; s.Rank == first.Rank && s.Total == first.Total {
			now := d.StandingOf(s.Option)
			least = min(least, now.Total)
			flips = flips || now.Rank != 1
		}
	}
	f.Exact = least - d.Standings[0].Total
	return f, flips
}

func naiveOrder(x, y Flip) int {
	nobody := func(f Flip) bool { return f.Leader < 0 && !f.Tied }
	if nobody(x) != nobody(y) {
		return one(nobody(x)) - one(nobody(y))
	}
	size := func(f Flip) *big.Rat { return new(big.Rat).Abs(big.NewRat(f.Exact, f.Weight)) }
	if c := size(x).Cmp(size(y)); c != 0 && !nobody(x) {
		return c
	}
	last := func(c Change) int { return c.Slot*100 + (c.Choice+98)%99 } // withdrawn last
	return slices.CompareFunc(x.Changes, y.Changes, func(a, b Change) int { return last(a) - last(b) })
}

func naiveOpen(m *Model, base *Decision, a compare.Answers, q *compare.Question) *Flip {
	var flips []Flip
	for _, ch := range q.Choices {
		ans := compare.Answer{Choice: ch.Number}
		if q.Fixed != nil {
			ans.Importance = *q.Fixed
		}
		if f, ok := naiveFlip(base, m.Decide(a.With(q.Slot, ans)), []Change{{q.Slot, ch.Number}}); ok {
			flips = append(flips, f)
		}
	}
	if len(flips) == 0 {
		return nil
	}
	return &slices.SortedStableFunc(slices.Values(flips), naiveOrder)[0]
}

func TestProperty18AnyNumberOfGoroutines(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		e := g.edition(usual)
		a := g.answers(e)
		want := marshal(t, decideShort(e, a))
		m := newModel(e, fewDraws)
		var got [4][]byte
		var wg sync.WaitGroup
		for i := range got {
			wg.Go(func() { got[i], _ = json.Marshal(m.Decide(a)) })
		}
		wg.Wait()
		for i := range got {
			if string(got[i]) != string(want) {
				t.Errorf("goroutine %d: %s\nwant %s", i, got[i], want)
			}
		}
	})
}

func marshal(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestProperty19WideningABand(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		e := g.edition(usual)
		a := g.answers(e)
		wide := clone(e)
		for c := range wide.Criteria {
			for o := range wide.Criteria[c].Cells {
				cell := &wide.Criteria[c].Cells[o]
				cell.Lo, cell.Hi = g.between(0, cell.Lo), g.between(cell.Hi, 100)
			}
		}
		before, after := decideBase(e, a), decideBase(wide, move(a, e, wide))
		for _, d := range []*Decision{before, after} {
			for i := range d.Standings {
				s := &d.Standings[i]
				s.Low, s.High, s.Check = 0, 0, nil
			}
		}
		mustEqual(t, before.Standings, after.Standings)
		for i, p := range before.Versus {
			was, is := p.Tolerance, after.Versus[i].Tolerance
			if was != nil && (is == nil || is.Cmp(*was) > 0) {
				t.Errorf("wider bands raised the tolerance from %v to %v", was, is)
			}
		}
	})
}

func TestProperty20NotSureEverywhere(t *testing.T) {
	forCases(t, propertyCases, func(t *testing.T, g gen) {
		e := g.edition(usual)
		answered := g.percent(50)
		a := e.NoAnswers()
		if answered {
			for i := range e.Questions {
				for k := range e.Questions[i].Choices {
					e.Questions[i].Choices[k].Points = nil
				}
			}
			a = g.answers(e)
		}
		d := New(e).Decide(a)
		if d.Verdict != NoAnswers || len(d.Standings) > 0 || d.Robustness.Draws > 0 || d.Answered != a.Count() {
			t.Errorf("decision without weight: %+v", d)
		}
	})
}
