package web

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"

	"tiebreak/internal/catalog"
	"tiebreak/internal/compare"
	"tiebreak/internal/score"
	"tiebreak/templates"
)

var update = flag.Bool("update", false, "add the links of released editions to testdata/links.txt")

// pointsOf reads "14.5 Node.js" as 145 tenths for Node.js.
func pointsOf(t *testing.T, cell string) (tenths int, option string) {
	t.Helper()
	number, option, _ := strings.Cut(cell, " ")
	whole, tenth, ok := strings.Cut(number, ".")
	n, err := strconv.Atoi(whole + tenth)
	if !ok || len(tenth) != 1 || err != nil || n < 0 || (n == 0) != (option == "") {
		t.Fatalf("points are written %q", cell)
	}
	return n, option
}

// longestTitle is how long a page's title may be for tabs, bookmarks and lists of
// results to show most of it.
const longestTitle = 90

// The parts of both tables add up to the margin as they are printed, and the
// margin to the difference of the two scores.
func TestResultAddsUp(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	for seed := range uint64(300) {
		a := randomAnswers(c.Current(), seed)
		doc := open(t, h, templates.ResultPath(c, a), http.StatusOK)
		if title := text(doc.Find("head title")); utf8.RuneCountInString(title) > longestTitle {
			t.Errorf("%s: title %q is longer than %d characters", a.Code(), title, longestTitle)
		}
		tables := doc.Find("table.effects")
		if tables.Length() == 0 && a.Count() < 3 {
			continue // nothing weighted
		}
		if tables.Length() != 2 {
			t.Fatalf("%s: %d tables of effects, want 2", a.Code(), tables.Length())
		}
		var margins []int
		tables.Each(func(i int, table *goquery.Selection) {
			side := func(option string) int {
				if option == text(table.Find(".side-left").First()) {
					return 1
				}
				return -1
			}
			sum := 0
			table.Find("tbody tr").Each(func(_ int, row *goquery.Selection) {
				n, option := pointsOf(t, text(row.Find("td.number")))
				sum += side(option) * n
			})
			n, option := pointsOf(t, text(table.Find("tfoot td.number")))
			if margin := side(option) * n; sum != margin {
				t.Errorf("%s: table %d adds up to %d tenths, the margin is %d", a.Code(), i, sum, margin)
			}
			margins = append(margins, side(option)*n)
		})
		if got := doc.Find(`section[aria-labelledby="answers"]`).Find("tbody tr, li").Length(); got != a.Count() {
			t.Errorf("%s: %d answers shown, want %d", a.Code(), got, a.Count())
		}
		scores := doc.Find(`.figures tr:contains("Score of 100") td`)
		left, _ := pointsOf(t, text(scores.Eq(0))+" left")
		right, _ := pointsOf(t, text(scores.Eq(1))+" right")
		if margins[0] != margins[1] || left-right != margins[0] {
			t.Errorf("%s: scores %d and %d, margins %v", a.Code(), left, right, margins)
		}
	}
}

// A flip does what it says: the result behind its link is led by the option it
// names.
func TestFlipsFlip(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	then := regexp.MustCompile(`^Then (.+) is ahead\.?$`)
	flips, named := 0, 0
	for seed := range uint64(15) {
		a := randomAnswers(c.Current(), seed)
		doc := open(t, h, templates.ResultPath(c, a), http.StatusOK)
		doc.Find(".flips a").Each(func(_ int, link *goquery.Selection) {
			flips++
			name := then.FindStringSubmatch(text(link))
			h1 := text(open(t, h, link.AttrOr("href", ""), http.StatusOK).Find("h1"))
			if name != nil {
				named++
				if !strings.Contains(h1, name[1]) {
					t.Errorf("%s: %q leads to %q", a.Code(), text(link), h1)
				}
			}
			if h1 == text(doc.Find("h1")) {
				t.Errorf("%s: %q leads to the same outcome, %q", a.Code(), text(link), h1)
			}
		})
	}
	if flips < 10 || named < flips/2 {
		t.Errorf("only %d flips followed, %d of them to an option", flips, named)
	}
}

// The headline is the model's verdict.
func TestResultVerdicts(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	model := score.New(c.Current())
	seen := map[score.Verdict]int{}
	for seed := range uint64(40) {
		a := randomAnswers(c.Current(), seed)
		if seed == 0 {
			a = c.Current().NoAnswers()
		}
		d := model.Decide(a)
		seen[d.Verdict]++
		want := map[score.Verdict]string{
			score.NoAnswers: "No decision yet", score.NoneQualifies: "No option meets", score.OnlyOne: "Only ",
			score.Tie: "Too close to call", score.Close: "Too close to call", score.Leans: "lean to ", score.Clear: "clearly favour ",
		}[d.Verdict]
		h1 := text(open(t, h, templates.ResultPath(c, a), http.StatusOK).Find("h1"))
		if !strings.Contains(h1, want) || d.Leads() && !strings.Contains(h1, c.Options[d.Leader()].Name) {
			t.Errorf("%s: %q for verdict %s", a.Code(), h1, d.Verdict)
		}
	}
	t.Logf("verdicts: %v", seen)
}

func TestResultSaysWhereItIs(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	a := randomAnswers(c.Current(), 4)
	path := templates.ResultPath(c, a)
	doc := open(t, h, path, http.StatusOK)
	if got := doc.Find("input#link").AttrOr("value", ""); got != testBase+path {
		t.Errorf("the link to copy is %q, want %q", got, testBase+path)
	}
	if got := doc.Find(`meta[name="robots"]`).AttrOr("content", ""); got != "noindex" {
		t.Errorf("robots = %q, want noindex", got)
	}
	if mail := doc.Find(`a[href^="mailto:?"]`).AttrOr("href", ""); !strings.Contains(mail, a.Code()) {
		t.Errorf("the mail does not hold the link: %q", mail)
	}
	changes := 0
	for _, q := range c.Current().Asked() {
		if a.At(q.Slot).Choice != 0 {
			changes += doc.Find(`section[aria-labelledby="answers"] a[href="` + templates.ChangePath(c, a, q.ID) + `"]`).Length()
		}
	}
	if changes != a.Count() {
		t.Errorf("%d of %d answers have a link to change them", changes, a.Count())
	}
}

// Every wrong code is a page that says what is wrong with it.
func TestWrongCodes(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	code := randomAnswers(c.Current(), 5).Code()
	for _, tt := range []struct{ name, code, says string }{
		{"cut", code[:len(code)-1], "The link is cut off or mistyped"},
		{"cut to the bone", code[:4], "The link is cut off: its last part is shorter"},
		{"mistyped", typo(code), "The link is cut off or mistyped"},
		{"swapped", swap(code), "The link is cut off or mistyped"},
		{"doubled", code + code, "The link is longer than any result link"},
		{"very long", strings.Repeat("1", 5000), "The link is longer than any result link"},
		{"of another comparison", "107710r3w4", "The link is cut off or mistyped"},
		{"with a full stop behind", code + ".", "a character that no result link contains"},
		{"with a bracket behind", code + ")", "a character that no result link contains"},
		{"with an escape in it", code + "%20", "a character that no result link contains"},
		{"with markup", "%3Cscript%3E", "a character that no result link contains"},
		{"with a NUL", code + "%00", "a character that no result link contains"},
		{"with an unknown form", code + ".exe", "a character that no result link contains"},
		{"emoji", "%F0%9F%92%A9", "a character that no result link contains"},
		{"hyphens", "------", "The link is cut off"},
	} {
		doc := open(t, h, templates.ResultCodePath(c, tt.code), http.StatusNotFound)
		if got := text(doc.Find("h1")); got != "This result link cannot be read" {
			t.Errorf("%s: h1 %q", tt.name, got)
		}
		if got := text(doc.Find("main")); !strings.Contains(got, tt.says) || !strings.Contains(got, "answer the questions to get a new link") {
			t.Errorf("%s: the page does not say %q: %s", tt.name, tt.says, got)
		}
	}
}

func typo(code string) string {
	last := byte('0')
	if code[len(code)-1] == last {
		last = '1'
	}
	return code[:len(code)-1] + string(last)
}

// swap exchanges two neighbours that differ.
func swap(code string) string {
	b := []byte(code)
	for i := 1; i < len(b); i++ {
		if b[i] != b[i-1] {
			b[i], b[i-1] = b[i-1], b[i]
			break
		}
	}
	return string(b)
}

// There is one spelling of a code. Every other one leads to it for good.
func TestCanonicalRedirect(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	code := randomAnswers(c.Current(), 6).Code()
	want := templates.ResultCodePath(c, code)
	for _, spelling := range []string{
		strings.ToUpper(code), code[:4] + "-" + code[4:], "-" + code, strings.NewReplacer("0", "o", "1", "l").Replace(code),
		strings.ToUpper(strings.NewReplacer("0", "o", "1", "i").Replace(code)),
	} {
		for _, method := range []string{"GET", "HEAD"} {
			res := serve(h, request(method, templates.ResultCodePath(c, spelling), ""))
			if res.StatusCode != http.StatusMovedPermanently || res.Header.Get("Location") != want {
				t.Errorf("%s %s = %d to %q, want 301 to %q", method, spelling, res.StatusCode, res.Header.Get("Location"), want)
			}
		}
	}
	// What is wrong in any spelling is not sent on first.
	if res := get(h, templates.ResultCodePath(c, strings.ToUpper(typo(code)))); res.StatusCode != http.StatusNotFound {
		t.Errorf("a mistyped code in upper case = %d, want 404", res.StatusCode)
	}
}

// Results of three options, of an older edition, and of rules that leave one
// option or none.
func TestSmallResults(t *testing.T) {
	t.Parallel()
	small := loadSmall(t)
	h := smallSite(t, small, "2026-11-21")
	c := small.All()[0]
	for _, tt := range []struct {
		name     string
		edition  int
		answers  map[string]string
		h1, says string
	}{
		{"no answers", 2, nil, "No decision yet", "Not sure"},
		{"neutral answers only", 2, map[string]string{"purse": "no", "hands": "any"}, "No decision yet", "Not sure"},
		{"three options", 2, map[string]string{"night": "short.high"}, "Coffee", "Mate & more"},
		{"one ruled out", 2, map[string]string{"hands": "steady", "night": "long"}, "Tea", "They shake."},
		{"two ruled out", 2, map[string]string{"night": "long.must"}, "Only Tea meets every condition", "Hands shake."},
		{"all ruled out", 2, map[string]string{"purse": "yes.must"}, "No option meets every condition", "Nothing is that cheap."},
		{"all ruled out by two answers", 2, map[string]string{"night": "long.must", "purse": "yes.must"}, "No option meets every condition", "Nothing is that cheap."},
		{"unknown where a must asks", 2, map[string]string{"night": "short.must"}, "Coffee", "Mate & more"},
		{"of the older edition", 1, map[string]string{"cup": "big"}, "Tea", "Which cup do you have?"},
	} {
		e := c.Edition(tt.edition)
		reader := compare.Reader{Answers: tt.answers}
		a, err := reader.AnswersTo(e)
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		doc := open(t, h, templates.ResultPath(c, a), http.StatusOK)
		if got := text(doc.Find("h1")); !strings.Contains(got, tt.h1) {
			t.Errorf("%s: h1 %q, want %q in it", tt.name, got, tt.h1)
		}
		if got := text(doc.Find("main")); !strings.Contains(got, tt.says) {
			t.Errorf("%s: the page does not say %q: %s", tt.name, tt.says, got)
		}
	}
}

const linksFile = "testdata/links.txt"

// TestLinks keeps what was promised about links: a code that has been given
// out is read for ever, and by a released edition with the same decision to
// the last digit. A line is "slug code decision"; the decision of a preview may
// change, so its lines say "preview". Run with -update to add the lines of an
// edition that was released; no line is ever changed or taken out.
func TestLinks(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(linksFile)
	if err != nil {
		t.Fatal(err)
	}
	pages := testConfig(t).Catalog
	known := map[string]bool{}
	for line := range strings.Lines(string(b)) {
		fields := strings.Fields(line)
		if len(fields) != 3 {
			t.Fatalf("%s: line %q is not slug, code, decision", linksFile, line)
		}
		known[fields[0]+" "+fields[1]+" "+fields[2]] = true
		checkLink(t, pages, fields[0], fields[1], fields[2])
	}
	var missing strings.Builder
	for _, c := range pages.All() {
		for _, line := range linksOf(t, c) {
			if !known[line] {
				missing.WriteString(line + "\n")
			}
		}
	}
	switch {
	case missing.Len() == 0:
	case *update && !t.Failed():
		if err := os.WriteFile(linksFile, append(b, missing.String()...), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("%s lacks links, run the test with -update to add them:\n%s", linksFile, missing.String())
	}
}

func checkLink(t *testing.T, pages *catalog.Catalog, slug, code, want string) {
	t.Helper()
	c, err := pages.Get(slug)
	if err != nil {
		t.Errorf("link %s %s: %v", slug, code, err)
		return
	}
	d, err := c.Decode(code)
	if err != nil {
		t.Errorf("link %s %s: %v", slug, code, err)
		return
	}
	if want == "preview" {
		return
	}
	e := c.Edition(d.Asked)
	if e == nil || !e.Released {
		t.Errorf("link %s %s: edition %d is no longer kept as released", slug, code, d.Asked)
		return
	}
	if got := digest(score.Decide(e, d.Answers)); got != want {
		t.Errorf("link %s %s: decision %s, was %s", slug, code, got, want)
	}
}

// linksOf returns the lines that must be there for a comparison: for each
// edition no answers, and for a released one some at random. A preview may
// still lose choices.
func linksOf(t *testing.T, c *compare.Comparison) []string {
	t.Helper()
	var lines []string
	for _, e := range c.Editions {
		model := score.New(e)
		add := func(a compare.Answers) {
			decision := "preview"
			if e.Released {
				decision = digest(model.Decide(a))
			}
			lines = append(lines, fmt.Sprintf("%s %s %s", c.Slug, a.Code(), decision))
		}
		add(e.NoAnswers())
		for seed := range uint64(20) {
			if e.Released {
				add(randomAnswers(e, seed))
			}
		}
	}
	return lines
}

// digest is a hash of all the numbers of a decision.
func digest(d *score.Decision) string {
	sum := sha256.New()
	fmt.Fprintln(sum, d.Verdict, d.Answered, d.Weights, d.Total, d.Dominant, d.Thin, d.Unverified)
	for _, s := range d.Standings {
		fmt.Fprintln(sum, s.Option, s.Rank, s.Total, s.Score, s.Low, s.High, s.Excluded, s.Check, s.Unknown)
	}
	for _, p := range d.Versus {
		fmt.Fprintln(sum, p.A, p.B, p.Excluded, p.Exact, p.Tenths, p.Criteria, p.Answers, p.Dominates, p.Certain)
	}
	fmt.Fprintln(sum, d.Robustness.Draws, d.Robustness.Credits, d.Robustness.Options)
	return fmt.Sprintf("%x", sum.Sum(nil)[:12])
}
