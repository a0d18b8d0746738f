package compare

import (
	"fmt"
	"strings"
	"testing"
)

func TestPastedLinks(t *testing.T) {
	c := numbered("red-vs-blue", 1, 3)
	e := c.Editions[0]
	ana := e.NoAnswers().With(0, Answer{Choice: 1}).Code()
	ben := e.NoAnswers().With(1, Answer{Choice: 2, Importance: High}).Code()
	link := "https://tiebreak.example/red-vs-blue/result/"
	tests := []struct {
		name, text string
		want       []Pasted
	}{
		{"nothing", " \n\r\n\t", nil},
		{"links with and without names", "Ana: " + link + ana + "\r\n\n" + link + ben, []Pasted{
			{Line: 1, Text: "Ana: " + link + ana, Name: "Ana", Code: ana},
			{Line: 3, Text: link + ben, Code: ben},
		}},
		{"the name behind, in brackets", "<" + link + ana + "> (Ana B.)", []Pasted{
			{Line: 1, Text: "<" + link + ana + "> (Ana B.)", Name: "Ana B.", Code: ana},
		}},
		{"a bare code, spelled otherwise", "Ben - " + strings.ToUpper(ben), []Pasted{
			{Line: 1, Text: "Ben - " + strings.ToUpper(ben), Name: "Ben", Code: ben},
		}},
		{"a link to a file of the result", link + ana + ".json", []Pasted{{Line: 1, Text: link + ana + ".json", Code: ana}}},
		{"a name with a slash", "Ana/Ben " + link + ana, []Pasted{
			{Line: 1, Text: "Ana/Ben " + link + ana, Name: "Ana/Ben", Code: ana},
		}},
		{"controls of direction, and what nobody sees", "\u202eAna\u2066\ufeff \u200bB.: " + link + ana, []Pasted{
			{Line: 1, Text: "\u202eAna\u2066\ufeff \u200bB.: " + link + ana, Name: "Ana B.", Code: ana},
		}},
		{"a name with brackets in it", "Ana (backend): " + link + ana, []Pasted{
			{Line: 1, Text: "Ana (backend): " + link + ana, Name: "Ana (backend)", Code: ana},
		}},
		{"a foreign address", "https://example.org/x", []Pasted{
			{Line: 1, Text: "https://example.org/x", Problem: "This is not a link to a result. A result link has /result/ and a code in it."},
		}},
		{"another comparison", "https://tiebreak.example/a-vs-b/result/" + ana, []Pasted{
			{Line: 1, Text: "https://tiebreak.example/a-vs-b/result/" + ana, Problem: "This result belongs to another comparison."},
		}},
		{"cut off", link + ana[:5], []Pasted{
			{Line: 1, Text: link + ana[:5], Problem: "The link is cut off: its last part is shorter than any result code."},
		}},
		{"the same twice", link + ana + "\n" + strings.ToUpper(ana), []Pasted{
			{Line: 1, Text: link + ana, Code: ana},
			{Line: 2, Text: strings.ToUpper(ana), Code: ana, Problem: "This is the same result as in line 1. Two people with the same answers count only if one of them changes something."},
		}},
		{"a long name", strings.Repeat("n", 41) + " " + link + ana, []Pasted{
			{Line: 1, Text: strings.Repeat("n", 41) + " " + link + ana, Name: strings.Repeat("n", 41), Problem: "The name is longer than 40 letters. Shorten it."},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := c.PastedLinks(tt.text)
			if fmt.Sprint(got) != fmt.Sprint(tt.want) {
				t.Errorf("PastedLinks(%q) =\n%+v, want\n%+v", tt.text, got, tt.want)
			}
		})
	}
}

func TestPastedLinksTooMany(t *testing.T) {
	c := numbered("red-vs-blue", 1, MaxSlots)
	var text strings.Builder
	for slot := range MaxTogether + 1 {
		fmt.Fprintln(&text, c.Editions[0].NoAnswers().With(slot, Answer{Choice: 3}).Code())
	}
	lines := c.PastedLinks(text.String())
	for i, l := range lines {
		want := ""
		if i == MaxTogether {
			want = "This is one more than the 20 results that fit."
		}
		if l.Problem != want {
			t.Errorf("line %d: %q, want %q", l.Line, l.Problem, want)
		}
	}
	if len(lines) != MaxTogether+1 {
		t.Errorf("%d lines, want %d", len(lines), MaxTogether+1)
	}
}

func TestPastedLinksOfTwoEditions(t *testing.T) {
	c := valid()
	old, current := c.Editions[0].NoAnswers(), c.Editions[1].NoAnswers()
	lines := c.PastedLinks(old.Code() + "\n" + current.Code())
	want := "This result belongs to edition 2 and the first one to edition 1. Only results of one edition add up: open the older one and answer again."
	if len(lines) != 2 || lines[0].Problem != "" || lines[1].Problem != want {
		t.Errorf("PastedLinks of two editions = %+v, want the second refused: %s", lines, want)
	}
}

func FuzzPastedLinks(f *testing.F) {
	c := numbered("red-vs-blue", 1, 3)
	f.Add("Ana: https://tiebreak.example/red-vs-blue/result/" + c.Editions[0].NoAnswers().Code() + "\n\n%zz/result/x")
	f.Fuzz(func(t *testing.T, text string) {
		for _, l := range c.PastedLinks(text) {
			if (l.Code == "") == (l.Problem == "") && !strings.HasPrefix(l.Problem, "This is the same") && !strings.HasPrefix(l.Problem, "This is one more") {
				t.Fatalf("line %+v has neither a code nor a problem, or both", l)
			}
		}
	})
}
