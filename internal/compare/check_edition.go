package compare

import (
	"fmt"
	"slices"
	"strings"
)

func (k *checker) edition(e *Edition) {
	at := fmt.Sprintf("editions[%d]", e.Number)
	if e.Number < 1 || e.Number > maxEdition {
		k.bad(at, "an edition's number is 1 to %d", maxEdition)
	}
	k.date(at+".date", e.Date)
	before := len(k.problems)
	k.criteria(at, e)
	if len(k.problems) == before {
		k.balance(at, e) // of complete cells only
	}
	k.questions(at, e)
}

func (k *checker) criteria(at string, e *Edition) {
	groups := map[string]bool{}
	for i, g := range e.Groups {
		at := fmt.Sprintf("%s.groups[%d]", at, i)
		k.unique(groups, idForm, at+".id", g.ID)
		k.present(at+".name", g.Name)
	}
	if n := len(e.Criteria); n < 1 || n > MaxCriteria {
		k.bad(at+".criteria", "there are %d criteria: an edition has 1 to %d", n, MaxCriteria)
	}
	seen, used := map[string]bool{}, map[string]bool{}
	for i := range e.Criteria {
		c := &e.Criteria[i]
		at := fmt.Sprintf("%s.criteria[%d]", at, i)
		k.unique(seen, idForm, at+".id", c.ID)
		if !groups[c.Group] {
			k.bad(at+".group", "group %q is not among the groups", c.Group)
		}
		used[c.Group] = true
		k.present(at+".name", c.Name)
		k.present(at+".why", c.Why)
		k.present(at+".zero", c.Zero)
		k.present(at+".hundred", c.Hundred)
		k.cells(at, e, c)
	}
	for i, g := range e.Groups {
		if !used[g.ID] {
			k.bad(fmt.Sprintf("%s.groups[%d]", at, i), "group %q has no criterion", g.ID)
		}
	}
}

// balance reports groups in which one option gets clearly more facts or words
// than another: the larger count may be 15 % above the smaller.
func (k *checker) balance(at string, e *Edition) {
	for i, g := range e.Groups {
		facts, words := make([]int, len(e.Options)), make([]int, len(e.Options))
		for _, c := range e.InGroup(g.ID) {
			for o := range min(len(c.Cells), len(e.Options)) {
				facts[o] += len(c.Cells[o].Facts)
				words[o] += len(strings.Fields(c.Cells[o].Text))
			}
		}
		at := fmt.Sprintf("%s.groups[%d]", at, i)
		for _, count := range []struct {
			what string
			n    []int
		}{{"facts", facts}, {"words", words}} {
			least, most := slices.Min(count.n), slices.Max(count.n)
			if 100*most > 115*least && g.Uneven == "" {
				k.bad(at, "the options get from %d to %d %s in this group, more than 15%% apart: even it out, or say why under uneven", least, most, count.what)
			}
		}
	}
}

func (k *checker) cells(at string, e *Edition, c *Criterion) {
	if len(c.Cells) != len(e.Options) {
		k.bad(at+".cells", "there are %d cells: every criterion has one for each of the %d options", len(c.Cells), len(e.Options))
		return
	}
	for i := range c.Cells {
		cell := &c.Cells[i]
		at := fmt.Sprintf("%s.cells[%d]", at, i)
		if want := e.Options[i].ID; cell.Option != want {
			k.bad(at+".option", "this cell must be for option %q: cells stand in the order of the options", want)
		}
		if cell.Lo < 0 || cell.Lo > cell.Value || cell.Value > cell.Hi || cell.Hi > 100 {
			k.bad(at, "value %d with band %d to %d: it must be 0 <= low <= value <= high <= 100", cell.Value, cell.Lo, cell.Hi)
		}
		k.present(at+".text", cell.Text)
		if n := len(strings.Fields(cell.Text)); n > MaxCellWords {
			k.bad(at+".text", "has %d words: cut it to %d", n, MaxCellWords)
		}
		k.present(at+".reason", cell.Reason)
		if len(cell.Facts) == 0 {
			k.bad(at+".facts", "a cell needs at least one fact")
		}
		k.cited(at+".facts", cell.Facts)
	}
}

func (k *checker) questions(at string, e *Edition) {
	sections := map[string]bool{}
	for i, s := range e.Sections {
		at := fmt.Sprintf("%s.sections[%d]", at, i)
		k.unique(sections, idForm, at+".id", s.ID)
		k.present(at+".name", s.Name)
	}
	if len(e.Asked()) == 0 {
		k.bad(at+".questions", "there is no question to ask")
	}
	seen, slots := map[string]bool{}, map[int]string{}
	for i := range e.Questions {
		q := &e.Questions[i]
		at := fmt.Sprintf("%s.questions[%d]", at, i)
		k.unique(seen, idForm, at+".id", q.ID)
		if !sections[q.Section] {
			k.bad(at+".section", "section %q is not among the sections", q.Section)
		}
		if q.Slot < 0 || q.Slot >= MaxSlots {
			k.bad(at+".slot", "slot %d must be 0 to %d", q.Slot, MaxSlots-1)
		}
		if other, taken := slots[q.Slot]; taken {
			k.bad(at+".slot", "slot %d belongs to question %q: a slot is never used again", q.Slot, other)
		}
		slots[q.Slot] = q.ID
		k.present(at+".text", q.Text)
		k.choices(at, e, q)
	}
}

func (k *checker) choices(at string, e *Edition, q *Question) {
	seen, numbers, offered := map[string]bool{}, map[int]string{}, 0
	for i := range q.Choices {
		ch := &q.Choices[i]
		at := fmt.Sprintf("%s.choices[%d]", at, i)
		k.unique(seen, idForm, at+".id", ch.ID)
		if ch.ID == Unsure {
			k.bad(at+".id", "“Not sure” is added to every question: leave this choice out")
		}
		if ch.Number < 1 || ch.Number > MaxChoices {
			k.bad(at+".number", "number %d must be 1 to %d", ch.Number, MaxChoices)
		}
		if other, taken := numbers[ch.Number]; taken {
			k.bad(at+".number", "number %d belongs to choice %q: a number is never used again", ch.Number, other)
		}
		numbers[ch.Number] = ch.ID
		k.present(at+".label", ch.Label)
		k.effects(at, e, ch)
		if !ch.Retired {
			offered++
		}
	}
	if offered < 2 && !q.Retired {
		k.bad(at+".choices", "a question offers at least two choices")
	}
}

// effects checks what a choice does: its points and its must rules.
func (k *checker) effects(at string, e *Edition, ch *Choice) {
	sum := 0
	for _, p := range ch.Points {
		if e.Criterion(p.Criterion) == nil {
			k.bad(at+".points", "criterion %q is not in criteria.yaml", p.Criterion)
		}
		if p.N < 0 || p.N > MaxPoints {
			k.bad(at+".points", "%d points on %q: points are 0 to %d", p.N, p.Criterion, MaxPoints)
		}
		sum += p.N
	}
	if sum > MaxPoints {
		k.bad(at+".points", "the points come to %d: a choice has at most %d, so that every question has the same say", sum, MaxPoints)
	}
	switch idle := sum == 0 && len(ch.Musts) == 0; {
	case idle && !ch.Neutral:
		k.bad(at, "choice %q changes nothing: give it points, or say neutral: true", ch.ID)
	case !idle && ch.Neutral:
		k.bad(at+".neutral", "choice %q has points or must rules, so it is not neutral", ch.ID)
	}
	for i, m := range ch.Musts {
		at := fmt.Sprintf("%s.must[%d]", at, i)
		if e.Criterion(m.Criterion) == nil {
			k.bad(at, "criterion %q is not in criteria.yaml", m.Criterion)
		}
		if m.Min < 0 || m.Min > 100 {
			k.bad(at, "minimum %d must be 0 to 100", m.Min)
		}
		k.present(at+".reason", m.Reason)
	}
}

// succession checks that a newer edition keeps the permanent numbers of the
// one before it: links of both live side by side.
func (k *checker) succession(older, newer *Edition) {
	for i := range newer.Questions {
		q := &newer.Questions[i]
		at := fmt.Sprintf("editions[%d].questions[%d]", newer.Number, i)
		if was := older.QuestionAt(q.Slot); was != nil && was.ID != q.ID {
			k.bad(at+".slot", "slot %d is question %q in edition %d: take a slot never used", q.Slot, was.ID, older.Number)
		}
		was := older.Question(q.ID)
		if was == nil {
			continue
		}
		if was.Slot != q.Slot {
			k.bad(at+".slot", "question %q has slot %d in edition %d and must keep it", q.ID, was.Slot, older.Number)
		}
		for j := range q.Choices {
			ch := &q.Choices[j]
			if old := was.Numbered(ch.Number); old != nil && old.ID != ch.ID {
				k.bad(fmt.Sprintf("%s.choices[%d].number", at, j), "number %d is choice %q in edition %d: take a number never used", ch.Number, old.ID, older.Number)
			}
		}
	}
	for i := range older.Questions {
		k.kept(older, newer, &older.Questions[i])
	}
}

// kept checks that a question and its choices are still in the newer edition,
// if only as retired: what is gone could give its number to something else.
func (k *checker) kept(older, newer *Edition, was *Question) {
	now := newer.Question(was.ID)
	if now == nil {
		k.bad(fmt.Sprintf("editions[%d].questions", newer.Number), "question %q of edition %d is gone: keep it, marked retired: true", was.ID, older.Number)
		return
	}
	for _, ch := range was.Choices {
		if now.Numbered(ch.Number) == nil {
			i := slices.IndexFunc(newer.Questions, func(q Question) bool { return q.ID == now.ID })
			k.bad(fmt.Sprintf("editions[%d].questions[%d].choices", newer.Number, i), "choice %q, number %d in edition %d, is gone: keep it, marked retired: true", ch.ID, ch.Number, older.Number)
		}
	}
}
