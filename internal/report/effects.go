package report

import (
	"fmt"
	"slices"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

// answers say what was answered and what each answer did, in the order of the form.
func (m *maker) answers() []Answer {
	answers := make([]Answer, 0, m.d.Answered)
	for _, q := range m.asked {
		choice, importance := m.d.Answers.To(q)
		if choice == nil {
			continue
		}
		a := Answer{
			Slot: q.Slot, Question: q.ID, Text: q.Text, Choice: choice.ID, Label: choice.Label,
			Importance: importance.String(), Fixed: q.Fixed != nil,
			Flips: m.flippedBy(q), ChangeURL: m.changeAt(q.Slot),
		}
		if m.p != nil {
			a.Points = pointsOf(m.p.Answers, q.Slot)
		}
		a.FlipText = m.flipText(a.Flips)
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
	iv, ok := m.d.Robustness.Factor.Of(slot)
	if !ok || !m.contested() {
		return
	}
	a.Factor = m.between(iv)
	a.Firmness = m.factorText(iv)
}

// contested reports whether weights decide: two or more options are left.
func (m *maker) contested() bool { return m.p != nil && !m.p.Excluded }

// mostTimes is how many times more or less an answer may have to count for a
// result to say so: from half to double is four times.
const mostTimes = 4

// factorText names the end of the interval that is nearer to 1, as the next
// tenth beyond it, so that what it names does change the outcome. It is "" where
// the answer would have to count more than [mostTimes] times as much or as little.
func (m *maker) factorText(iv score.Interval) string {
	lower := (10*iv.Lower.Num - 1) / iv.Lower.Den
	less := mostTimes*iv.Lower.Num >= iv.Lower.Den
	more := iv.Upper != nil && iv.Upper.Num <= mostTimes*iv.Upper.Den
	if m.d.Verdict == score.Tie && (less || more) {
		return "The outcome changes if this counts any more or less."
	}
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
	case less && lower == 9, more && upTenths(*iv.Upper) <= 11:
		return "The outcome changes if this counts a tenth " + word + "."
	case less:
		return m.words.Join("Would have to count ", m.points(Points(lower)), " times as much to change the outcome.")
	case more:
		return m.words.Join("Would have to count ", m.points(Points(upTenths(*iv.Upper))), " times as much to change the outcome.")
	}
	return ""
}

// upTenths returns the next tenth above a ratio.
func upTenths(r score.Ratio) int64 { return 10*r.Num/r.Den + 1 }

// flippedBy lists the other choices of a question that flip by themselves.
func (m *maker) flippedBy(q *compare.Question) []Choice {
	from := len(m.choices)
	for _, f := range m.d.Changes.Single {
		if f.Changes[0].Slot == q.Slot {
			m.choices = append(m.choices, m.choice(q, f))
		}
	}
	choices := m.choices[from:len(m.choices):len(m.choices)]
	slices.SortStableFunc(choices, func(a, b Choice) int { return one(a.ID == "") - one(b.ID == "") })
	return choices
}

func (m *maker) choice(q *compare.Question, f score.Flip) Choice {
	number := f.Changes[0].Choice
	c := Choice{Label: notSure, Leader: m.id(f.Leader), URL: m.result.with(m.codeAfter(f.Changes), &m.words)}
	if number != 0 {
		ch := q.Numbered(number)
		c.ID, c.Label = ch.ID, ch.Label
	}
	return c
}

// notSure is what the form calls no answer.
const notSure = "Not sure"

func (m *maker) flipText(choices []Choice) string {
	if len(choices) == 0 {
		return ""
	}
	var labels [compare.MaxChoices]string
	for i, c := range choices {
		labels[i] = c.Label
	}
	return m.words.Join("Another outcome with ", quoted(&m.words, labels[:len(choices)]), ".")
}

// codeAfter returns the code of the answers after some changes, at the same
// importance.
func (m *maker) codeAfter(changes []score.Change) string {
	a := m.d.Answers
	for _, ch := range changes {
		a = a.With(ch.Slot, compare.Answer{Choice: ch.Choice, Importance: a.At(ch.Slot).Importance})
	}
	var code [compare.MaxCodeLen]byte
	return m.words.Text(a.AppendCode(code[:0]))
}

// changeAt returns the address of the form, filled in, at the question of a slot.
func (m *maker) changeAt(slot int) string { return m.Sheet.change[slot].with(m.code, &m.words) }

// criteria say what each criterion with weight did, in the order of the table.
func (m *maker) criteria() []Criterion {
	if m.p == nil {
		return []Criterion{}
	}
	criteria := make([]Criterion, 0, len(m.p.Criteria))
	for _, part := range m.p.Criteria {
		row, sheet := &m.e.Criteria[part.Index], &m.rows[part.Index]
		c := Criterion{
			ID: row.ID, Name: row.Name, Weight: Ratio{m.d.Weights[part.Index], m.d.Total},
			Points: Points(part.Tenths), Stale: sheet.stale,
			URL: sheet.url, Cells: sheet.cells, Row: part.Index,
		}
		if m.contested() {
			c.Stable = m.between(m.d.Robustness.Share[part.Index])
			c.Firmness = m.stableText(c.Stable, c.Weight)
		}
		criteria = append(criteria, c)
	}
	return criteria
}

// stableText says between which shares of the weight the outcome stays, "" if it
// does whatever the share. The ends are rounded inwards, so that what is said
// holds.
func (m *maker) stableText(r *Range, now Ratio) string {
	low, high := r.Lower.Num > 0, r.Upper != nil && r.Upper.Num < r.Upper.Of
	switch {
	case !low && !high:
		return ""
	case m.d.Verdict == score.Tie:
		return "The outcome changes if it carries any more or less."
	case low && high:
		return m.words.Join("The outcome stays while it carries ", m.least(r.Lower, now), " to ", m.most(*r.Upper, now), ".")
	case low:
		return m.words.Join("The outcome stays while it carries at least ", m.least(r.Lower, now), ".")
	}
	return m.words.Join("The outcome stays while it carries at most ", m.most(*r.Upper, now), ".")
}

// least and most write a limit of a share rounded up or down: to whole percent,
// or to a tenth where a whole one would not leave room for the share as it is.
func (m *maker) least(limit, now Ratio) string {
	whole := (100*limit.Num + limit.Of - 1) / limit.Of
	if whole*now.Of <= 100*now.Num {
		return m.tenths(10 * whole)
	}
	return m.tenths((1000*limit.Num + limit.Of - 1) / limit.Of)
}

func (m *maker) most(limit, now Ratio) string {
	whole := 100 * limit.Num / limit.Of
	if whole*now.Of >= 100*now.Num {
		return m.tenths(10 * whole)
	}
	return m.tenths(1000 * limit.Num / limit.Of)
}

// tenths writes tenths of a percent, the last only where it is not 0.
func (m *maker) tenths(n int64) string {
	if n%10 == 0 {
		return m.words.Join(m.words.Int(int(n/10)), "%")
	}
	return m.words.Join(m.points(Points(n)), "%")
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

// strongest appends the criteria with the most points of one sign to an empty
// list, largest first and those of equal size in the order of the table.
func (r *Report) strongest(ahead bool, list []*Criterion) []*Criterion {
	for i := range r.Criteria {
		c := &r.Criteria[i]
		if c.Points == 0 || c.Points > 0 != ahead {
			continue
		}
		at := len(list)
		for at > 0 && list[at-1].Points.Size() < c.Points.Size() {
			at--
		}
		list = slices.Insert(list, at, c)
		list = list[:min(mostStrongest, len(list))]
	}
	return list
}
