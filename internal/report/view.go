package report

import (
	"strconv"

	"tiebreak/internal/compare"
)

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
func (a *Answer) Note() string {
	if a.Firmness == "" || a.FlipText == "" {
		return a.Firmness + a.FlipText
	}
	return a.Firmness + " " + a.FlipText
}

// Idle reports whether the answer did nothing that a reader must know of.
func (a *Answer) Idle() bool { return a.Points == 0 && a.Firmness == "" && a.FlipText == "" }

// Idle reports whether the criterion did nothing that a reader must know of.
func (c *Criterion) Idle() bool { return c.Points == 0 && c.Firmness == "" }

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

// MoreText says how many changes there are besides those listed, "" for none.
func (c Changes) MoreText() string {
	if c.More == 0 {
		return ""
	}
	if len(c.Flips[0].Changes) > 1 {
		return "And " + count(c.More, "more such pair.", "more such pairs.")
	}
	return "And " + count(c.More, "more such change.", "more such changes.")
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
func (r *Report) RevisitText() string { return r.revisitText }

// A Figure is one line of figures, with a cell for each option.
type Figure struct {
	Name  string
	Cells []string
}

// Figures put the options side by side, each with the same lines, in the words
// given.
func (r *Report) Figures(words *compare.Prose) []Figure {
	span := func(low, high Points) string {
		return words.Join(pointsIn(words, low), " to ", pointsIn(words, high))
	}
	figures := []Figure{
		{Name: "Place"},
		{Name: "Score of 100"},
		{Name: "First in the variations"},
		{Name: "Score in nine of ten variations"},
		{Name: "Score with all ratings at their lowest and highest"},
		{Name: "Weight on ratings nobody knows"},
	}
	n := len(r.Options)
	cells := make([]string, len(figures)*n)
	for i := range figures {
		figures[i].Cells = cells[i*n : (i+1)*n : (i+1)*n]
	}
	for k := range r.Options {
		o := &r.Options[k]
		column := [...]string{
			o.placeText(), pointsIn(words, o.Score), "–", "–",
			span(o.Lowest, o.Highest), percentIn(words, o.Unknown),
		}
		if o.First != nil {
			column[2], column[3] = percentIn(words, *o.First), span(o.UsualLow, o.UsualHigh)
		}
		for i, text := range column {
			figures[i].Cells[k] = text
		}
	}
	return figures
}

func (o *Option) placeText() string {
	if o.Excluded {
		return "ruled out"
	}
	return strconv.Itoa(o.Rank)
}

func span(low, high Points) string { return low.String() + " to " + high.String() }
