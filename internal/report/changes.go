package report

import (
	"slices"

	"tiebreak/internal/score"
)

// mostFlips is how many changes a result lists before it says how many more
// there are.
const mostFlips = 5

// changes say what would change the outcome.
func (m *maker) changes() Changes {
	c := Changes{Fewest: m.d.Changes.Fewest, Limits: []string{}}
	told, all := m.singles(), 0
	if all = len(told); all == 0 {
		told, all = m.pairs(), len(m.d.Changes.Pairs)
	}
	told = told[:min(len(told), mostFlips)]
	c.Flips, c.More = m.flips(told), all-len(told)
	if m.contested() {
		c.Limits = m.limits()
	}
	return c
}

// A told flip is one that a result tells of, with the labels of all choices of
// its first change that do the same.
type told struct {
	score.Flip
	labels []string
}

// singles returns the single changes, one flip for each question and outcome:
// choices of one question that do the same are told together, led by the nearest
// that is an answer. Those that only withdraw an answer come last.
func (m *maker) singles() []told {
	single := m.d.Changes.Single
	list := make([]told, 0, len(single))
	labels := make([]string, 0, len(single))
	for i, f := range single {
		same := func(g score.Flip) bool {
			return g.Changes[0].Slot == f.Changes[0].Slot && g.Leader == f.Leader && g.Tied == f.Tied
		}
		if slices.ContainsFunc(single[:i], same) {
			continue
		}
		from := len(labels)
		withdraws := false
		for _, g := range single[i:] {
			switch {
			case !same(g):
			case g.Changes[0].Choice == 0:
				withdraws = true
			default:
				if len(labels) == from {
					f = g
				}
				labels = append(labels, m.label(g.Changes[0]))
			}
		}
		if withdraws {
			labels = append(labels, notSure)
		}
		list = append(list, told{f, labels[from:len(labels):len(labels)]})
	}
	slices.SortStableFunc(list, func(a, b told) int { return taken(a.Flip) - taken(b.Flip) })
	return list
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// pairs returns the clearest pairs of changes: those that take no answer back
// first, no two about the same two questions, and none of whose changes is
// already told twice.
func (m *maker) pairs() []told {
	list := make([]told, 0, mostFlips)
	for withdrawn := range 3 {
		for _, f := range m.d.Changes.Pairs {
			if len(list) == mostFlips {
				return list
			}
			if taken(f) == withdrawn && fresh(list, f) {
				list = append(list, told{Flip: f})
			}
		}
	}
	return list
}

// fresh reports whether a pair of changes says something that the list does not.
func fresh(list []told, f score.Flip) bool {
	a, b := f.Changes[0], f.Changes[1]
	timesA, timesB := 0, 0
	for _, t := range list {
		if t.Changes[0].Slot == a.Slot && t.Changes[1].Slot == b.Slot {
			return false
		}
		timesA += one(slices.Contains(t.Changes, a))
		timesB += one(slices.Contains(t.Changes, b))
	}
	return timesA < 2 && timesB < 2
}

// taken counts the changes that only take an answer back.
func taken(f score.Flip) int {
	n := 0
	for _, ch := range f.Changes {
		n += one(ch.Choice == 0)
	}
	return n
}

// flips writes what is told, which is at most mostFlips.
func (m *maker) flips(list []told) []Flip {
	flips, changes, labels := m.sheaf.flips[:len(list)], m.sheaf.changes[:0], m.sheaf.labels[:0]
	for i, t := range list {
		from := len(changes)
		for k, ch := range t.Changes {
			q := m.e.QuestionAt(ch.Slot)
			change := Change{Question: q.ID, Text: q.Text, Labels: t.labels}
			if k > 0 || t.labels == nil {
				labels = append(labels, m.label(ch))
				change.Labels = labels[len(labels)-1 : len(labels) : len(labels)]
			}
			changes = append(changes, change)
		}
		code := m.codeAfter(t.Changes)
		flips[i] = Flip{
			Changes: changes[from:len(changes):len(changes)], Leader: m.id(t.Leader), Outcome: m.outcome(t.Flip),
			Code: code, URL: m.result.with(code, &m.words),
		}
	}
	return flips
}

func (m *maker) label(ch score.Change) string {
	if ch.Choice == 0 {
		return notSure
	}
	return m.e.QuestionAt(ch.Slot).Numbered(ch.Choice).Label
}

func (m *maker) outcome(f score.Flip) string {
	leader := f.Leader
	switch {
	case f.Tied:
		return m.words.Join(m.equals(), " are level")
	case leader < 0:
		return "no option is left"
	case m.d.Verdict == score.NoneQualifies:
		return m.words.Join(m.name(leader), " qualifies")
	}
	return m.words.Join(m.name(leader), " is ahead")
}

// limits say how far weights and ratings are from changing the outcome.
func (m *maker) limits() []string {
	p, ahead, behind := m.p, m.name(m.p.A), m.name(m.p.B)
	if p.Exact == 0 {
		return []string{}
	}
	lines, near := m.sheaf.limits[:0], m.near()
	switch {
	case p.Certain:
		lines = append(lines, m.words.Join(ahead,
			" is rated at least as high on everything that counts here, even at the worst end of every range. No other weighting of the criteria counted here helps ",
			behind, "."))
	case p.Dominates:
		lines = append(lines, m.words.Join(ahead, " is rated at least as high on everything that counts here, and higher on something."))
	}
	if near.move != nil {
		lines = append(lines, m.words.Join(m.name(near.mover), " would draw level if ", m.percent(ratioOf(*near.move)), " of all weight moved to the criteria that favour it most, whether counted here or not."))
	}
	if near.tolerance != nil {
		lines = append(lines, m.toleranceText(&near, ahead))
	}
	if s := p.Share; s != nil && s.Total > 1 {
		lines = append(lines, m.shareText(*s, ahead, behind))
	}
	return lines
}

// A nearness is how little brings some rival level with the leader.
type nearness struct {
	move      *score.Ratio // share of all weight, of the rival for which it is least
	mover     int
	tolerance *score.Ratio // part of the ranges of all ratings, likewise
	tolerated int
}

// near looks at all rivals left, of which there is one. The first two of the
// standings need not be those that weights or ratings bring level soonest.
func (m *maker) near() nearness {
	var n nearness
	less := func(x, y *score.Ratio) bool { return x != nil && (y == nil || x.Cmp(*y) < 0) }
	for i := range m.d.Versus {
		p := &m.d.Versus[i]
		if p.Excluded != m.p.Excluded {
			continue
		}
		if less(p.Flip, n.move) {
			n.move, n.mover = p.Flip, p.B
		}
		if less(p.Tolerance, n.tolerance) {
			n.tolerance, n.tolerated = p.Tolerance, p.B
		}
	}
	return n
}

func (m *maker) toleranceText(n *nearness, ahead string) string {
	if n.tolerance.Num > n.tolerance.Den {
		return m.words.Join(ahead, " stays ahead even if every rating lies at the end of its range that hurts it most.")
	}
	return m.words.Join(m.name(n.tolerated), " draws level if every rating is off by ", m.percent(ratioOf(*n.tolerance)), " of its range, each against ", ahead, ".")
}

func (m *maker) shareText(s score.ExactShare, ahead, behind string) string {
	beside := ""
	if len(m.e.Options) > 2 {
		beside = m.words.Join(" of ", behind)
	}
	part := "whichever answers"
	if s.Wins < s.Total {
		part = m.words.Join("in ", m.percent(Ratio{s.Wins, s.Total}), " of all ways in which answers")
	}
	return m.words.Join("With the ratings as they are, ", ahead, " is ahead", beside, " ", part, " count half, once or double.")
}

// open says what the result leaves open.
func (m *maker) open() Open {
	o := Open{
		Questions: make([]OpenQuestion, 0, len(m.d.Changes.Open)), Unknown: []Gap{},
		Unanswered: len(m.asked) - m.d.Answered, ChangeURL: m.form.with(m.code, &m.words),
	}
	for _, q := range m.d.Changes.Open {
		if q.Flip != nil {
			o.Questions = append(o.Questions, m.openQuestion(q))
		}
	}
	for i := range m.e.Options {
		if s := m.d.StandingOf(i); s != nil && s.Unknown > 0 {
			o.Unknown = append(o.Unknown, m.gap(i, s.Unknown))
		}
	}
	o.Stale = m.stale()
	return o
}

func (m *maker) openQuestion(o score.Open) OpenQuestion {
	q := m.e.QuestionAt(o.Slot)
	ch := o.Flip.Changes[len(o.Flip.Changes)-1]
	return OpenQuestion{
		Question: q.ID, Text: q.Text, Label: m.label(ch), Leader: m.id(o.Flip.Leader), AnswerURL: m.changeAt(o.Slot),
	}
}

func (m *maker) gap(option int, weight int64) Gap {
	ids, names := m.weighted(func(c int) bool { return m.rows[c].cells[option].Unknown })
	g := Gap{Option: m.id(option), Criteria: ids, Weight: Ratio{weight, m.d.Total}}
	g.Text = m.words.Join("For ", m.name(option), ", ", m.percent(g.Weight), " of the weight lies on what nobody knows: ", m.words.List(names, "and", "", ""), ".")
	return g
}

func (m *maker) stale() *Gap {
	ids, names := m.weighted(func(c int) bool { return m.rows[c].stale })
	if len(ids) == 0 {
		return nil
	}
	var weight int64
	for c, w := range m.d.Weights {
		if slices.Contains(ids, m.e.Criteria[c].ID) {
			weight += w
		}
	}
	g := &Gap{Criteria: ids, Weight: Ratio{weight, m.d.Total}}
	g.Text = m.words.Join("Ratings with a fact past its review date carry ", m.percent(g.Weight), " of the weight: ", m.words.List(names, "and", "", ""), ".")
	return g
}

// weighted returns ids and names of the criteria with weight that are so.
func (m *maker) weighted(so func(criterion int) bool) (ids, names []string) {
	for c, w := range m.d.Weights {
		if row := &m.e.Criteria[c]; w > 0 && so(c) {
			ids, names = append(ids, row.ID), append(names, row.Name)
		}
	}
	return ids, names
}
