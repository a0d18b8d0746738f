package catalog

import (
	"reflect"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"tiebreak/internal/compare"
)

// figureAnywhere finds the figures in a text of YAML.
var figureAnywhere = regexp.MustCompile(`\{=([A-Za-z0-9-]{1,40})(?:\.([a-z0-9_]{1,40}))?(~?)\}`)

// figureStart begins what figureAnywhere finds. To look for it first is cheaper.
const figureStart = "{="

// A filledText is plain text in which figures of facts may stand as
// {=ID.name}. Nothing else of Markdown may.
type filledText string

func (t *filledText) readNode(d *document, n *yaml.Node, at string) {
	without := *n
	if strings.Contains(n.Value, figureStart) {
		without.Value = figureAnywhere.ReplaceAllString(n.Value, "0")
	}
	var s string
	d.scalar(&without, at, reflect.ValueOf(&s).Elem())
	if s != "" {
		*t = filledText(strings.TrimSpace(n.Value))
	}
}

// fill prints the figures in the texts of claims, measurements and cells. What a released
// edition is locked to is what was written, so this comes after the hashes: a
// figure that is measured again changes no released edition.
func (f *folder) fill() {
	for i := range f.c.Claims {
		claim := &f.c.Claims[i]
		claim.Why = f.filledIn(f.claims, indexed("claims", i)+".why", claim.Why, claim.Facts, notCited)
	}
	for i := range f.c.Measurements {
		m := &f.c.Measurements[i]
		m.Answer = f.filledIn(f.measured[i].doc, "answer", m.Answer, f.factsMeasuredBy(m), notMeasured)
	}
	for _, e := range f.c.Editions {
		f.written[e] = textsHash(e)
		d := f.editions[e.Number].criteria
		eachCell(e, func(at string, cell *compare.Cell) {
			cell.Text = typeset(f.filledIn(d, at+".text", cell.Text, cell.Facts, notCited))
			cell.Reason = typeset(f.filledIn(d, at+".reason", cell.Reason, cell.Facts, notCited))
		})
		for i := range e.Criteria {
			e.Criteria[i].Why = typeset(e.Criteria[i].Why)
		}
	}
}

// apostrophe is one as typewriters had it, within a word.
var apostrophe = regexp.MustCompile(`(\pL)'(\pL)`)

// typeset gives a text the apostrophes of all others. Texts of a released
// edition stay as they were written, those included.
func typeset(text string) string {
	if !strings.Contains(text, "'") {
		return text
	}
	return apostrophe.ReplaceAllString(text, "$1’$2")
}

// What is wrong with a figure in a text that does not rest on its fact.
const (
	notCited    = "%s: fact %s is not cited here: add it to facts"
	notMeasured = "%s: fact %s takes no figure from this measurement: print one of a fact that does"
)

// filledIn returns a text with its figures printed. They have to be of facts
// that the text rests on; missing is what to say of others.
func (f *folder) filledIn(d *document, at, text string, facts []string, missing string) string {
	if !strings.Contains(text, figureStart) {
		return text
	}
	return figureAnywhere.ReplaceAllStringFunc(text, func(hole string) string {
		m := figureAnywhere.FindStringSubmatch(hole)
		fact := f.c.Fact(m[1])
		switch {
		case fact == nil && f.facts.broken:
			return ""
		case fact == nil:
			f.wrong(d, at, "%s: fact %s is not in %s: add it, or correct the id", hole, m[1], factsFile)
			return ""
		case !slices.Contains(facts, fact.ID):
			f.wrong(d, at, missing, hole, fact.ID)
		}
		value, msg := figureOf(fact, m[2])
		if msg != "" {
			f.wrong(d, at, "%s: %s", hole, msg)
		}
		if m[3] != "" {
			return value.Text
		}
		return value.String()
	})
}

// digits reports the numbers in YAML texts that come from no fact. A claim is
// what others say, so its own numbers are theirs.
func (f *folder) digits() {
	units := unitsOf(f.c.Facts)
	tell := func(d *document, at, hint string, p prose) {
		p.units = units
		if d.spoilt(at) {
			return // a figure in it is wrong, which is reported
		}
		for _, n := range p.unproven() {
			f.wrong(d, at, hint, n.text)
		}
	}
	for i, claim := range f.c.Claims {
		facts := f.factsOf(append([]string{}, claim.Facts...)) // none where it has none
		tell(f.claims, indexed("claims", i)+".why", fromNowhere, prose{text: claim.Why, facts: facts})
	}
	for i := range f.c.Measurements {
		m := &f.c.Measurements[i]
		facts := f.factsOf(append([]string{}, f.factsMeasuredBy(m)...))
		tell(f.measured[i].doc, "answer", fromNowhere, prose{text: m.Answer, facts: facts})
	}
	for _, e := range f.c.Editions {
		d := f.editions[e.Number].criteria
		eachCell(e, func(at string, cell *compare.Cell) {
			facts := f.factsOf(append([]string{}, cell.Facts...))
			tell(d, at+".text", fromNowhere, prose{text: cell.Text, facts: facts})
			tell(d, at+".reason", fromNowhere, prose{text: cell.Reason, facts: facts, ratings: true})
		})
	}
	for i, x := range f.c.Contradictions {
		tell(f.contras, indexed("contradictions", i)+".text", withoutFacts, prose{text: x.Text, facts: f.factsOf([]string{})})
	}
	all := numbersOf(f.factsOf(nil))
	tell(f.main, "summary", fromNowhereAtAll, prose{text: f.c.Summary, proof: all})
	tell(f.main, "finding", fromNowhereAtAll, prose{text: f.c.Finding, proof: all})
	tell(f.main, "article.summary", fromNowhereAtAll, prose{text: f.c.Article.Summary, proof: all})
}

// factsMeasuredBy returns the ids of the facts that take their figures from a
// measurement.
func (f *folder) factsMeasuredBy(m *compare.Measurement) []string {
	var ids []string
	for i := range f.c.Facts {
		if f.c.Facts[i].Measurement == m.ID {
			ids = append(ids, f.c.Facts[i].ID)
		}
	}
	return ids
}

// eachCell calls do with every cell of an edition and its path in criteria.yaml.
func eachCell(e *compare.Edition, do func(at string, cell *compare.Cell)) {
	for i := range e.Criteria {
		for j := range e.Criteria[i].Cells {
			do(indexed("criteria", i)+indexed(".cells", j), &e.Criteria[i].Cells[j])
		}
	}
}

// factsOf returns the facts with the given ids, all of them for nil.
func (f *folder) factsOf(ids []string) []*compare.Fact {
	var facts []*compare.Fact
	for i := range f.c.Facts {
		if fact := &f.c.Facts[i]; ids == nil || slices.Contains(ids, fact.ID) {
			facts = append(facts, fact)
		}
	}
	return facts
}
