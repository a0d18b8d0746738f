package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/go-chi/chi/v5"

	"tiebreak/internal/compare"
	"tiebreak/templates"
)

// measurements lists what was measured. A comparison without measurements has
// no such page.
func (s *server) measurements(r *http.Request, buf *bytes.Buffer) (response, error) {
	c, err := s.comparison(r)
	if err != nil {
		return response{}, err
	}
	if len(c.Measurements) == 0 {
		return response{}, fmt.Errorf("measurements of %s: %w", c.Slug, compare.ErrNotFound)
	}
	description := fmt.Sprintf("What we measured for %s ourselves, with the programs, every sample and the command that repeats it.", c.Title)
	head := s.comparisonHead(c, "Measured: "+c.Title, description, templates.MeasurementsPath(c))
	return s.page(buf, http.StatusOK, templates.Measurements(head, c))
}

// measurement shows one measurement.
func (s *server) measurement(r *http.Request, buf *bytes.Buffer) (response, error) {
	c, m, err := s.measured(r)
	if err != nil {
		return response{}, err
	}
	head := s.comparisonHead(c, m.Title+": "+c.Title, m.Question+" Measured for "+c.Title+".", templates.MeasurementPath(c, m.ID))
	head.Code = true
	return s.page(buf, http.StatusOK, templates.Measurement(head, c, keptOr(s.colours.measurements, m, s.catalog.ColouredMeasurement)))
}

// measurementJSON answers with the results, where there are any.
func (s *server) measurementJSON(r *http.Request, _ *bytes.Buffer) (response, error) {
	_, m, err := s.measured(r)
	if err != nil {
		return response{}, err
	}
	if m.Results == nil {
		return response{}, fmt.Errorf("results of %s: %w", m.ID, compare.ErrNotFound)
	}
	body, err := json.MarshalIndent(m.Results, "", "  ")
	if err != nil {
		return response{}, fmt.Errorf("encode the results of %s: %w", m.ID, err)
	}
	return s.newResponse(http.StatusOK, typeJSON, append(body, '\n')), nil
}

// measured returns the measurement that the path names.
func (s *server) measured(r *http.Request) (*compare.Comparison, *compare.Measurement, error) {
	c, err := s.comparison(r)
	if err != nil {
		return nil, nil, err
	}
	id := chi.URLParam(r, "id")
	m := c.Measurement(id)
	if m == nil {
		return nil, nil, fmt.Errorf("measurement %q: %w", id, compare.ErrNotFound)
	}
	return c, m, nil
}

// measurementPaths lists the pages of the measurements.
func measurementPaths(c *compare.Comparison) []string {
	if len(c.Measurements) == 0 {
		return nil
	}
	paths := []string{templates.MeasurementsPath(c)}
	for i := range c.Measurements {
		paths = append(paths, templates.MeasurementPath(c, c.Measurements[i].ID))
	}
	return paths
}
