package score

import "tiebreak/internal/compare"

// Outcome returns the verdict that Decide would reach and the id of the option
// that is ahead, "" if none is. It leaves out all that explains a decision, so
// that thousands of readers can be counted.
func (m *Model) Outcome(a compare.Answers) (Verdict, string) {
	b := m.count(a)
	d := &Decision{Total: b.sum, Thin: len(b.votes) < thinAnswers}
	if b.sum > 0 {
		d.Standings = m.standings(b)
		first, second := d.Standings[0], d.Standings[1]
		d.Versus = []Pair{{A: first.Option, B: second.Option, Exact: first.Total - second.Total}}
		d.Robustness = m.robustness(b)
	}
	d.Verdict = verdict(b, d)
	if !d.Leads() {
		return d.Verdict, ""
	}
	return d.Verdict, m.options[d.Leader()].id
}

// RandomReader returns the answers of the i-th random reader of an edition, the
// same on every machine. One question in four is not answered, its choices are
// given equally often, and of the marks left to the reader half are normal, a
// quarter low, an eighth high and an eighth must. All of it is drawn from one
// word keyed by the question's id and i, as in SCORING.md section 7, so a
// question that comes or goes changes no other answer.
func RandomReader(e *compare.Edition, i int) compare.Answers {
	a := e.NoAnswers()
	for _, q := range e.Asked() {
		offered := q.Offered()
		w := newStream("v1|reader|" + q.ID).at(i)
		if w>>62 == 0 || len(offered) == 0 {
			continue
		}
		ch := offered[(w>>30&0xffffffff)*uint64(len(offered))>>32]
		importance := [8]compare.Importance{4: compare.Low, 5: compare.Low, 6: compare.High, 7: compare.Mandatory}[w&7]
		if q.Fixed != nil {
			importance = *q.Fixed
		}
		a = a.With(q.Slot, compare.Answer{Choice: ch.Number, Importance: importance})
	}
	return a
}
