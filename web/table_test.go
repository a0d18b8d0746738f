package web

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/escape"
	"tiebreak/templates"
)

// rowsOf returns the ids of the criteria a page shows.
func rowsOf(doc *goquery.Document) []string {
	rows := doc.Find("table.criteria tbody tr:not(.group)")
	return rows.Map(func(_ int, row *goquery.Selection) string { return row.AttrOr("id", "") })
}

func TestTableFilters(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	e := c.Current()
	groups := []string{""}
	for _, g := range e.Groups {
		groups = append(groups, g.ID)
	}
	for _, group := range groups {
		for _, differ := range []int{0, 1, 5, 17, 30, 100} {
			want := []string{}
			for _, g := range e.Groups {
				for _, row := range e.InGroup(g.ID) {
					if (group == "" || group == g.ID) && row.Spread() >= differ {
						want = append(want, row.ID)
					}
				}
			}
			path := templates.TableFilterPath(c, group, differ)
			doc := open(t, h, path, http.StatusOK)
			if diff := cmp.Diff(want, rowsOf(doc)); diff != "" {
				t.Errorf("%s: rows (-want +got):\n%s", path, diff)
			}
			if got, want := text(doc.Find(".filter [role=status]")), fmt.Sprintf("%d of %d rows", len(want), len(e.Criteria)); got != want {
				t.Errorf("%s: says %q, want %q", path, got, want)
			}
			if got := doc.Find("select[name=group] option[selected]").AttrOr("value", "-"); got != group {
				t.Errorf("%s: the form shows group %q", path, got)
			}
			if got := doc.Find("select[name=differ] option[selected]").AttrOr("value", "-"); got != strconv.Itoa(differ) {
				t.Errorf("%s: the form shows a difference of %q", path, got)
			}
			if got := doc.Find(`link[rel="canonical"]`).AttrOr("href", ""); got != testBase+templates.TablePath(c) {
				t.Errorf("%s: canonical address %q, want the whole table", path, got)
			}
			filtered := group != "" || differ > 0
			if got := doc.Find(`.filter a[href="`+templates.TablePath(c)+`"]`).Length() == 1; got != filtered {
				t.Errorf("%s: leads to the whole table: %v, want %v", path, got, filtered)
			}
		}
	}
}

func TestTableBadFilters(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	all := len(c.Current().Criteria)
	group := c.Current().Groups[0].ID
	inGroup := len(c.Current().InGroup(group))
	const number, name = "The number of points must be a whole number from 0 to 100.", "There is no such group of criteria."
	for _, tt := range []struct {
		query string
		rows  int
		says  []string
	}{
		{"group=nothing", all, []string{name, "That filter was left out."}},
		{"group=%3Cb%3E", all, []string{name}},
		{"differ=many", all, []string{number}},
		{"differ=-1", all, []string{number}},
		{"differ=101", all, []string{number}},
		{"differ=1.5", all, []string{number}},
		{"differ=99999999999999999999", all, []string{number}},
		{"differ=0x10", all, []string{number}},
		{"differ=%D9%A3", all, []string{number}},
		{"group=" + group + "&differ=x", inGroup, []string{number}},
		{"group=x&differ=x", all, []string{name, number}},
		{"group=" + group + "&group=" + group, all, []string{"A filter was given more than once. All rows are shown."}},
		{"differ=5&differ=5", all, []string{"A filter was given more than once."}},
	} {
		doc := open(t, h, templates.TablePath(c)+"?"+tt.query, http.StatusUnprocessableEntity)
		got := text(doc.Find(`.notice.bad[role="alert"]`))
		for _, want := range tt.says {
			if !strings.Contains(got, want) {
				t.Errorf("?%s says %q, want %q", tt.query, got, want)
			}
		}
		if got := len(rowsOf(doc)); got != tt.rows {
			t.Errorf("?%s shows %d rows, want %d", tt.query, got, tt.rows)
		}
	}
	for _, query := range []string{"", "group=", "differ=", "group=&differ=0", "utm_source=mail", "group=" + group + "&differ=000"} {
		if doc := open(t, h, templates.TablePath(c)+"?"+query, http.StatusOK); doc.Find(".notice.bad").Length() != 0 {
			t.Errorf("?%s is refused: %s", query, text(doc.Find(".notice.bad")))
		}
	}
}

// Every rating is shown with its band, its reason and its facts.
func TestTableCells(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	e := c.Current()
	doc := open(t, h, templates.TablePath(c), http.StatusOK)
	if doc.Find("table.criteria caption").Length() != 1 {
		t.Error("the table has no caption")
	}
	if got := doc.Find("table.criteria thead th[scope=col]").Length(); got != 1+len(e.Options) {
		t.Errorf("%d column headings, want %d", got, 1+len(e.Options))
	}
	for i := range e.Criteria {
		row := &e.Criteria[i]
		tr := doc.Find("tr#" + row.ID)
		if tr.Find("th[scope=row]").Length() != 1 {
			t.Errorf("row %s has no heading", row.ID)
		}
		for _, want := range []string{row.Name, row.Why, row.Zero, row.Hundred} {
			if !strings.Contains(text(tr.Find("th")), strings.Join(strings.Fields(want), " ")) {
				t.Errorf("row %s does not say %q", row.ID, want)
			}
		}
		for j, cell := range row.Cells {
			td := tr.Find("td").Eq(j)
			rating := fmt.Sprintf("%s %d of 100, %d to %d", e.Options[j].Name, cell.Value, cell.Lo, cell.Hi)
			if cell.Unknown {
				rating = e.Options[j].Name + " unknown"
			}
			if got := text(td.Find(".rating")); got != rating {
				t.Errorf("row %s, %s: rating %q, want %q", row.ID, cell.Option, got, rating)
			}
			for _, want := range []string{cell.Text, cell.Reason} {
				if !strings.Contains(text(td), strings.Join(strings.Fields(want), " ")) {
					t.Errorf("row %s, %s does not say %q", row.ID, cell.Option, want)
				}
			}
			for _, id := range cell.Facts {
				if td.Find(`a[href="`+templates.FactPath(c, id)+`"]`).Length() != 1 {
					t.Errorf("row %s, %s does not lead to fact %s", row.ID, cell.Option, id)
				}
			}
		}
	}
}

// The two files hold the same rows, which are those of the edition.
func TestTableFiles(t *testing.T) {
	t.Parallel()
	small := loadSmall(t)
	h, c := realSite(t)
	checkTableFiles(t, h, c.Slug)
	checkTableFiles(t, smallSite(t, small, "2026-11-21"), smallSlug)
}

func checkTableFiles(t *testing.T, h http.Handler, slug string) {
	t.Helper()
	res := get(h, "/"+slug+"/table.json")
	if got := res.Header.Get("Content-Type"); got != "application/json" {
		t.Errorf("JSON has the type %q", got)
	}
	var file struct {
		Comparison, Title, Updated string
		Cells                      []tableRow
	}
	decoder := json.NewDecoder(strings.NewReader(bodyOf(t, res)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		t.Fatal(err)
	}
	if file.Comparison != slug || file.Title == "" || file.Updated == "" || len(file.Cells) == 0 {
		t.Errorf("JSON of %s, %q, %q with %d cells", file.Comparison, file.Title, file.Updated, len(file.Cells))
	}

	res = get(h, "/"+slug+"/table.csv")
	if got := res.Header.Get("Content-Type"); got != "text/csv; charset=utf-8" {
		t.Errorf("CSV has the type %q", got)
	}
	if got, want := res.Header.Get("Content-Disposition"), `attachment; filename="`+slug+`-edition-`; !strings.HasPrefix(got, want) {
		t.Errorf("CSV is saved as %q", got)
	}
	records, err := csv.NewReader(strings.NewReader(bodyOf(t, res))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(records) != len(file.Cells)+1 {
		t.Fatalf("CSV has %d rows, JSON %d cells", len(records), len(file.Cells))
	}
	for i, cell := range file.Cells {
		want := []string{
			strconv.Itoa(cell.Edition), cell.Group, cell.Criterion, cell.Name, cell.Option, strconv.FormatBool(cell.Unknown),
			strconv.Itoa(cell.Value), strconv.Itoa(cell.Low), strconv.Itoa(cell.High),
			cell.Text, cell.Reason, cell.Zero, cell.Hundred, strings.Join(cell.Facts, " "),
		}
		if diff := cmp.Diff(throughCSV(t, want), records[i+1]); diff != "" {
			t.Errorf("row %d differs (-JSON +CSV):\n%s", i+1, diff)
		}
	}
	for _, record := range records {
		for _, cell := range record {
			if _, err := strconv.ParseFloat(cell, 64); err != nil && cell != "" && strings.Contains("=+-@\t\r\n", cell[:1]) {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
	}
}

// throughCSV returns a record as it is after it was written and read.
func throughCSV(t *testing.T, record []string) []string {
	t.Helper()
	written, err := escape.CSV([][]string{record})
	if err != nil {
		t.Fatal(err)
	}
	read, err := csv.NewReader(bytes.NewReader(written)).Read()
	if err != nil {
		t.Fatal(err)
	}
	return read
}
