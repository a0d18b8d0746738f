package score

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The numbers here are those of SCORING.md section 12, digit for digit.

const (
	node, python              = 0, 1
	io, ml, talent, startup   = 0, 1, 2, 3
	workload, team, host, dat = 0, 1, 2, 3
)

func ratio(num, den int64) *Ratio { return &Ratio{num, den} }

func atLeast(num, den int64) Interval         { return Interval{Lower: Ratio{num, den}} }
func between(num, den, n2, d2 int64) Interval { return Interval{Ratio{num, den}, ratio(n2, d2)} }

func check(t *testing.T, what string, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s: (-want +got)\n%s", what, d)
	}
}

func TestWorkedExample(t *testing.T) {
	e := example(t)
	d := Decide(e, give(t, e, "workload 1 high, team 1 normal, data 1 low"))

	check(t, "weights", d.Weights, []int64{32, 3, 20, 0})
	check(t, "sum", d.Total, int64(55))
	check(t, "answered", d.Answered, 3)
	check(t, "standings", d.Standings, []Standing{
		{Option: node, Rank: 1, Total: 4410, Score: 802, Low: 701, High: 885},
		{Option: python, Rank: 2, Total: 3905, Score: 710, Low: 612, High: 796},
	})
	check(t, "versus", d.Versus, []Pair{{
		A: node, B: python, Exact: 505, Tenths: 92,
		Criteria: []Part{{io, 800, 145}, {ml, -195, -35}, {talent, -100, -18}},
		Answers:  []Part{{workload, 760, 138}, {team, -60, -11}, {dat, -195, -35}},
		Flip:     ratio(101, 990), Tolerance: ratio(505, 1019), Share: &ExactShare{24, 0, 27},
	}})
	check(t, "robustness", d.Robustness, Robustness{
		Draws: 16384, Credits: 32768,
		Options:   []Acceptability{{27996, 719, 862}, {4772, 631, 790}},
		Stability: []Interval{atLeast(59, 5), between(0, 1, 140, 13), between(0, 1, 121, 1), atLeast(0, 1)},
		Share: []Interval{
			between(59, 174, 1, 1), between(0, 1, 35, 204), between(0, 1, 121, 156), between(0, 1, 1, 1),
		},
		Factor: Factors{
			workload: atLeast(51, 152), team: between(0, 1, 113, 12), dat: between(0, 1, 140, 39),
		},
	})
	check(t, "verdict", d.Verdict, Leans)
	check(t, "flags", []bool{d.Dominant, d.Thin, d.Unverified}, []bool{false, true, false})
	check(t, "changes", d.Changes, Changes{
		Single: []Flip{
			{[]Change{{workload, 0}}, python, -255, 15, false},
			{[]Change{{workload, 3}}, python, -895, 47, false},
			{[]Change{{workload, 2}}, python, -2595, 51, false},
		},
		Fewest: 1,
		Open:   []Open{{Slot: host}},
	})
}

// The shares as the paper prints them, to four digits.
func TestWorkedExampleShares(t *testing.T) {
	e := example(t)
	r := Decide(e, give(t, e, "workload 1 high, team 1 normal, data 1 low")).Robustness
	for _, tt := range []struct {
		got  Ratio
		want float64
	}{
		{r.Share[io].Lower, 0.3391},
		{*r.Share[ml].Upper, 0.1716},
		{*r.Share[talent].Upper, 0.7756},
		{Ratio{r.Options[node].Credits, r.Credits}, 0.8544},
	} {
		if got := float64(tt.got.Num) / float64(tt.got.Den); math.Abs(got-tt.want) > 0.00005 {
			t.Errorf("share %d/%d = %.6f, want %.4f", tt.got.Num, tt.got.Den, got, tt.want)
		}
	}
}

func TestWorkedExampleWithoutBands(t *testing.T) {
	e := example(t)
	for c := range e.Criteria {
		for o := range e.Criteria[c].Cells {
			cell := &e.Criteria[c].Cells[o]
			cell.Unknown, cell.Lo, cell.Hi = false, cell.Value, cell.Value
		}
	}
	d := Decide(e, give(t, e, "workload 1 high, team 1 normal, data 1 low"))
	check(t, "credits", d.Robustness.Options[node].Credits, int64(29264))
}

func TestWorkedExampleMultipliersKept(t *testing.T) {
	e := example(t)
	m := keepImportance(New(e))
	d := m.Decide(give(t, e, "workload 1 high, team 1 normal, data 1 low"))
	check(t, "credits", d.Robustness.Options[node].Credits, int64(31336))
}

// keepImportance switches the draws of importance off.
func keepImportance(m *Model) *Model { return drawImportance(m, 2) }

// drawImportance makes all draws of importance the same factor.
func drawImportance(m *Model, factor uint64) *Model {
	for i := range m.questions {
		m.questions[i].draws = func() []uint64 {
			return slices.Repeat([]uint64{factor * 0x0001_0001_0001_0001}, m.draws/4)
		}
	}
	return m
}

func TestWorkedExampleMust(t *testing.T) {
	e := example(t)
	d := Decide(e, give(t, e, "workload 1 high, team 1 normal, data 1 must"))
	check(t, "weights", d.Weights, []int64{32, 12, 20, 0})
	check(t, "sum", d.Total, int64(64))
	check(t, "standings", d.Standings, []Standing{
		{Option: python, Rank: 1, Total: 4760, Score: 744, Low: 653, High: 822},
		{Option: node, Total: 4680, Score: 731, Low: 631, High: 817, Excluded: []Rule{{dat, ml, 50}}},
	})
	check(t, "verdict", d.Verdict, OnlyOne)
	check(t, "draws", d.Robustness.Draws, 0)
	check(t, "excluded", d.Versus[0].Excluded, true)
}

func TestWorkedExampleOther(t *testing.T) {
	e := example(t)
	d := Decide(e, give(t, e, "workload 3 normal, team 1 normal, hosting 1 normal"))
	check(t, "sum", d.Total, int64(38))
	check(t, "totals", []int64{d.StandingOf(node).Total, d.StandingOf(python).Total}, []int64{2580, 2760})
	check(t, "scores", []int{d.ScoreOf(node), d.ScoreOf(python)}, []int{679, 726})
	// Seen from the leader, python; the paper lists node's side as minus these.
	check(t, "contributions", d.Versus[0].Criteria, []Part{{io, -200, -53}, {ml, 520, 137}, {talent, 60, 16}, {startup, -200, -53}})
	check(t, "credits", d.Robustness.Options[python].Credits, int64(22728))
	check(t, "exact", d.Versus[0].Share, &ExactShare{21, 0, 27})
	check(t, "flip distance", d.Versus[0].Flip, ratio(1, 19))
	check(t, "unknown", d.StandingOf(python).Unknown, int64(10))
}

func TestWorkedExampleWholeSpace(t *testing.T) {
	const want = 3713.0 / 9180
	got := WholeSpaceShare([]int64{25, -65, -5, 20})
	if math.Abs(got-want) > 1e-12 {
		t.Errorf("WholeSpaceShare = %.15f, want %.15f", got, want)
	}
	if m := New(example(t)).WholeSpaceShare(node, python); m != got {
		t.Errorf("Model.WholeSpaceShare = %v, want %v", m, got)
	}
}

func TestDecideNoAnswers(t *testing.T) {
	e := example(t)
	d := Decide(e, e.NoAnswers())
	check(t, "decision", d.Verdict, NoAnswers)
	check(t, "standings", len(d.Standings)+len(d.Versus)+d.Robustness.Draws, 0)
	check(t, "open", d.Changes.Open, []Open{{Slot: 0}, {Slot: 1}, {Slot: 2}, {Slot: 3}})
}
