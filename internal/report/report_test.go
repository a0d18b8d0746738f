package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

func TestGoldens(t *testing.T) {
	t.Parallel()
	for name := range cases() {
		r := made(t, comparison(), name)
		body, err := r.JSON()
		if err != nil {
			t.Fatal(err)
		}
		golden(t, name+".json", body)
		golden(t, name+".md", []byte(r.Markdown()))
		svg, err := r.CardSVG()
		if err != nil {
			t.Fatal(err)
		}
		golden(t, name+".svg", svg)
	}
	schema, err := Schema("https://tiebreak.example/schema/result.json")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "schema.json", schema)
}

// TestVerdicts keeps the cases what their names say.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	want := map[string]score.Verdict{
		"none": score.NoAnswers, "nobody": score.NoneQualifies, "only": score.OnlyOne, "close": score.Close,
		"leans": score.Leans, "clear": score.Clear, "unproven": score.Leans, "tie": score.Tie,
	}
	for name := range cases() {
		if got := made(t, comparison(), name).Verdict; got != want[name] {
			t.Errorf("verdict of %q = %q, want %q", name, got, want[name])
		}
	}
}

// TestEveryAnswer makes the report of every combination of choices and holds it
// to what its fields promise.
func TestEveryAnswer(t *testing.T) {
	t.Parallel()
	c := comparison()
	e := c.Current()
	all := []compare.Answers{e.NoAnswers()}
	for i := range e.Questions {
		q := &e.Questions[i]
		for _, a := range all {
			for k := range q.Choices {
				importance := compare.Importances()[(len(all)+k)%4]
				if q.Fixed != nil {
					importance = *q.Fixed
				}
				all = append(all, a.With(q.Slot, compare.Answer{Choice: q.Choices[k].Number, Importance: importance}))
			}
		}
	}
	pairs := 0
	for _, a := range all {
		r := of(t, c, a)
		checkSums(t, r)
		checkFlips(t, c, r)
		pairs += checkPairs(t, r)
		checkComplete(t, r.Code, reflect.ValueOf(r).Elem())
		if t.Failed() {
			return
		}
	}
	if pairs == 0 {
		t.Error("no answers are changed by a pair only")
	}
}

// checkPairs looks that each pair of questions is listed once and no change told
// a third time. It returns the number of pairs.
func checkPairs(t *testing.T, r *Report) int {
	t.Helper()
	pairs, seen, told := 0, map[string]bool{}, map[string]int{}
	for _, f := range r.Changes.Flips {
		if len(f.Changes) < 2 {
			continue
		}
		pairs++
		pair := f.Changes[0].Question + " " + f.Changes[1].Question
		if seen[pair] {
			t.Errorf("%s: the pair %s is listed twice", r.Code, pair)
		}
		seen[pair] = true
		for _, ch := range f.Changes {
			if told[ch.Question+ch.Labels[0]]++; told[ch.Question+ch.Labels[0]] > 2 {
				t.Errorf("%s: the change of %s is told three times", r.Code, ch.Question)
			}
		}
	}
	return pairs
}

func checkSums(t *testing.T, r *Report) {
	t.Helper()
	if r.Margin == nil {
		return
	}
	var answers, criteria Points
	for _, a := range r.Answers {
		answers += a.Points
	}
	for _, c := range r.Criteria {
		criteria += c.Points
	}
	difference := r.Option(r.Margin.Ahead).Score - r.Option(r.Margin.Behind).Score
	if answers != r.Margin.Points || criteria != r.Margin.Points || difference != r.Margin.Points {
		t.Errorf("%s: answers add up to %s, criteria to %s, scores differ by %s; want margin %s",
			r.Code, answers, criteria, difference, r.Margin.Points)
	}
}

// checkFlips follows the links of the flips: each must lead to what it says.
func checkFlips(t *testing.T, c *compare.Comparison, r *Report) {
	t.Helper()
	if len(r.Changes.Flips) > mostFlips {
		t.Errorf("%s: %d flips, want at most %d", r.Code, len(r.Changes.Flips), mostFlips)
	}
	for _, f := range r.Changes.Flips {
		d, err := c.Decode(f.Code)
		if err != nil {
			t.Fatal(err)
		}
		then := score.Decide(c.Current(), d.Answers)
		leader := ""
		if then.Leads() {
			leader = c.Options[then.Leader()].ID
		}
		if leader != f.Leader {
			t.Errorf("%s: the flip to %s leads to %q, want %q", r.Code, f.Code, leader, f.Leader)
		}
	}
}

// checkComplete looks for lists that would be null in JSON.
func checkComplete(t *testing.T, at string, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			checkComplete(t, at, v.Elem())
		}
	case reflect.Slice:
		if v.IsNil() {
			t.Errorf("%s is nil", at)
		}
		for i := range v.Len() {
			checkComplete(t, at, v.Index(i))
		}
	case reflect.Struct:
		for f, field := range v.Fields() {
			if name := f.Tag.Get("json"); f.IsExported() && name != "-" {
				checkComplete(t, at+"."+name, field)
			}
		}
	}
}

// TestFieldNames keeps the names of the JSON form in one style and described.
func TestFieldNames(t *testing.T) {
	t.Parallel()
	style := regexp.MustCompile(`^(\$schema|[a-z][a-z0-9_]*)$`)
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || typ == reflect.TypeFor[Ratio]() || seen[typ] {
			return
		}
		seen[typ] = true
		for f := range typ.Fields() {
			name := f.Tag.Get("json")
			if !f.IsExported() || name == "-" {
				continue
			}
			if !style.MatchString(name) || !strings.HasSuffix(f.Tag.Get("doc"), ".") {
				t.Errorf("%s.%s: json %q, doc %q: want a name in snake_case and a sentence", typ, f.Name, name, f.Tag.Get("doc"))
			}
			walk(f.Type)
		}
	}
	walk(reflect.TypeFor[Report]())
}

// hostile replaces every text of a comparison by one that tries to break out of
// whatever it is put into.
func hostile(c *compare.Comparison, text string) {
	e := c.Current()
	c.Title = text
	for i := range e.Options {
		e.Options[i].Name = text
	}
	for i := range e.Criteria {
		e.Criteria[i].Name = text
		for k := range e.Criteria[i].Cells {
			e.Criteria[i].Cells[k].Text = text
		}
	}
	for i := range e.Questions {
		q := &e.Questions[i]
		q.Text = text
		for k := range q.Choices {
			q.Choices[k].Label = text
			for m := range q.Choices[k].Musts {
				q.Choices[k].Musts[m].Reason = text
			}
		}
	}
	for i := range c.Facts {
		for k := range c.Facts[i].Sources {
			c.Facts[i].Sources[k].Title, c.Facts[i].Sources[k].Publisher = text, text
		}
	}
}

const evil = "\n\n# Own\n---\n* <script>alert(1)</script> [a](javascript:x) `b` *c* _d_ ]( & &amp; \"e\" 'f' \x00 ~~g~~ | h | $i$ \\"

// TestMarkdownHolds puts hostile texts into every field: the record keeps its
// lines, and nothing in it is markup.
func TestMarkdownHolds(t *testing.T) {
	t.Parallel()
	for name := range cases() {
		tame, wild := comparison(), comparison()
		hostile(tame, "Tame")
		hostile(wild, evil)
		if diff := cmp.Diff(skeleton(made(t, tame, name)), skeleton(made(t, wild, name))); diff != "" {
			t.Errorf("%s: hostile texts change the record (-tame +wild):\n%s", name, diff)
		}
		text := made(t, wild, name).Markdown()
		for _, bad := range []string{" <script", " [a]", " `b`", " *c*", " _d_", " &amp;", "\x00"} {
			if strings.Contains(text, bad) {
				t.Errorf("%s: the record contains %q", name, bad)
			}
		}
	}
}

// skeleton is what each line of the record begins with.
func skeleton(r *Report) []string {
	start := regexp.MustCompile(`^(#* |\* |> |---|[A-Za-z]*)`)
	var lines []string
	for line := range strings.Lines(r.Markdown()) {
		lines = append(lines, start.FindString(line))
	}
	for i, line := range lines {
		// Sentences may begin with the name of an option.
		if line == "Tame" || line == "" {
			lines[i] = ""
		}
	}
	return lines
}

func TestFactorText(t *testing.T) {
	t.Parallel()
	ratio := func(num, den int64) *score.Ratio { return &score.Ratio{Num: num, Den: den} }
	for _, test := range []struct {
		lower score.Ratio
		upper *score.Ratio
		want  string
	}{
		{score.Ratio{Num: 51, Den: 152}, nil, "Would have to count 0.3 times as much to change the outcome."},
		{score.Ratio{Num: 3, Den: 10}, nil, "Would have to count 0.2 times as much to change the outcome."},
		{score.Ratio{Num: 0, Den: 1}, ratio(113, 12), ""},
		{score.Ratio{Num: 0, Den: 1}, ratio(4, 1), "Would have to count 4.1 times as much to change the outcome."},
		{score.Ratio{Num: 0, Den: 1}, ratio(401, 100), ""},
		{score.Ratio{Num: 0, Den: 1}, ratio(3, 1), "Would have to count 3.1 times as much to change the outcome."},
		{score.Ratio{Num: 1, Den: 2}, ratio(3, 1), "Would have to count 0.4 times as much to change the outcome."},
		{score.Ratio{Num: 1, Den: 4}, ratio(3, 1), "Would have to count 3.1 times as much to change the outcome."},
		{score.Ratio{Num: 1, Den: 4}, nil, "Would have to count 0.2 times as much to change the outcome."},
		{score.Ratio{Num: 1, Den: 20}, nil, ""},
		{score.Ratio{Num: 96, Den: 100}, nil, "The outcome changes if this counts a tenth less."},
		{score.Ratio{Num: 0, Den: 1}, ratio(103, 100), "The outcome changes if this counts a tenth more."},
		{score.Ratio{Num: 1, Den: 1}, ratio(1, 1), "The outcome changes if this counts a tenth less."},
		{score.Ratio{Num: 0, Den: 1}, nil, ""},
	} {
		if got := (&maker{d: &score.Decision{}}).factorText(score.Interval{Lower: test.lower, Upper: test.upper}); got != test.want {
			t.Errorf("(&maker{}).factorText(%v, %v) = %q, want %q", test.lower, test.upper, got, test.want)
		}
	}
}

// TestStableText wants ends that hold: rounded inwards, and so that the share as
// it is lies between them.
func TestStableText(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		low, high int64 // per mille; high 0 for none
		now       int64
		want      string
	}{
		{93, 1000, 150, "The outcome stays while it carries at least 10%."},
		{93, 1000, 95, "The outcome stays while it carries at least 9.3%."},
		{0, 568, 400, "The outcome stays while it carries at most 56%."},
		{0, 568, 564, "The outcome stays while it carries at most 56.8%."},
		{4, 1000, 150, "The outcome stays while it carries at least 1%."},
		{200, 300, 250, "The outcome stays while it carries 20% to 30%."},
		{0, 1000, 250, ""},
	} {
		r := &Range{Lower: Ratio{tt.low, 1000}, Upper: &Ratio{tt.high, 1000}}
		if got := (&maker{d: &score.Decision{}}).stableText(r, Ratio{tt.now, 1000}); got != tt.want {
			t.Errorf("stable from %d to %d per mille at %d: %q, want %q", tt.low, tt.high, tt.now, got, tt.want)
		}
	}
	level := &maker{d: &score.Decision{Verdict: score.Tie}}
	if got := level.stableText(&Range{Ratio{1, 2}, &Ratio{1, 2}}, Ratio{1, 2}); got != "The outcome changes if it carries any more or less." {
		t.Errorf("in a tie: %q", got)
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for got, want := range map[string]string{
		Points(724).String():               "72.4",
		Points(-5).String():                minus + "0.5",
		Ratio{1, 3}.Percent():              "33%",
		Ratio{999, 1000}.Percent():         "over 99%",
		Ratio{1, 1000}.Percent():           "under 1%",
		Ratio{1, 1}.Percent():              "100%",
		encoded(t, Points(-5)):             "-0.5",
		encoded(t, Ratio{1, 3}):            "0.3333",
		encoded(t, Ratio{2, 3}):            "0.6667",
		encoded(t, Ratio{1, 2}):            "0.5",
		encoded(t, Ratio{0, 7}):            "0",
		encoded(t, Ratio{20, 2}):           "10",
		compare.Thousands(1234567):         "1,234,567",
		join([]string{"a", "b", "c"}, "&"): "a, b & c",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func encoded(t *testing.T, v any) string {
	t.Helper()
	b, err := encode(v)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(b))
}

// TestCardSVG reads the card as XML: it must be well formed, whatever the texts,
// and need nothing from elsewhere.
func TestCardSVG(t *testing.T) {
	t.Parallel()
	c := comparison()
	hostile(c, evil)
	svg, err := made(t, c, "leans").CardSVG()
	if err != nil {
		t.Fatal(err)
	}
	for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch element.Name.Local {
		case "svg", "title", "desc", "path", "g", "text":
		default:
			t.Errorf("the card has an element %s", element.Name.Local)
		}
		for _, a := range element.Attr {
			if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") || strings.Contains(a.Value, "url(") {
				t.Errorf("the card has an attribute %s=%q", a.Name.Local, a.Value)
			}
		}
	}
}

func TestCardPNG(t *testing.T) {
	t.Parallel()
	for name := range cases() {
		first, err := made(t, comparison(), name).CardPNG()
		if err != nil {
			t.Fatal(err)
		}
		again, err := made(t, comparison(), name).CardPNG()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, again) {
			t.Errorf("%s: the card differs from one time to the next", name)
		}
		if len(first) > 80<<10 {
			t.Errorf("%s: the card has %d bytes, want at most 80 KiB", name, len(first))
		}
		picture, err := png.Decode(bytes.NewReader(first))
		if err != nil {
			t.Fatal(err)
		}
		if got := picture.Bounds().Size(); got.X != cardWidth || got.Y != cardHeight {
			t.Errorf("%s: the card measures %v", name, got)
		}
	}
}

func TestRows(t *testing.T) {
	t.Parallel()
	rows := made(t, comparison(), "leans").Rows()
	var got []string
	for _, row := range rows[1:] {
		if len(row) != len(rows[0]) {
			t.Fatalf("row %q has %d cells, the head %d", row, len(row), len(rows[0]))
		}
		got = append(got, strings.Join([]string{row[0], row[1], row[5], row[6], row[7]}, " "))
	}
	if diff := cmp.Diff([]string{
		"answer workload  13.8 node",
		"answer team  -1.1 python",
		"answer data  -3.5 python",
		"margin   9.2 node",
		"criterion io 58.2 14.5 node",
		"criterion ml 5.5 -3.5 python",
		"criterion talent 36.4 -1.8 python",
		"margin   9.2 node",
	}, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestMail(t *testing.T) {
	t.Parallel()
	body := string(made(t, comparison(), "leans").appendMail(nil))
	for _, want := range []string{"These answers lean to Node.js.", "For Python:\n- Machine learning (3.5 points)", "https://tiebreak.example/c/result/1073102kk9"} {
		if !strings.Contains(body, want) {
			t.Errorf("the mail does not say %q:\n%s", want, body)
		}
	}
}

func BenchmarkReport(b *testing.B) {
	c := comparison()
	a := caseAnswers(c, "leans")
	s, d := sheet(c), compare.Decoded{Answers: a, Asked: c.Current().Number}
	decision := score.Decide(c.Current(), a)
	b.ReportAllocs()
	for b.Loop() {
		s.Report(d, decision)
	}
}

func BenchmarkCardPNG(b *testing.B) {
	c := comparison()
	r := of(b, c, caseAnswers(c, "leans"))
	for b.Loop() {
		if _, err := r.CardPNG(); err != nil {
			b.Fatal(err)
		}
	}
}

// TestThreeOptions gives a third option the same detail as the two of the margin.
func TestThreeOptions(t *testing.T) {
	t.Parallel()
	c := comparison()
	c.Options = append(c.Options, compare.Option{ID: "go", Name: "Go", Mark: compare.Square, Light: "#1a4fa3", Dark: "#9dc1ff"})
	e := c.Current()
	e.Options = c.Options
	for i := range e.Criteria {
		e.Criteria[i].Cells = append(e.Criteria[i].Cells, compare.Cell{
			Option: "go", Value: 60 + 5*i, Lo: 50, Hi: 90, Text: "As it is.", Facts: []string{"F-1"},
		})
	}
	r := made(t, c, "leans")
	checkSums(t, r)
	checkFlips(t, c, r)
	record := r.Markdown()
	for _, o := range c.Options {
		if n := strings.Count(record, "### "+o.Name+"\n"); n != 1 {
			t.Errorf("the record has %d sections for %s, want 1", n, o.Name)
		}
	}
	if n := len(r.Figures(new(compare.Prose))[0].Cells); n != 3 {
		t.Errorf("the figures have %d columns, want 3", n)
	}
	if _, err := r.CardPNG(); err != nil {
		t.Error(err)
	}
}

// TestRuns writes lists of sources.
func TestRuns(t *testing.T) {
	for _, tt := range []struct {
		numbers []int
		want    string
	}{
		{[]int{7}, "7"},
		{[]int{1, 2}, "1 and 2"},
		{[]int{3, 1, 2}, "1 to 3"},
		{[]int{54, 55, 56, 57, 66, 67, 70}, "54 to 57, 66, 67 and 70"},
		{[]int{1, 3, 4, 5}, "1 and 3 to 5"},
	} {
		if got := runs(tt.numbers); got != tt.want {
			t.Errorf("runs(%v) = %q, want %q", tt.numbers, got, tt.want)
		}
	}
}
