package catalog

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"tiebreak/internal/compare"
)

// A canon is an edition written down line by line, always in the same way, so
// that its hash tells whether anything changed. The first line names the form:
// it changes if the form ever must.
type canon struct{ strings.Builder }

// add writes one line. Texts are quoted, so no text can look like a line.
func (c *canon) add(kind string, values ...any) {
	c.WriteString(kind)
	for _, v := range values {
		if s, ok := v.(string); ok {
			fmt.Fprintf(c, " %q", s)
		} else {
			fmt.Fprintf(c, " %v", v)
		}
	}
	c.WriteByte('\n')
}

func (c *canon) hash() string {
	sum := sha256.Sum256([]byte(c.String()))
	return hex.EncodeToString(sum[:])
}

// dataHash covers all that a result is computed from. The order of options and
// criteria is part of it, because it breaks ties; that of questions, choices
// and points is not.
func dataHash(e *compare.Edition) string {
	c := &canon{}
	c.add("tiebreak data 1")
	c.add("edition", e.Comparison, e.Number)
	for _, o := range e.Options {
		c.add("option", o.ID)
	}
	for _, criterion := range e.Criteria {
		c.add("criterion", criterion.ID)
		for _, cell := range criterion.Cells {
			c.add("cell", cell.Option, cell.Value, cell.Lo, cell.Hi, cell.Unknown)
		}
	}
	questions := slices.SortedFunc(slices.Values(e.Questions), func(a, b compare.Question) int {
		return cmp.Compare(a.Slot, b.Slot)
	})
	for _, q := range questions {
		c.add("question", q.Slot, q.ID, fixed(q), q.Retired)
		choices := slices.SortedFunc(slices.Values(q.Choices), func(a, b compare.Choice) int {
			return cmp.Compare(a.Number, b.Number)
		})
		for _, choice := range choices {
			c.choiceData(choice)
		}
	}
	return c.hash()
}

func (c *canon) choiceData(choice compare.Choice) {
	c.add("choice", choice.Number, choice.ID, choice.Retired)
	points := slices.SortedFunc(slices.Values(choice.Points), func(a, b compare.Points) int {
		return cmp.Compare(a.Criterion, b.Criterion)
	})
	for _, p := range points {
		if p.N != 0 {
			c.add("points", p.Criterion, p.N)
		}
	}
	for _, m := range choice.Musts {
		c.add("must", m.Criterion, m.Min)
	}
}

func fixed(q compare.Question) string {
	if q.Fixed == nil {
		return "asked"
	}
	return q.Fixed.String()
}

// textsHash covers all else that a reader sees of an edition, in the order in
// which it is shown, and what became of the questions of the edition before.
func textsHash(e *compare.Edition) string {
	c := &canon{}
	c.add("tiebreak texts 1")
	for _, o := range e.Options {
		c.add("option", o.ID, o.Name)
	}
	for _, g := range e.Groups {
		c.add("group", g.ID, g.Name)
	}
	for _, criterion := range e.Criteria {
		c.criterionTexts(criterion)
	}
	for _, s := range e.Sections {
		c.add("section", s.ID, s.Name)
	}
	for _, q := range e.Questions {
		c.add("question", q.ID, q.Section, q.Text, q.Help)
		for _, choice := range q.Choices {
			c.add("choice", choice.ID, choice.Label, choice.Neutral)
			for _, m := range choice.Musts {
				c.add("must", m.Reason)
			}
		}
	}
	for _, m := range e.Mappings {
		c.add("mapping", m.Question, string(m.Fate))
		for _, split := range m.Choices {
			c.add("choice", split.Choice)
			for _, a := range split.Answers {
				c.add("answer", a.Question, a.Choice)
			}
		}
	}
	return c.hash()
}

func (c *canon) criterionTexts(criterion compare.Criterion) {
	c.add("criterion", criterion.ID, criterion.Group, criterion.Name, criterion.Why, criterion.Zero, criterion.Hundred, criterion.Unit)
	for _, b := range criterion.Scale {
		c.add("scale", b.X, b.Y)
	}
	for _, cell := range criterion.Cells {
		c.add("cell", cell.Option, cell.Grade, cell.Measured, cell.Text, cell.Reason)
		for _, fact := range cell.Facts {
			c.add("fact", fact)
		}
	}
}
