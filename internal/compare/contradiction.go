package compare

import "slices"

// A Contradiction is a set of answers of which no service can do all, or that
// weigh against each other. It is told to the reader and changes no result, so
// it belongs to no edition.
type Contradiction struct {
	ID      string
	Between []Side // at least two, of different questions
	Text    string // what is the matter, for a reader who gave these answers
}

// A Side of a contradiction is the answers to one question that are part of it.
type Side struct {
	Question string   // id of a question
	Choices  []string // ids of its choices, any of them
}

// In reports whether somebody who gave the answers contradicts themselves so.
// How much an answer counts makes no difference. Questions and choices that the
// edition of the answers does not have are answered by nobody.
func (x *Contradiction) In(a Answers) bool {
	for _, side := range x.Between {
		q := a.Edition().Question(side.Question)
		if q == nil {
			return false
		}
		ch, _ := a.To(q)
		if ch == nil || !slices.Contains(side.Choices, ch.ID) {
			return false
		}
	}
	return true
}

// ContradictionsIn returns what contradicts itself in the answers, in the order
// of the file.
func (c *Comparison) ContradictionsIn(a Answers) []*Contradiction {
	var found []*Contradiction
	for i := range c.Contradictions {
		if c.Contradictions[i].In(a) {
			found = append(found, &c.Contradictions[i])
		}
	}
	return found
}
