package score

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"tiebreak/internal/compare"
)

// propertyCases is the number of random inputs each property is tried with.
const propertyCases = 2000

// fewDraws is the length of a robustness run in properties that hold for each
// draw, so that a short run shows as much as a long one.
const fewDraws = blockDraws

// forCases calls f with random inputs that are the same in every run. A
// failure names its case; cases do not depend on each other.
func forCases(t *testing.T, n int, f func(t *testing.T, g gen)) {
	t.Helper()
	t.Parallel()
	for i := range n {
		// The name of the test keeps one property's cases apart from
		// another's.
		f(t, gen{rand.New(rand.NewPCG(uint64(newStream(t.Name())), uint64(i)))})
		if t.Failed() {
			t.Fatalf("in case %d of %d", i, n)
		}
	}
}

// A gen makes random editions and answers.
type gen struct{ *rand.Rand }

// A size bounds a random edition.
type size struct {
	options, criteria, questions, choices int // largest numbers
	musts                                 bool
	unknown                               bool
	bands                                 bool
}

var usual = size{options: 6, criteria: 5, questions: 5, choices: 4, musts: true, unknown: true, bands: true}

func (g gen) between(low, high int) int { return low + g.IntN(high-low+1) }

func (g gen) percent(p int) bool { return g.IntN(100) < p }

func (g gen) edition(s size) *compare.Edition {
	e := &compare.Edition{Comparison: "a-vs-b", Number: 1}
	for o := range g.between(2, s.options) {
		e.Options = append(e.Options, compare.Option{ID: fmt.Sprintf("o%d", o)})
	}
	// Coarse values bring ties and equal cells about.
	step := []int{1, 1, 10, 50}[g.IntN(4)]
	for c := range g.between(1, s.criteria) {
		criterion := compare.Criterion{ID: fmt.Sprintf("c%d", c)}
		for _, o := range e.Options {
			criterion.Cells = append(criterion.Cells, g.cell(o.ID, step, s))
		}
		e.Criteria = append(e.Criteria, criterion)
	}
	slots := g.Perm(compare.MaxSlots)
	for q := range g.between(1, s.questions) {
		e.Questions = append(e.Questions, g.question(q, slots[q], len(e.Criteria), s))
	}
	return e
}

func (g gen) cell(option string, step int, s size) compare.Cell {
	if s.unknown && g.percent(10) {
		return compare.Cell{Option: option, Unknown: true, Value: 50, Lo: 0, Hi: 100}
	}
	c := compare.Cell{Option: option, Value: g.between(0, 100/step) * step}
	c.Lo, c.Hi = c.Value, c.Value
	if s.bands && g.percent(80) {
		c.Lo, c.Hi = g.between(0, c.Value), g.between(c.Value, 100)
	}
	return c
}

func (g gen) question(i, slot, criteria int, s size) compare.Question {
	q := compare.Question{ID: fmt.Sprintf("q%d", i), Slot: slot}
	if g.percent(15) {
		fixed := compare.Importance(g.IntN(4))
		q.Fixed = &fixed
	}
	numbers := g.Perm(compare.MaxChoices)
	for k := range g.between(1, s.choices) {
		ch := compare.Choice{ID: fmt.Sprintf("k%d", k), Number: numbers[k] + 1}
		left := compare.MaxPoints
		for _, c := range g.Perm(criteria) {
			if g.percent(40) {
				n := g.between(0, left)
				left -= n
				ch.Points = append(ch.Points, compare.Points{Criterion: fmt.Sprintf("c%d", c), N: n})
			}
		}
		if s.musts && g.percent(30) {
			ch.Musts = append(ch.Musts, compare.Must{Criterion: fmt.Sprintf("c%d", g.IntN(criteria)), Min: g.between(0, 100)})
		}
		q.Choices = append(q.Choices, ch)
	}
	return q
}

// answers answers most questions.
func (g gen) answers(e *compare.Edition) compare.Answers {
	a := e.NoAnswers()
	for i := range e.Questions {
		if g.percent(80) {
			q := &e.Questions[i]
			a = a.With(q.Slot, compare.Answer{Choice: q.Choices[g.IntN(len(q.Choices))].Number, Importance: g.importance(q)})
		}
	}
	return a
}

func (g gen) importance(q *compare.Question) compare.Importance {
	if q.Fixed != nil {
		return *q.Fixed
	}
	return compare.Importance(g.IntN(4))
}

// clone returns a deep copy of all that a decision depends on.
func clone(e *compare.Edition) *compare.Edition {
	c := *e
	c.Options = append([]compare.Option(nil), e.Options...)
	c.Criteria = append([]compare.Criterion(nil), e.Criteria...)
	for i := range c.Criteria {
		c.Criteria[i].Cells = append([]compare.Cell(nil), c.Criteria[i].Cells...)
	}
	c.Questions = append([]compare.Question(nil), e.Questions...)
	for i := range c.Questions {
		q := &c.Questions[i]
		q.Choices = append([]compare.Choice(nil), q.Choices...)
		for k := range q.Choices {
			q.Choices[k].Points = append([]compare.Points(nil), q.Choices[k].Points...)
			q.Choices[k].Musts = append([]compare.Must(nil), q.Choices[k].Musts...)
		}
	}
	return &c
}

// move gives the answers of one edition to a copy of it.
func move(a compare.Answers, from, to *compare.Edition) compare.Answers {
	b := to.NoAnswers()
	for i := range from.Questions {
		b = b.With(from.Questions[i].Slot, a.At(from.Questions[i].Slot))
	}
	return b
}

// decideShort decides with a short robustness run.
func decideShort(e *compare.Edition, a compare.Answers) *Decision {
	return newModel(e, fewDraws).Decide(a)
}

// decideBase decides without a robustness run.
func decideBase(e *compare.Edition, a compare.Answers) *Decision { return newModel(e, 0).Decide(a) }
