package score

import (
	"fmt"
	"slices"

	"tiebreak/internal/compare"
)

// Bias returns what in the edition would favour an option whatever its reader
// answers: an option that no answers make first, a position in the lists of
// choices that decides by itself. The content is checked with it when loaded.
func (m *Model) Bias() []compare.Problem {
	var problems []compare.Problem
	at := fmt.Sprintf("editions[%d].questions", m.edition.Number)
	for o := range m.options {
		if !m.canWin(o) {
			problems = append(problems, compare.Problem{At: at, Msg: fmt.Sprintf(
				"option %q cannot come first whatever a reader answers: no points reward what it is good at", m.options[o].id)})
		}
	}
	few := newModel(m.edition, biasDraws)
	for k := range compare.MaxChoices {
		a, answered := m.always(k)
		if 2*answered < len(m.questions) {
			break // too few questions have so many choices
		}
		d := few.Decide(a)
		if d.nearlyClear() {
			d = m.Decide(a)
		}
		if d.Verdict == Clear {
			problems = append(problems, compare.Problem{At: at, Msg: fmt.Sprintf(
				"choice %d of every question gives a clear decision for %q: order the choices so that a place in the list decides nothing",
				k+1, m.options[d.Leader()].id)})
		}
	}
	return problems
}

// biasDraws of a robustness run tell most verdicts apart, and all draws take as
// long as reading two hundred facts. The share of 90 % that a clear verdict asks
// for has a standard error of 0.7 points then: what comes within biasDoubt of it
// is drawn to the end.
const (
	biasDraws = 2048
	biasDoubt = 4 // percent of the draws
)

// nearlyClear reports whether more draws may make the verdict a clear one, or
// what is a clear one by these draws something else.
func (d *Decision) nearlyClear() bool {
	if d.Verdict != Clear && d.Verdict != Leans {
		return false
	}
	return 100*d.Robustness.Options[d.Leader()].Credits >= (veryLikely-biasDoubt)*d.Robustness.Credits
}

// canWin reports whether some answers make the option first by itself. The
// answers tried are those that help it most against each rival in turn, and
// against all of them together; with two options that is exact.
func (m *Model) canWin(o int) bool {
	for rival := range m.options {
		if rival == o {
			continue
		}
		if m.winsWith(o, func(ch *choice) int64 { return ch.totals[o] - ch.totals[rival] }) {
			return true
		}
	}
	n := int64(len(m.options))
	return m.winsWith(o, func(ch *choice) int64 {
		gain := n * ch.totals[o]
		for _, t := range ch.totals {
			gain -= t
		}
		return gain
	})
}

// winsWith reports whether the option is first by itself when every question
// is answered with the choice of the largest gain, where that is positive.
func (m *Model) winsWith(o int, gain func(*choice) int64) bool {
	totals := make([]int64, len(m.options))
	for i := range m.questions {
		var best *choice
		for j := range m.questions[i].choices {
			ch := &m.questions[i].choices[j]
			if g := gain(ch); g > 0 && (best == nil || g > gain(best)) {
				best = ch
			}
		}
		if best == nil {
			continue
		}
		for r, t := range best.totals {
			totals[r] += t
		}
	}
	return !slices.ContainsFunc(slices.Delete(slices.Clone(totals), o, o+1), func(t int64) bool { return t >= totals[o] })
}

// always returns the answers of somebody who takes the choice at one place of
// every list, counted from 0, and how many questions have one. Conditions,
// whose importance is fixed to must, are left out: to meet them all at once is
// nobody's case.
func (m *Model) always(place int) (compare.Answers, int) {
	a := m.edition.NoAnswers()
	answered := 0
	for _, q := range m.edition.Asked() {
		offered := q.Offered()
		if q.Fixed != nil && *q.Fixed == compare.Mandatory || place >= len(offered) {
			continue
		}
		ans := compare.Answer{Choice: offered[place].Number}
		if q.Fixed != nil {
			ans.Importance = *q.Fixed
		}
		a = a.With(q.Slot, ans)
		answered++
	}
	return a, answered
}

// A Mirror is the model of an edition beside that of the same edition with the
// ratings of two options swapped.
type Mirror struct {
	was, is *Model
	x, y    int
}

// NewMirror returns the mirror of an edition in its options x and y, counted
// from 0.
func NewMirror(e *compare.Edition, x, y int) *Mirror {
	swapped := *e
	swapped.Criteria = slices.Clone(e.Criteria)
	for i := range swapped.Criteria {
		cells := slices.Clone(swapped.Criteria[i].Cells)
		cells[x], cells[y] = cells[y], cells[x]
		cells[x].Option, cells[y].Option = cells[y].Option, cells[x].Option
		swapped.Criteria[i].Cells = cells
	}
	return &Mirror{New(e), New(&swapped), x, y}
}

// Holds reports whether swapping the ratings of the two options swaps what the
// answers come to: leader, totals and margin. If it does not, the model and
// not the content prefers one of them.
func (m *Mirror) Holds(a compare.Answers) bool {
	was, is, x, y := m.was.count(a), m.is.count(a), m.x, m.y
	is.totals[x], is.totals[y] = is.totals[y], is.totals[x]
	return slices.Equal(was.totals, is.totals) && was.sum == is.sum &&
		was.excluded.has(x) == is.excluded.has(y) && was.excluded.has(y) == is.excluded.has(x)
}
