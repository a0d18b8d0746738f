package templates

import (
	"fmt"
	"strings"

	"tiebreak/internal/compare"
)

func (d QuestionsData) edition() *compare.Edition { return d.Answers.Edition() }

// progress is what the script says when the page opens. The page says it before,
// unseen, so that showing it moves nothing.
func (d QuestionsData) progress() string {
	return fmt.Sprintf("%d of %d answered", d.Answers.Count(), len(d.edition().Asked()))
}

// message returns what is wrong with the answer to q, "" if nothing.
func (d QuestionsData) message(q *compare.Question) string {
	if d.Bad == nil {
		return ""
	}
	return d.Bad.Questions[q.ID]
}

// describedBy names the parts that explain a question to assistive technology.
func (d QuestionsData) describedBy(q *compare.Question) string {
	var ids []string
	if q.Help != "" {
		ids = append(ids, q.ID+"-help")
	}
	if d.message(q) != "" {
		ids = append(ids, q.ID+"-error")
	}
	return strings.Join(ids, " ")
}

// chosen returns the id of the choice given, or that of "Not sure".
func (d QuestionsData) chosen(q *compare.Question) string {
	if ch, _ := d.Answers.To(q); ch != nil {
		return ch.ID
	}
	return compare.Unsure
}

func (d QuestionsData) marked(q *compare.Question) compare.Importance {
	ch, i := d.Answers.To(q)
	if ch == nil && d.Bad != nil {
		return d.Bad.Marks[q.ID]
	}
	return i
}

// conditionText says of a question whose answers are always conditions which of
// them are, "" for any other question.
func conditionText(q *compare.Question) string {
	if q.Fixed == nil || *q.Fixed != compare.Mandatory {
		return ""
	}
	var labels []string
	for _, ch := range q.Offered() {
		if len(ch.Musts) > 0 {
			labels = append(labels, ch.Label)
		}
	}
	if len(labels) == 0 {
		return ""
	}
	words := new(compare.Prose)
	return words.Join(words.List(labels, "or", "“", "”"), " rules out an option that cannot do it.")
}

func questionsTitle(c *compare.Comparison) string {
	return optionNames(c.Options, "or") + ": what is your case?"
}

// shorten cuts a name that a stranger made to a length that fits a line.
func shorten(name string) string {
	const most = 60
	runes := []rune(name)
	if len(runes) <= most {
		return name
	}
	return string(runes[:most]) + "…"
}

// contradictions are those in answers that came from a link. While a form is
// being corrected there is enough to read.
func (d QuestionsData) contradictions() []*compare.Contradiction {
	if !d.Filled || d.Bad != nil {
		return nil
	}
	return d.Comparison.ContradictionsIn(d.Answers)
}

// label returns the choice that answers q, in the words of the form.
func (d QuestionsData) label(q *compare.Question) string {
	ch, _ := d.Answers.To(q)
	if ch == nil {
		return ""
	}
	return ch.Label
}
