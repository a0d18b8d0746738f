package templates

import (
	"fmt"

	"tiebreak/internal/compare"
	"tiebreak/internal/report"
	"tiebreak/internal/score"
)

// agesText says which edition the page is by, and which one is today's.
func (d *ThenNow) agesText() string {
	then, now := d.Then.Edition, d.Now.Edition
	text := fmt.Sprintf("This link belongs to edition %d of %s, and the rest of this page is computed from that. Edition %d of %s has come since",
		then.Number, then.Date.Long(), now.Number, now.Date.Long())
	if now.Preview {
		text += ", still a preview"
	}
	return text + "."
}

// changeText says whether today's edition decides otherwise.
func (d *ThenNow) changeText() string {
	by := fmt.Sprintf("By edition %d, ", d.Now.Edition.Number)
	switch {
	case d.Now.Verdict == score.NoAnswers:
		return by + "there is nothing to decide by: no answer that has any weight carries over."
	case d.Then.Leader != d.Now.Leader, d.Now.Leader == "" && d.Then.Verdict != d.Now.Verdict:
		return by + "the outcome is another one."
	case d.Then.Verdict != d.Now.Verdict:
		return by + "the outcome is the same, but not how firm it is."
	}
	return by + "the outcome is the same."
}

// lostText stands before the questions whose answers did not carry over.
func (d *ThenNow) lostText() string {
	n := len(d.Lost)
	return fmt.Sprintf("%s over to edition %d and %s for nothing there:",
		count(n, "answer does not carry", "answers do not carry"), d.Now.Edition.Number, noun(n, "counts", "count"))
}

// freshText stands before the questions the older edition did not ask.
func (d *ThenNow) freshText() string {
	return fmt.Sprintf("Edition %d also asks what this link has no answer to:", d.Now.Edition.Number)
}

func editionName(r *report.Report) string {
	name := fmt.Sprintf("Edition %d", r.Edition.Number)
	if r.Edition.Preview {
		name += " (preview)"
	}
	return name
}

// A scoreRow is one option's score by both editions.
type scoreRow struct {
	option    compare.Option
	then, now string
}

// scores put the scores of both editions side by side: today's options in their
// fixed order, then those that today's edition no longer rates.
func (d *ThenNow) scores() []scoreRow {
	var rows []scoreRow
	for i := range d.Now.Options {
		now := &d.Now.Options[i]
		rows = append(rows, scoreRow{now.Look, scoreText(d.Then, d.Then.Option(now.ID)), scoreText(d.Now, now)})
	}
	for i := range d.Then.Options {
		if then := &d.Then.Options[i]; d.Now.Option(then.ID) == nil {
			rows = append(rows, scoreRow{then.Look, scoreText(d.Then, then), scoreText(d.Now, nil)})
		}
	}
	return rows
}

// scoreText writes an option's score, and that a must rules it out.
func scoreText(r *report.Report, o *report.Option) string {
	switch {
	case o == nil:
		return "not rated"
	case r.Margin == nil:
		return "–"
	case o.Excluded:
		return o.Score.String() + ", ruled out"
	}
	return o.Score.String()
}

// nowText is what today's edition says, in one or two sentences. Where must
// rules decide, what stands behind the headline speaks of another page.
func (d *ThenNow) nowText() string {
	switch d.Now.Verdict {
	case score.NoAnswers:
		return ""
	case score.NoneQualifies, score.OnlyOne:
		return d.Now.Headline
	}
	return d.Now.Summary()
}
