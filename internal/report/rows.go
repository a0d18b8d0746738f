package report

import (
	"fmt"
	"strings"
)

// Rows are the contributions as a table for a spreadsheet, names first: one row
// for each answer, then their sum, then one for each criterion, then their sum.
// Points speak for the option in the column "for"; in "points" they are negative
// if that is not the option ahead.
func (r *Report) Rows() [][]string {
	head := []string{"kind", "id", "text", "answer", "importance", "weight_percent", "points", "for", "change_factor_low", "change_factor_high", "link"}
	for _, o := range r.Options {
		head = append(head, "rating_"+o.ID)
	}
	rows := [][]string{head}
	for _, a := range r.Answers {
		row := r.row("answer", a.Question, a.Text, a.Points)
		row[3], row[4], row[10] = a.Label, a.Importance, a.ChangeURL
		if a.Factor != nil {
			row[8], row[9] = decimal(&a.Factor.Lower), decimal(a.Factor.Upper)
		}
		rows = append(rows, row)
	}
	rows = r.sum(rows, "sum of answers")
	for _, c := range r.Criteria {
		row := r.row("criterion", c.ID, c.Name, c.Points)
		row[5], row[10] = percent(c.Weight), c.URL
		for i, cell := range c.Cells {
			row[11+i] = cell.Rating()
		}
		rows = append(rows, row)
	}
	return r.sum(rows, "sum of criteria")
}

func (r *Report) row(kind, id, text string, p Points) []string {
	row := make([]string, 11+len(r.Options))
	row[0], row[1], row[2], row[6] = kind, id, text, strings.Replace(p.String(), minus, "-", 1)
	if r.Margin != nil {
		if o := r.Speaks(p); o != nil {
			row[7] = o.ID
		}
	}
	return row
}

func (r *Report) sum(rows [][]string, text string) [][]string {
	if r.Margin == nil {
		return rows
	}
	row := r.row("margin", "", text, r.Margin.Points)
	row[10] = r.URL
	return append(rows, row)
}

// decimal writes a ratio as JSON does, "" for none.
func decimal(r *Ratio) string {
	if r == nil {
		return ""
	}
	text, _ := r.MarshalJSON() // never fails
	return string(text)
}

// percent writes a ratio as a number of percent with one decimal.
func percent(r Ratio) string {
	n := (2000*r.Num + r.Of) / (2 * r.Of)
	return fmt.Sprintf("%d.%d", n/10, n%10)
}
