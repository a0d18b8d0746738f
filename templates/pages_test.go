package templates

import (
	"context"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// A fixture is one way a page can look.
type fixture struct {
	page string // name of the component
	name string // of the way, "" where there is one only
	templ.Component
}

func (f fixture) file() string {
	name := strings.ToLower(f.page)
	if f.name != "" {
		name += "-" + f.name
	}
	return filepath.Join("testdata", name+".html")
}

func site() *compare.Site {
	return &compare.Site{
		Name: "Site & Co", Line: "One “line”", Author: "The <Editors>", Contact: "mailto:editors@site.example",
		Interests: []string{"We drink tea.", "Nobody pays."},
	}
}

func head(c *compare.Comparison, here string) Head {
	return Head{
		Title: "Title <of> the page", Description: `What "it" says`, Canonical: base + here, Site: site(), Comparison: c, Here: here,
	}
}

// resultHead is the head of a result, which has a picture of its own.
func resultHead(c *compare.Comparison, here string) Head {
	h := head(c, here)
	h.Image = base + here + ".png"
	return h
}

// fixtures lists every page with every way it can look.
func fixtures(t *testing.T) []fixture {
	c, pair := drinks(), two(drinks())
	list := []fixture{
		{"Home", "", Home(head(nil, HomePath), []*compare.Comparison{pair, c})},
		{"Home", "empty", Home(Head{}, nil)},
		{"Article", "", Article(Head{Title: "Article", Code: true, Site: site(), Comparison: c, Here: ArticlePath(c)}, c, today)},
		{"Sources", "", Sources(head(c, SourcesPath(c)), SourcesData{Comparison: c, Today: today})},
		{"Error", "", Error(Head{Title: "Error", Noindex: true, Site: site()}, ErrorData{Status: 404, Title: "There is <no> such page", Advice: "Check it.", RequestID: "ID123"})},
		{"Error", "comparison", Error(head(c, ""), ErrorData{Status: 500, Title: "Broken", Advice: "Wait."})},
		{"Error", "link", Error(head(c, ""), ErrorData{Status: 404, Title: "Cut off", Advice: "Copy it.", NewLink: true})},
		{"Error", "bare", Error(Head{}, ErrorData{Status: 500, Title: "Broken", Advice: "Wait."})},
	}
	list = append(list, aged(t)...)
	list = append(list, brewed()...)
	list = append(list, fixedPages()...)
	list = append(list, tables(c, pair)...)
	list = append(list, claims()...)
	list = append(list, searches(c, pair)...)
	list = append(list, forms(t, c, pair)...)
	list = append(list, results(t, c, pair)...)
	return append(list, togethers(t, c)...)
}

// aged are pages on days when support ends or has ended and facts are overdue,
// on a site that names no contact.
func aged(t *testing.T) []fixture {
	c := two(drinks())
	c.Options[0].Support = compare.Support{Version: "Tea 1", Ends: "2027-06-30", Fact: "D-1"}
	c.Options[1].Support = compare.Support{Version: "Coffee <2>", Ends: "2027-05-31", Fact: "D-2"}
	h := func(here string) Head {
		h := head(c, here)
		h.Site = &compare.Site{Name: "Site"}
		return h
	}
	const day = compare.Date("2027-06-01")
	data := result(t, c, "goal", "cheap", "night", "long.high", "purse", "yes")
	data = shownOn(c, compare.Decoded{Answers: data.Report.Given, Asked: 2}, day)
	data.Sheet = NewResultSheet(Head{Site: &compare.Site{Name: "Site"}, Comparison: c}, c.Current(), day)
	return []fixture{
		{"Article", "aged", Article(h(ArticlePath(c)), c, day)},
		{"Table", "aged", Table(h(TablePath(c)), TableData{Comparison: c, Edition: c.Current(), Today: day})},
		{"Sources", "overdue", Sources(h(SourcesPath(c)), SourcesData{Comparison: c, Review: compare.ReviewOverdue, Today: day})},
		{"Sources", "bad", Sources(h(SourcesPath(c)), SourcesData{Comparison: c, Bad: "No <such> filter.", Today: day})},
		{"Sources", "soon", Sources(h(SourcesPath(c)), SourcesData{Comparison: c, Review: compare.ReviewSoon, Today: "2027-04-01"})},
		{"Result", "aged", Result(resultHead(c, ResultPath(c, data.Report.Given)), data)},
	}
}

func fixedPages() []fixture {
	short := &compare.Page{Name: "about", Title: "About", Body: "<p>Text.</p>", Updated: "2026-11-20"}
	long := &compare.Page{
		Name: "method", Title: "Method", Summary: "How <it> works.", Body: `<h2 id="a">A</h2>`, Updated: "2026-11-20",
		Headings: []compare.Heading{{Level: 2, ID: "a", Text: "A"}, {Level: 2, ID: "b", Text: "B & C"}, {Level: 2, ID: "c", Text: "C"}, {Level: 2, ID: "d", Text: "D"}},
	}
	unset := head(nil, AboutPath)
	unset.Site = &compare.Site{Name: "Site"}
	return []fixture{
		{"Page", "", Page(head(nil, MethodPath), long)},
		{"Page", "short", Page(head(nil, PrivacyPath), short)},
		{"About", "", About(head(nil, AboutPath), long)},
		{"About", "unset", About(unset, short)},
	}
}

func tables(c, pair *compare.Comparison) []fixture {
	released := drinks()
	return []fixture{
		{"Table", "", Table(head(c, TablePath(c)), TableData{Comparison: c, Edition: c.Current(), Today: today})},
		{"Table", "filtered", Table(head(pair, TablePath(pair)), TableData{Comparison: pair, Edition: pair.Current(), Group: "money", Differ: 17, Today: today})},
		{"Table", "bad", Table(head(pair, TablePath(pair)), TableData{Comparison: pair, Edition: pair.Current(), Differ: 100, Bad: "No <such> group.", Today: today})},
		{"Table", "released", Table(head(released, TablePath(released)), TableData{Comparison: released, Edition: released.Edition(1), Group: "money", Today: "2026-11-01"})},
	}
}

// claims are the pages of a comparison with claims of every verdict.
func claims() []fixture {
	c := drinks()
	c.ClaimGroups = []compare.ClaimGroup{{ID: "effect", Name: "Effect & taste"}, {ID: "cost", Name: "Cost"}}
	for i, v := range compare.ClaimVerdicts() {
		group := c.ClaimGroups[i%2].ID
		c.Claims = append(c.Claims, compare.Claim{
			ID: "T-" + px(i+1), Group: group, Text: `Some say "` + string(v) + `" & more.`, Verdict: v,
			Why: "It is <not> " + px(i) + ".", Facts: []string{"D-1", "D-2"}[:min(2, 4-i)],
		})
	}
	page := func(data ClaimsData) templ.Component {
		data.Comparison, data.Today = c, today
		return Claims(head(c, ClaimsPath(c)), data)
	}
	return []fixture{
		{"Claims", "", page(ClaimsData{})},
		{"Claims", "filtered", page(ClaimsData{Verdict: compare.ClaimUnsupported})},
		{"Claims", "bad", page(ClaimsData{Bad: "No <such> verdict."})},
		{"Sources", "claims", Sources(head(c, SourcesPath(c)), SourcesData{Comparison: c, Today: today})},
	}
}

func forms(t *testing.T, c, pair *compare.Comparison) []fixture {
	given := answers(t, c.Current(), "goal", "even.must", "purse", "yes.low", "hands", "steady")
	return []fixture{
		{"Questions", "", Questions(head(pair, QuestionsPath(pair)), QuestionsData{Comparison: pair, Answers: pair.Current().NoAnswers()})},
		{"Questions", "filled", Questions(head(c, QuestionsPath(c)), QuestionsData{Comparison: c, Answers: given, Filled: true, Ignored: []string{"Which <cup>?"}})},
		{"Questions", "bad", Questions(head(c, QuestionsPath(c)), QuestionsData{Comparison: c, Answers: given, Bad: &compare.InputError{
			Questions: map[string]string{"goal": "Not <offered>.", "night": "Twice."},
			Fields:    map[string]string{"<b>": "No such question.", strings.Repeat("é", 61): "No such question."},
		}})},
	}
}

// verdicts are answers that lead to every verdict there is.
var verdicts = []struct {
	score.Verdict
	given []string
}{
	{score.NoAnswers, []string{"purse", "same"}},
	{score.NoneQualifies, []string{"goal", "even.must"}},
	{score.OnlyOne, []string{"goal", "fast.must", "purse", "yes"}},
	{score.Tie, []string{"goal", "even", "purse", "same"}},
	{score.Close, []string{"goal", "even.high", "often", "daily.low", "hands", "steady"}},
	{score.Leans, []string{"goal", "cheap.high", "hands", "steady"}},
	{score.Clear, []string{"goal", "fast.high", "purse", "no", "night", "short", "often", "daily.low"}},
}

func results(t *testing.T, c, pair *compare.Comparison) []fixture {
	var list []fixture
	for _, v := range verdicts {
		data := result(t, c, v.given...)
		if data.Report.Verdict != v.Verdict {
			t.Errorf("answers %v lead to %s, want %s", v.given, data.Report.Verdict, v.Verdict)
		}
		list = append(list, fixture{"Result", string(v.Verdict), Result(resultHead(c, ResultPath(c, data.Report.Given)), data)})
	}
	data := result(t, pair, "goal", "cheap", "night", "long.high", "purse", "yes")
	list = append(list, fixture{"Result", "pair", Result(resultHead(pair, ResultPath(pair, data.Report.Given)), data)})

	// A link to the older edition, read by both.
	a := answers(t, c.Edition(1), "goal", "fast", "cup", "big")
	now, lost := c.Renew(a)
	then := shownOn(c, compare.Decoded{Answers: a, Asked: 1}, today)
	then.ThenNow = &ThenNow{
		Comparison: c, Then: then.Report, Now: reported(c, compare.Decoded{Answers: now, Asked: 2}),
		Lost: lost, Fresh: []string{"How long is the night?"},
	}
	list = append(list, fixture{"Result", "then-now", Result(resultHead(c, ResultPath(c, a)), then)})

	// A link to an edition that is not kept, with an answer that is not asked.
	gone := shownOn(c, compare.Decoded{Answers: now, Asked: 1, Ignored: []string{"Which <cup>?"}}, today)
	return append(list, fixture{"Result", "not-kept", Result(resultHead(c, ResultPath(c, now)), gone)})
}

func togethers(t *testing.T, c *compare.Comparison) []fixture {
	e := c.Current()
	people := []compare.Answers{
		answers(t, e, "goal", "fast.high", "purse", "no"), answers(t, e, "goal", "cheap", "purse", "no"), answers(t, e, "goal", "even", "hands", "steady"),
	}
	return []fixture{
		{"Together", "form", Together(head(c, ""), TogetherData{Comparison: c})},
		{"Together", "bad", Together(head(c, ""), TogetherData{
			Comparison: c, Text: "Ana: <x>\ny", Bad: "Paste at least two results.",
			Lines: []compare.Pasted{{Line: 1, Text: "Ana: <x>", Problem: "This is not a link."}, {Line: 2, Text: "y", Code: "1"}},
		})},
		{"Together", "three", Together(head(c, ""), joint(t, c, people...))},
		{"Together", "alike", Together(head(c, ""), joint(t, c, people[0], people[0]))},
	}
}

// hashed is the name of an asset, which changes with every byte of it.
var hashed = regexp.MustCompile(`(/static/[a-z-]+)\.[0-9a-f]{12}\.`)

// render returns a page with each tag on a line of its own, so that a change
// shows as the few lines it is, and no asset's hash.
func render(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(hashed.ReplaceAllString(b.String(), "$1.HASH."), "><", ">\n<") + "\n"
}

func TestPages(t *testing.T) {
	t.Parallel()
	files := map[string]bool{}
	for _, f := range fixtures(t) {
		if files[f.file()] {
			t.Errorf("two fixtures are called %s", f.file())
		}
		files[f.file()] = true
		t.Run(filepath.Base(f.file()), func(t *testing.T) {
			got := render(t, f.Component)
			if again := render(t, f.Component); again != got {
				t.Error("a second rendering differs from the first")
			}
			if *update {
				if err := os.WriteFile(f.file(), []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(f.file())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("%s differs, run the test with -update if that is meant (-want +got):\n%s", f.file(), diff)
			}
		})
	}
	kept, err := filepath.Glob("testdata/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range kept {
		if !files[file] {
			t.Errorf("%s belongs to no fixture: remove it", file)
		}
	}
}

// TestEveryPageHasFixture reads the components from the source: an exported
// one is a page, and a page needs a row above.
func TestEveryPageHasFixture(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go") // a page may be written by a function too
	if err != nil || len(files) == 0 {
		t.Fatalf("no source files: %v", err)
	}
	var pages []string
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.IsExported() && isComponent(fn) {
				pages = append(pages, fn.Name.Name)
			}
		}
	}
	shown := map[string]bool{}
	for _, f := range fixtures(t) {
		shown[f.page] = true
		if !slices.Contains(pages, f.page) {
			t.Errorf("fixture of %s, which is no exported component", f.page)
		}
	}
	for _, page := range pages {
		if !shown[page] {
			t.Errorf("page %s has no fixture", page)
		}
	}
}

func isComponent(fn *ast.FuncDecl) bool {
	if fn.Type.Results == nil || len(fn.Type.Results.List) != 1 {
		return false
	}
	sel, ok := fn.Type.Results.List[0].Type.(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Component"
}

// Texts are never taken for markup, wherever they stand.
func TestTextsAreEscaped(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		html := render(t, f.Component)
		for _, bad := range []string{"<Editors>", "<soon>", "<cup>", "<such>", "<not>", "<tea>", "<of>", "<no>", "<it>", "<x>", "<offered>", "Ana <b>", "Coffee <strong>", `"it" says"`, "& more", "& Co"} {
			if strings.Contains(html, bad) {
				t.Errorf("%s holds %q as markup", f.file(), bad)
			}
		}
	}
}
