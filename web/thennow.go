package web

import (
	"slices"

	"tiebreak/internal/compare"
	"tiebreak/templates"
)

// thenNow returns what today's edition says of the answers in an older link,
// nil if the result is by today's edition already. What became of each answer
// is what the newer editions state.
func (s *server) thenNow(asked askedResult) *templates.ThenNow {
	c, then := asked.comparison, asked.decoded.Answers
	today := c.Current()
	if then.Edition() == today {
		return nil
	}
	now, lost := c.Renew(then)
	renewed := askedResult{comparison: c, decoded: compare.Decoded{Answers: now, Asked: today.Number}}
	data := &templates.ThenNow{Comparison: c, Then: s.report(asked), Now: s.report(renewed), Lost: named(then, lost)}
	for _, q := range today.Asked() {
		if then.Edition().Question(q.ID) == nil && now.At(q.Slot).Choice == 0 {
			data.Fresh = append(data.Fresh, q.Text)
		}
	}
	return data
}

// named puts what was answered behind the text of each question. A question
// that came and went between the two editions has no answer in the link itself.
func named(a compare.Answers, questions []string) []string {
	list := slices.Clone(questions)
	for _, q := range a.Edition().Asked() {
		i := slices.Index(questions, q.Text)
		if choice, _ := a.To(q); i >= 0 && choice != nil {
			list[i] += " “" + choice.Label + "”"
		}
	}
	return list
}
