package score

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"tiebreak/internal/compare"
)

// reference is section 7 of SCORING.md word by word: one draw after the other,
// nothing laid out, every draw handed to a tally.
func reference(e *compare.Edition, a compare.Answers, left []int, draws int) ([]Acceptability, *Tally) {
	hash := func(s string) uint64 {
		h := fnv.New64a()
		h.Write([]byte(s))
		return h.Sum64()
	}
	rnd := func(s string, i int) uint64 {
		z := hash(s) + uint64(i+1)*0x9e3779b97f4a7c15
		z ^= z >> 30
		z *= 0xbf58476d1ce4e5b9
		z ^= z >> 27
		z *= 0x94d049bb133111eb
		z ^= z >> 31
		return z
	}
	tally := NewTally(len(left), len(e.Criteria))
	histograms := make([][1001]int, len(left))
	for i := range draws {
		weights := make(map[string]int64)
		sum := int64(0)
		for k := range e.Questions {
			q := &e.Questions[k]
			ch, importance := a.To(q)
			if ch == nil {
				continue
			}
			j := rnd("v1|q|"+q.ID, i) >> 32 * 3 >> 32
			for _, p := range ch.Points {
				w := importance.Multiplier() << j * int64(p.N)
				weights[p.Criterion] += w
				sum += w
			}
		}
		totals := make([]int64, len(left))
		drawn := make([]int64, len(e.Criteria))
		for c, criterion := range e.Criteria {
			drawn[c] = weights[criterion.ID]
			for n, o := range left {
				cell := criterion.Cells[o]
				x := 1024 * int64(cell.Value)
				if cell.Lo < cell.Hi {
					z := rnd("v1|v|"+cell.Option+"|"+criterion.ID, i)
					u := int64(z >> 44)
					if z%2 == 0 {
						x -= int64(cell.Value-cell.Lo) * u >> 10
					} else {
						x += int64(cell.Hi-cell.Value) * u >> 10
					}
				}
				totals[n] += weights[criterion.ID] * x
			}
		}
		tally.Add(totals, drawn)
		for n, total := range totals {
			histograms[n][(10*total+512*sum)/(1024*sum)]++
		}
	}
	acc := make([]Acceptability, len(e.Options))
	for n, o := range left {
		acc[o] = Acceptability{tally.Credits[n], referencePercentile(&histograms[n], draws, 5), referencePercentile(&histograms[n], draws, 95)}
	}
	return acc, tally
}

func referencePercentile(h *[1001]int, draws, percent int) int {
	count := 0
	for bin, n := range h {
		count += n
		if 100*count >= draws*percent {
			return bin
		}
	}
	return -1
}

func TestRunIsTheReference(t *testing.T) {
	forCases(t, 500, func(t *testing.T, g gen) {
		s := usual
		s.options, s.criteria, s.questions = 12, 8, 8
		s.musts = g.percent(30)
		e := g.edition(s)
		a := g.answers(e)
		m := newModel(e, fewDraws)
		b := m.count(a)
		if b.sum == 0 || len(b.left) < 2 {
			return
		}
		want, tally := reference(e, a, b.left, fewDraws)
		r := m.Decide(a).Robustness
		mustEqual(t, want, r.Options)
		mustEqual(t, tally.Unit*fewDraws, r.Credits)
	})
}

// The widest edition that New accepts fills the words of the run without
// running over.
func TestRunAtItsLimits(t *testing.T) {
	e := &compare.Edition{Options: []compare.Option{{ID: "a"}, {ID: "b"}, {ID: "c"}}}
	cell := func(id string, v int) compare.Cell { return compare.Cell{Option: id, Value: v, Lo: v, Hi: v} }
	e.Criteria = []compare.Criterion{
		{ID: "x", Cells: []compare.Cell{cell("a", 100), cell("b", 100), cell("c", 0)}},
		{ID: "y", Cells: []compare.Cell{cell("a", 100), cell("b", 0), cell("c", 100)}},
	}
	a := e.NoAnswers()
	for slot := range compare.MaxSlots {
		points := []compare.Points{{Criterion: "x", N: maxChoicePoints - 1}, {Criterion: "y", N: 1}}
		e.Questions = append(e.Questions, compare.Question{
			ID: string(rune('a' + slot)), Slot: slot, Choices: []compare.Choice{{Number: 1, Points: points}},
		})
		a = a.With(slot, compare.Answer{Choice: 1, Importance: compare.High})
	}
	d := drawImportance(newModel(e, fewDraws), 4).Decide(a)
	mustEqual(t, []Acceptability{{d.Robustness.Credits, 1000, 1000}, {0, 990, 990}, {0, 10, 10}}, d.Robustness.Options)

	e.Questions[0].Choices[0].Points[0].N++
	defer func() {
		if recover() == nil {
			t.Error("New accepts a choice of too many points")
		}
	}()
	New(e)
}

// Draws added together count as they do one by one, ties among them, for two
// options and for three.
func TestAddDraws(t *testing.T) {
	t.Parallel()
	for _, options := range []int{2, 3} {
		rng := rand.New(rand.NewPCG(uint64(options), 1))
		totals := make([]int64, options*500)
		for i := range totals {
			totals[i] = rng.Int64N(4)
		}
		want, got := NewTally(options, 0), NewTally(options, 0)
		for draw := range slices.Chunk(totals, options) {
			want.Add(draw, nil)
		}
		got.addDraws(totals[:options*100])
		got.reset()
		got.addDraws(totals[:options*200])
		got.addDraws(totals[options*200:])
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(Tally{}), cmpopts.IgnoreFields(Tally{}, "better")); diff != "" {
			t.Errorf("%d options, one by one and together (-want +got):\n%s", options, diff)
		}
	}
}

func TestTally(t *testing.T) {
	tally := NewTally(3, 2)
	tally.Add([]int64{5, 5, 1}, []int64{3, 1})
	tally.Add([]int64{9, 2, 2}, []int64{1, 3})
	tally.Add([]int64{4, 4, 4}, []int64{2, 2})
	tally.Add([]int64{0, 1, 0}, []int64{4, 0})

	mustEqual(t, int64(6), tally.Unit)
	mustEqual(t, []int64{3 + 6 + 2, 3 + 2 + 6, 2}, tally.Credits)
	mustEqual(t, [][]int64{{3, 1, 0}, {3, 1, 0}, {1, 2, 1}}, tally.Ranks)
	mustEqual(t, [][]int64{{0, 1, 2}, {1, 0, 2}, {0, 0, 0}}, tally.Wins)
	mustEqual(t, []Ratio{{2, 1}, {2, 1}}, tally.CentralWeights(0))
	mustEqual(t, []Ratio{{3, 1}, {1, 1}}, tally.CentralWeights(1))
	if got := NewTally(2, 1).CentralWeights(0); got != nil {
		t.Errorf("central weights of no draws = %v, want nil", got)
	}
}
