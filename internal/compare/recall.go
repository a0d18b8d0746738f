package compare

// Recall reads answers backwards: as answers to the older edition with the
// given number, by the mappings of the editions since. It is the way back of
// [Comparison.RenewTo] as far as there is one. What an older edition did not
// ask, and what no choice there stands for alone, is left out and named by the
// text of its question.
func (c *Comparison) Recall(number int, a Answers) (recalled Answers, lost []string) {
	for i := len(c.Editions) - 1; i > 0; i-- {
		newer, older := c.Editions[i], c.Editions[i-1]
		if newer.Number > a.edition.Number || older.Number < number {
			continue
		}
		var dropped []string
		a, dropped = newer.recall(older, a)
		lost = append(lost, dropped...)
	}
	return a, lost
}

// recall reads answers to e as answers to the edition before it.
func (e *Edition) recall(older *Edition, a Answers) (recalled Answers, lost []string) {
	recalled = older.NoAnswers()
	used := map[string]bool{}
	for i := range e.Mappings {
		m := &e.Mappings[i]
		was := older.Question(m.Question)
		choice, from := e.origin(was, m, a)
		if choice == nil || choice.Retired {
			continue
		}
		for _, q := range from {
			used[q.ID] = true
		}
		p := was.place(choice.Number, a.At(from[0].Slot).Importance)
		recalled = recalled.With(p.slot, p.answer)
	}
	for _, q := range e.Asked() {
		if a.At(q.Slot).Choice != 0 && !used[q.ID] {
			lost = append(lost, q.Text)
		}
	}
	return recalled, lost
}

// origin returns the choice of an older question that the answers to e come
// from, and the questions of e they answer; nil if there is none.
func (e *Edition) origin(was *Question, m *Mapping, a Answers) (*Choice, []*Question) {
	switch m.Fate {
	case Same, Reworded:
		q := e.Question(was.ID)
		if ans := a.At(q.Slot); ans.Choice != 0 {
			return was.Numbered(ans.Choice), []*Question{q}
		}
	case Split:
		return e.joined(was, m, a)
	}
	return nil, nil
}

// joined returns the choice of a split question that stands for the most of the
// answers, all of which must be given. If two stand for as many, neither does.
func (e *Edition) joined(was *Question, m *Mapping, a Answers) (best *Choice, from []*Question) {
	for _, s := range m.Choices {
		given := e.given(s.Answers, a)
		switch {
		case len(given) == 0 || len(given) < len(from):
		case len(given) == len(from):
			best = nil
		default:
			best, from = was.Choice(s.Choice), given
		}
	}
	return best, from
}

// given returns the questions of the wanted answers, nil if one is not given.
func (e *Edition) given(wanted []NewAnswer, a Answers) []*Question {
	var questions []*Question
	for _, n := range wanted {
		q := e.Question(n.Question)
		if ch, _ := a.To(q); ch == nil || ch.ID != n.Choice {
			return nil
		}
		questions = append(questions, q)
	}
	return questions
}
