package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"

	"tiebreak/internal/compare"
	"tiebreak/templates"
)

// factJSON is one fact as /sources.json lists it. An empty text is left out.
type factJSON struct {
	ID          string           `json:"id"`
	Page        string           `json:"page"` // the fact on the sources page
	Topic       string           `json:"topic"`
	Statement   string           `json:"statement"`
	Doubt       string           `json:"doubt,omitempty"`
	Strength    compare.Strength `json:"strength"`
	Secondary   bool             `json:"secondary"` // read in a quotation, not in the source itself
	Measurement string           `json:"measurement,omitempty"`
	Sources     []sourceJSON     `json:"sources"`
	Checked     compare.Date     `json:"checked"`
	ReviewBy    compare.Date     `json:"review_by"`
}

// sourceJSON is where a fact can be read. Date is as precise as the source is.
type sourceJSON struct {
	Title     string `json:"title"`
	Publisher string `json:"publisher"`
	URL       string `json:"url"`
	Date      string `json:"date"`
}

// sourcesJSON lists every fact, for programs and for the script that opens a
// fact where an article cites it.
func (s *server) sourcesJSON(r *http.Request, _ *bytes.Buffer) (response, error) {
	c, err := s.comparison(r)
	if err != nil {
		return response{}, err
	}
	facts := make([]factJSON, len(c.Facts))
	for i := range c.Facts {
		facts[i] = s.factJSON(c, &c.Facts[i])
	}
	body, err := json.MarshalIndent(struct {
		Comparison string       `json:"comparison"`
		Title      string       `json:"title"`
		Updated    compare.Date `json:"updated"`
		Facts      []factJSON   `json:"facts"`
	}{c.Slug, c.Title, c.Updated, facts}, "", "  ")
	if err != nil {
		return response{}, fmt.Errorf("encode the facts: %w", err)
	}
	return s.newResponse(http.StatusOK, typeJSON, append(body, '\n')), nil
}

func (s *server) factJSON(c *compare.Comparison, f *compare.Fact) factJSON {
	sources := make([]sourceJSON, len(f.Sources))
	for i, source := range f.Sources {
		sources[i] = sourceJSON(source)
	}
	return factJSON{
		ID: f.ID, Page: s.absolute(templates.FactPath(c, f.ID)), Topic: f.Topic,
		Statement: f.Statement, Doubt: f.Doubt, Strength: f.Strength, Secondary: f.Secondary,
		Measurement: f.Measurement, Sources: sources, Checked: f.Checked, ReviewBy: f.ReviewBy,
	}
}
