package score

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
)

// Decisions are worked out in memory that is used again. None may change once it
// is handed out, whatever is decided after it; nor where there are more options,
// flips or rules than a record has room for.
func TestDecisionsStay(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 1))
	eight, _ := sized(5, 8, 12, 16, 4)
	full, _ := sized(3, 2, 32, 25, 7)
	for _, m := range []*Model{
		newModel(example(t), fewDraws), newModel(three(t), fewDraws), newModel(eight, fewDraws), newModel(full, fewDraws),
	} {
		var made []*Decision
		var then []string
		people := randomPeople(rng, m.edition, 20)
		for _, a := range people {
			made = append(made, m.Decide(a))
			then = append(then, written(t, made[len(made)-1]))
			m.Together(people[:2])
			m.Outcome(a)
		}
		for i, d := range made {
			if now := written(t, d); now != then[i] {
				t.Fatalf("a decision was\n%s\nand after others is\n%s", then[i], now)
			}
			if anew := written(t, newModel(m.edition, fewDraws).Decide(d.Answers)); anew != then[i] {
				t.Fatalf("decided in memory used before\n%s\nand in new memory\n%s", then[i], anew)
			}
		}
	}
}

// written returns all that a decision holds but what it was made of.
func written(t *testing.T, d *Decision) string {
	t.Helper()
	alone := *d
	alone.Edition = nil
	text, err := json.Marshal(alone)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A decision on an edition of two options takes one piece of memory, or few.
func TestDecideAllocates(t *testing.T) {
	e, a := sized(1, 2, 12, 16, 6)
	m := newModel(e, fewDraws)
	most := 3.0
	if raceDetector {
		most = 20 // its pools throw away part of what they are given
	}
	if n := testing.AllocsPerRun(100, func() { m.Decide(a) }); n > most {
		t.Errorf("a decision takes %v pieces of memory, want %v at most", n, most)
	}
}
