package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tiebreak/internal/escape"
	"tiebreak/internal/score"
)

// Markdown returns the result as an Architecture Decision Record with the
// sections of MADR 4. It is a proposal: whoever decides writes their names in and
// changes the status. Its date is the day the report was made.
func (r *Report) Markdown() string {
	d := &document{}
	d.line("---\nstatus: proposed\ndate: %s\ndecision-makers: []\n---\n", r.today)
	d.line("# %s\n", escape.Markdown(r.title()))
	r.context(d)
	r.drivers(d)
	d.line("## Considered Options\n")
	for _, o := range r.Options {
		d.line("* %s", escape.Markdown(o.Name))
	}
	d.line("")
	r.decision(d)
	r.prosAndCons(d)
	r.moreInformation(d)
	d.listSources()
	return d.String()
}

// A document is Markdown being written. What goes into it as a field must be
// escaped first.
type document struct {
	strings.Builder
	sources []string // cited so far, each once, as Markdown
}

// cite returns the number of a source in the list at the end.
func (d *document) cite(source string) int {
	at := slices.Index(d.sources, source)
	if at < 0 {
		at, d.sources = len(d.sources), append(d.sources, source)
	}
	return at + 1
}

func (d *document) listSources() {
	if len(d.sources) == 0 {
		return
	}
	d.line("\n### Sources\n")
	for i, source := range d.sources {
		d.line("%d. %s", i+1, source)
	}
}

func (d *document) line(format string, args ...any) {
	fmt.Fprintf(d, format+"\n", args...)
}

// chosen returns the option the answers decide for, nil if they leave it open or
// are too few.
func (r *Report) chosen() *Option {
	switch {
	case r.Verdict == score.OnlyOne, !r.Few && (r.Verdict == score.Leans || r.Verdict == score.Clear):
		return r.Option(r.Leader)
	}
	return nil
}

func (r *Report) title() string {
	if o := r.chosen(); o != nil {
		return r.Comparison.Title + ": use " + o.Name
	}
	return r.Comparison.Title + ": undecided"
}

func (r *Report) context(d *document) {
	names := make([]string, len(r.Options))
	for i, o := range r.Options {
		names[i] = escape.Markdown(o.Name)
	}
	d.line("## Context and Problem Statement\n")
	d.line("Which of %s fits our case? We answered %d of the %d questions of %s on %s.", join(names, "and"),
		r.Answered, r.Asked, escape.MarkdownLink(r.Comparison.Title, r.Comparison.URL), escape.Markdown(r.Site))
	if len(r.Answers) > 0 {
		d.line("The answers say what our case is:\n")
	}
	for _, a := range r.Answers {
		d.line("* %s **%s**%s", escape.Markdown(a.Text), escape.Markdown(a.Label), importanceNote(a))
	}
	d.line("")
}

// importanceNote says how much an answer counts where that is not the usual.
func importanceNote(a Answer) string {
	switch {
	case a.Fixed:
		return ""
	case a.Importance == "low":
		return " (counts half)"
	case a.Importance == "high":
		return " (counts double)"
	case a.Importance == "must":
		return " (a must, counts double)"
	}
	return ""
}

func (r *Report) drivers(d *document) {
	d.line("## Decision Drivers\n")
	if len(r.Criteria) == 0 {
		d.line("None yet: the answers put no weight on any criterion.\n")
		return
	}
	d.line("What the answers put weight on, with its share of the weight:\n")
	for _, c := range r.byWeight() {
		d.line("* %s: %s", escape.Markdown(c.Name), c.Weight.Percent())
	}
	d.line("")
}

// byWeight returns the criteria, heaviest first.
func (r *Report) byWeight() []Criterion {
	list := slices.Clone(r.Criteria)
	slices.SortStableFunc(list, func(a, b Criterion) int { return cmp.Compare(b.Weight.Num, a.Weight.Num) })
	return list
}

func (r *Report) decision(d *document) {
	d.line("## Decision Outcome\n")
	if o := r.chosen(); o != nil {
		d.line("Chosen option: \"%s\", because %s. %s\n", escape.Markdown(o.Name), r.because(), escape.Markdown(strings.Join(r.Firmness, " ")))
	} else {
		d.line("No option is chosen yet, because %s. %s\n", r.because(), escape.Markdown(strings.Join(r.Firmness, " ")))
	}
	for _, rule := range r.Rules {
		d.line("* %s %s", escape.Markdown(r.Option(rule.Option).Name), escape.Markdown(rule.Text))
	}
	if len(r.Rules) > 0 {
		d.line("")
	}
	for _, notice := range r.Notices {
		d.line("> %s\n", escape.Markdown(notice))
	}
	for _, x := range r.Contradictions {
		d.line("> Answers that pull against each other: %s. %s\n", escape.Markdown(x.given()), escape.Markdown(x.Text))
	}
	r.consequences(d)
	r.confirmation(d)
}

// given lists the answers concerned, each after its question.
func (x *Contradiction) given() string {
	answers := make([]string, len(x.Answers))
	for i, a := range x.Answers {
		answers[i] = a.Text + " “" + a.Label + "”"
	}
	return strings.Join(answers, "; ")
}

// because is why an option is chosen, or none is, to be read after "because".
func (r *Report) because() string {
	switch r.Verdict {
	case score.NoAnswers:
		return "no answer counts so far"
	case score.NoneQualifies:
		return "none meets every condition in the answers"
	case score.OnlyOne:
		return "it alone meets every condition in the answers"
	case score.Tie:
		return "the best come out exactly equal"
	case score.Close:
		return "it is too close to call, with " + escape.Markdown(r.Option(r.Leader).Name) + " a little ahead"
	}
	if r.Few {
		return "few questions are answered; they lean to " + escape.Markdown(r.Option(r.Leader).Name)
	}
	if r.Verdict == score.Leans {
		return "the answers lean to it"
	}
	return "the answers clearly favour it"
}

func (r *Report) consequences(d *document) {
	o := r.chosen()
	if o == nil {
		return
	}
	d.line("### Consequences\n")
	for _, good := range []bool{true, false} {
		word, side := "Bad", r.Margin.Behind
		if good {
			word = "Good"
		}
		if good == (o.ID == r.Margin.Ahead) {
			side = r.Margin.Ahead
		}
		for _, c := range r.Strongest(side) {
			d.line("* %s, because %s", word, r.comparedOn(o, *c))
		}
	}
	d.line("")
}

func (r *Report) confirmation(d *document) {
	d.line("### Confirmation\n")
	d.line("Open %s. It is computed from the answers in that link and edition %d of the ratings, and from nothing else, so anyone can check this record against it.\n",
		escape.MarkdownLink("the result", r.URL), r.Edition.Number)
	if len(r.Changes.Flips) > 0 {
		d.line("Before accepting, make sure of the answers. Each of these changes gives another outcome:\n")
		for _, f := range r.Changes.Flips {
			d.line("* %s: %s", flipMarkdown(f), escape.MarkdownLink(f.Outcome, f.URL))
		}
		if text := r.Changes.MoreText(); text != "" {
			d.line("* %s", text)
		}
		d.line("")
	}
	if len(r.Changes.Limits) > 0 {
		d.line("How far the outcome is from changing:\n")
		for _, text := range r.Changes.Limits {
			d.line("* %s", escape.Markdown(text))
		}
		d.line("")
	}
}

func flipMarkdown(f Flip) string {
	parts := make([]string, len(f.Changes))
	for i, ch := range f.Changes {
		parts[i] = escape.Markdown(ch.Text) + " " + escape.Markdown(ch.Choices())
	}
	return join(parts, "and")
}

func (r *Report) moreInformation(d *document) {
	d.line("## More Information\n")
	if text := r.RevisitText(); text != "" {
		d.line("* %s", escape.Markdown(text))
	}
	for _, text := range r.Open.Gaps() {
		d.line("* %s", escape.Markdown(text))
	}
	for _, q := range r.Open.First(5) {
		d.line("* Not answered: %s “%s” would change the outcome. %s", escape.Markdown(q.Text), escape.Markdown(q.Label), escape.MarkdownLink("Answer it", q.AnswerURL))
	}
	if n := r.Open.Unanswered; n > 0 {
		d.line("* %s not answered and %s for nothing.", count(n, "question was", "questions were"), plural(n, "counts", "count"))
	}
	d.line("* Everything behind the result: %s, %s, %s. %s.", escape.MarkdownLink("page", r.URL), escape.MarkdownLink("data", r.Links.Export(r.Code, "json")),
		escape.MarkdownLink("table", r.Links.Export(r.Code, "csv")), escape.MarkdownLink("How it is computed", r.Links.Method))
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
