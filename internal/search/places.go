package search

import (
	"slices"
	"strings"

	"tiebreak/internal/compare"
)

// A place is something that can be found.
type place struct {
	kind        Kind
	in, id      string
	title, body string
	extra       string // searched, but not shown
}

// glossary is the name of the fixed page whose sections are terms.
const glossary = "glossary"

// placesOf returns what can be found of a comparison.
func placesOf(c *compare.Comparison) []place {
	var places []place
	for _, s := range sections(c.Article.Body) {
		title := s.title
		if s.id == "" {
			title = c.Article.Title
		}
		places = append(places, place{Section, c.Slug, s.id, title, s.text, s.code})
	}
	for i := range c.Claims {
		claim := &c.Claims[i]
		places = append(places, place{Claim, c.Slug, claim.ID, claim.Text, claim.Why, claim.ID})
	}
	for i := range c.Measurements {
		places = append(places, placeOfMeasurement(c, &c.Measurements[i]))
	}
	for i := range c.Facts {
		places = append(places, placeOfFact(c, &c.Facts[i]))
	}
	return append(places, placesOfEdition(c, c.Current())...)
}

func placesOfEdition(c *compare.Comparison, e *compare.Edition) []place {
	var places []place
	for i := range e.Criteria {
		row := &e.Criteria[i]
		body := []string{row.Why}
		extra := []string{row.Zero, row.Hundred}
		for j, cell := range row.Cells {
			body = append(body, e.Options[j].Name+": "+cell.Text)
			extra = append(extra, cell.Reason)
		}
		places = append(places, place{Criterion, c.Slug, row.ID, row.Name, strings.Join(body, " "), strings.Join(extra, " ")})
	}
	for _, q := range e.Asked() {
		body := []string{q.Help}
		for _, choice := range q.Choices {
			body = append(body, choice.Label+".")
		}
		places = append(places, place{Question, c.Slug, q.ID, q.Text, strings.Join(body, " "), ""})
	}
	return places
}

func placeOfMeasurement(c *compare.Comparison, m *compare.Measurement) place {
	body := []string{m.Question, m.Answer}
	for _, k := range m.Cases {
		body = append(body, k.Name+".")
	}
	extra := []string{m.Method}
	for _, p := range m.Programs {
		extra = append(extra, p.Name, p.Source)
	}
	return place{Measurement, c.Slug, m.ID, m.Title, strings.Join(body, " "), strings.Join(append(extra, m.Limits...), " ")}
}

// placeOfFact shows where a fact comes from as its title: the statement itself
// is the text in which words are marked.
func placeOfFact(c *compare.Comparison, f *compare.Fact) place {
	var sources, extra []string
	for _, s := range f.Sources {
		if !slices.Contains(sources, s.Publisher) {
			sources = append(sources, s.Publisher)
		}
		extra = append(extra, s.Title)
	}
	for _, v := range f.Values {
		extra = append(extra, v.Text+" "+v.Unit)
	}
	if m := c.Measurement(f.Measurement); m != nil {
		sources = append(sources, m.Title)
	}
	title := f.ID + ", " + strings.Join(sources, "; ")
	return place{Fact, c.Slug, f.ID, title, f.Statement, strings.Join(append(extra, f.Doubt), " ")}
}

// partsOf returns the sections of a fixed page.
func partsOf(p *compare.Page) []place {
	var places []place
	kind := Part
	if p.Name == glossary {
		kind = Term
	}
	for _, s := range sections(p.Body) {
		title := s.title
		switch {
		case s.id == "" && kind == Term:
			continue // what the glossary says of itself
		case s.id == "":
			title = p.Title
		case kind == Part:
			title = p.Title + ": " + s.title
		}
		places = append(places, place{kind, p.Name, s.id, title, s.text, s.code})
	}
	return places
}
