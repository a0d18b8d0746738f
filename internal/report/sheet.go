package report

import (
	"strings"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

// A Sheet is what all reports on one edition have in common on one day: its
// facts, its ratings and the addresses it names. It never changes and may be
// used by many goroutines at once.
type Sheet struct {
	site       string
	comparison *compare.Comparison
	today      compare.Date
	links      Links
	asked      []*compare.Question
	facts      []Fact
	rows       []sheetRow // by criterion

	result address
	card   address                   // as PNG
	form   address                   // filled in, at its top
	change [compare.MaxSlots]address // at the question of a slot
}

// A sheetRow is what reports say of one criterion.
type sheetRow struct {
	url   string
	stale bool
	cells []Cell
	facts []int // behind its ratings, by index in the sheet
}

// An address is one that holds a code.
type address struct{ before, after string }

func newAddress(of func(code string) string) address {
	const code = "\x00"
	before, after, _ := strings.Cut(of(code), code)
	return address{before, after}
}

func (a address) with(code string, words *compare.Prose) string {
	return words.Join(a.before, code, a.after)
}

// NewSheet lays out the reports on an edition for one day, which decides which
// facts are stale.
func NewSheet(site string, c *compare.Comparison, e *compare.Edition, today compare.Date, links Links) *Sheet {
	s := &Sheet{site: site, comparison: c, today: today, links: links, asked: e.Asked()}
	s.result = newAddress(links.Result)
	s.card = newAddress(func(code string) string { return links.Export(code, "png") })
	s.form = newAddress(func(code string) string { return links.Change(code, "") })
	for i := range e.Questions {
		q := &e.Questions[i]
		s.change[q.Slot] = newAddress(func(code string) string { return links.Change(code, q.ID) })
	}
	places := map[string]int{}
	for i := range e.Criteria {
		s.rows = append(s.rows, s.row(&e.Criteria[i], places))
	}
	return s
}

// row lays out a criterion. The places are those of the facts met so far.
func (s *Sheet) row(c *compare.Criterion, places map[string]int) sheetRow {
	row := sheetRow{url: s.links.Criterion(c.ID), stale: s.comparison.StaleRow(c, s.today), cells: cells(c)}
	for _, cell := range c.Cells {
		for _, id := range cell.Facts {
			if _, met := places[id]; !met {
				f := s.comparison.Fact(id)
				if f == nil {
					continue
				}
				places[id] = len(s.facts)
				s.facts = append(s.facts, s.fact(f))
			}
			row.facts = append(row.facts, places[id])
		}
	}
	return row
}

func (s *Sheet) fact(f *compare.Fact) Fact {
	sources := make([]Source, len(f.Sources))
	for i, source := range f.Sources {
		sources[i] = Source(source)
	}
	return Fact{
		ID: f.ID, Statement: f.Statement, Strength: f.Strength, Checked: f.Checked, ReviewBy: f.ReviewBy,
		Stale: f.Stale(s.today), URL: s.links.Fact(f.ID), Sources: sources,
	}
}

// cells lists the ratings of a criterion in the words of a report.
func cells(row *compare.Criterion) []Cell {
	list := make([]Cell, len(row.Cells))
	for i, c := range row.Cells {
		facts := c.Facts
		if facts == nil {
			facts = []string{}
		}
		list[i] = Cell{Option: c.Option, Unknown: c.Unknown, Value: c.Value, Low: c.Lo, High: c.Hi, Text: c.Text, Facts: facts}
	}
	return list
}

// maker returns what makes the parts of a report on a decision, in which
// addresses hold the code.
func (s *Sheet) maker(d compare.Decoded, decision *score.Decision, code string) *maker {
	m := &maker{Sheet: s, sheaf: &sheaf{}, decoded: d, d: decision, e: decision.Edition, code: code}
	m.ratios, m.ranges = m.sheaf.ratios[:0], m.sheaf.ranges[:0]
	if len(decision.Versus) > 0 {
		m.p = &decision.Versus[0]
	}
	return m
}
