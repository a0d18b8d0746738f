package compare

import (
	"fmt"
	"slices"
)

// contradictions checks them against the questions readers are asked today.
func (k *checker) contradictions(e *Edition) {
	seen := map[string]bool{}
	for i := range k.c.Contradictions {
		x := &k.c.Contradictions[i]
		at := fmt.Sprintf("contradictions[%d]", i)
		k.unique(seen, optionForm, at+".id", x.ID)
		k.present(at+".text", x.Text)
		if len(x.Between) < 2 {
			k.bad(at+".between", "a contradiction is between answers to at least two questions")
		}
		questions := map[string]bool{}
		for j, side := range x.Between {
			k.side(fmt.Sprintf("%s.between[%d]", at, j), e, side)
			if questions[side.Question] {
				k.bad(fmt.Sprintf("%s.between[%d].question", at, j), "question %q stands twice: nobody gives two answers to it", side.Question)
			}
			questions[side.Question] = true
		}
	}
}

func (k *checker) side(at string, e *Edition, side Side) {
	q := e.Question(side.Question)
	if q == nil || q.Retired {
		k.bad(at+".question", "question %q is not asked in edition %d", side.Question, e.Number)
		return
	}
	if len(side.Choices) == 0 {
		k.bad(at+".choices", "name the choices of %q that are part of it", q.ID)
	}
	for _, id := range side.Choices {
		if !slices.ContainsFunc(q.Offered(), func(ch *Choice) bool { return ch.ID == id }) {
			k.bad(at+".choices", "question %q offers no choice %q", q.ID, id)
		}
	}
}
