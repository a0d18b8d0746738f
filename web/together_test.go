package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tiebreak/internal/compare"
	"tiebreak/templates"
)

const slug = "nodejs-vs-python"

// readers returns the codes of the reference readers with the given ids.
func readerCodes(t *testing.T, ids ...string) (*compare.Comparison, []string) {
	t.Helper()
	pages, err := realCatalog()
	if err != nil {
		t.Fatal(err)
	}
	c, err := pages.Get(slug)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, id := range ids {
		for i := range c.Readers {
			if c.Readers[i].ID == id {
				a, err := c.Readers[i].AnswersTo(c.Current())
				if err != nil {
					t.Fatal(err)
				}
				codes = append(codes, a.Code())
			}
		}
	}
	if len(codes) != len(ids) {
		t.Fatalf("found %d of the readers %v", len(codes), ids)
	}
	return c, codes
}

func document(t *testing.T, res *http.Response) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestTogetherJourney pastes two links with names and follows to the page, its
// files and back to the form.
func TestTogetherJourney(t *testing.T) {
	h := testSite(t, testConfig(t))
	c, codes := readerCodes(t, "collab", "crud_py")
	text := "Ana: " + testBase + templates.ResultCodePath(c, codes[0]) + "\n\n" + codes[1]
	res := get(h, "/"+slug+"/together?links="+url.QueryEscape(text))
	want := templates.TogetherPath(c, codes, []string{"Ana", ""})
	if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != want {
		t.Fatalf("pasted links: %d to %q, want 303 to %q", res.StatusCode, res.Header.Get("Location"), want)
	}
	res = get(h, want)
	doc := document(t, res)
	if res.StatusCode != http.StatusOK || !strings.HasPrefix(doc.Find("h1").Text(), "Together: ") {
		t.Fatalf("status %d, heading %q", res.StatusCode, doc.Find("h1").Text())
	}
	if who := doc.Find("tbody th").First().Text(); who != "Ana" {
		t.Errorf("first person is %q, want Ana", who)
	}
	if n := doc.Find("#matter").Length(); n != 1 {
		t.Errorf("%d lists of disagreements that matter, want 1", n)
	}
	if got := doc.Find("textarea").Text(); !strings.Contains(got, "Ana: ") || !strings.Contains(got, codes[1]) {
		t.Errorf("the form does not keep the links: %q", got)
	}

	var joint struct {
		Leader string `json:"leader"`
		People []struct{ Name, Leader string }
	}
	body := bodyOf(t, get(h, templates.TogetherExportPath(c, "json", codes, []string{"Ana", ""})))
	if err := json.Unmarshal([]byte(body), &joint); err != nil {
		t.Fatal(err)
	}
	if len(joint.People) != 2 || joint.People[0].Name != "Ana" || joint.People[0].Leader != "node" || joint.People[1].Leader != "python" {
		t.Errorf("people = %+v", joint.People)
	}
	md := bodyOf(t, get(h, templates.TogetherExportPath(c, "md", codes, []string{"A|b*", ""})))
	if !strings.Contains(md, `A\|b\*`) || !strings.Contains(md, "## Disagreements that matter") {
		t.Errorf("Markdown lacks its parts, or does not escape names:\n%s", md)
	}
}

// TestTogetherBadInput pastes what people paste.
func TestTogetherBadInput(t *testing.T) {
	h := testSite(t, testConfig(t))
	_, codes := readerCodes(t, "collab", "crud_py")
	for name, tt := range map[string]struct {
		query  string
		status int
		want   string
	}{
		"no results":            {"", 200, "Paste the links"},
		"one result":            {"r=" + codes[0], 200, "Paste the links"},
		"one line":              {"links=" + codes[0], 422, "Paste at least two results"},
		"empty lines":           {"links=%0A%0A", 422, "Paste at least two results"},
		"the same twice":        {"r=" + codes[0] + "&r=" + codes[0], 422, "same result as in line 1"},
		"a foreign address":     {"links=" + codes[0] + "%0Ahttps://example.org/", 422, "not a link to a result"},
		"another comparison":    {"links=" + codes[0] + "%0A/a-vs-b/result/" + codes[1], 422, "another comparison"},
		"a mistyped code":       {"r=" + codes[0] + "&r=" + codes[1] + "z", 422, "mistyped"},
		"markup as a name":      {"r=" + codes[0] + "&r=" + codes[1] + "&n=%3Cscript%3E", 200, "&lt;script"},
		"more names than asked": {"r=" + codes[0] + "&r=" + codes[1] + "&n=a&n=b&n=c", 200, "Together: "},
	} {
		t.Run(name, func(t *testing.T) {
			res := get(h, "/"+slug+"/together?"+tt.query)
			body := bodyOf(t, res)
			if res.StatusCode != tt.status || !strings.Contains(body, tt.want) {
				t.Errorf("status %d, want %d with %q in it", res.StatusCode, tt.status, tt.want)
			}
			if strings.Contains(body, "<script>") {
				t.Error("a name broke out into markup")
			}
		})
	}
	for _, format := range []string{"json", "md"} {
		if res := get(h, "/"+slug+"/together."+format+"?r="+codes[0]); res.StatusCode != http.StatusNotFound {
			t.Errorf("together.%s of one result: %d, want 404", format, res.StatusCode)
		}
	}
}

// TestTogetherMust checks that a must of one person rules an option out for
// all, and that the page says which.
func TestTogetherMust(t *testing.T) {
	h := testSite(t, testConfig(t))
	c, codes := readerCodes(t, "ds_api", "collab")
	doc := document(t, get(h, templates.TogetherPath(c, codes, nil)))
	if got := doc.Find("h1").Text(); got != "Together: only Python meets every condition." {
		t.Errorf("heading = %q", got)
	}
	if got := doc.Find(".rules li").Text(); !strings.Contains(got, "Node.js") || !strings.Contains(got, "ruled out") {
		t.Errorf("rules = %q, want Node.js ruled out", got)
	}
}
