package report

import (
	"slices"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

// rules say what answers marked as a must do: first which options they exclude,
// then which they leave to be checked by hand. A rule that several people set
// stands once.
func (m *maker) rules() []Rule {
	rules := []Rule{}
	add := func(option int, found []score.Rule, excludes bool) {
		for _, r := range found {
			if rule := m.rule(option, r, excludes); !slices.Contains(rules, rule) {
				rules = append(rules, rule)
			}
		}
	}
	for i := range m.e.Options {
		if s := m.d.StandingOf(i); s != nil {
			add(i, s.Excluded, true)
		}
	}
	for i := range m.e.Options {
		if s := m.d.StandingOf(i); s != nil {
			add(i, s.Check, false)
		}
	}
	return rules
}

func (m *maker) rule(option int, r score.Rule, excludes bool) Rule {
	q := m.e.QuestionAt(r.Slot)
	row := &m.e.Criteria[r.Criterion]
	what := "is ruled out"
	if !excludes {
		what = "may fall short, so check it yourself"
	}
	cell := &m.rows[r.Criterion].cells[option]
	text := m.words.Join(what, ": “", row.Name, "” is rated ", cell.Span(), ", and this answer asks for at least ", m.words.Int(r.Min), ".")
	if reason := m.reason(q, row.ID); reason != "" && excludes {
		text = m.words.Join(text, " ", reason)
	}
	return Rule{
		Question: q.ID, Criterion: row.ID, Option: m.id(option), Min: r.Min,
		Excludes: excludes, Text: text, ChangeURL: m.changeAt(q.Slot),
	}
}

// reason returns what the editors say is missing below the minimum.
func (m *maker) reason(q *compare.Question, criterion string) string {
	choice, _ := m.d.Answers.To(q)
	if choice == nil {
		return ""
	}
	for _, must := range choice.Musts {
		if must.Criterion == criterion {
			return must.Reason
		}
	}
	return ""
}
