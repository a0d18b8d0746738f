package report

import (
	"slices"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

// Links build the absolute addresses a report names. All of them are needed.
type Links struct {
	Site      string                             // the home page
	Article   string                             // of the comparison
	Method    string                             // how results are computed
	Schema    string                             // of the JSON form
	Result    func(code string) string           // a result
	Export    func(code, form string) string     // it as "json", "csv", "md", "svg" or "png"
	Change    func(code, question string) string // the form, filled in, at a question or at its top
	Criterion func(id string) string             // a row of the table
	Fact      func(id string) string             // a fact among the sources
}

// maker makes the parts of a report.
type maker struct {
	*Sheet
	sheaf   *sheaf
	decoded compare.Decoded
	d       *score.Decision
	e       *compare.Edition
	p       *score.Pair // the first two of the standings, nil if nothing is weighted
	code    string      // that addresses hold
	words   compare.Prose
	ratios  []Ratio
	ranges  []Range
	choices []Choice
}

// wordsOfReport is about how many bytes of text are made for one report.
const wordsOfReport = 12 << 10

// Report returns what the decision on some answers says.
func (s *Sheet) Report(d compare.Decoded, decision *score.Decision) *Report {
	m := s.maker(d, decision, "")
	m.reserve()
	var code [compare.MaxCodeLen]byte
	m.code = m.words.Text(decision.Answers.AppendCode(code[:0]))
	r := &m.sheaf.report
	*r = Report{
		Schema:     s.links.Schema,
		Site:       s.site,
		Comparison: Topic{s.comparison.Slug, s.comparison.Title, s.links.Article},
		Code:       m.code,
		URL:        s.result.with(m.code, &m.words),
		Edition:    Edition{m.e.Number, m.e.Date, !m.e.Released, d.Asked},
		Verdict:    m.d.Verdict,
		Headline:   m.headline(),
		Firmness:   m.firmness(),
		Notices:    m.notices(),
		Answered:   m.d.Answered,
		Few:        m.d.Thin,
		Telling:    m.telling(),
		Asked:      len(s.asked),
		Variations: m.d.Robustness.Draws,
		Options:    m.options(),
		Margin:     m.margin(),
		Rules:      m.rules(giver{answers: decision.Answers}),
		Answers:    m.answers(),
		Criteria:   m.criteria(),
		Changes:    m.changes(),
		Open:       m.open(),
		Facts:      m.facts(),
		Given:      m.d.Answers,

		Contradictions: m.contradictions(),
		Links:          s.links,
		Card:           s.card.with(m.code, &m.words),
		today:          s.today,
	}
	m.conclude(r)
	return r
}

// conclude adds what follows from the other parts.
func (m *maker) conclude(r *Report) {
	if m.d.Leads() {
		r.Leader = m.e.Options[m.d.Leader()].ID
	}
	var why string
	r.Revisit, why = revisit(r.Facts, m.e.Options)
	r.revisitText = m.revisitText(r.Revisit, why)
	r.Balance = r.weigh(&m.words, &m.sheaf.balance)
	r.forAhead = r.strongest(true, m.sheaf.strongest[0][:0])
	r.forBehind = r.strongest(false, m.sheaf.strongest[1][:0])
	r.summary = m.words.Join(r.Headline, " ", r.Firmness[0])
}

// reserve makes room for the texts, and for the choices that flip, of which there
// may be none or many.
func (m *maker) reserve() {
	m.words.Grow(wordsOfReport)
	m.choices = make([]Choice, 0, len(m.d.Changes.Single))
}

func (m *maker) name(option int) string { return m.e.Options[option].Name }

// id returns the id of an option, "" for none.
func (m *maker) id(option int) string {
	if option < 0 {
		return ""
	}
	return m.e.Options[option].ID
}

func (m *maker) options() []Option {
	options := make([]Option, len(m.e.Options))
	for i, o := range m.e.Options {
		options[i] = Option{ID: o.ID, Name: o.Name, Unknown: Ratio{0, 1}, Look: o}
		if s := m.d.StandingOf(i); s != nil {
			m.place(&options[i], s)
		}
	}
	return options
}

func (m *maker) place(o *Option, s *score.Standing) {
	o.Rank, o.Excluded = s.Rank, len(s.Excluded) > 0
	o.Score, o.Lowest, o.Highest = Points(s.Score), Points(s.Low), Points(s.High)
	o.Unknown = Ratio{s.Unknown, m.d.Total}
	if run := m.d.Robustness; run.Draws > 0 && !o.Excluded {
		a := run.Options[s.Option]
		o.First = m.ratio(Ratio{a.Credits, run.Credits})
		o.UsualLow, o.UsualHigh = Points(a.Low), Points(a.High)
	}
}

func (m *maker) margin() *Margin {
	if m.p == nil {
		return nil
	}
	n := &m.sheaf.margin
	*n = Margin{
		Ahead: m.id(m.p.A), Behind: m.id(m.p.B), Points: Points(m.p.Tenths), Excluded: m.p.Excluded,
		Dominates: m.p.Dominates, Certain: m.p.Certain,
	}
	near := m.near()
	n.Move, n.Tolerance = m.ratioPointer(near.move), m.ratioPointer(near.tolerance)
	if s := m.p.Share; s != nil {
		m.sheaf.exact = Exact{s.Wins, s.Ties, s.Total}
		n.Exact = &m.sheaf.exact
	}
	return n
}

// usualFacts is how many facts the ratings of most comparisons rest on.
const usualFacts = 256

// facts returns the facts behind the criteria with weight, each once, in the
// order in which the table uses them.
func (m *maker) facts() []*Fact {
	facts := make([]*Fact, 0, len(m.Sheet.facts))
	var room [usualFacts]bool // off the heap
	seen := append(room[:0], make([]bool, len(m.Sheet.facts))...)
	for c, weight := range m.d.Weights {
		if weight == 0 {
			continue
		}
		for _, i := range m.rows[c].facts {
			if !seen[i] {
				seen[i] = true
				facts = append(facts, &m.Sheet.facts[i])
			}
		}
	}
	return facts
}

func (m *maker) contradictions() []Contradiction {
	found := m.comparison.ContradictionsIn(m.d.Answers)
	list := make([]Contradiction, len(found))
	for i, x := range found {
		list[i] = Contradiction{ID: x.ID, Text: x.Text, Answers: make([]Contrasting, 0, len(x.Between))}
		for _, side := range x.Between {
			q := m.e.Question(side.Question)
			ch, _ := m.d.Answers.To(q)
			list[i].Answers = append(list[i].Answers, Contrasting{
				Question: q.ID, Text: q.Text, Choice: ch.ID, Label: ch.Label, ChangeURL: m.change[q.Slot].with(m.code, &m.words),
			})
		}
	}
	return list
}

// revisit returns the earliest of the facts' review dates and the ends of
// support of the options, and what then happens. Both are "" if there is none.
func revisit(facts []*Fact, options []compare.Option) (first compare.Date, why string) {
	for _, f := range facts {
		if f.ReviewBy != "" && (first == "" || f.ReviewBy.Before(first)) {
			first, why = f.ReviewBy, "the first of its facts is due for review"
		}
	}
	for _, o := range options {
		if ends := o.Support.Ends; ends != "" && (first == "" || ends.Before(first)) {
			first, why = ends, "support for "+o.Support.Version+" ends"
		}
	}
	return first, why
}

// Option returns the option with the given id, nil for "".
func (r *Report) Option(id string) *Option { return optionIn(r.Options, id) }

func optionIn(options []Option, id string) *Option {
	for i := range options {
		if options[i].ID == id {
			return &options[i]
		}
	}
	return nil
}

// Fact returns the fact with the given id, nil if the result does not rest on it.
func (r *Report) Fact(id string) *Fact {
	for _, f := range r.Facts {
		if f.ID == id {
			return f
		}
	}
	return nil
}

// Speaks returns the option that the points of an answer or a criterion speak
// for, nil if for none.
func (r *Report) Speaks(p Points) *Option { return r.Margin.speaks(r.Options, p) }

// speaks returns the one of the options that points of the margin speak for, nil
// for zero points and where there is no margin.
func (m *Margin) speaks(options []Option, p Points) *Option {
	switch {
	case m == nil || p == 0:
		return nil
	case p > 0:
		return optionIn(options, m.Ahead)
	default:
		return optionIn(options, m.Behind)
	}
}

// Pair returns the two options of the margin in the fixed order of the
// comparison, so that neither gets the better place. It needs a margin.
func (r *Report) Pair() (left, right *Option) {
	i, k := r.PairPlaces()
	return &r.Options[i], &r.Options[k]
}

// PairPlaces returns the indexes of the same two options.
func (r *Report) PairPlaces() (left, right int) {
	ahead, behind := r.Place(r.Margin.Ahead), r.Place(r.Margin.Behind)
	return min(ahead, behind), max(ahead, behind)
}

// Place returns the index of the option with the given id, -1 for none.
func (r *Report) Place(id string) int {
	return slices.IndexFunc(r.Options, func(o Option) bool { return o.ID == id })
}

// Strongest returns up to three criteria that speak most for the option, which
// must be one of the margin's two, strongest first.
func (r *Report) Strongest(option string) []*Criterion {
	if option == r.Margin.Ahead {
		return r.forAhead
	}
	return r.forBehind
}
