package templates

import (
	"github.com/a-h/templ"

	"tiebreak/internal/compare"
)

// A ResultSheet is what all result pages of one edition have in common on one
// day, rendered and escaped: all but some 15 KB of each. It never changes and
// may be used by many goroutines at once. That of 32 criteria and 25 questions
// takes about 300 KB.
type ResultSheet struct {
	comparison *compare.Comparison
	form       string // address of the questions, up to the code
	results    string // address of results, up to the code
	page       *stencil
	verdict    *stencil
	balance    *stencil
	options    []optionSheet
	effects    [][]effectsSheet // by the two options that are compared, the first in the lower place
	noBar      *stencil
	answers    [compare.MaxSlots]rowSheet
	criteria   []rowSheet
	anchors    map[string]string // by question: its place on the form, "" if no longer asked
	figures    *stencil
	passOn     *stencil
	resultPieces
}

// An optionSheet is what pages say of one option.
type optionSheet struct {
	pan, bar, must, factors, noFactors, cases *stencil

	factor []*stencil // by criterion
	rows   []*stencil // its ratings, by criterion
}

// An effectsSheet holds the tables that set two options against each other.
type effectsSheet struct{ answers, criteria *stencil }

// A rowSheet is a row of those tables, and what stands for it where it did nothing.
type rowSheet struct{ row, idle *stencil }

// resultPieces are the stencils that no content is part of.
type resultPieces struct {
	lead, notice, musts, sides                        *stencil
	fromHere, toQuestions                             *stencil
	answerEffects, criterionEffects, idle             *stencil
	contradictions, contradiction, contrasting        *stencil
	wouldChange, flips, flip, flipAnd, flipChange     *stencil
	quiet, paragraph, list, item                      *stencil
	notKnown, worthAnswering, unanswered, allAnswered *stencil
	everyOption, figureLine, figure                   *stencil
}

func newResultPieces() resultPieces {
	return resultPieces{
		fromHere: newStencil(fromHere), toQuestions: newStencil(toQuestions),
		answerEffects: newStencil(answerEffects), criterionEffects: newStencil(criterionEffects), idle: newStencil(idle),
		lead: newStencil(lead), notice: newStencil(notice), musts: newStencil(musts), sides: newStencil(factors),
		contradictions: newStencil(contradictions), contradiction: newStencil(contradiction), contrasting: newStencil(contrasting),
		wouldChange: newStencil(wouldChange), flips: newStencil(flips), flip: newStencil(flip),
		flipAnd: newStencil(flipAnd), flipChange: newStencil(flipChange),
		quiet: newStencil(quietParagraph), paragraph: newStencil(paragraph), list: newStencil(list), item: newStencil(item),
		notKnown: newStencil(notKnown), worthAnswering: newStencil(worthAnswering), unanswered: newStencil(unanswered),
		allAnswered: newStencil(func(text string) templ.Component { return unanswered(text, "") }),
		everyOption: newStencil(everyOption), figureLine: newStencil(figureLine), figure: newStencil(figure),
	}
}

// NewResultSheet lays out the result pages of an edition for one day. Of the
// head it takes what all of them share: the site and the comparison.
func NewResultSheet(head Head, e *compare.Edition, today compare.Date) *ResultSheet {
	c := head.Comparison
	s := &ResultSheet{
		comparison:   c,
		form:         ChangeCodePath(c, "", ""),
		results:      ResultCodePath(c, ""),
		balance:      newStencil(balanceFigure),
		noBar:        newStencil(noBar),
		anchors:      map[string]string{},
		resultPieces: newResultPieces(),
	}
	s.page = newStencil(func(title, description, canonical, image string) templ.Component {
		return resultPage(Head{
			Title: title, Description: description, Canonical: canonical, Image: image, Noindex: true, Site: head.Site, Comparison: c,
		})
	})
	s.verdict = newStencil(func(answered, headline string) templ.Component {
		return verdictHead(c, today, answered, headline)
	})
	s.figures = newStencil(func() templ.Component { return figures(e.Options) })
	s.passOn = newStencil(func(address, code, headline, mail string) templ.Component {
		return passOn(c, e, address, code, headline, mail)
	})
	for i := range e.Options {
		s.options = append(s.options, newOptionSheet(c, e, i, today))
		s.effects = append(s.effects, newEffectsSheets(e.Options, i))
	}
	s.addQuestions(e)
	for i := range e.Criteria {
		row := &e.Criteria[i]
		path, stale := CriterionPath(c, row.ID), c.StaleRow(row, today)
		s.criteria = append(s.criteria, rowSheet{
			newStencil(func(weight, points string) templ.Component {
				return criterionEffect(path, row.Name, stale, weight, points)
			}),
			newStencil(func(weight string) templ.Component { return idleCriterion(path, row.Name, stale, weight) }),
		})
	}
	return s
}

func (s *ResultSheet) addQuestions(e *compare.Edition) {
	for i := range e.Questions {
		q := &e.Questions[i]
		if now := s.comparison.Current().Question(q.ID); now != nil && !now.Retired {
			s.anchors[q.ID] = "#" + q.ID
		}
		s.answers[q.Slot] = rowSheet{
			newStencil(func(answered, note, code, points string) templ.Component {
				return answerEffect(q.Text, answered, note, ChangeCodePath(s.comparison, code, q.ID), points)
			}),
			newStencil(func(answered, code string) templ.Component {
				return idleAnswer(q.Text, answered, ChangeCodePath(s.comparison, code, q.ID))
			}),
		}
	}
}

// newEffectsSheets are those of an option with each of those after it.
func newEffectsSheets(options []compare.Option, left int) []effectsSheet {
	sheets := make([]effectsSheet, len(options))
	for right := left + 1; right < len(options); right++ {
		sheets[right] = effectsSheet{
			answers:  newStencil(func(margin string) templ.Component { return answersTable(options[left], options[right], margin) }),
			criteria: newStencil(func(margin string) templ.Component { return criteriaTable(options[left], options[right], margin) }),
		}
	}
	return sheets
}

func newOptionSheet(c *compare.Comparison, e *compare.Edition, i int, today compare.Date) optionSheet {
	o := e.Options[i]
	s := optionSheet{
		pan:       newStencil(func(x, y, score string) templ.Component { return pan(o, x, y, score) }),
		bar:       newStencil(func(x, width string) templ.Component { return bar(o, x, width) }),
		must:      newStencil(func(text, change string) templ.Component { return must(o, text, change) }),
		factors:   newStencil(func() templ.Component { return factorSide(o) }),
		noFactors: newStencil(func() templ.Component { return noFactors(o) }),
		cases:     newStencil(func() templ.Component { return caseOf(o) }),
	}
	for k := range e.Criteria {
		row := &e.Criteria[k]
		cell := &row.Cells[i]
		s.factor = append(s.factor, newStencil(func(points, rated string) templ.Component {
			return factor(CriterionPath(c, row.ID), row.Name, cell.Text, c.AnyStale(cell.Facts, today), points, rated)
		}))
		s.rows = append(s.rows, newStencil(func() templ.Component {
			return caseRow(row.Name, valueText(*cell), cell.Text, creditsOf(c, cell, today))
		}))
	}
	return s
}

// A credit names where a fact behind a rating can be read.
type credit struct {
	path, text string
	stale      bool
}

func creditsOf(c *compare.Comparison, cell *compare.Cell, today compare.Date) []credit {
	var credits []credit
	for _, id := range cell.Facts {
		if f := c.Fact(id); f != nil {
			credits = append(credits, credit{FactPath(c, id), f.Credit(), f.Stale(today)})
		}
	}
	return credits
}
