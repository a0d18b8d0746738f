package score

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/compare"
)

// randomPeople returns the answers of n readers, no two alike.
func randomPeople(rng *rand.Rand, e *compare.Edition, n int) []compare.Answers {
	var people []compare.Answers
	for len(people) < n {
		a := e.NoAnswers()
		for _, q := range e.Asked() {
			offered := q.Offered()
			pick := rng.IntN(len(offered) + 1)
			if pick == len(offered) {
				continue
			}
			ans := compare.Answer{Choice: offered[pick].Number, Importance: compare.Importance(rng.IntN(3))}
			if q.Fixed != nil {
				ans.Importance = *q.Fixed
			}
			a = a.With(q.Slot, ans)
		}
		if a.Count() > 0 && !slices.Contains(people, a) {
			people = append(people, a)
		}
	}
	return people
}

// TestWideRun checks that the run for large sums counts what the packed one
// counts, on sums that both can take.
func TestWideRun(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 1))
	for range 20 {
		m := New(example(t))
		b := m.add(m.votes(randomPeople(rng, m.edition, 1)[0]))
		if b.sum == 0 || len(b.left) < 2 {
			continue
		}
		packed, wide := m.trial(b), m.trial(b)
		for at := 0; at < m.draws/4; at += blockQuads {
			packed.block(at)
		}
		(&wideRun{wide, make([]int64, len(b.left))}).run(m.draws)
		if diff := cmp.Diff(packed.tally.Credits, wide.tally.Credits); diff != "" {
			t.Fatalf("credits differ (-packed +wide):\n%s", diff)
		}
		if !slices.Equal(packed.scores, wide.scores) {
			t.Fatal("histograms of scores differ")
		}
	}
}

// TestTogether checks what a joint decision promises: weights are sums of the
// people's weights, the parts of people and answers add up to the margin, and
// the order of people changes no number.
func TestTogether(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 2))
	m := New(example(t))
	for range 100 {
		people := randomPeople(rng, m.edition, 2+rng.IntN(5))
		j := m.Together(people)
		weights := make([]int64, len(m.edition.Criteria))
		for _, a := range people {
			for c, w := range m.Decide(a).Weights {
				weights[c] += w
			}
		}
		if !slices.Equal(j.Weights, weights) {
			t.Fatalf("weights = %v, want %v", j.Weights, weights)
		}
		if len(j.Versus) == 0 {
			continue
		}
		p := j.Versus[0]
		exact, tenths := int64(0), 0
		for _, person := range j.People {
			exact += person.Part.Exact
			tenths += person.Part.Tenths
		}
		if exact != p.Exact || tenths != p.Tenths {
			t.Fatalf("parts of people come to %d and %d, want %d and %d", exact, tenths, p.Exact, p.Tenths)
		}
		turned := slices.Clone(people)
		slices.Reverse(turned)
		k := m.Together(turned)
		if k.Verdict != j.Verdict || !slices.Equal(k.Robustness.Options, j.Robustness.Options) || k.Versus[0].Exact != p.Exact {
			t.Fatal("the order of people changes the joint decision")
		}
	}
}

// TestTogetherAlike checks that people who differ in nothing but a mark come to
// the same leader as one of them, and that questions they agree on are not said
// to matter.
func TestTogetherMatters(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 3))
	m := New(example(t))
	for range 200 {
		people := randomPeople(rng, m.edition, 3)
		j := m.Together(people)
		first, out := -1, optionSet(0)
		if j.Leads() {
			first = j.Leader()
		}
		for _, s := range j.Excluded() {
			out |= 1 << s.Option
		}
		for _, s := range j.Questions {
			if s.Agreed {
				if s.Matters {
					t.Fatal("a question all agree on is said to matter")
				}
				continue
			}
			matters := false
			for i := range people {
				var all []vote
				for _, a := range people {
					all = append(all, m.votes(a.With(s.Slot, people[i].At(s.Slot)))...)
				}
				then := m.add(all)
				if leader := then.leader(); leader != s.IfAll[i] || len(then.left) != s.Left[i] {
					t.Fatalf("IfAll[%d] = %d of %d, want %d of %d", i, s.IfAll[i], s.Left[i], leader, len(then.left))
				}
				matters = matters || then.leader() != first || then.excluded != out
			}
			if matters != s.Matters {
				t.Fatalf("Matters = %t, want %t", s.Matters, matters)
			}
		}
	}
}

// TestTogetherLarge checks that twenty people with everything at the highest
// mark stay within the run's arithmetic: shares of all options make the whole.
func TestTogetherLarge(t *testing.T) {
	e := largeEdition()
	m := New(e)
	var people []compare.Answers
	for i := range 20 {
		a := e.NoAnswers()
		for slot := range compare.MaxSlots {
			a = a.With(slot, compare.Answer{Choice: 1, Importance: compare.High})
		}
		people = append(people, a.With(i, compare.Answer{Choice: 1}))
	}
	j := m.Together(people)
	if j.Total <= packedSum {
		t.Fatalf("the sum of weights is %d, too small to test anything", j.Total)
	}
	sum := int64(0)
	for _, o := range j.Robustness.Options {
		sum += o.Credits
	}
	if sum != j.Robustness.Credits || j.Leader() != 0 || j.Robustness.Options[0].Low < 700 {
		t.Errorf("credits %d of %d, leader %d, %+v", sum, j.Robustness.Credits, j.Leader(), j.Robustness.Options)
	}
}

// largeEdition has a question in every slot, each with ten points on the one
// criterion on which the first option is better.
func largeEdition() *compare.Edition {
	e := &compare.Edition{
		Comparison: "a-vs-b", Number: 1,
		Options: []compare.Option{{ID: "a"}, {ID: "b"}},
		Criteria: []compare.Criterion{{ID: "c", Cells: []compare.Cell{
			{Option: "a", Value: 80, Lo: 70, Hi: 90}, {Option: "b", Value: 60, Lo: 40, Hi: 85},
		}}},
	}
	for slot := range compare.MaxSlots {
		e.Questions = append(e.Questions, compare.Question{
			ID: "q" + string(rune('a'+slot)), Slot: slot,
			Choices: []compare.Choice{{ID: "x", Number: 1, Points: []compare.Points{{Criterion: "c", N: 10}}}},
		})
	}
	return e
}
