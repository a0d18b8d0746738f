package report

import (
	"fmt"
	"slices"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

// A giver is somebody whose answers may have set a must rule.
type giver struct {
	name    string // "" for the one person a result is of
	answers compare.Answers
}

// rules say what answers marked as a must do: first which options they exclude,
// then which they leave to be checked by hand. A rule that several people set
// stands once and names them.
func (m *maker) rules(givers ...giver) []Rule {
	rules := []Rule{}
	add := func(option int, found []score.Rule, excludes bool) {
		for _, r := range found {
			if rule := m.rule(option, r, excludes, givers); !slices.Contains(rules, rule) {
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

func (m *maker) rule(option int, r score.Rule, excludes bool, givers []giver) Rule {
	q := m.e.QuestionAt(r.Slot)
	row := &m.e.Criteria[r.Criterion]
	label, names, reason := m.ruledBy(r, givers)
	what := "is ruled out: “"
	if !excludes {
		what = "may fall short: “"
	}
	by := "”"
	if names != "" {
		by = m.words.Join("”, the answer of ", names, ",")
	}
	text := m.words.Join(what, label, "” to “", q.Text, by, " asks for at least ", m.words.Int(r.Min),
		" in “", row.Name, "”, ", rated(&m.rows[r.Criterion].cells[option], excludes))
	if reason != "" {
		text = m.words.Join(text, " ", reason)
	}
	return Rule{
		Question: q.ID, Criterion: row.ID, Option: m.id(option), Min: r.Min,
		Excludes: excludes, Text: text, ChangeURL: m.changeAt(q.Slot),
	}
}

// rated says how a rating stands to the minimum of a rule that it fails, or that
// it cannot be told to meet.
func rated(c *Cell, fails bool) string {
	switch {
	case c.Unknown:
		return "whose rating nobody knows. Check it yourself."
	case fails:
		return "rated " + c.Span() + "."
	}
	return fmt.Sprintf("rated %d, which may be as little as %d. Check it yourself.", c.Value, c.Low)
}

// ruledBy returns the label of the choice that set a rule, who chose it, and what
// the editors say is missing below the minimum.
func (m *maker) ruledBy(r score.Rule, givers []giver) (label, names, reason string) {
	q := m.e.QuestionAt(r.Slot)
	var who []string
	for _, g := range givers {
		choice, importance := g.answers.To(q)
		if choice == nil || importance != compare.Mandatory || label != "" && choice.Label != label {
			continue
		}
		for _, must := range choice.Musts {
			if must.Criterion != m.e.Criteria[r.Criterion].ID || must.Min != r.Min {
				continue
			}
			label, reason = choice.Label, must.Reason
			if g.name != "" {
				who = append(who, g.name)
			}
		}
	}
	return label, join(who, "and"), reason
}
