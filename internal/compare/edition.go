package compare

import (
	"strconv"
	"strings"
)

// An Edition is all that a result depends on: criteria with their cells, and
// questions with their points. Once released it never changes, so a result
// link keeps its meaning for ever.
type Edition struct {
	Comparison string // slug; part of the check symbols of every code
	Number     int    // 1 to 1023; 0 is never an edition of the site
	Date       Date   // when it was opened, or released if it is
	Released   bool   // false: a preview, whose results may still change
	Options    []Option
	Groups     []Group
	Criteria   []Criterion
	Sections   []Section
	Questions  []Question // in the order asked; retired ones stay, marked
	// Mappings say what became of each question of the edition before; none in
	// the first edition.
	Mappings []Mapping
	// Errata are the rewordings since release that changed no meaning.
	Errata []Erratum
}

// An Erratum records one rewording of a released edition.
type Erratum struct {
	Date Date
	Text string
}

// A Group gathers criteria in the table.
type Group struct {
	ID   string
	Name string
	// Uneven says why the options do not get an equal number of facts or words
	// here, "" where they do.
	Uneven string
}

// A Criterion is one row of the table: one thing options are rated on.
type Criterion struct {
	ID      string
	Group   string // id of a Group
	Name    string
	Why     string // why it matters
	Zero    string // what a value of 0 means
	Hundred string // what a value of 100 means
	// Scale turns a measured quantity into a value; empty where editors rate directly.
	Scale []Breakpoint
	Unit  string // unit of the scale's X
	Cells []Cell // one per option, in option order
}

// A Breakpoint is a corner of a piecewise linear value function.
type Breakpoint struct {
	X string // a decimal number
	Y int    // 0 to 100
}

// A Cell rates one option on one criterion.
type Cell struct {
	Option   string // id of an Option
	Unknown  bool   // nobody knows: counts as 50 with the widest band
	Value    int    // 0 to 100
	Lo, Hi   int    // the band the value may really lie in, 0 <= Lo <= Value <= Hi <= 100
	Grade    string // A, B or C: grade of the evidence, which sets the default band
	Measured string // the quantity Value was computed from by the scale, "" where there is none
	Text     string // what is so, in 25 words or fewer
	Reason   string // why this value and not another
	Facts    []string
}

// A Section is one of the short parts of the form.
type Section struct {
	ID   string
	Name string
}

// A Question asks the reader one thing.
type Question struct {
	ID      string
	Slot    int    // permanent place in result codes, 0 to MaxSlots-1
	Section string // id of a Section
	Text    string
	Help    string
	// Fixed is the importance every answer has where the form does not ask
	// for it; nil where the reader chooses.
	Fixed   *Importance
	Retired bool // no longer asked; its slot is never used again
	Choices []Choice
}

// A Choice is one possible answer to a question.
type Choice struct {
	ID      string
	Number  int // permanent, 1 to MaxChoices
	Label   string
	Neutral bool // stated to change no weight
	Retired bool // no longer offered; its number is never used again
	Points  []Points
	Musts   []Must
}

// Points are the weight a choice puts on one criterion: how much the swing
// from 0 to 100 there matters to someone who gives this answer.
type Points struct {
	Criterion string
	N         int // 0 to MaxPoints
}

// A Must excludes every option whose value on the criterion is below Min. It
// is active only where the answer's importance is [Mandatory].
type Must struct {
	Criterion string
	Min       int
	Reason    string // what is missing below Min, one sentence
}

// Question returns the question with the given id, nil if there is none.
func (e *Edition) Question(id string) *Question {
	for i := range e.Questions {
		if e.Questions[i].ID == id {
			return &e.Questions[i]
		}
	}
	return nil
}

// QuestionAt returns the question at the given slot, nil if the slot is free.
func (e *Edition) QuestionAt(slot int) *Question {
	for i := range e.Questions {
		if e.Questions[i].Slot == slot {
			return &e.Questions[i]
		}
	}
	return nil
}

// Criterion returns the criterion with the given id, nil if there is none.
func (e *Edition) Criterion(id string) *Criterion {
	for i := range e.Criteria {
		if e.Criteria[i].ID == id {
			return &e.Criteria[i]
		}
	}
	return nil
}

// Option returns the option with the given id, nil if there is none.
func (e *Edition) Option(id string) *Option {
	for i := range e.Options {
		if e.Options[i].ID == id {
			return &e.Options[i]
		}
	}
	return nil
}

// Asked returns the questions that are not retired, in the order asked.
func (e *Edition) Asked() []*Question {
	var asked []*Question
	for i := range e.Questions {
		if !e.Questions[i].Retired {
			asked = append(asked, &e.Questions[i])
		}
	}
	return asked
}

// Choice returns the choice with the given id, nil if there is none.
func (q *Question) Choice(id string) *Choice {
	for i := range q.Choices {
		if q.Choices[i].ID == id {
			return &q.Choices[i]
		}
	}
	return nil
}

// Numbered returns the choice with the given permanent number, nil if none has it.
func (q *Question) Numbered(number int) *Choice {
	for i := range q.Choices {
		if q.Choices[i].Number == number {
			return &q.Choices[i]
		}
	}
	return nil
}

// InSection returns the questions asked in the given section, in order.
func (e *Edition) InSection(id string) []*Question {
	var asked []*Question
	for i := range e.Questions {
		if q := &e.Questions[i]; q.Section == id && !q.Retired {
			asked = append(asked, q)
		}
	}
	return asked
}

// InGroup returns the criteria of the given group, in order.
func (e *Edition) InGroup(id string) []*Criterion {
	var rows []*Criterion
	for i := range e.Criteria {
		if e.Criteria[i].Group == id {
			rows = append(rows, &e.Criteria[i])
		}
	}
	return rows
}

// Spread returns the largest difference between the values of two options on
// the criterion, 0 to 100. An unknown cell counts with its value of 50.
func (c *Criterion) Spread() int {
	lo, hi := 100, 0
	for _, cell := range c.Cells {
		lo, hi = min(lo, cell.Value), max(hi, cell.Value)
	}
	return max(0, hi-lo)
}

// Offered returns the choices that are not retired, in order.
func (q *Question) Offered() []*Choice {
	var offered []*Choice
	for i := range q.Choices {
		if !q.Choices[i].Retired {
			offered = append(offered, &q.Choices[i])
		}
	}
	return offered
}

// AskedAbout returns the questions with a choice that puts points on the
// criterion or sets a minimum there, in the order asked.
func (e *Edition) AskedAbout(criterion string) []*Question {
	var about []*Question
	for _, q := range e.Asked() {
		if q.bearsOn(criterion) {
			about = append(about, q)
		}
	}
	return about
}

func (q *Question) bearsOn(criterion string) bool {
	for i := range q.Choices {
		ch := &q.Choices[i]
		if ch.Retired {
			continue
		}
		for _, p := range ch.Points {
			if p.Criterion == criterion && p.N > 0 {
				return true
			}
		}
		for _, m := range ch.Musts {
			if m.Criterion == criterion {
				return true
			}
		}
	}
	return false
}

// Says returns the row's ratings in one line, in the order of the options.
func (c *Criterion) Says(options []Option) string {
	ratings := make([]string, 0, len(c.Cells))
	for i, cell := range c.Cells {
		rating := "unknown"
		if !cell.Unknown {
			rating = strconv.Itoa(cell.Value)
		}
		ratings = append(ratings, options[i].Name+" "+rating)
	}
	return c.Name + ": " + strings.Join(ratings, ", ")
}
