package report

import (
	"fmt"
	"slices"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

// answers say what was answered and what each answer did, in the order of the form.
func (m *maker) answers() []Answer {
	answers := []Answer{}
	for _, q := range m.e.Asked() {
		choice, importance := m.d.Answers.To(q)
		if choice == nil {
			continue
		}
		a := Answer{
			Slot: q.Slot, Question: q.ID, Text: q.Text, Choice: choice.ID, Label: choice.Label,
			Importance: importance.String(), Fixed: q.Fixed != nil,
			Flips: m.flippedBy(q), ChangeURL: m.Links.Change(q.ID),
		}
		if m.p != nil {
			a.Points = pointsOf(m.p.Answers, q.Slot)
		}
		a.FlipText = flipText(a.Flips)
		m.setFactor(&a, q.Slot)
		answers = append(answers, a)
	}
	return answers
}

func pointsOf(parts []score.Part, index int) Points {
	for _, part := range parts {
		if part.Index == index {
			return Points(part.Tenths)
		}
	}
	return 0
}

// setFactor says how much more or less the answer would have to count to change
// the outcome. Where must rules decide, no factor does.
func (m *maker) setFactor(a *Answer, slot int) {
	iv, ok := m.d.Robustness.Factor[slot]
	if !ok || !m.contested() {
		return
	}
	a.Factor = &Range{ratioOf(iv.Lower), ratioPointer(iv.Upper)}
	a.Firmness = factorText(iv)
}

// contested reports whether weights decide: two or more options are left.
func (m *maker) contested() bool { return m.p != nil && !m.p.Excluded }

// factorText names the end of the interval that is nearer to 1, as the next
// tenth beyond it, so that what it names does change the outcome.
func factorText(iv score.Interval) string {
	lower := (10*iv.Lower.Num - 1) / iv.Lower.Den
	less := iv.Lower.Num > 0
	more := iv.Upper != nil
	if more && less {
		// How far down is 1/lower, how far up is upper.
		up := score.Ratio{Num: iv.Upper.Num, Den: iv.Upper.Den}
		down := score.Ratio{Num: iv.Lower.Den, Den: iv.Lower.Num}
		more = up.Cmp(down) < 0
		less = !more
	}
	word := "less"
	if more {
		word = "more"
	}
	switch {
	case less && lower == 0:
		return "Would have to count for next to nothing to change the outcome."
	case less && lower == 9, more && upTenths(*iv.Upper) <= 11:
		return "The outcome changes if this counts a tenth " + word + "."
	case less:
		return "Would have to count " + Points(lower).String() + " times as much to change the outcome."
	case more:
		return "Would have to count " + Points(upTenths(*iv.Upper)).String() + " times as much to change the outcome."
	}
	return "More or less weight on it would not change the outcome."
}

// upTenths returns the next tenth above a ratio.
func upTenths(r score.Ratio) int64 { return 10*r.Num/r.Den + 1 }

// flippedBy lists the other choices of a question that flip by themselves.
func (m *maker) flippedBy(q *compare.Question) []Choice {
	choices := []Choice{}
	for _, f := range m.d.Changes.Single {
		if f.Changes[0].Slot == q.Slot {
			choices = append(choices, m.choice(q, f))
		}
	}
	slices.SortStableFunc(choices, func(a, b Choice) int { return one(a.ID == "") - one(b.ID == "") })
	return choices
}

func (m *maker) choice(q *compare.Question, f score.Flip) Choice {
	number := f.Changes[0].Choice
	c := Choice{Label: notSure, Leader: m.id(f.Leader), URL: m.Links.Result(m.after(f.Changes))}
	if number != 0 {
		ch := q.Numbered(number)
		c.ID, c.Label = ch.ID, ch.Label
	}
	return c
}

// notSure is what the form calls no answer.
const notSure = "Not sure"

func flipText(choices []Choice) string {
	labels := make([]string, len(choices))
	for i, c := range choices {
		labels[i] = quoted(c.Label)
	}
	if len(labels) == 0 {
		return ""
	}
	return "Another outcome with " + join(labels, "or") + "."
}

// after returns the answers after some changes, at the same importance.
func (m *maker) after(changes []score.Change) compare.Answers {
	a := m.d.Answers
	for _, ch := range changes {
		a = a.With(ch.Slot, compare.Answer{Choice: ch.Choice, Importance: a.At(ch.Slot).Importance})
	}
	return a
}

// criteria say what each criterion with weight did, in the order of the table.
func (m *maker) criteria() []Criterion {
	criteria := []Criterion{}
	if m.p == nil {
		return criteria
	}
	for _, part := range m.p.Criteria {
		row := &m.e.Criteria[part.Index]
		c := Criterion{
			ID: row.ID, Name: row.Name, Weight: Ratio{m.d.Weights[part.Index], m.d.Total},
			Points: Points(part.Tenths), Stale: m.Comparison.StaleRow(row, m.Today),
			URL: m.Links.Criterion(row.ID), Cells: cells(row), Row: part.Index,
		}
		if m.contested() {
			iv := m.d.Robustness.Share[part.Index]
			c.Stable = &Range{ratioOf(iv.Lower), ratioPointer(iv.Upper)}
			c.Firmness = m.stableText(c.Stable)
		}
		criteria = append(criteria, c)
	}
	return criteria
}

func cells(row *compare.Criterion) []Cell {
	list := make([]Cell, len(row.Cells))
	for i, c := range row.Cells {
		facts := c.Facts
		if facts == nil {
			facts = []string{}
		}
		list[i] = Cell{Option: c.Option, Unknown: c.Unknown, Value: c.Value, Low: c.Lo, High: c.Hi, Text: c.Text, Facts: facts}
	}
	return list
}

// stableText says between which shares of the weight the outcome stays.
func (m *maker) stableText(r *Range) string {
	low, high := r.Lower.Num > 0, r.Upper != nil && r.Upper.Num < r.Upper.Of
	switch {
	case low && high:
		return fmt.Sprintf("The outcome stays while it carries %s to %s.", r.Lower.Percent(), r.Upper.Percent())
	case low:
		return fmt.Sprintf("The outcome stays while it carries at least %s.", r.Lower.Percent())
	case high:
		return fmt.Sprintf("The outcome stays while it carries at most %s.", r.Upper.Percent())
	}
	return "The outcome stays whatever it carries."
}

// Rating writes a rating as words: "85".
func (c Cell) Rating() string {
	if c.Unknown {
		return "unknown"
	}
	return fmt.Sprint(c.Value)
}

// Span writes a rating with its range: "85 (75 to 92)".
func (c Cell) Span() string {
	if c.Unknown {
		return "unknown"
	}
	return fmt.Sprintf("%d (%d to %d)", c.Value, c.Low, c.High)
}

// strongest returns the criteria with points of one sign, largest first.
func (r *Report) strongest(ahead bool, n int) []*Criterion {
	var list []*Criterion
	for i := range r.Criteria {
		if c := &r.Criteria[i]; c.Points > 0 && ahead || c.Points < 0 && !ahead {
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b *Criterion) int { return int(b.Points.Size() - a.Points.Size()) })
	return list[:min(n, len(list))]
}
