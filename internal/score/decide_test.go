package score

import (
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strings"
	"testing"

	"tiebreak/internal/compare"
)

var update = flag.Bool("update", false, "rewrite the golden decisions")

// three is an edition of three options in which must rules can exclude each,
// and no rating has a band.
func three(t testing.TB) *compare.Edition {
	return editionSpec{
		options: []string{"a", "b", "c"},
		cells: []string{
			"x a=80[80,80] b=60[60,60] c=60[60,60]",
			"y a=20[20,20] b=70[70,70] c=?",
		},
		questions: []string{
			"one/0: 1 x5 x>=70; 2 y5 y>=60; 3 x1; 4 x5 y5",
			"two/1: 1 y3; 2 x3; 3 x1 y1 x>=90 y>=90",
			"three/2: 1 x1; 2 y1",
			"four/3: 1 x1; 2 y1",
		},
	}.build(t)
}

func TestVerdicts(t *testing.T) {
	e := three(t)
	for _, tt := range []struct {
		answers string
		want    Verdict
	}{
		{"", NoAnswers},
		{"two 3 must", NoneQualifies},
		{"one 1 must", OnlyOne},
		{"one 2 must, two 2 normal", Leans},
		{"one 1 normal", Leans}, // a wins every draw, but one answer is thin
		{"one 1 normal, two 2 low, three 1 low, four 1 high", Clear},
		{"one 1 high, two 1 normal, three 1 low, four 2 low", Close},
	} {
		if got := Decide(e, give(t, e, tt.answers)).Verdict; got != tt.want {
			t.Errorf("%s: verdict %s, want %s", tt.answers, got, tt.want)
		}
	}
}

func TestVerdictLimits(t *testing.T) {
	b := &ballot{sum: 50, left: []int{0, 1}}
	for _, tt := range []struct {
		credits, margin int64
		thin            bool
		want            Verdict
	}{
		{100, 0, false, Tie},
		{659, 5000, false, Close},
		{660, 5000, false, Leans},
		{899, 5000, false, Leans},
		{900, 5000, false, Clear},
		{1000, 99, false, Close},
		{1000, 100, false, Clear},
		{1000, 100, true, Leans},
		{1000, 99, true, Close},
	} {
		d := &Decision{Versus: []Pair{{A: 1, B: 0, Exact: tt.margin}}, Thin: tt.thin}
		d.Robustness = Robustness{Credits: 1000, Options: []Acceptability{{}, {Credits: tt.credits}}}
		if got := verdict(b, d); got != tt.want {
			t.Errorf("share %d of 1000, margin %d of %d, thin %t: %s, want %s", tt.credits, tt.margin, b.sum, tt.thin, got, tt.want)
		}
	}
}

func TestTie(t *testing.T) {
	e := three(t)
	for c := range e.Criteria {
		e.Criteria[c].Cells[1] = e.Criteria[c].Cells[0]
		e.Criteria[c].Cells[1].Option = "b"
	}
	d := Decide(e, give(t, e, "one 1 normal, two 2 high"))
	check(t, "verdict", d.Verdict, Tie)
	check(t, "ranks", []int{d.Standings[0].Rank, d.Standings[1].Rank, d.Standings[2].Rank}, []int{1, 1, 3})
	check(t, "order", []int{d.Standings[0].Option, d.Standings[1].Option}, []int{0, 1})
	check(t, "shares", d.Robustness.Options[0], d.Robustness.Options[1])
	check(t, "dominant", d.Dominant, false)
	for _, f := range d.Changes.Single {
		if f.Leader == 1 {
			t.Errorf("flip to the equal option: %+v", f)
		}
	}
}

func TestNoneQualifies(t *testing.T) {
	e := three(t)
	d := Decide(e, give(t, e, "two 3 must, three 1 normal"))
	check(t, "verdict", d.Verdict, NoneQualifies)
	check(t, "rules", d.StandingOf(2).Excluded, []Rule{{1, 0, 90}})
	check(t, "rules", d.StandingOf(0).Excluded, []Rule{{1, 0, 90}, {1, 1, 90}})
	check(t, "draws", d.Robustness.Draws, 0)
	if p := d.Versus[0]; !p.Excluded || p.Exact < 0 {
		t.Errorf("pair %+v, want excluded, first of the standings ahead", p)
	}
	// Any other answer to question two, or none, lets all options in.
	check(t, "fewest", d.Changes.Fewest, 1)
	check(t, "changes", len(d.Changes.Single), 3)
}

func TestUnverified(t *testing.T) {
	e := three(t)
	d := Decide(e, give(t, e, "one 2 must, two 1 high"))
	check(t, "leader", d.Leader(), 1)
	check(t, "unverified", d.Unverified, false)
	check(t, "unknown", d.StandingOf(2).Check, []Rule{{0, 1, 60}})
	e.Criteria[1].Cells[1].Lo = 59
	d = Decide(e, give(t, e, "one 2 must, two 1 high"))
	check(t, "unverified", d.Unverified, true)
	check(t, "doubtful", d.Standings[0].Check, []Rule{{0, 1, 60}})
	// A minimum of 0 excludes nothing, but what is unknown stays to be checked.
	e.Questions[0].Choices[1].Musts[0].Min = 0
	d = Decide(e, give(t, e, "one 2 must, two 1 high"))
	check(t, "doubtful", d.Standings[0].Check, []Rule(nil))
	check(t, "unknown", d.StandingOf(2).Check, []Rule{{0, 1, 0}})
}

// A must rule counts only as much as the answer's importance says.
func TestMustOnlyWhereMandatory(t *testing.T) {
	e := three(t)
	for _, i := range []compare.Importance{compare.Low, compare.Normal, compare.High} {
		d := Decide(e, e.NoAnswers().With(1, compare.Answer{Choice: 3, Importance: i}))
		check(t, i.String(), len(d.Excluded()), 0)
	}
}

func TestFixedImportanceInOpenQuestions(t *testing.T) {
	e := three(t)
	must := compare.Mandatory
	e.Questions[1].Fixed = &must
	d := Decide(e, give(t, e, "one 1 normal"))
	check(t, "open", d.Changes.Open[0], Open{1, &Flip{Changes: []Change{{1, 1}}, Leader: 1, Exact: -400, Weight: 22}})
}

// What has been retired is neither counted nor proposed.
func TestRetired(t *testing.T) {
	e := three(t)
	a := give(t, e, "one 1 normal, two 1 high, three 1 low")
	want := Decide(e, give(t, e, "one 1 normal, three 1 low"))
	e.Questions[1].Retired = true
	got := Decide(e, a)
	want.Changes.Open = slices.DeleteFunc(want.Changes.Open, func(o Open) bool { return o.Slot == 1 })
	same := func(*Decision) {}
	mustEqual(t, bare(want, same), bare(got, same))

	e = three(t)
	e.Questions[1].Choices[0].Retired = true
	got = Decide(e, a)
	check(t, "answered", got.Answered, 2)
	for _, f := range slices.Concat(got.Changes.Single, got.Changes.Pairs) {
		for _, c := range f.Changes {
			if c.Slot == 1 {
				t.Errorf("a change of an answer that is not there: %+v", f)
			}
		}
	}
	mustEqual(t, want.Standings, got.Standings)
	mustEqual(t, want.Standings, Decide(e, a.With(24, compare.Answer{Choice: 7})).Standings)
}

// golden holds the decisions of testdata/decisions.json. They must come out
// the same on every machine: run this test on each kind of processor.
func golden(t testing.TB) []struct {
	Name     string
	Decision *Decision
} {
	e, f := example(t), three(t)
	large, answers := sized(5, 8, 12, 16, 4)
	all := []struct {
		Name     string
		Decision *Decision
	}{
		{"example", Decide(e, give(t, e, "workload 1 high, team 1 normal, data 1 low"))},
		{"example, must", Decide(e, give(t, e, "workload 1 high, team 1 normal, data 1 must"))},
		{"example, other", Decide(e, give(t, e, "workload 3 normal, team 1 normal, hosting 1 normal"))},
		{"none qualifies", Decide(f, give(t, f, "two 3 must, three 1 normal"))},
		{"three options", Decide(f, give(t, f, "one 1 normal, two 1 low, three 2 high, four 2 high"))},
		{"eight options", Decide(large, answers)},
	}
	// And the links of 26 more readers, whose choices and marks count through
	// everything the worked example offers.
	for n := range 26 {
		a, rest := e.NoAnswers(), 7*n+1
		for i := range e.Questions {
			q := &e.Questions[i]
			choice := rest % (len(q.Choices) + 1)
			if choice > 0 {
				a = a.With(q.Slot, compare.Answer{Choice: q.Choices[choice-1].Number, Importance: compare.Importance((n + i) % 4)})
			}
			rest = rest/(len(q.Choices)+1) + n
		}
		all = append(all, struct {
			Name     string
			Decision *Decision
		}{a.Code(), Decide(e, a)})
	}
	return all
}

// MarshalJSON writes the factors as the golden file has them: those there are,
// by slot.
func (f Factors) MarshalJSON() ([]byte, error) {
	if f == nil {
		return []byte("null"), nil
	}
	slots := map[int]Interval{}
	for slot := range f {
		if iv, ok := f.Of(slot); ok {
			slots[slot] = iv
		}
	}
	return json.Marshal(slots)
}

func TestGolden(t *testing.T) {
	const file = "testdata/decisions.json"
	all := golden(t)
	for _, g := range all {
		g.Decision.Edition, g.Decision.Answers = nil, compare.Answers{} // inputs
	}
	got, err := json.MarshalIndent(all, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("%s has other decisions; if that is meant, it is a new version of the model: run with -update and look at the difference", file)
	}
}

// Two processors may round floating-point arithmetic differently, so there is
// none, but for the one function whose answer is a float.
func TestArithmeticIsInteger(t *testing.T) {
	fset := token.NewFileSet()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".go") || strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		files++
		file, err := parser.ParseFile(fset, entry.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range file.Imports {
			if path := spec.Path.Value; path == `"math"` || strings.Contains(path, "rand") {
				t.Errorf("%s imports %s", entry.Name(), path)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				return n.Name.Name != "WholeSpaceShare"
			case *ast.Ident:
				if n.Name == "float64" || n.Name == "float32" || n.Name == "Float64" || n.Name == "Float32" {
					t.Errorf("%s: %s", fset.Position(n.Pos()), n.Name)
				}
			case *ast.BasicLit:
				if n.Kind == token.FLOAT || n.Kind == token.IMAG {
					t.Errorf("%s: %s", fset.Position(n.Pos()), n.Value)
				}
			}
			return true
		})
	}
	if files == 0 {
		t.Error("no files")
	}
}
