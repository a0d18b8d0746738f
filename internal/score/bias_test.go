package score

import (
	"math/rand/v2"
	"slices"
	"testing"

	"tiebreak/internal/compare"
)

// TestBias checks that both rules find what they are for: the second choices
// of the worked example all speak for one option, and an edition whose one
// criterion has one winner.
func TestBias(t *testing.T) {
	got := New(example(t)).Bias()
	want := `choice 2 of every question gives a clear decision for "python": order the choices so that a place in the list decides nothing`
	if len(got) != 1 || got[0].Msg != want {
		t.Errorf("Bias of the worked example = %v, want %s", got, want)
	}
	e := largeEdition() // one criterion, on which the first option is better
	got = New(e).Bias()
	if !slices.ContainsFunc(got, func(p compare.Problem) bool {
		return p.Msg == `option "b" cannot come first whatever a reader answers: no points reward what it is good at`
	}) {
		t.Errorf("Bias = %v, want option b named", got)
	}
}

// TestMirror swaps every pair of options for random readers. A model that
// looked at an option's place would fail it.
func TestMirror(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 1))
	e := three(t)
	for range 200 {
		a := randomPeople(rng, e, 1)[0]
		for x := range e.Options {
			for y := range x {
				if !NewMirror(e, x, y).Holds(a) {
					t.Fatalf("swapping options %d and %d does not swap the result of %s", x, y, a.Code())
				}
			}
		}
	}
}
