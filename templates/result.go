package templates

import (
	"fmt"

	"tiebreak/internal/compare"
	"tiebreak/internal/report"
)

// change returns the path of the form, filled in, at a question or its top.
func (d ResultData) change(question string) string {
	return ChangePath(d.Comparison, d.Report.Given, question)
}

func (d ResultData) answered() string {
	return fmt.Sprintf("%d of %s answered", d.Report.Answered, count(d.Report.Asked, "question", "questions"))
}

// sides are the two options of the margin in the fixed order.
func (d ResultData) sides() [2]*report.Option {
	left, right := d.Report.Pair()
	return [2]*report.Option{left, right}
}

// answerText writes what was answered, and how much it counts where that is not
// the usual.
func answerText(a report.Answer) string {
	importance, _ := compare.ParseImportance(a.Importance)
	if a.Fixed || importance == compare.Normal {
		return a.Label
	}
	return a.Label + " (matters: " + importance.Word() + ")"
}

// effectsIntro explains the table of answers.
func (d ResultData) effectsIntro() string {
	p := d.Report.Margin.Points
	if p == 0 {
		return "Each bar points to the option the answer speaks for. Together they cancel out to the last tenth."
	}
	return fmt.Sprintf("Each bar points to the option the answer speaks for. Together they come to the margin of %s points, to the last tenth.", p.Size())
}

// towards writes points with the option they speak for: "14.5 Node.js".
func (d ResultData) towards(p report.Points) string {
	o := d.Report.Speaks(p)
	if o == nil {
		return p.String()
	}
	return p.Size().String() + " " + o.Name
}

// weightText says what a criterion weighs, how the two options are rated, and
// how far the weight may move.
func (d ResultData) weightText(c report.Criterion) string {
	left, right := d.Report.Pair()
	text := fmt.Sprintf("Carries %s of the weight. %s %s, %s %s.", c.Weight.Percent(),
		left.Name, c.Cell(left.ID).Rating(), right.Name, c.Cell(right.ID).Rating())
	if c.Firmness != "" {
		text += " " + c.Firmness
	}
	return text
}

// flipsIntro says how to read the list of changes.
func (d ResultData) flipsIntro() string {
	if len(d.Report.Changes.Flips[0].Changes) > 1 {
		return "No single other answer does. Each of these pairs does, with everything else as answered."
	}
	return "Each of these does by itself, with everything else as answered."
}

func (d ResultData) moreFlips() string {
	if d.Report.Changes.More == 0 {
		return ""
	}
	return "And " + count(d.Report.Changes.More, "more change of this size.", "more changes of this size.")
}

// steadfast says that no small change of answers changes the outcome, "" where
// one does or where there is no outcome to change.
func (d ResultData) steadfast() string {
	c := d.Report.Changes
	switch {
	case d.Report.Leader == "" || len(c.Flips) > 0:
		return ""
	case c.Fewest > 2:
		return fmt.Sprintf("No one or two other answers change it. It takes at least %d.", c.Fewest)
	}
	return "No one or two other answers change it."
}

func (d ResultData) unanswered() string {
	n := d.Report.Open.Unanswered
	if n == 0 {
		return "Every question is answered."
	}
	return count(n, "question is", "questions are") + " not answered and " + noun(n, "counts", "count") + " for nothing."
}

// mail is a mail with the result in its body.
func (d ResultData) mail() string {
	return "mailto:" + compare.MailFields(d.Report.Mail())
}

// An export is one form in which a result can be taken along.
type export struct{ form, name, what string }

func exports() []export {
	return []export{
		{"md", "Decision record", "in Markdown, laid out as MADR 4, to keep beside your code"},
		{"csv", "Table", "in CSV: what every answer and criterion contributed"},
		{"json", "Data", "in JSON, with everything on this page"},
		{"png", "Card", "as PNG, for slides and chats"},
		{"svg", "Card", "as SVG, for print"},
	}
}
