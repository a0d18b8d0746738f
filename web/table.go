package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"tiebreak/internal/compare"
	"tiebreak/internal/escape"
	"tiebreak/templates"
)

// table shows the criteria, filtered by what the query asks.
func (s *server) table(r *http.Request, buf *bytes.Buffer) (response, error) {
	c, err := s.comparison(r)
	if err != nil {
		return response{}, err
	}
	data := templates.TableData{Comparison: c, Edition: c.Current(), Today: s.today()}
	status, title := http.StatusOK, "Table: "+c.Title
	if err := s.readWith(&data, r.URL.Query()); err != nil {
		return response{}, err
	}
	if data.Bad += filter(&data, r.URL.Query()); data.Bad != "" {
		status, title = http.StatusUnprocessableEntity, "Error: "+title
	}
	description := fmt.Sprintf("%d criteria with a sourced rating for each option, its range and the reason for it.", len(data.Edition.Criteria))
	head := s.comparisonHead(c, title, description, templates.TablePath(c))
	head.Noindex = data.With != nil
	return s.page(buf, status, templates.Table(head, data))
}

// readWith has the table weighed by the answers of the result that the query
// names, in the edition they were given in. A code that is none is the same
// error as on its own page.
func (s *server) readWith(data *templates.TableData, query url.Values) error {
	codes := query["with"]
	if len(codes) == 0 || codes[0] == "" {
		return nil
	}
	if len(codes) > 1 {
		data.Bad = "More than one result was named. The first is used. "
	}
	decoded, err := data.Comparison.Decode(codes[0])
	if err != nil {
		return err
	}
	answers := decoded.Answers
	e := answers.Edition()
	code, _ := compare.Canonical(codes[0])
	with := &templates.TableWith{Code: code, Answered: answers.Count(), Weights: map[string]int64{}, Musts: map[string][]int{}}
	for i, weight := range s.model(e).Decide(answers).Weights {
		with.Weights[e.Criteria[i].ID] = weight
	}
	for _, q := range e.Asked() {
		choice, importance := answers.To(q)
		if choice == nil || importance != compare.Mandatory {
			continue
		}
		for _, must := range choice.Musts {
			with.Musts[must.Criterion] = append(with.Musts[must.Criterion], must.Min)
		}
	}
	data.Edition, data.With = e, with
	return nil
}

// filter reads the filters into data and returns what is wrong with them. A
// filter that cannot be read is left out, and said so.
func filter(data *templates.TableData, query url.Values) string {
	if len(query["group"]) > 1 || len(query["differ"]) > 1 {
		return "A filter was given more than once. All rows are shown."
	}
	var bad []string
	if id := query.Get("group"); id != "" {
		if len(data.Edition.InGroup(id)) > 0 {
			data.Group = id
		} else {
			bad = append(bad, "There is no such group of criteria.")
		}
	}
	if text := query.Get("differ"); text != "" {
		n, err := strconv.Atoi(text)
		if err == nil && n >= 0 && n <= 100 {
			data.Differ = n
		} else {
			bad = append(bad, "The number of points must be a whole number from 0 to 100.")
		}
	}
	if len(bad) == 0 {
		return ""
	}
	return strings.Join(bad, " ") + " That filter was left out."
}

// A tableRow is one cell of the table as data, the same in CSV and JSON.
type tableRow struct {
	Edition   int      `json:"edition"`
	Group     string   `json:"group"`
	Criterion string   `json:"criterion"`
	Name      string   `json:"name"`
	Option    string   `json:"option"`
	Unknown   bool     `json:"unknown"`
	Value     int      `json:"value"`
	Low       int      `json:"low"`
	High      int      `json:"high"`
	Text      string   `json:"text"`
	Reason    string   `json:"reason"`
	Zero      string   `json:"zero"`
	Hundred   string   `json:"hundred"`
	Facts     []string `json:"facts"`
}

func tableRows(e *compare.Edition) []tableRow {
	var rows []tableRow
	for i := range e.Criteria {
		c := &e.Criteria[i]
		for _, cell := range c.Cells {
			rows = append(rows, tableRow{
				Edition: e.Number, Group: c.Group, Criterion: c.ID, Name: c.Name, Option: cell.Option,
				Unknown: cell.Unknown, Value: cell.Value, Low: cell.Lo, High: cell.Hi,
				Text: cell.Text, Reason: cell.Reason, Zero: c.Zero, Hundred: c.Hundred, Facts: cell.Facts,
			})
		}
	}
	return rows
}

func (s *server) tableJSON(r *http.Request, _ *bytes.Buffer) (response, error) {
	c, err := s.comparison(r)
	if err != nil {
		return response{}, err
	}
	body, err := json.MarshalIndent(struct {
		Comparison string     `json:"comparison"`
		Title      string     `json:"title"`
		Updated    string     `json:"updated"`
		Cells      []tableRow `json:"cells"`
	}{c.Slug, c.Title, string(c.Changed()), tableRows(c.Current())}, "", "  ")
	if err != nil {
		return response{}, fmt.Errorf("encode the table: %w", err)
	}
	return s.newResponse(http.StatusOK, typeJSON, append(body, '\n')), nil
}

func (s *server) tableCSV(r *http.Request, _ *bytes.Buffer) (response, error) {
	c, err := s.comparison(r)
	if err != nil {
		return response{}, err
	}
	records := [][]string{{
		"edition", "group", "criterion", "name", "option", "unknown", "value", "low", "high",
		"text", "reason", "zero", "hundred", "facts",
	}}
	for _, row := range tableRows(c.Current()) {
		records = append(records, []string{
			strconv.Itoa(row.Edition), row.Group, row.Criterion, row.Name, row.Option,
			strconv.FormatBool(row.Unknown), strconv.Itoa(row.Value), strconv.Itoa(row.Low), strconv.Itoa(row.High),
			row.Text, row.Reason, row.Zero, row.Hundred, strings.Join(row.Facts, " "),
		})
	}
	body, err := escape.CSV(records)
	if err != nil {
		return response{}, fmt.Errorf("table: %w", err)
	}
	return s.newResponse(http.StatusOK, typeCSV, body,
		attachment(fmt.Sprintf("%s-edition-%d.csv", c.Slug, c.Current().Number))), nil
}
