package report

import "fmt"

// What the page and the decision record both take from a report.

// Cell returns the option's rating on the criterion. The option must be one of
// the comparison.
func (c Criterion) Cell(option string) Cell {
	for _, cell := range c.Cells {
		if cell.Option == option {
			return cell
		}
	}
	return Cell{Option: option, Unknown: true}
}

// Note says how firm one answer's part is: by what factor it would have to
// count to change the outcome, and which other choice does.
func (a Answer) Note() string {
	if a.Firmness == "" || a.FlipText == "" {
		return a.Firmness + a.FlipText
	}
	return a.Firmness + " " + a.FlipText
}

// LargestAnswer returns the size of the largest part of an answer: the scale to
// draw answers by.
func (r *Report) LargestAnswer() Points {
	var size Points
	for _, a := range r.Answers {
		size = max(size, a.Points.Size())
	}
	return size
}

// LargestCriterion is LargestAnswer for criteria.
func (r *Report) LargestCriterion() Points {
	var size Points
	for _, c := range r.Criteria {
		size = max(size, c.Points.Size())
	}
	return size
}

// FactsOf returns the facts behind a rating.
func (r *Report) FactsOf(c Cell) []*Fact {
	var facts []*Fact
	for _, id := range c.Facts {
		if f := r.Fact(id); f != nil {
			facts = append(facts, f)
		}
	}
	return facts
}

// First returns the first n questions worth answering.
func (o Open) First(n int) []OpenQuestion { return o.Questions[:min(n, len(o.Questions))] }

// Gaps says in sentences how much of the weight lies on ratings that are not
// known well.
func (o Open) Gaps() []string {
	var lines []string
	for _, g := range o.Unknown {
		lines = append(lines, g.Text)
	}
	if o.Stale != nil {
		lines = append(lines, o.Stale.Text)
	}
	return lines
}

// RevisitText says when to look at the result again, "" if no date is known.
func (r *Report) RevisitText() string {
	switch {
	case r.Revisit == "":
		return ""
	case r.Revisit.Before(r.today):
		return "Look at this result again: " + r.Revisit.Long() + " has passed, when " + r.revisitFor + "."
	}
	return "Look at this result again by " + r.Revisit.Long() + ", when " + r.revisitFor + "."
}

// A Figure is one line of figures, with a cell for each option.
type Figure struct {
	Name  string
	Cells []string
}

// Figures put the options side by side, each with the same lines.
func (r *Report) Figures() []Figure {
	rows := []struct {
		name string
		text func(o *Option) string
	}{
		{"Place", (*Option).placeText},
		{"Score of 100", func(o *Option) string { return o.Score.String() }},
		{"First in the variations", func(o *Option) string {
			if o.First == nil {
				return "–"
			}
			return o.First.Percent()
		}},
		{"Score in nine of ten variations", func(o *Option) string {
			if o.First == nil {
				return "–"
			}
			return span(o.UsualLow, o.UsualHigh)
		}},
		{"Score with all ratings at their lowest and highest", func(o *Option) string { return span(o.Lowest, o.Highest) }},
		{"Weight on ratings nobody knows", func(o *Option) string { return o.Unknown.Percent() }},
	}
	figures := make([]Figure, len(rows))
	for i, row := range rows {
		figures[i].Name = row.name
		for k := range r.Options {
			figures[i].Cells = append(figures[i].Cells, row.text(&r.Options[k]))
		}
	}
	return figures
}

func (o *Option) placeText() string {
	if o.Excluded {
		return "ruled out"
	}
	return fmt.Sprint(o.Rank)
}

func span(low, high Points) string { return low.String() + " to " + high.String() }
