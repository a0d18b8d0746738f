package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
	"tiebreak/templates"
)

// result shows the decision behind a code, computed from the code alone.
func (s *server) result(w http.ResponseWriter, r *http.Request) error {
	c, err := s.comparison(r)
	if err != nil {
		return err
	}
	code := chi.URLParam(r, "code")
	decoded, err := c.Decode(code)
	if err != nil {
		return err
	}
	if canonical, same := compare.Canonical(code); !same {
		return s.movedTo(w, r, templates.ResultCodePath(c, canonical))
	}
	d := s.model(decoded.Answers.Edition()).Decide(decoded.Answers)
	path := templates.ResultCodePath(c, code)
	head := s.comparisonHead(r, c, templates.Headline(d), templates.ResultDescription(d), path)
	head.Noindex = true
	return s.page(w, r, http.StatusOK, templates.Result(head, templates.ResultData{
		Comparison: c, Decoded: decoded, Decision: d, Link: s.absolute(path), Today: s.today(),
	}))
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
