package score

import (
	"math/bits"
	"slices"

	"tiebreak/internal/compare"
)

// A Joint is what several readers' answers to one edition come to when their
// points are added up.
type Joint struct {
	// Decision is the joint decision. A part of Versus[].Answers stands for
	// one answer of one person, person by person; Robustness.Factor is nil
	// and Changes is zero, since no reader alone can make them.
	Decision
	People    []Person
	Questions []Spread // questions that anybody answered, those that matter first, then in slot order
}

// A Person is one reader among several.
type Person struct {
	Answers compare.Answers
	Own     *Decision // what the answers come to by themselves
	// Part is what the person's answers contribute to the joint margin, the
	// index being that of the person. The parts add up to the shown margin;
	// zero if nothing is weighted.
	Part Part
}

// A Spread is how several readers answered one question.
type Spread struct {
	Slot    int
	Answers []compare.Answer // by person, the zero value for no answer
	// Agreed means that everybody gave the same answer with the same importance.
	Agreed bool
	// Matters means that another option, or none, would lead, or that must rules
	// would exclude others, if everybody gave one of the answers that were given.
	Matters bool
	// IfAll holds, by person, the option that would lead if everybody gave that
	// person's answer: -1 if none would. Left is how many options must rules would
	// then leave. Both are empty if all agreed.
	IfAll, Left []int
}

// Together returns what the answers of two or more readers come to. All
// must be answers to the model's edition. Their points are summed, so everybody
// has the same say; a must rule of anybody excludes for all. In the robustness
// run each person's marks move by themselves.
func (m *Model) Together(people []compare.Answers) *Joint {
	j := &Joint{}
	var votes []vote
	owners := make([]int, 0, len(people)*len(m.questions))
	for i, a := range people {
		own := m.votes(a)
		for range own {
			owners = append(owners, i)
		}
		votes = append(votes, m.moving(own, a)...)
		j.People = append(j.People, Person{Answers: a, Own: m.Decide(a)})
	}
	b := m.add(votes)
	m.decideJointly(&j.Decision, b)
	j.share(owners)
	j.spread(m, b.standing(), people)
	return j
}

// moving gives a person's votes draws of their own, so that marks move
// independently. They are keyed by the code, not by the person's place, so the
// order of people changes no number.
func (m *Model) moving(votes []vote, a compare.Answers) []vote {
	code := a.Code()
	for i := range votes {
		q := *votes[i].question
		id := m.edition.QuestionAt(q.slot).ID
		q.draws = func() []uint64 { return importanceDraws(code+"|"+id, m.draws) }
		votes[i].question = &q
	}
	return votes
}

func (m *Model) decideJointly(d *Decision, b *ballot) {
	*d = Decision{Edition: m.edition, Answered: len(b.votes), Weights: b.weights, Total: b.sum}
	if b.sum > 0 {
		d.Standings = m.standings(b)
		d.Versus = m.versus(b, d.Standings)
		d.Robustness = m.robustness(b)
		d.Robustness.Factor = nil
		d.Dominant = dominant(d.Versus)
		d.Unverified = len(b.left) > 0 && len(d.Standings[0].Check) > 0
	}
	d.Verdict = verdict(b, d)
}

// share splits the joint margin among the people.
func (j *Joint) share(owners []int) {
	if len(j.Versus) == 0 {
		return
	}
	p := j.Versus[0]
	exact := make([]int64, len(j.People))
	for v, part := range p.Answers {
		exact[owners[v]] += part.Exact
	}
	for i, shown := range ShownContributions(exact, j.Total, p.Tenths) {
		j.People[i].Part = Part{Index: i, Exact: exact[i], Tenths: shown}
	}
}

// spread compares the answers question by question.
func (j *Joint) spread(m *Model, now stand, people []compare.Answers) {
	for i := range m.questions {
		slot := m.questions[i].slot
		s := Spread{Slot: slot, Agreed: true}
		for _, a := range people {
			ans := a.At(slot)
			s.Answers = append(s.Answers, ans)
			s.Agreed = s.Agreed && ans == s.Answers[0]
		}
		if s.Agreed && s.Answers[0].Choice == 0 {
			continue // nobody answered
		}
		if !s.Agreed {
			s.test(m, now, people)
		}
		j.Questions = append(j.Questions, s)
	}
	slices.SortStableFunc(j.Questions, func(x, y Spread) int {
		return one(y.Matters) - one(x.Matters)
	})
}

// test gives everybody each of the answers in turn and sees how options stand then.
func (s *Spread) test(m *Model, now stand, people []compare.Answers) {
	tried := map[compare.Answer]stand{}
	for _, ans := range s.Answers {
		then, known := tried[ans]
		if !known {
			var votes []vote
			for _, a := range people {
				votes = append(votes, m.votes(a.With(s.Slot, ans))...)
			}
			then = m.add(votes).standing()
			tried[ans] = then
		}
		s.IfAll, s.Left = append(s.IfAll, then.leader), append(s.Left, len(m.options)-bits.OnesCount32(uint32(then.excluded)))
		s.Matters = s.Matters || then != now
	}
}

// A stand is who leads and who is out.
type stand struct {
	leader   int // -1 if none leads by itself
	excluded optionSet
}

func (b *ballot) standing() stand { return stand{b.leader(), b.excluded} }

// leader returns the option left that has the largest total by itself, -1 if
// none has.
func (b *ballot) leader() int {
	if b.sum == 0 {
		return -1
	}
	best, alone := -1, false
	for _, o := range b.left {
		switch {
		case best < 0 || b.totals[o] > b.totals[best]:
			best, alone = o, true
		case b.totals[o] == b.totals[best]:
			alone = false
		}
	}
	if !alone {
		return -1
	}
	return best
}
