package report

import (
	"fmt"
	"slices"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

// mostFlips is how many changes a result lists before it says how many more
// there are.
const mostFlips = 5

// changes say what would change the outcome.
func (m *maker) changes() Changes {
	c := Changes{Fewest: m.d.Changes.Fewest, Flips: m.singles(), Limits: []string{}}
	if len(c.Flips) == 0 {
		c.Flips, c.More = m.pairs()
	} else if over := len(c.Flips) - mostFlips; over > 0 {
		c.Flips, c.More = c.Flips[:mostFlips], over
	}
	if m.contested() {
		c.Limits = m.limits()
	}
	return c
}

// singles returns the single changes, one flip for each question and outcome:
// choices of one question that do the same are told together. Those that only
// withdraw an answer come last.
func (m *maker) singles() []Flip {
	flips := []Flip{}
	var first []score.Flip // the nearest of each, in the order of flips
	for _, f := range m.d.Changes.Single {
		i := slices.IndexFunc(first, func(g score.Flip) bool {
			return g.Changes[0].Slot == f.Changes[0].Slot && g.Leader == f.Leader
		})
		if i < 0 {
			first, flips = append(first, f), append(flips, m.flip(f))
			continue
		}
		ch := &flips[i].Changes[0]
		if first[i].Changes[0].Choice != 0 {
			ch.Labels = append(ch.Labels, m.label(f.Changes[0]))
			continue
		}
		// Lead with an answer rather than with none.
		first[i] = f
		ch.Labels = []string{m.label(f.Changes[0]), notSure}
		flips[i].setResult(m, f)
	}
	for i := range flips {
		labels := flips[i].Changes[0].Labels
		slices.SortStableFunc(labels, func(a, b string) int { return one(a == notSure) - one(b == notSure) })
	}
	slices.SortStableFunc(flips, func(a, b Flip) int { return a.withdrawals() - b.withdrawals() })
	return flips
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// withdrawals counts the changes that only take an answer back.
func (f Flip) withdrawals() int {
	n := 0
	for _, ch := range f.Changes {
		if ch.Labels[0] == notSure {
			n++
		}
	}
	return n
}

func (f *Flip) setResult(m *maker, s score.Flip) {
	a := m.after(s.Changes)
	f.Code, f.URL = a.Code(), m.Links.Result(a)
}

// pairs returns the clearest pairs of changes and how many it leaves out: those
// that take no answer back first, no two about the same two questions, and none
// of whose changes is already told twice.
func (m *maker) pairs() (flips []Flip, more int) {
	type questions [2]int
	seen := map[questions]bool{}
	told := map[score.Change]int{}
	list := slices.Clone(m.d.Changes.Pairs)
	slices.SortStableFunc(list, func(a, b score.Flip) int { return taken(a) - taken(b) })
	flips = []Flip{}
	for _, f := range list {
		a, b := f.Changes[0], f.Changes[1]
		if seen[questions{a.Slot, b.Slot}] || told[a] > 1 || told[b] > 1 || len(flips) == mostFlips {
			continue
		}
		seen[questions{a.Slot, b.Slot}] = true
		told[a]++
		told[b]++
		flips = append(flips, m.flip(f))
	}
	return flips, len(list) - len(flips)
}

func taken(f score.Flip) int {
	n := 0
	for _, ch := range f.Changes {
		if ch.Choice == 0 {
			n++
		}
	}
	return n
}

func (m *maker) flip(s score.Flip) Flip {
	f := Flip{Leader: m.id(s.Leader), Outcome: m.outcome(s.Leader)}
	for _, ch := range s.Changes {
		q := m.e.QuestionAt(ch.Slot)
		f.Changes = append(f.Changes, Change{Question: q.ID, Text: q.Text, Labels: []string{m.label(ch)}})
	}
	f.setResult(m, s)
	return f
}

func (m *maker) label(ch score.Change) string {
	if ch.Choice == 0 {
		return notSure
	}
	return m.e.QuestionAt(ch.Slot).Numbered(ch.Choice).Label
}

func (m *maker) outcome(leader int) string {
	switch {
	case leader < 0:
		return "no option is left"
	case m.d.Verdict == score.NoneQualifies:
		return m.name(leader) + " qualifies"
	}
	return m.name(leader) + " is ahead"
}

// limits say how far weights and ratings are from changing the outcome.
func (m *maker) limits() []string {
	lines := []string{}
	p, ahead, behind := m.p, m.name(m.p.A), m.name(m.p.B)
	if p.Exact == 0 {
		return lines
	}
	switch {
	case p.Certain:
		lines = append(lines, ahead+" is rated at least as high on everything that counts here, even at the worst end of every range. No other weighting of these criteria helps "+behind+".")
	case p.Dominates:
		lines = append(lines, ahead+" is rated at least as high on everything that counts here, and higher on something.")
	}
	if p.Flip != nil {
		lines = append(lines, fmt.Sprintf("For %s to draw level, %s of all weight would have to move to other criteria.", behind, ratioOf(*p.Flip).Percent()))
	}
	if p.Tolerance != nil {
		lines = append(lines, toleranceText(*p.Tolerance, ahead))
	}
	if s := p.Share; s != nil && s.Total > 1 {
		lines = append(lines, fmt.Sprintf("With the ratings as they are, %s is ahead in %s of the %s ways to halve, keep or double what each answer counts.",
			ahead, Ratio{s.Wins, s.Total}.Percent(), compare.Thousands(s.Total)))
	}
	return lines
}

func toleranceText(r score.Ratio, ahead string) string {
	if r.Num > r.Den {
		return ahead + " stays ahead even if every rating lies at the end of its range that hurts it most."
	}
	return fmt.Sprintf("%s stays ahead until all ratings are off by %s of their ranges, every one of them against it.", ahead, ratioOf(r).Percent())
}

// open says what the result leaves open.
func (m *maker) open() Open {
	o := Open{
		Questions: []OpenQuestion{}, Unknown: []Gap{},
		Unanswered: len(m.e.Asked()) - m.d.Answered, ChangeURL: m.Links.Change(""),
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
		Question: q.ID, Text: q.Text, Label: m.label(ch), Leader: m.id(o.Flip.Leader), AnswerURL: m.Links.Change(q.ID),
	}
}

func (m *maker) gap(option int, weight int64) Gap {
	ids, names := m.weighted(func(row *compare.Criterion) bool { return row.Cells[option].Unknown })
	g := Gap{Option: m.id(option), Criteria: ids, Weight: Ratio{weight, m.d.Total}}
	g.Text = fmt.Sprintf("For %s, %s of the weight lies on what nobody knows: %s.", m.name(option), g.Weight.Percent(), join(names, "and"))
	return g
}

func (m *maker) stale() *Gap {
	ids, names := m.weighted(func(row *compare.Criterion) bool { return m.Comparison.StaleRow(row, m.Today) })
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
	g.Text = fmt.Sprintf("Ratings with a fact past its review date carry %s of the weight: %s.", g.Weight.Percent(), join(names, "and"))
	return g
}

// weighted returns ids and names of the criteria with weight that are so.
func (m *maker) weighted(so func(*compare.Criterion) bool) (ids, names []string) {
	for c, w := range m.d.Weights {
		if row := &m.e.Criteria[c]; w > 0 && so(row) {
			ids, names = append(ids, row.ID), append(names, row.Name)
		}
	}
	return ids, names
}
