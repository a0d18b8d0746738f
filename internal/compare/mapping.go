package compare

import (
	"fmt"
	"slices"
)

// Fate says what became of a question in the next edition.
type Fate string

// The fates a question may have.
const (
	Same     Fate = "same"     // nothing changed: answers carry over
	Reworded Fate = "reworded" // other words, same meaning: answers carry over
	Split    Fate = "split"    // became several questions: each choice says which answers it stands for
	Retired  Fate = "retired"  // no longer asked: answers no longer count
)

// A Mapping says what became of one question of the edition before. It is
// stated by the editors in the newer edition's file, never guessed.
type Mapping struct {
	Question string // id in the older edition
	Fate     Fate
	// Choices holds, for a split question, the answers each of its choices
	// stands for. A choice that is not listed stands for none.
	Choices []SplitChoice
}

// A SplitChoice says which answers in the newer edition one choice stands for.
type SplitChoice struct {
	Choice  string // id in the older edition
	Answers []NewAnswer
}

// A NewAnswer is one answer in the newer edition, by ids.
type NewAnswer struct{ Question, Choice string }

// mappingOf returns what became of a question of the edition before, nil if
// the edition does not say.
func (e *Edition) mappingOf(question string) *Mapping {
	for i := range e.Mappings {
		if e.Mappings[i].Question == question {
			return &e.Mappings[i]
		}
	}
	return nil
}

// Renew reads answers that were given to an older edition as answers to the
// current one, edition by edition, by the mappings each edition states. It also
// returns the texts of the questions whose answers did not carry over.
func (c *Comparison) Renew(a Answers) (renewed Answers, lost []string) {
	return c.RenewTo(c.Current().Number, a)
}

// RenewTo is [Comparison.Renew] up to the edition with the given number, which
// need not be the current one.
func (c *Comparison) RenewTo(number int, a Answers) (renewed Answers, lost []string) {
	for _, e := range c.Editions {
		if e.Number <= a.edition.Number || e.Number > number {
			continue
		}
		var dropped []string
		a, dropped = e.adopt(a)
		lost = append(lost, dropped...)
	}
	return a, lost
}

// adopt reads answers to the edition before e as answers to e.
func (e *Edition) adopt(a Answers) (adopted Answers, lost []string) {
	adopted = e.NoAnswers()
	for slot, ans := range a.slots {
		if ans.Choice == 0 {
			continue
		}
		was := a.edition.QuestionAt(slot)
		next := e.successors(was, ans)
		if len(next) == 0 {
			lost = append(lost, was.Text)
		}
		for _, n := range next {
			adopted = adopted.With(n.slot, n.answer)
		}
	}
	return adopted, lost
}

// A placed answer is an answer with its slot.
type placed struct {
	slot   int
	answer Answer
}

// successors returns the answers in e that an answer to the question was
// stands for.
func (e *Edition) successors(was *Question, ans Answer) []placed {
	m := e.mappingOf(was.ID)
	if m == nil {
		return nil
	}
	switch m.Fate {
	case Same, Reworded:
		q := e.Question(was.ID)
		if q == nil || q.Retired || q.Numbered(ans.Choice) == nil || q.Numbered(ans.Choice).Retired {
			return nil
		}
		return []placed{q.place(ans.Choice, ans.Importance)}
	case Split:
		ch := was.Numbered(ans.Choice)
		i := slices.IndexFunc(m.Choices, func(s SplitChoice) bool { return s.Choice == ch.ID })
		if i < 0 {
			return nil
		}
		var next []placed
		for _, n := range m.Choices[i].Answers {
			q := e.Question(n.Question)
			next = append(next, q.place(q.Choice(n.Choice).Number, ans.Importance))
		}
		return next
	}
	return nil
}

// place puts an answer into the question's slot, with the question's own
// importance where that is fixed.
func (q *Question) place(choice int, importance Importance) placed {
	if q.Fixed != nil {
		importance = *q.Fixed
	}
	return placed{q.Slot, Answer{Choice: choice, Importance: importance}}
}

// mappings checks that the newer edition says of every question of the older
// one what became of it, and says what is so.
func (k *checker) mappings(older, newer *Edition) {
	at := fmt.Sprintf("editions[%d].mapping", newer.Number)
	seen := map[string]bool{}
	for i := range newer.Mappings {
		m := &newer.Mappings[i]
		at := fmt.Sprintf("%s[%d]", at, i)
		was := older.Question(m.Question)
		if was == nil || was.Retired {
			k.bad(at+".question", "question %q is not asked in edition %d", m.Question, older.Number)
			continue
		}
		if seen[m.Question] {
			k.bad(at+".question", "question %q is mapped twice", m.Question)
		}
		seen[m.Question] = true
		k.mapping(at, was, newer, m)
	}
	for _, q := range older.Asked() {
		if !seen[q.ID] {
			k.bad(at, "question %q of edition %d is not mapped: say whether it is the same, reworded, split or retired", q.ID, older.Number)
		}
	}
}

func (k *checker) mapping(at string, was *Question, newer *Edition, m *Mapping) {
	q := newer.Question(m.Question)
	asked := q != nil && !q.Retired
	switch m.Fate {
	case Same, Reworded:
		switch {
		case !asked:
			k.bad(at+".is", "question %q is not asked in edition %d, so it is retired or split", m.Question, newer.Number)
		case m.Fate == Same && !sameWords(was, q):
			k.bad(at+".is", "the words of question %q have changed, so it is reworded", m.Question)
		}
	case Split, Retired:
		if asked && m.Fate == Retired {
			k.bad(at+".is", "question %q is still asked in edition %d, so it is not retired", m.Question, newer.Number)
		}
	default:
		k.bad(at+".is", "%q is none of same, reworded, split, retired", m.Fate)
	}
	if len(m.Choices) > 0 && m.Fate != Split {
		k.bad(at+".choices", "only a question that was split maps its choices")
	}
	for i, s := range m.Choices {
		at := fmt.Sprintf("%s.choices[%d]", at, i)
		if was.Choice(s.Choice) == nil {
			k.bad(at, "choice %q is not one of question %q", s.Choice, m.Question)
		}
		for _, n := range s.Answers {
			to := newer.Question(n.Question)
			if to == nil || to.Retired || to.Choice(n.Choice) == nil || to.Choice(n.Choice).Retired {
				k.bad(at, "there is no answer %q to question %q in edition %d", n.Choice, n.Question, newer.Number)
			}
		}
	}
}

// sameWords reports whether a reader sees the same question and choices.
func sameWords(was, now *Question) bool {
	if was.Text != now.Text {
		return false
	}
	for _, ch := range was.Offered() {
		if n := now.Numbered(ch.Number); n == nil || n.Label != ch.Label {
			return false
		}
	}
	return true
}
