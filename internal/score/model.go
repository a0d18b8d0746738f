package score

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"tiebreak/internal/compare"
)

// A Model is everything about an edition that no answer changes: its ratings
// as tables, what each choice puts on each option, and the draws of the
// robustness run. It never changes and may be used by many goroutines at once.
// The draws of 32 criteria take 5 MB for two options and 26 MB for twelve.
type Model struct {
	edition   *compare.Edition
	options   []option
	questions []question // asked ones, in slot order
	draws     int        // of a robustness run, a multiple of blockDraws
	// ratings returns the draws of one criterion, by pair of options: 0 and
	// 1, 2 and 3, and so on. They are made when first wanted.
	ratings []func() [][]quad
	// withdrawn is the choice of who takes an answer back: it has no points.
	withdrawn choice
	trials    sync.Pool // of *trial: what runs that have ended worked in
	works     sync.Pool // of *work, the same of decisions
}

// An option holds one option's cells, by criterion.
type option struct {
	id       string
	values   []int64
	low      []int64 // low end of the band
	high     []int64
	down, up []int64 // how far the value may fall and rise
	unknown  []bool
}

// A question is one that is still asked.
type question struct {
	slot    int
	fixed   *compare.Importance
	choices []choice // offered ones, by rising number
	// draws returns [importanceDraws], made when first wanted.
	draws func() []uint64
}

// A choice is one that is still offered.
type choice struct {
	number int
	points []point
	sum    int64   // of its points
	totals []int64 // by option: sum of points * value
	rules  []Rule
	// excludes has a bit for each option that fails a rule.
	excludes optionSet
}

// A point puts weight on a criterion.
type point struct {
	criterion int
	n         int64
}

// An optionSet is a set of options, by index.
type optionSet uint32

func (s optionSet) has(o int) bool { return s>>o&1 != 0 }

// maxChoicePoints is what the points of one choice may add up to for the run's
// sums to fit their 16 and 32 bits: 25 answers * 4 for high importance * 4 for
// its draw * 100 < 2^16, and that * 1024 * 100 < 2^32. Checked editions have 10.
const maxChoicePoints = 100

// New lays out an edition that [compare.Comparison.Check] found nothing wrong
// with. It panics if the edition is not one.
func New(e *compare.Edition) *Model { return newModel(e, runDraws) }

func newModel(e *compare.Edition, draws int) *Model {
	m := &Model{edition: e, draws: draws}
	for i := range e.Options {
		m.options = append(m.options, newOption(e, e.Options[i].ID))
	}
	m.withdrawn.totals = make([]int64, len(m.options))
	criteria := make(map[string]int, len(e.Criteria))
	for c := range e.Criteria {
		id := e.Criteria[c].ID
		criteria[id] = c
		m.ratings = append(m.ratings, sync.OnceValue(func() [][]quad {
			var pairs [][]quad
			for pair := range slices.Chunk(m.options, 2) {
				pairs = append(pairs, ratingDraws(id, pair, c, draws))
			}
			return pairs
		}))
	}
	for i := range e.Questions {
		if q := &e.Questions[i]; !q.Retired {
			m.questions = append(m.questions, m.newQuestion(q, criteria))
		}
	}
	slices.SortFunc(m.questions, func(a, b question) int { return cmp.Compare(a.slot, b.slot) })
	return m
}

func newOption(e *compare.Edition, id string) option {
	n := len(e.Criteria)
	o := option{
		id:     id,
		values: make([]int64, n), low: make([]int64, n), high: make([]int64, n),
		down: make([]int64, n), up: make([]int64, n), unknown: make([]bool, n),
	}
	for c := range e.Criteria {
		cells := e.Criteria[c].Cells
		i := slices.IndexFunc(cells, func(cell compare.Cell) bool { return cell.Option == id })
		if i < 0 {
			panic(fmt.Sprintf("score: no cell for option %q on criterion %q", id, e.Criteria[c].ID))
		}
		o.values[c], o.low[c], o.high[c] = int64(cells[i].Value), int64(cells[i].Lo), int64(cells[i].Hi)
		if cells[i].Unknown {
			o.unknown[c] = true
			o.values[c], o.low[c], o.high[c] = 50, 0, 100
		}
		o.down[c], o.up[c] = o.values[c]-o.low[c], o.high[c]-o.values[c]
		if o.low[c] < 0 || o.down[c] < 0 || o.up[c] < 0 || o.high[c] > 100 {
			panic(fmt.Sprintf("score: cell of option %q on criterion %q is out of range", id, e.Criteria[c].ID))
		}
	}
	return o
}

func (m *Model) newQuestion(q *compare.Question, criteria map[string]int) question {
	n := question{
		slot:  q.Slot,
		fixed: q.Fixed,
		draws: sync.OnceValue(func() []uint64 { return importanceDraws(q.ID, m.draws) }),
	}
	for i := range q.Choices {
		if ch := &q.Choices[i]; !ch.Retired {
			n.choices = append(n.choices, m.newChoice(q.Slot, ch, criteria))
		}
	}
	slices.SortFunc(n.choices, func(a, b choice) int { return cmp.Compare(a.number, b.number) })
	return n
}

func (m *Model) newChoice(slot int, ch *compare.Choice, criteria map[string]int) choice {
	index := func(id string) int {
		c, ok := criteria[id]
		if !ok {
			panic(fmt.Sprintf("score: choice %q names no criterion: %q", ch.ID, id))
		}
		return c
	}
	n := choice{number: ch.Number, totals: make([]int64, len(m.options))}
	for _, p := range ch.Points {
		c := index(p.Criterion)
		n.points = append(n.points, point{c, int64(p.N)})
		n.sum += int64(p.N)
		for o := range m.options {
			n.totals[o] += int64(p.N) * m.options[o].values[c]
		}
	}
	if n.sum > maxChoicePoints {
		panic(fmt.Sprintf("score: choice %q has %d points", ch.ID, n.sum))
	}
	for _, must := range ch.Musts {
		rule := Rule{Slot: slot, Criterion: index(must.Criterion), Min: must.Min}
		n.rules = append(n.rules, rule)
		for o := range m.options {
			if m.options[o].fails(rule) {
				n.excludes |= 1 << o
			}
		}
	}
	return n
}

// fails reports whether the rule excludes the option. What is unknown is never
// excluded.
func (o *option) fails(r Rule) bool {
	return o.values[r.Criterion] < int64(r.Min) && !o.unknown[r.Criterion]
}

// doubtful reports whether the rule may not hold for an option it does not
// exclude.
func (o *option) doubtful(r Rule) bool {
	return o.unknown[r.Criterion] || o.low[r.Criterion] < int64(r.Min)
}

// Edition returns the edition the model was made of.
func (m *Model) Edition() *compare.Edition { return m.edition }

// WholeSpaceShare returns the share of all weightings of all criteria, from 0
// to 1, for which option a beats option b: see the function of the same name.
func (m *Model) WholeSpaceShare(a, b int) float64 {
	diffs := make([]int64, len(m.ratings))
	for c := range diffs {
		diffs[c] = m.options[a].values[c] - m.options[b].values[c]
	}
	return WholeSpaceShare(diffs)
}
