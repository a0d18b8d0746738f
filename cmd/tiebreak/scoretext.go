package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"tiebreak/internal/compare"
	"tiebreak/internal/report"
)

// A page is plain text for a terminal, in parts with a blank line between.
type page struct{ strings.Builder }

func (p *page) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

// part begins a new part.
func (p *page) part(title string) {
	p.line("")
	p.line("%s", title)
}

// table writes rows below each other, cells of a row parted by tabs.
func (p *page) table(rows []string) {
	w := tabwriter.NewWriter(p, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		fmt.Fprintf(w, "  %s\n", row)
	}
	_ = w.Flush() // a builder takes everything
}

// resultText is a result for people who read it in a terminal.
func resultText(r *report.Report) string {
	p := new(page)
	edition := fmt.Sprintf("edition %d of %s", r.Edition.Number, r.Edition.Date)
	if r.Edition.Preview {
		edition += ", preview"
	}
	p.line("%s (%s)", r.Comparison.Title, edition)
	p.part(r.Headline)
	for _, text := range r.Firmness {
		p.line("%s", text)
	}
	for _, text := range r.Notices {
		p.part("Note: " + text)
	}
	if r.Margin != nil {
		p.standings(r)
		p.rules(r)
		p.effects(r)
	}
	p.flips(r)
	p.open(r)
	p.part("Link to this result, with all its sources:")
	p.line("  %s", r.URL)
	return p.String()
}

func (p *page) standings(r *report.Report) {
	p.part("Options")
	var rows []string
	head := ""
	for _, o := range r.Options {
		head += "\t" + o.Name
	}
	rows = append(rows, head)
	for _, row := range r.Figures(new(compare.Prose)) {
		rows = append(rows, row.Name+"\t"+strings.Join(row.Cells, "\t"))
	}
	p.table(rows)
}

func (p *page) rules(r *report.Report) {
	if len(r.Rules) == 0 {
		return
	}
	p.part("Conditions that these answers set")
	for _, rule := range r.Rules {
		p.line("  %s %s (%s)", r.Option(rule.Option).Name, rule.Text, rule.Question)
	}
}

// effects list what each answer did. Their points add up to the margin.
func (p *page) effects(r *report.Report) {
	p.part("What each answer did, in points for an option")
	var rows []string
	for _, a := range r.Answers {
		answer := a.Question + "=" + a.Choice
		if !a.Fixed {
			answer += "." + a.Importance
		}
		rows = append(rows, strings.TrimRight(fmt.Sprintf("%s\t%s\t%s", towards(r, a.Points), answer, a.Note()), "\t"))
	}
	rows = append(rows, towards(r, r.Margin.Points)+"\tmargin")
	p.table(rows)
}

func (p *page) flips(r *report.Report) {
	if len(r.Changes.Flips)+len(r.Changes.Limits) == 0 {
		return
	}
	p.part("What would change the outcome")
	for _, f := range r.Changes.Flips {
		var changes []string
		for _, ch := range f.Changes {
			changes = append(changes, fmt.Sprintf("%s (%s) %s", ch.Text, ch.Question, ch.Choices()))
		}
		p.line("  %s: then %s.", strings.Join(changes, " and "), f.Outcome)
	}
	if text := r.Changes.MoreText(); text != "" {
		p.line("  %s", text)
	}
	for _, text := range r.Changes.Limits {
		p.line("  %s", text)
	}
}

func (p *page) open(r *report.Report) {
	p.part("What is not known")
	for _, q := range r.Open.First(5) {
		p.line("  %s (%s) Worth answering: “%s” would change the outcome.", q.Text, q.Question, q.Label)
	}
	p.line("  %d of %s answered.", r.Answered, count(r.Asked, "question"))
	for _, text := range r.Open.Gaps() {
		p.line("  %s", text)
	}
	if text := r.RevisitText(); text != "" {
		p.line("  %s", text)
	}
}

// towards writes points with the option they speak for.
func towards(r *report.Report, points report.Points) string {
	o := r.Speaks(points)
	if o == nil {
		return points.String() + "\t"
	}
	return points.Size().String() + "\t" + o.Name
}
