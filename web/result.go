package web

import (
	"bytes"
	"net/http"

	"github.com/go-chi/chi/v5"

	"tiebreak/internal/compare"
	"tiebreak/internal/report"
	"tiebreak/internal/score"
	"tiebreak/templates"
)

// pageForm is the form of a result that is a page. The others are files, named by
// their ending.
const pageForm = "html"

// resultPage shows the decision behind a code, computed from the code alone.
func (s *server) resultPage(asked askedResult, buf *bytes.Buffer) (response, error) {
	made := s.report(asked)
	head := templates.Head{
		Title: asked.comparison.Title + ": " + made.Headline, Description: made.Summary(), Canonical: made.URL, Image: made.Card,
	}
	return s.page(buf, http.StatusOK, templates.Result(head, templates.ResultData{
		Sheet: s.sheet(asked.decoded.Answers.Edition()).page, Report: made, ThenNow: s.thenNow(asked),
	}))
}

// A sheet is what all results of one edition have in common on one day.
type sheet struct {
	report *report.Sheet
	page   *templates.ResultSheet
}

// sheets are those of one day: the next day facts may be overdue.
type sheets struct {
	day    compare.Date
	sheets map[*compare.Edition]sheet
}

// sheet returns what all results of an edition have in common today. Should two
// requests be the first of a day, both make the same.
func (s *server) sheet(e *compare.Edition) sheet {
	day := s.today()
	if kept := s.sheets.Load(); kept != nil && kept.day == day {
		return kept.sheets[e]
	}
	made := &sheets{day: day, sheets: map[*compare.Edition]sheet{}}
	for _, c := range s.catalog.All() {
		for _, edition := range c.Editions {
			made.sheets[edition] = sheet{
				report: report.NewSheet(s.site.Name, c, edition, day, s.links(c)),
				page:   templates.NewResultSheet(templates.Head{Site: s.site, Comparison: c}, edition, day),
			}
		}
	}
	s.sheets.Store(made)
	return made.sheets[e]
}

// keyOf is where a response for the result is kept.
func (s *server) keyOf(asked askedResult, form string) cacheKey {
	return cacheKey{asked.comparison.Slug, asked.code, form, s.today()}
}

// An askedResult is the result a request names.
type askedResult struct {
	comparison *compare.Comparison
	code       string // as the request spells it
	canonical  string // as this site does
	decoded    compare.Decoded
}

// canonicalPath is where the result is in a form, by the code as this site
// spells it.
func (a askedResult) canonicalPath(form string) string {
	if form == pageForm {
		return templates.ResultCodePath(a.comparison, a.canonical)
	}
	return templates.ExportCodePath(a.comparison, a.canonical, form)
}

func (s *server) asked(r *http.Request) (askedResult, error) {
	c, err := s.comparison(r)
	if err != nil {
		return askedResult{}, err
	}
	asked := askedResult{comparison: c, code: chi.URLParam(r, "code")}
	if asked.decoded, err = c.Decode(asked.code); err != nil {
		return askedResult{}, err
	}
	asked.canonical, _ = compare.Canonical(asked.code)
	return asked, nil
}

// report returns everything the result says.
func (s *server) report(asked askedResult) *report.Report {
	answers := asked.decoded.Answers
	e := answers.Edition()
	return s.sheet(e).report.Report(asked.decoded, s.model(e).Decide(answers))
}

// links are the addresses that results of a comparison name, as they are outside
// of the site.
func (s *server) links(c *compare.Comparison) report.Links {
	return report.Links{
		Site:      s.absolute(templates.HomePath),
		Article:   s.absolute(templates.ArticlePath(c)),
		Method:    s.absolute(templates.MethodPath),
		Schema:    s.absolute(templates.SchemaPath),
		Result:    func(code string) string { return s.absolute(templates.ResultCodePath(c, code)) },
		Export:    func(code, form string) string { return s.absolute(templates.ExportCodePath(c, code, form)) },
		Change:    func(code, question string) string { return s.absolute(templates.ChangeCodePath(c, code, question)) },
		Criterion: func(id string) string { return s.absolute(templates.CriterionPath(c, id)) },
		Fact:      func(id string) string { return s.absolute(templates.FactPath(c, id)) },
	}
}

// model returns what was computed of an edition at start.
func (s *server) model(e *compare.Edition) *score.Model { return s.models[e] }

// modelsOf prepares every edition the site can be asked about.
func modelsOf(comparisons []*compare.Comparison) map[*compare.Edition]*score.Model {
	models := map[*compare.Edition]*score.Model{}
	for _, c := range comparisons {
		for _, e := range c.Editions {
			models[e] = score.New(e)
		}
	}
	return models
}
