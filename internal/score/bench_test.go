package score

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"tiebreak/internal/compare"
)

// sized returns an edition of the given size and answers to all its questions.
// Every choice puts points on three criteria.
func sized(seed uint64, options, criteria, questions, choices int) (*compare.Edition, compare.Answers) {
	rng := rand.New(rand.NewPCG(seed, 1))
	e := &compare.Edition{Comparison: "a-vs-b", Number: 1}
	for o := range options {
		e.Options = append(e.Options, compare.Option{ID: fmt.Sprint("o", o)})
	}
	for c := range criteria {
		cr := compare.Criterion{ID: fmt.Sprint("c", c)}
		for o := range options {
			v := 10 + rng.IntN(81)
			cr.Cells = append(cr.Cells, compare.Cell{Option: e.Options[o].ID, Value: v, Lo: v - 10, Hi: v + 10})
		}
		e.Criteria = append(e.Criteria, cr)
	}
	for q := range questions {
		qu := compare.Question{ID: fmt.Sprint("q", q), Slot: q}
		for k := range choices {
			ch := compare.Choice{Number: k + 1}
			for _, c := range rng.Perm(criteria)[:3] {
				ch.Points = append(ch.Points, compare.Points{Criterion: fmt.Sprint("c", c), N: 1 + rng.IntN(3)})
			}
			qu.Choices = append(qu.Choices, ch)
		}
		e.Questions = append(e.Questions, qu)
	}
	a := e.NoAnswers()
	for q := range questions {
		a = a.With(q, compare.Answer{Choice: 1 + rng.IntN(choices), Importance: compare.Importance(rng.IntN(3))})
	}
	return e, a
}

// The sizes of SCORING.md section 11, which says what each part must stay
// under, and the largest there can be.
func BenchmarkDecide(b *testing.B) {
	for _, size := range []struct{ options, criteria, questions, choices int }{
		{2, 12, 16, 6}, {2, 32, 20, 6}, {8, 12, 16, 6}, {12, 32, 25, 7},
	} {
		b.Run(fmt.Sprintf("o%d-c%d-q%d", size.options, size.criteria, size.questions), func(b *testing.B) {
			e, a := sized(1, size.options, size.criteria, size.questions, size.choices)
			m := New(e)
			m.Decide(a) // lays out the draws
			b.ReportAllocs()
			for b.Loop() {
				m.Decide(a)
			}
		})
	}
}

// BenchmarkNew is a model's first decision: all that is laid out once.
func BenchmarkNew(b *testing.B) {
	e, a := sized(1, 2, 32, 20, 6)
	for b.Loop() {
		Decide(e, a)
	}
}

// BenchmarkSums is weights, totals, contributions and closed forms: under 50 us.
func BenchmarkSums(b *testing.B) {
	e, a := sized(1, 2, 12, 16, 6)
	m := newModel(e, 0)
	for b.Loop() {
		ballot := m.count(a)
		s := m.standings(ballot)
		x, y := &m.options[s[0].Option], &m.options[s[1].Option]
		Contributions(ballot.weights, x.values, y.values)
		FlipDistance(ballot.weights, x.values, y.values)
		EvidenceTolerance(ballot.weights, x.values, x.down, y.values, y.up)
		m.intervals(&Robustness{}, ballot)
	}
}

// BenchmarkChanges is flips of one and two changes, all of them tried and kept:
// under 2 ms.
func BenchmarkChanges(b *testing.B) {
	for _, options := range []int{2, 8} {
		b.Run(fmt.Sprintf("o%d", options), func(b *testing.B) {
			e, a := sized(1, options, 12, 16, 6)
			m := newModel(e, 0)
			ballot := m.count(a)
			p := newProbe(m, ballot, m.standings(ballot))
			for b.Loop() {
				p := newProbe(m, ballot, m.standings(ballot))
				p.singles()
				p.pairs()
			}
			b.ReportMetric(float64(len(p.pairs())), "flips")
		})
	}
}

// BenchmarkExactPair must stay under 3 ms for 16 answers and 20 ms for 20.
// Parts far apart cannot be counted in a table.
func BenchmarkExactPair(b *testing.B) {
	for _, n := range []int{16, 20} {
		for _, scale := range []int64{1, 1_000_003} {
			b.Run(fmt.Sprintf("n%d-scale%d", n, scale), func(b *testing.B) {
				rng := rand.New(rand.NewPCG(1, 1))
				parts := make([]int64, n)
				for i := range parts {
					parts[i] = (rng.Int64N(2000)-1000)*scale + rng.Int64N(100)
				}
				for b.Loop() {
					ExactPair(parts)
				}
			})
		}
	}
}

// BenchmarkRun is the robustness run: under 10 ms for two options, under 25
// for eight.
func BenchmarkRun(b *testing.B) {
	for _, options := range []int{2, 8} {
		b.Run(fmt.Sprintf("o%d", options), func(b *testing.B) {
			e, a := sized(1, options, 12, 16, 6)
			m := New(e)
			ballot := m.count(a)
			m.robustness(ballot)
			b.ReportAllocs()
			for b.Loop() {
				m.robustness(ballot)
			}
		})
	}
}
