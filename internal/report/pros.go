package report

import (
	"fmt"
	"slices"
	"strconv"

	"tiebreak/internal/escape"
)

func (r *Report) prosAndCons(d *document) {
	d.line("## Pros and Cons of the Options\n")
	if r.Margin != nil {
		d.line("Ratings and reasons are those of %s; “our” measurements in them are its own.\n", escape.Markdown(r.Site))
	}
	for i := range r.Options {
		o := &r.Options[i]
		d.line("### %s\n", escape.Markdown(o.Name))
		if r.Margin == nil {
			d.line("Nothing the answers put weight on.\n")
			continue
		}
		d.line("%s\n", o.summary())
		r.points(d, o)
		d.line("")
	}
}

func (o *Option) summary() string {
	text := fmt.Sprintf("Scores %s of 100, and %s with all ratings at the low or high end of their ranges.", o.Score, span(o.Lowest, o.Highest))
	if o.First != nil {
		text += fmt.Sprintf(" Comes first in %s of the variations.", o.First.Percent())
	}
	if o.Excluded {
		text += " Ruled out by a must."
	}
	return text
}

// points write what each criterion says for or against an option, the heaviest
// first.
func (r *Report) points(d *document, o *Option) {
	for _, word := range []string{"Good", "Neutral", "Bad"} {
		for _, c := range r.byWeight() {
			if c.speaks(o) == word {
				d.line("* %s, because %s%s", word, r.comparedOn(o, c), r.cited(d, c.Cell(o.ID)))
			}
		}
	}
}

// speaks says what a criterion is for an option beside the best of the others.
func (c Criterion) speaks(o *Option) string {
	own := c.Cell(o.ID)
	switch difference := own.worth() - c.rival(o).worth(); {
	case own.Unknown || difference == 0:
		return "Neutral"
	case difference > 0:
		return "Good"
	}
	return "Bad"
}

// rival returns the best rating of the others, the first of equal ones.
func (c Criterion) rival(o *Option) Cell {
	best := Cell{Value: -1}
	for _, cell := range c.Cells {
		if cell.Option != o.ID && cell.worth() > best.worth() {
			best = cell
		}
	}
	return best
}

// comparedOn writes how an option is rated on a criterion beside the best of the
// others, and why.
func (r *Report) comparedOn(o *Option, c Criterion) string {
	own, rival := c.Cell(o.ID), c.rival(o)
	name := escape.Markdown(r.Option(rival.Option).Name)
	beside := "against " + rival.Rating() + " for " + name
	if own.Rating() == rival.Rating() {
		beside = "as for " + name
	}
	return fmt.Sprintf("“%s” is rated %s %s. %s", escape.Markdown(c.Name), own.Rating(), beside, escape.Markdown(own.Text))
}

// worth is the value a rating counts with.
func (c Cell) worth() int {
	if c.Unknown {
		return 50
	}
	return c.Value
}

// cited names the sources of the facts behind a rating by their numbers in the
// list at the end. What was measured here has no other source.
func (r *Report) cited(d *document, c Cell) string {
	var numbers []int
	add := func(source string) {
		if n := d.cite(source); !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	for _, f := range r.FactsOf(c) {
		for _, s := range f.Sources {
			add(escape.MarkdownLink(s.Title, s.URL) + ", " + escape.Markdown(s.Publisher) + ", " + escape.Markdown(s.Date))
		}
		if len(f.Sources) == 0 {
			add("Measured by " + escape.Markdown(r.Site) + ": " + escape.MarkdownLink(f.Statement, f.URL))
		}
	}
	if len(numbers) == 0 {
		return ""
	}
	return " (" + plural(len(numbers), "source ", "sources ") + runs(numbers) + ")"
}

// runs writes numbers in their order, three or more that follow each other as the
// first to the last.
func runs(numbers []int) string {
	slices.Sort(numbers)
	var parts []string
	for i := 0; i < len(numbers); {
		last := i
		for last+1 < len(numbers) && numbers[last+1] == numbers[last]+1 {
			last++
		}
		if last-i < 2 {
			last = i
			parts = append(parts, strconv.Itoa(numbers[i]))
		} else {
			parts = append(parts, fmt.Sprintf("%d to %d", numbers[i], numbers[last]))
		}
		i = last + 1
	}
	return join(parts, "and")
}
