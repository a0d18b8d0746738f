package templates

import (
	"fmt"
	"net/url"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

func (d ResultData) criterion(part score.Part) *compare.Criterion {
	return &d.Decision.Edition.Criteria[part.Index]
}

func (d ResultData) question(part score.Part) *compare.Question {
	return d.Decision.Edition.QuestionAt(part.Index)
}

// answer writes what was answered, and how much it counts where that was asked.
func (d ResultData) answer(part score.Part) string {
	q := d.question(part)
	ch, importance := d.Decision.Answers.To(q)
	if ch == nil {
		return ""
	}
	if q.Fixed != nil {
		return ch.Label
	}
	return ch.Label + " (matters: " + importanceWord(importance) + ")"
}

// answerNotes says how firm one answer's part is: by what factor it would have
// to count to change the outcome, and which other choice does.
func (d ResultData) answerNotes(part score.Part) []string {
	var notes []string
	if iv, ok := d.Decision.Robustness.Factor[part.Index]; ok {
		if text := factorText(iv); text != "" {
			notes = append(notes, text)
		}
	}
	q := d.question(part)
	var flips []string
	for _, f := range d.Decision.Changes.Single {
		if f.Changes[0].Slot == part.Index {
			flips = append(flips, choiceText(q, f.Changes[0].Choice))
		}
	}
	if len(flips) > 0 {
		notes = append(notes, "Flips with: "+list(flips)+".")
	}
	return notes
}

// factorText says how much more or less an answer would have to count to
// change the outcome, "" where no factor does.
func factorText(iv score.Interval) string {
	switch {
	case iv.Upper != nil:
		return "Would have to count " + times(*iv.Upper) + " times as much to change the outcome."
	case iv.Lower.Num > 0:
		return "Would have to count " + times(iv.Lower) + " times as much to change the outcome."
	}
	return ""
}

func choiceText(q *compare.Question, number int) string {
	if number == 0 {
		return "“Not sure”"
	}
	return "“" + q.Numbered(number).Label + "”"
}

// weightNote says how much of the weight a criterion carries, and how its
// rating compares.
func (d ResultData) weightNote(p score.Pair, part score.Part) string {
	c := d.criterion(part)
	return fmt.Sprintf("%s of the weight. %s %s, %s %s.",
		percent(d.Decision.Weights[part.Index], d.Decision.Total),
		d.Decision.Edition.Options[min(p.A, p.B)].Name, rated(c.Cells[min(p.A, p.B)]),
		d.Decision.Edition.Options[max(p.A, p.B)].Name, rated(c.Cells[max(p.A, p.B)]))
}

func rated(c compare.Cell) string {
	if c.Unknown {
		return "unknown"
	}
	return px(c.Value)
}

// A ruleLine says what a must rule does to an option.
type ruleLine struct {
	Option   compare.Option
	Text     string
	Question string // id of the question that set it
}

func ruleLines(d *score.Decision) []ruleLine {
	var lines []ruleLine
	for _, s := range d.Standings {
		for _, r := range s.Excluded {
			lines = append(lines, lineOf(d, s.Option, r, "is ruled out"))
		}
		for _, r := range s.Check {
			lines = append(lines, lineOf(d, s.Option, r, "must be checked by you"))
		}
	}
	return lines
}

func lineOf(d *score.Decision, option int, r score.Rule, what string) ruleLine {
	q := d.Edition.QuestionAt(r.Slot)
	c := &d.Edition.Criteria[r.Criterion]
	text := fmt.Sprintf("%s: %s is rated %s, and your answer asks for at least %d.",
		what, c.Name, valueText(c.Cells[option]), r.Min)
	if reason := reasonOf(d, q, r); reason != "" {
		text += " " + reason
	}
	return ruleLine{Option: d.Edition.Options[option], Text: text, Question: q.ID}
}

func reasonOf(d *score.Decision, q *compare.Question, r score.Rule) string {
	ch, _ := d.Answers.To(q)
	if ch == nil {
		return ""
	}
	for _, m := range ch.Musts {
		if m.Criterion == d.Edition.Criteria[r.Criterion].ID {
			return m.Reason
		}
	}
	return ""
}

// A line is a sentence with a link behind it.
type line struct {
	Text string
	Link string
	Path string // "" for no link
}

// mostFlips is how many flips a page lists before it says how many more there are.
const mostFlips = 6

func flipLines(data ResultData) []line {
	d := data.Decision
	var lines []line
	flips := d.Changes.Single
	if len(flips) == 0 {
		flips = d.Changes.Pairs
	}
	for _, f := range flips[:min(mostFlips, len(flips))] {
		lines = append(lines, flipLine(data, f))
	}
	if more := len(flips) - mostFlips; more > 0 {
		lines = append(lines, line{Text: "And " + count(more, "more change of this size.", "more changes of this size.")})
	}
	if !d.Leads() || d.Verdict == score.OnlyOne {
		return lines
	}
	switch {
	case len(flips) == 0 && d.Changes.Fewest > 2:
		lines = append(lines, line{Text: fmt.Sprintf("No one or two answers change it. It takes at least %d different answers.", d.Changes.Fewest)})
	case len(flips) == 0:
		lines = append(lines, line{Text: "No one or two answers change it."})
	}
	return append(lines, weightLines(d)...)
}

// weightLines say how far weights and ratings are from turning the outcome.
func weightLines(d *score.Decision) []line {
	var lines []line
	p := d.Versus[0]
	rival := d.Edition.Options[p.B].Name
	switch {
	case p.Certain:
		lines = append(lines, line{Text: leaderName(d) + " is at least as good on everything that counts here, even at the worst end of every range. No other weighting helps " + rival + "."})
	case p.Dominates:
		lines = append(lines, line{Text: leaderName(d) + " is rated at least as good on everything that counts here."})
	}
	if p.Flip != nil {
		lines = append(lines, line{Text: share(*p.Flip) + " of all weight would have to move to other criteria for " + rival + " to draw level."})
	}
	if p.Tolerance != nil {
		lines = append(lines, line{Text: toleranceText(*p.Tolerance, leaderName(d))})
	}
	if p.Share != nil && p.Share.Total > 1 {
		lines = append(lines, line{Text: fmt.Sprintf("With our ratings as they are, %s is ahead in %s of the %s ways to halve, keep or double each answer’s importance.",
			leaderName(d), percent(p.Share.Wins, p.Share.Total), thousands(int(p.Share.Total)))})
	}
	return lines
}

func toleranceText(r score.Ratio, leader string) string {
	if r.Num > r.Den {
		return leader + " stays ahead even if every rating lies at the end of its range that hurts it most."
	}
	return leader + " stays ahead until all ratings are off by " + share(r) + " of their ranges, every one of them against it."
}

func flipLine(data ResultData, f score.Flip) line {
	d := data.Decision
	a := d.Answers
	text := ""
	for i, ch := range f.Changes {
		q := d.Edition.QuestionAt(ch.Slot)
		if i > 0 {
			text += ", and "
		}
		text += "“" + q.Text + "” answered " + choiceText(q, ch.Choice)
		a = a.With(ch.Slot, compare.Answer{Choice: ch.Choice, Importance: a.At(ch.Slot).Importance})
	}
	return line{Text: text + ": " + flipOutcome(d, f), Link: "See that result", Path: ResultPath(data.Comparison, a)}
}

func flipOutcome(d *score.Decision, f score.Flip) string {
	if f.Leader < 0 {
		return "nothing is left to decide by."
	}
	return d.Edition.Options[f.Leader].Name + " is then ahead."
}

// unknownLines say what the result leaves open: questions, unknown and stale
// ratings.
func unknownLines(data ResultData) []line {
	d := data.Decision
	var lines []line
	for _, o := range d.Changes.Open {
		if o.Flip != nil {
			lines = append(lines, openLine(data, o))
		}
	}
	if idle := len(d.Edition.Asked()) - d.Answered; idle > 0 {
		lines = append(lines, line{
			Text: count(idle, "question is", "questions are") + " not answered and count for nothing.",
			Link: "Answer them", Path: ChangePath(data.Comparison, d.Answers, ""),
		})
	} else {
		lines = append(lines, line{Text: "Every question is answered."})
	}
	for _, s := range d.Standings {
		if s.Unknown > 0 {
			lines = append(lines, line{Text: fmt.Sprintf("For %s, %s of the weight lies on ratings nobody knows.",
				d.Edition.Options[s.Option].Name, percent(s.Unknown, d.Total))})
		}
	}
	if n := data.staleWeight(); n > 0 {
		lines = append(lines, line{Text: percent(n, d.Total) + " of the weight rests on ratings with a fact past its review date."})
	}
	return lines
}

func openLine(data ResultData, o score.Open) line {
	q := data.Decision.Edition.QuestionAt(o.Slot)
	change := o.Flip.Changes[len(o.Flip.Changes)-1]
	return line{
		Text: "Worth answering: “" + q.Text + "” The answer " + choiceText(q, change.Choice) + " would change the outcome.",
		Link: "Answer it", Path: ChangePath(data.Comparison, data.Decision.Answers, q.ID),
	}
}

// staleWeight returns the weight on criteria with a stale fact.
func (d ResultData) staleWeight() int64 {
	var sum int64
	for i, w := range d.Decision.Weights {
		if w > 0 && d.Comparison.StaleRow(&d.Decision.Edition.Criteria[i], d.Today) {
			sum += w
		}
	}
	return sum
}

// A standingRow is one line of figures, a cell for each option.
type standingRow struct {
	Name  string
	Cells []string
}

func standingRows(d *score.Decision) []standingRow {
	rows := []standingRow{
		{Name: "Place"}, {Name: "Score of 100"}, {Name: "First in the variations"},
		{Name: "Score in nine of ten variations"}, {Name: "Score with all ratings at their lowest and highest"},
	}
	for o := range d.Edition.Options {
		s := d.StandingOf(o)
		acc := d.Robustness.Options
		cells := []string{placeText(s), tenths(s.Score), "–", "–", tenths(s.Low) + " to " + tenths(s.High)}
		if d.Robustness.Draws > 0 && len(s.Excluded) == 0 {
			cells[2] = percent(acc[o].Credits, d.Robustness.Credits)
			cells[3] = tenths(acc[o].Low) + " to " + tenths(acc[o].High)
		}
		for i := range rows {
			rows[i].Cells = append(rows[i].Cells, cells[i])
		}
	}
	return rows
}

func placeText(s *score.Standing) string {
	if len(s.Excluded) > 0 {
		return "ruled out"
	}
	return px(s.Rank)
}

// mailLink is a mail with the result in its body.
func mailLink(data ResultData) string {
	subject := data.Comparison.Title + ": a result"
	body := headline(data.Decision) + "\n"
	for _, s := range firmness(data.Decision) {
		body += s + "\n"
	}
	body += "\n" + data.Link + "\n"
	return "mailto:?subject=" + url.PathEscape(subject) + "&body=" + url.PathEscape(body)
}
