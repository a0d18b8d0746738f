package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tiebreak/internal/compare"
)

// text is the whole comparison of two editions, with n random readers.
func (d *diff) text(n int) (string, error) {
	p := new(page)
	p.line("%s: %s against %s", d.comparison.Slug, editionText(d.old), editionText(d.new))
	for _, e := range d.comparison.Editions {
		if e.Number > d.old.Number && e.Number <= d.new.Number {
			p.questions(e)
		}
	}
	p.lines("Weights that changed, by choice", d.weights())
	p.lines("Ratings that changed, with their ranges", d.cells())
	if err := p.reference(d); err != nil {
		return "", err
	}
	p.random(d.randomTurns(n))
	return p.String(), nil
}

func editionText(e *compare.Edition) string {
	if e.Released {
		return fmt.Sprintf("edition %d, released %s", e.Number, e.Date)
	}
	return fmt.Sprintf("edition %d, preview", e.Number)
}

// lines writes a part with a list, or that there is nothing to list.
func (p *page) lines(title string, rows []string) {
	p.part(title)
	if len(rows) == 0 {
		rows = []string{"none"}
	}
	p.table(rows)
}

// questions say what an edition states of the questions of the one before, and
// which are new.
func (p *page) questions(e *compare.Edition) {
	var rows []string
	known := map[string]bool{}
	for _, m := range e.Mappings {
		known[m.Question] = true
		rows = append(rows, m.Question+"\t"+string(m.Fate))
		for _, s := range m.Choices {
			var answers []string
			for _, a := range s.Answers {
				answers = append(answers, a.Question+"="+a.Choice)
			}
			rows = append(rows, fmt.Sprintf("\t%s=%s becomes %s", m.Question, s.Choice, strings.Join(answers, " and ")))
		}
	}
	for _, q := range e.Asked() {
		if !known[q.ID] {
			rows = append(rows, q.ID+"\tnew")
		}
	}
	p.lines(fmt.Sprintf("Questions in edition %d", e.Number), rows)
}

// weights list the choices of both editions whose points or must rules differ.
func (d *diff) weights() []string {
	var rows []string
	for _, q := range d.new.Asked() {
		was := d.old.Question(q.ID)
		if was == nil || was.Retired {
			continue
		}
		if a, b := fixedText(was), fixedText(q); a != b {
			rows = append(rows, fmt.Sprintf("%s\timportance %s, now %s", q.ID, a, b))
		}
		for _, ch := range q.Offered() {
			before := "not offered"
			if old := was.Numbered(ch.Number); old != nil && !old.Retired {
				before = weightText(old)
			}
			if now := weightText(ch); now != before {
				rows = append(rows, fmt.Sprintf("%s=%s\t%s\tnow %s", q.ID, ch.ID, before, now))
			}
		}
	}
	return rows
}

func fixedText(q *compare.Question) string {
	if q.Fixed == nil {
		return "asked"
	}
	return "always " + q.Fixed.String()
}

// weightText is what a choice does, the same however its points are ordered.
func weightText(ch *compare.Choice) string {
	var parts []string
	for _, p := range ch.Points {
		if p.N > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", p.Criterion, p.N))
		}
	}
	for _, m := range ch.Musts {
		parts = append(parts, fmt.Sprintf("%s at least %d", m.Criterion, m.Min))
	}
	slices.Sort(parts)
	return cmp.Or(strings.Join(parts, ", "), "nothing")
}

// cells list the ratings that differ, criterion by criterion.
func (d *diff) cells() []string {
	var rows []string
	for i := range d.new.Criteria {
		now := &d.new.Criteria[i]
		was := d.old.Criterion(now.ID)
		if was == nil {
			rows = append(rows, now.ID+"\tnew criterion")
		}
		for _, o := range d.new.Options {
			before, after := cellText(was, o.ID), cellText(now, o.ID)
			if before != after {
				rows = append(rows, fmt.Sprintf("%s\t%s\t%s\tnow %s", now.ID, o.Name, before, after))
			}
		}
	}
	for _, was := range d.old.Criteria {
		if d.new.Criterion(was.ID) == nil {
			rows = append(rows, was.ID+"\tno longer a criterion")
		}
	}
	return rows
}

// cellText is one option's rating on a criterion, which may be nil.
func cellText(c *compare.Criterion, option string) string {
	if c != nil {
		for _, cell := range c.Cells {
			switch {
			case cell.Option != option:
			case cell.Unknown:
				return "unknown"
			default:
				return fmt.Sprintf("%d (%d to %d)", cell.Value, cell.Lo, cell.Hi)
			}
		}
	}
	return "not rated"
}

// text is a decision in a few words: "red, leans".
func (d decided) text() string {
	if d.leader == "" {
		return string(d.verdict)
	}
	return d.leader + ", " + string(d.verdict)
}

// reference lists the reference readers who decide otherwise.
func (p *page) reference(d *diff) error {
	turns, err := d.referenceTurns()
	if err != nil {
		return err
	}
	changed, unasked := []string{}, []string{}
	for _, t := range turns {
		if t.changed() {
			changed = append(changed, fmt.Sprintf("%s\t%s\tnow %s\t%s", t.reader.ID, t.old.text(), t.new.text(), t.reader.Name))
		}
		if n := len(t.unasked); n > 0 {
			unasked = append(unasked, fmt.Sprintf("%s\t%s", t.reader.ID, strings.Join(t.unasked, " ")))
		}
	}
	p.lines(fmt.Sprintf("Reference readers who decide otherwise: %d of %d", len(changed), len(turns)), changed)
	if len(unasked) > 0 {
		p.lines(fmt.Sprintf("Their answers that edition %d has no place for, left out above", d.old.Number), unasked)
	}
	return nil
}

// random counts the random readers who decide otherwise.
func (p *page) random(turns []turn) {
	other, firmness, lost := 0, 0, 0
	kinds := map[[2]string]int{}
	for _, t := range turns {
		if t.lost > 0 {
			lost++
		}
		switch {
		case !t.changed():
			continue
		case t.old.leader != t.new.leader:
			other++
		default:
			firmness++
		}
		kinds[[2]string{t.old.text(), t.new.text()}]++
	}
	p.part(fmt.Sprintf("Random readers who decide otherwise: %s", part(other+firmness, len(turns))))
	rows := []string{
		"another option ahead\t" + part(other, len(turns)),
		"the same option ahead, another verdict\t" + part(firmness, len(turns)),
		"some answer does not carry over\t" + part(lost, len(turns)),
	}
	p.table(rows)
	if len(kinds) > 0 {
		p.part("The most frequent changes among them")
		p.table(frequent(kinds))
	}
}

// mostKinds is how many kinds of change are listed.
const mostKinds = 10

func frequent(kinds map[[2]string]int) []string {
	order := slices.SortedFunc(maps.Keys(kinds), func(a, b [2]string) int {
		return cmp.Or(kinds[b]-kinds[a], slices.Compare(a[:], b[:]))
	})
	var rows []string
	for _, k := range order[:min(mostKinds, len(order))] {
		rows = append(rows, fmt.Sprintf("%d\t%s\tnow %s", kinds[k], k[0], k[1]))
	}
	return rows
}

// part writes a number as part of a whole: "123 of 10000 (1.2%)".
func part(n, of int) string {
	if of == 0 {
		return "0 of 0"
	}
	tenths := (2000*n + of) / (2 * of)
	return fmt.Sprintf("%d of %d (%d.%d%%)", n, of, tenths/10, tenths%10)
}
