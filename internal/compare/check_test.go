package compare

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCheckValid(t *testing.T) {
	t.Parallel()
	if problems := valid().Check(); problems != nil {
		t.Errorf("Check() of a valid comparison = %v", problems)
	}
}

// A checkTest breaks one thing in a valid comparison.
type checkTest struct {
	name  string
	spoil func(c *Comparison)
	want  []string // "at: msg"
}

func (tt checkTest) run(t *testing.T) {
	t.Helper()
	c := valid()
	tt.spoil(c)
	var got []string
	for _, p := range c.Check() {
		got = append(got, p.String())
	}
	if diff := cmp.Diff(tt.want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", tt.name, diff)
	}
}

// current is the second edition of a comparison made by valid: its problems
// say nothing of the edition after it.
func current(c *Comparison) *Edition { return c.Editions[1] }

func TestCheckComparison(t *testing.T) {
	t.Parallel()
	for _, tt := range []checkTest{
		{"slug without -vs-", func(c *Comparison) { c.Slug = "red-blue" }, []string{
			`slug: "red-blue" must be lower-case words joined by hyphens with -vs- between the options`,
		}},
		{"slug in upper case", func(c *Comparison) { c.Slug = "Red-vs-blue" }, []string{
			`slug: "Red-vs-blue" must be lower-case words joined by hyphens with -vs- between the options`,
		}},
		{"slug of one side", func(c *Comparison) { c.Slug = "-vs-blue" }, []string{
			`slug: "-vs-blue" must be lower-case words joined by hyphens with -vs- between the options`,
		}},
		{"no title", func(c *Comparison) { c.Title = "" }, []string{`title: is missing: write it`}},
		{"blank summary", func(c *Comparison) { c.Summary = " \n" }, []string{`summary: is missing: write it`}},
		{"no finding", func(c *Comparison) { c.Finding = "" }, []string{`finding: is missing: write it`}},
		{"no such day", func(c *Comparison) { c.Updated = "2026-02-29" }, []string{`updated: "2026-02-29" is not a day written 2026-08-05`}},
		{"article cites nothing", func(c *Comparison) { c.Article.Cited[0] = "F-9" }, []string{`article: fact "F-9" is not in facts.yaml`}},
		{"article cites twice", func(c *Comparison) { c.Article.Cited[0] = "F-1" }, []string{`article: fact "F-1" is named twice`}},
		{"no edition", func(c *Comparison) { c.Editions = nil }, []string{`editions: there is no edition: add editions/1`}},
	} {
		tt.run(t)
	}
}

func TestCheckOptions(t *testing.T) {
	t.Parallel()
	for _, tt := range []checkTest{
		{"one option", func(c *Comparison) { c.Options = c.Options[:1] }, []string{`options: there are 1 options: a comparison has 2 to 12`}},
		{"13 options", func(c *Comparison) {
			for i := len(c.Options); i < 13; i++ {
				c.Options = append(c.Options, Option{ID: fmt.Sprint("o", i), Name: "O", Mark: Disc})
			}
		}, []string{`options: there are 13 options: a comparison has 2 to 12`}},
		{"id twice", func(c *Comparison) { c.Options = withOption(c, "red", "Red", Square) }, []string{
			`options[2].id: id "red" stands twice: give one of them another id`,
		}},
		{"id not an id", func(c *Comparison) { c.Options = withOption(c, "Node.js", "Node", Square) }, []string{
			`options[2].id: id "Node.js" must match ^[a-z0-9-]{1,40}$`,
		}},
		{"no name", func(c *Comparison) { c.Options = withOption(c, "green", "", Square) }, []string{
			`options[2].name: is missing: write it`,
		}},
		{"no such mark", func(c *Comparison) { c.Options = withOption(c, "green", "Green", "star") }, []string{
			`options[2].mark: mark "star" is none of disc, diamond, square, triangle`,
		}},
		{"mark taken", func(c *Comparison) { c.Options = withOption(c, "green", "Green", Disc) }, []string{
			`options[2].mark: mark "disc" is taken by another option`,
		}},
	} {
		tt.run(t)
	}
}

// withOption returns the options of a comparison with one more. Its editions
// keep theirs.
func withOption(c *Comparison, id, name string, mark Mark) []Option {
	return append(c.Options[:2:2], Option{ID: id, Name: name, Mark: mark})
}

// Five options have to share four marks.
func TestCheckMarksOfMany(t *testing.T) {
	t.Parallel()
	checkTest{"five options", func(c *Comparison) {
		for _, mark := range []Mark{Square, Triangle, Disc} {
			c.Options = withOptionEnd(c.Options, mark)
		}
	}, nil}.run(t)
}

func withOptionEnd(options []Option, mark Mark) []Option {
	return append(options[:len(options):len(options)], Option{ID: fmt.Sprint("o", len(options)), Name: "O", Mark: mark})
}

func TestCheckFacts(t *testing.T) {
	t.Parallel()
	for _, tt := range []checkTest{
		{"topic twice", func(c *Comparison) { c.Topics = append(c.Topics, Topic{"paint", "Again"}) }, []string{
			`topics[2].id: id "paint" stands twice: give one of them another id`,
		}},
		{"topic without a name", func(c *Comparison) { c.Topics[1].Name = "" }, []string{`topics[1].name: is missing: write it`}},
		{"fact twice", func(c *Comparison) { c.Facts = append(c.Facts, c.Facts[0]) }, []string{
			`facts[2].id: id "F-1" stands twice: give one of them another id`,
		}},
		{"fact id not an id", func(c *Comparison) { c.Facts = append(c.Facts, c.Facts[0]); c.Facts[2].ID = "F 3" }, []string{
			`facts[2].id: id "F 3" must match ^[A-Za-z0-9-]{1,40}$`,
		}},
		{"no such topic", func(c *Comparison) { c.Facts[0].Topic = "colour" }, []string{`facts[0].topic: topic "colour" is not in comparison.yaml`}},
		{"no statement", func(c *Comparison) { c.Facts[0].Statement = "" }, []string{`facts[0].statement: is missing: write it`}},
		{"no such strength", func(c *Comparison) { c.Facts[0].Strength = "rumour" }, []string{
			`facts[0].strength: strength "rumour" is none of measured, official, third-party, survey, opinion`,
		}},
		{"figure twice", func(c *Comparison) { c.Facts[0].Values[1].Name = "hours" }, []string{
			`facts[0].values[1].name: id "hours" stands twice: give one of them another id`,
		}},
		{"figure name not an id", func(c *Comparison) { c.Facts[0].Values[1].Name = "a.b" }, []string{
			`facts[0].values[1].name: id "a.b" must match ^[a-z0-9_]{1,40}$`,
		}},
		{"figure without text", func(c *Comparison) { c.Facts[0].Values[0].Text = "" }, []string{`facts[0].values[0].value: is missing: write it`}},
		{"no source", func(c *Comparison) { c.Facts[1].Sources = nil }, []string{`facts[1].sources: a fact needs a source: say where it can be read`}},
		{"source without title", func(c *Comparison) { c.Facts[1].Sources[0].Title = "" }, []string{`facts[1].sources[0].title: is missing: write it`}},
		{"source without publisher", func(c *Comparison) { c.Facts[1].Sources[0].Publisher = "" }, []string{`facts[1].sources[0].publisher: is missing: write it`}},
		{"checked on no day", func(c *Comparison) { c.Facts[0].Checked = "" }, []string{`facts[0].checked: "" is not a day written 2026-08-05`}},
		{"review on no day", func(c *Comparison) { c.Facts[0].ReviewBy = "2027-04-31" }, []string{`facts[0].review-by: "2027-04-31" is not a day written 2026-08-05`}},
		{"review on the same day", func(c *Comparison) { c.Facts[0].ReviewBy = c.Facts[0].Checked }, []string{
			`facts[0].review-by: the review date 2026-11-01 is not after the day it was checked`,
		}},
	} {
		tt.run(t)
	}
}

func TestCheckSourceURL(t *testing.T) {
	t.Parallel()
	const scheme = `facts[1].sources[0].url: %q is not an https address: give the one where a reader can open the source`
	const host = `facts[1].sources[0].url: %q points to a host only some machines can reach`
	for address, want := range map[string]string{
		"https://example.org/a?b#c":  "",
		"https://example.org:8443/":  "",
		"":                           scheme,
		"http://example.org/":        scheme,
		"ftp://example.org/":         scheme,
		"//example.org/":             scheme,
		"example.org":                scheme,
		"https:///path":              scheme,
		"https://me:pw@example.org/": scheme,
		"https://exa mple.org/":      scheme,
		"javascript:alert(1)":        scheme,
		"https://localhost/":         host,
		"https://127.0.0.1/":         host,
		"https://8.8.8.8/":           host,
		"https://[::1]:8080/":        host,
		"https://intranet/wiki":      host,
		"https://printer.local/":     host,
		"https://git.corp.internal/": host,
		"https://app.localhost/":     host,
	} {
		tt := checkTest{name: address, spoil: func(c *Comparison) { c.Facts[1].Sources[0].URL = address }}
		if want != "" {
			tt.want = []string{fmt.Sprintf(want, address)}
		}
		tt.run(t)
	}
}

func TestCheckSourceDate(t *testing.T) {
	t.Parallel()
	for date, ok := range map[string]bool{
		"undated": true, "2026": true, "1999": true, "2026-08": true, "2026-08-05": true, "1999-12-31": true, "2024-02-29": true,
		"": false, "26": false, "2026-13": false, "2026-00": false, "2026-8": false, "2026-02-29": false, "2026-08-05 ": false,
		"August 2026": false, "1899": false, "2100": false,
	} {
		tt := checkTest{name: date, spoil: func(c *Comparison) { c.Facts[1].Sources[0].Date = date }}
		if !ok {
			tt.want = []string{fmt.Sprintf(`facts[1].sources[0].date: date %q must be 2026, 2026-08, 2026-08-05 or undated`, date)}
		}
		tt.run(t)
	}
}

func TestCheckCriteria(t *testing.T) {
	t.Parallel()
	const at = "editions[2].criteria"
	for _, tt := range []checkTest{
		{"edition 0", func(c *Comparison) { c.Editions = c.Editions[:1]; c.Editions[0].Number = 0 }, []string{
			`editions[0]: an edition's number is 1 to 1023`,
		}},
		{"edition 1024", func(c *Comparison) { current(c).Number = 1024 }, []string{`editions[1024]: an edition's number is 1 to 1023`}},
		{"no date", func(c *Comparison) { current(c).Date = "" }, []string{`editions[2].date: "" is not a day written 2026-08-05`}},
		{"group twice", func(c *Comparison) { current(c).Groups = append(current(c).Groups, Group{ID: "work", Name: "W"}) }, []string{
			`editions[2].groups[2].id: id "work" stands twice: give one of them another id`,
		}},
		{"group without name", func(c *Comparison) { current(c).Groups[0].Name = "" }, []string{`editions[2].groups[0].name: is missing: write it`}},
		{"group without criteria", func(c *Comparison) { current(c).Groups = append(current(c).Groups, Group{ID: "idle", Name: "Idle"}) }, []string{
			`editions[2].groups[2]: group "idle" has no criterion`,
		}},
		{"33 criteria", func(c *Comparison) {
			e := current(c)
			for i := len(e.Criteria); i < 33; i++ {
				row := e.Criteria[0]
				row.ID = fmt.Sprint("c", i)
				e.Criteria = append(e.Criteria, row)
			}
		}, []string{at + `: there are 33 criteria: an edition has 1 to 32`}},
		{"criterion twice", func(c *Comparison) { current(c).Criteria = append(current(c).Criteria, current(c).Criteria[0]) }, []string{
			at + `[2].id: id "speed" stands twice: give one of them another id`,
		}},
		{"no such group", func(c *Comparison) {
			row := current(c).Criteria[0]
			row.ID, row.Group = "extra", "play"
			current(c).Criteria = append(current(c).Criteria, row)
		}, []string{at + `[2].group: group "play" is not among the groups`}},
		{"no name", func(c *Comparison) { current(c).Criteria[0].Name = "" }, []string{at + `[0].name: is missing: write it`}},
		{"no why", func(c *Comparison) { current(c).Criteria[0].Why = "" }, []string{at + `[0].why: is missing: write it`}},
		{"no zero", func(c *Comparison) { current(c).Criteria[0].Zero = "" }, []string{at + `[0].zero: is missing: write it`}},
		{"no hundred", func(c *Comparison) { current(c).Criteria[0].Hundred = "" }, []string{at + `[0].hundred: is missing: write it`}},
	} {
		tt.run(t)
	}
	checkTest{"no criteria", func(c *Comparison) {
		c.Editions = c.Editions[:1]
		e := c.Editions[0]
		e.Criteria, e.Groups = nil, nil
		for i := range e.Questions {
			for j := range e.Questions[i].Choices {
				ch := &e.Questions[i].Choices[j]
				ch.Points, ch.Musts, ch.Neutral = nil, nil, true
			}
		}
	}, []string{`editions[1].criteria: there are 0 criteria: an edition has 1 to 32`}}.run(t)
}

func TestCheckCells(t *testing.T) {
	t.Parallel()
	const at = "editions[2].criteria[1].cells"
	cell := func(i int, change func(*Cell)) func(*Comparison) {
		return func(c *Comparison) { change(&current(c).Criteria[1].Cells[i]) }
	}
	band := func(value, lo, hi int) checkTest {
		return checkTest{
			fmt.Sprint("band ", value, lo, hi),
			cell(0, func(c *Cell) { c.Value, c.Lo, c.Hi = value, lo, hi }),
			[]string{fmt.Sprintf("%s[0]: value %d with band %d to %d: it must be 0 <= low <= value <= high <= 100", at, value, lo, hi)},
		}
	}
	for _, tt := range []checkTest{
		{"a cell short", func(c *Comparison) { current(c).Criteria[1].Cells = current(c).Criteria[1].Cells[:1] }, []string{
			at + `: there are 1 cells: every criterion has one for each of the 2 options`,
		}},
		{"a cell too many", func(c *Comparison) {
			row := &current(c).Criteria[1]
			row.Cells = append(row.Cells, row.Cells[0])
		}, []string{at + `: there are 3 cells: every criterion has one for each of the 2 options`}},
		{"cells in another order", cell(0, func(c *Cell) { c.Option = "blue" }), []string{
			at + `[0].option: this cell must be for option "red": cells stand in the order of the options`,
		}},
		band(60, -1, 70), band(60, 61, 70), band(60, 50, 59), band(60, 50, 101), band(101, 0, 101), band(-1, -1, 0),
		{"no text", cell(1, func(c *Cell) { c.Text = "" }), []string{at + `[1].text: is missing: write it`}},
		{"26 words", cell(0, func(c *Cell) { c.Text = strings.Repeat("word ", 26) }), []string{
			at + `[0].text: has 26 words: cut it to 25`,
		}},
		{"no reason", cell(1, func(c *Cell) { c.Reason = "" }), []string{at + `[1].reason: is missing: write it`}},
		{"no fact", cell(1, func(c *Cell) { c.Facts = nil }), []string{at + `[1].facts: a cell needs at least one fact`}},
		{"no such fact", cell(1, func(c *Cell) { c.Facts = []string{"F-7"} }), []string{at + `[1].facts: fact "F-7" is not in facts.yaml`}},
		{"fact twice", cell(1, func(c *Cell) { c.Facts = []string{"F-1", "F-1"} }), []string{at + `[1].facts: fact "F-1" is named twice`}},
	} {
		tt.run(t)
	}
}

func TestCheckBalance(t *testing.T) {
	t.Parallel()
	words := func(red, blue int, uneven string) func(*Comparison) {
		return func(c *Comparison) {
			e := current(c)
			e.Criteria[0].Cells[0].Text = strings.Repeat("word ", red)
			e.Criteria[0].Cells[1].Text = strings.Repeat("word ", blue)
			e.Groups[0].Uneven = uneven
		}
	}
	const at = "editions[2].groups[0]: "
	for _, tt := range []checkTest{
		{"23 to 20 words, just 15 %", words(23, 20, ""), nil},
		{"24 to 20 words", words(24, 20, ""), []string{
			at + `the options get from 20 to 24 words in this group, more than 15% apart: even it out, or say why under uneven`,
		}},
		{"5 to 6 words", words(5, 6, ""), []string{
			at + `the options get from 5 to 6 words in this group, more than 15% apart: even it out, or say why under uneven`,
		}},
		{"10 to 20 words, and why", words(10, 20, "There is less to say."), nil},
		{"two facts to one", func(c *Comparison) { current(c).Criteria[0].Cells[1].Facts = []string{"F-1", "F-2"} }, []string{
			at + `the options get from 1 to 2 facts in this group, more than 15% apart: even it out, or say why under uneven`,
		}},
		{"evened out in the same group", func(c *Comparison) {
			e := current(c)
			e.Criteria[0].Cells[1].Facts = []string{"F-1", "F-2"}
			e.Criteria[1].Group, e.Groups = "work", e.Groups[:1]
			e.Criteria[1].Cells[0].Facts = []string{"F-1", "F-2"}
		}, nil},
	} {
		tt.run(t)
	}
}

func TestCheckQuestions(t *testing.T) {
	t.Parallel()
	const at = "editions[1].questions"
	// The first edition alone: what it says of itself, without a successor.
	alone := func(change func(*Edition)) func(*Comparison) {
		return func(c *Comparison) {
			c.Editions, c.Readers = c.Editions[:1], nil
			change(c.Editions[0])
		}
	}
	for _, tt := range []checkTest{
		{"section twice", alone(func(e *Edition) { e.Sections = append(e.Sections, Section{"you", "Y"}) }), []string{
			`editions[1].sections[1].id: id "you" stands twice: give one of them another id`,
		}},
		{"section without name", alone(func(e *Edition) { e.Sections[0].Name = "" }), []string{`editions[1].sections[0].name: is missing: write it`}},
		{"no questions", alone(func(e *Edition) { e.Questions = nil }), []string{at + `: there is no question to ask`}},
		{"all retired", alone(func(e *Edition) {
			for i := range e.Questions {
				e.Questions[i].Retired = true
			}
		}), []string{at + `: there is no question to ask`}},
		{"id twice", alone(func(e *Edition) { e.Questions[3].ID = "walls" }), []string{
			at + `[3].id: id "walls" stands twice: give one of them another id`,
		}},
		{"id with a dot", alone(func(e *Edition) { e.Questions[3].ID = "a.b" }), []string{at + `[3].id: id "a.b" must match ^[a-z0-9_]{1,40}$`}},
		{"id too long", alone(func(e *Edition) { e.Questions[3].ID = strings.Repeat("a", 41) }), []string{
			at + `[3].id: id "` + strings.Repeat("a", 41) + `" must match ^[a-z0-9_]{1,40}$`,
		}},
		{"no such section", alone(func(e *Edition) { e.Questions[3].Section = "us" }), []string{at + `[3].section: section "us" is not among the sections`}},
		{"slot -1", alone(func(e *Edition) { e.Questions[3].Slot = -1 }), []string{at + `[3].slot: slot -1 must be 0 to 24`}},
		{"slot 25", alone(func(e *Edition) { e.Questions[3].Slot = 25 }), []string{at + `[3].slot: slot 25 must be 0 to 24`}},
		{"slot taken", alone(func(e *Edition) { e.Questions[3].Slot = 1 }), []string{
			at + `[3].slot: slot 1 belongs to question "budget": a slot is never used again`,
		}},
		{"slot of a retired question", alone(func(e *Edition) { e.Questions[1].Retired = true; e.Questions[3].Slot = 1 }), []string{
			at + `[3].slot: slot 1 belongs to question "budget": a slot is never used again`,
		}},
		{"no text", alone(func(e *Edition) { e.Questions[3].Text = "" }), []string{at + `[3].text: is missing: write it`}},
		{"choice twice", alone(func(e *Edition) { e.Questions[2].Choices[2].ID = "inside" }), []string{
			at + `[2].choices[2].id: id "inside" stands twice: give one of them another id`,
		}},
		{"choice with a dot", alone(func(e *Edition) { e.Questions[2].Choices[2].ID = "in.out" }), []string{
			at + `[2].choices[2].id: id "in.out" must match ^[a-z0-9_]{1,40}$`,
		}},
		{"unsure written out", alone(func(e *Edition) { e.Questions[2].Choices[2].ID = "unsure" }), []string{
			at + `[2].choices[2].id: “Not sure” is added to every question: leave this choice out`,
		}},
		{"number 0", alone(func(e *Edition) { e.Questions[2].Choices[2].Number = 0 }), []string{at + `[2].choices[2].number: number 0 must be 1 to 7`}},
		{"number 8", alone(func(e *Edition) { e.Questions[2].Choices[2].Number = 8 }), []string{at + `[2].choices[2].number: number 8 must be 1 to 7`}},
		{"number taken", alone(func(e *Edition) { e.Questions[2].Choices[2].Number = 1 }), []string{
			at + `[2].choices[2].number: number 1 belongs to choice "inside": a number is never used again`,
		}},
		{"no label", alone(func(e *Edition) { e.Questions[2].Choices[2].Label = "" }), []string{at + `[2].choices[2].label: is missing: write it`}},
		{"one choice", alone(func(e *Edition) { e.Questions[1].Choices = e.Questions[1].Choices[:1] }), []string{
			at + `[1].choices: a question offers at least two choices`,
		}},
		{"one choice left", alone(func(e *Edition) { e.Questions[1].Choices[0].Retired = true }), []string{
			at + `[1].choices: a question offers at least two choices`,
		}},
		{"no choice left of a retired question", alone(func(e *Edition) {
			e.Questions[1].Retired = true
			e.Questions[1].Choices[0].Retired = true
		}), nil},
	} {
		tt.run(t)
	}
}

func TestCheckEffects(t *testing.T) {
	t.Parallel()
	const at = "editions[2].questions[0].choices[0]"
	choice := func(change func(*Choice)) func(*Comparison) {
		return func(c *Comparison) { change(&current(c).Questions[0].Choices[0]) }
	}
	for _, tt := range []checkTest{
		{"points on nothing", choice(func(c *Choice) { c.Points[0].Criterion = "taste" }), []string{at + `.points: criterion "taste" is not in criteria.yaml`}},
		{"11 points", choice(func(c *Choice) { c.Points[0].N = 11 }), []string{
			at + `.points: 11 points on "speed": points are 0 to 10`,
			at + `.points: the points come to 11: a choice has at most 10, so that every question has the same say`,
		}},
		{"-1 points", choice(func(c *Choice) { c.Points = append(c.Points, Points{"price", -1}) }), []string{
			at + `.points: -1 points on "price": points are 0 to 10`,
		}},
		{"11 points together", choice(func(c *Choice) { c.Points = append(c.Points, Points{"price", 2}) }), []string{
			at + `.points: the points come to 11: a choice has at most 10, so that every question has the same say`,
		}},
		{"10 points together", choice(func(c *Choice) { c.Points = append(c.Points, Points{"price", 1}) }), nil},
		{"idle", choice(func(c *Choice) { c.Points, c.Musts = nil, nil }), []string{at + `: choice "tonight" changes nothing: give it points, or say neutral: true`}},
		{"0 points are idle", choice(func(c *Choice) { c.Points[0].N, c.Musts = 0, nil }), []string{at + `: choice "tonight" changes nothing: give it points, or say neutral: true`}},
		{"a must alone is not idle", choice(func(c *Choice) { c.Points = nil }), nil},
		{"not neutral", choice(func(c *Choice) { c.Neutral = true }), []string{
			at + `.neutral: choice "tonight" has points or must rules, so it is not neutral`,
		}},
		{"a must alone is not neutral", choice(func(c *Choice) { c.Points, c.Neutral = nil, true }), []string{
			at + `.neutral: choice "tonight" has points or must rules, so it is not neutral`,
		}},
		{"must of nothing", choice(func(c *Choice) { c.Musts[0].Criterion = "taste" }), []string{at + `.must[0]: criterion "taste" is not in criteria.yaml`}},
		{"minimum -1", choice(func(c *Choice) { c.Musts[0].Min = -1 }), []string{at + `.must[0]: minimum -1 must be 0 to 100`}},
		{"minimum 101", choice(func(c *Choice) { c.Musts[0].Min = 101 }), []string{at + `.must[0]: minimum 101 must be 0 to 100`}},
		{"must without reason", choice(func(c *Choice) { c.Musts[0].Reason = "" }), []string{at + `.must[0].reason: is missing: write it`}},
	} {
		tt.run(t)
	}
}

func TestCheckSuccession(t *testing.T) {
	t.Parallel()
	const at = "editions[2].questions"
	for _, tt := range []checkTest{
		{"slot of another question", func(c *Comparison) {
			q := current(c).Questions
			q[0].Slot, q[4].Slot = 5, 0
		}, []string{
			at + `[0].slot: question "when" has slot 0 in edition 1 and must keep it`,
			at + `[4].slot: slot 0 is question "when" in edition 1: take a slot never used`,
		}},
		{"number of another choice", func(c *Comparison) {
			q := &current(c).Questions[2]
			q.Choices[0].ID, q.Choices[1].ID = "outside", "inside"
		}, []string{
			at + `[2].choices[0].number: number 1 is choice "inside" in edition 1: take a number never used`,
			at + `[2].choices[1].number: number 2 is choice "outside" in edition 1: take a number never used`,
		}},
		{"question gone", func(c *Comparison) {
			e := current(c)
			e.Questions = append(e.Questions[:3:3], e.Questions[4:]...)
		}, []string{at + `: question "taste" of edition 1 is gone: keep it, marked retired: true`}},
		{"choice gone", func(c *Comparison) {
			q := &current(c).Questions[2]
			q.Choices = q.Choices[:2]
		}, []string{at + `[2].choices: choice "both", number 3 in edition 1, is gone: keep it, marked retired: true`}},
		{"questions and choices in another order", func(c *Comparison) {
			q := current(c).Questions
			q[0].Choices[0], q[0].Choices[1] = q[0].Choices[1], q[0].Choices[0]
			q[0], q[5] = q[5], q[0]
		}, nil},
	} {
		tt.run(t)
	}
}

func TestCheckMappings(t *testing.T) {
	t.Parallel()
	const at = "editions[2].mapping"
	mapping := func(i int, change func(*Mapping)) func(*Comparison) {
		return func(c *Comparison) { change(&current(c).Mappings[i]) }
	}
	for _, tt := range []checkTest{
		{"mapping in the first edition", func(c *Comparison) { c.Editions[0].Mappings = []Mapping{{Question: "when", Fate: Same}} }, []string{
			`editions[1].mapping: the first edition has no edition before it to map`,
		}},
		{"no mapping", func(c *Comparison) { current(c).Mappings = current(c).Mappings[:3] }, []string{
			at + `: question "taste" of edition 1 is not mapped: say whether it is the same, reworded, split or retired`,
		}},
		{"mapped twice", func(c *Comparison) {
			current(c).Mappings = append(current(c).Mappings, Mapping{Question: "taste", Fate: Retired})
		}, []string{
			at + `[4].question: question "taste" is mapped twice`,
		}},
		{"not asked before", func(c *Comparison) {
			current(c).Mappings = append(current(c).Mappings, Mapping{Question: "outdoors", Fate: Same})
		}, []string{
			at + `[4].question: question "outdoors" is not asked in edition 1`,
		}},
		{"retired before", func(c *Comparison) { c.Editions[0].Questions[3].Retired = true }, []string{
			at + `[3].question: question "taste" is not asked in edition 1`,
		}},
		{"same, but retired", mapping(3, func(m *Mapping) { m.Fate = Same }), []string{
			at + `[3].is: question "taste" is not asked in edition 2, so it is retired or split`,
		}},
		{"same, in other words", mapping(1, func(m *Mapping) { m.Fate = Same }), []string{
			at + `[1].is: the words of question "budget" have changed, so it is reworded`,
		}},
		{"same, with another label", func(c *Comparison) { current(c).Questions[0].Choices[1].Label = "One day" }, []string{
			at + `[0].is: the words of question "when" have changed, so it is reworded`,
		}},
		{"retired, but asked", mapping(0, func(m *Mapping) { m.Fate = Retired }), []string{
			at + `[0].is: question "when" is still asked in edition 2, so it is not retired`,
		}},
		{"no such fate", mapping(0, func(m *Mapping) { m.Fate = "gone" }), []string{
			at + `[0].is: "gone" is none of same, reworded, split, retired`,
		}},
		{"choices of what is not split", mapping(3, func(m *Mapping) { m.Choices = []SplitChoice{{"warm", nil}} }), []string{
			at + `[3].choices: only a question that was split maps its choices`,
		}},
		{"split of no choice", mapping(2, func(m *Mapping) { m.Choices[0].Choice = "roof" }), []string{
			at + `[2].choices[0]: choice "roof" is not one of question "walls"`,
		}},
		{"split into no question", mapping(2, func(m *Mapping) { m.Choices[1].Answers[1].Question = "roof" }), []string{
			at + `[2].choices[1]: there is no answer "yes" to question "roof" in edition 2`,
		}},
		{"split into a retired question", mapping(2, func(m *Mapping) { m.Choices[1].Answers[1] = NewAnswer{"taste", "warm"} }), []string{
			at + `[2].choices[1]: there is no answer "warm" to question "taste" in edition 2`,
		}},
		{"split into no choice", mapping(2, func(m *Mapping) { m.Choices[1].Answers[1].Choice = "maybe" }), []string{
			at + `[2].choices[1]: there is no answer "maybe" to question "outdoors" in edition 2`,
		}},
		{"split into a retired choice", mapping(2, func(m *Mapping) { m.Choices[0].Answers[0].Choice = "perhaps" }), []string{
			at + `[2].choices[0]: there is no answer "perhaps" to question "indoors" in edition 2`,
		}},
	} {
		tt.run(t)
	}
}

func TestCheckReaders(t *testing.T) {
	t.Parallel()
	reader := func(change func(*Reader)) func(*Comparison) {
		return func(c *Comparison) { change(&c.Readers[0]) }
	}
	for _, tt := range []checkTest{
		{"twice", func(c *Comparison) { c.Readers = append(c.Readers, c.Readers[0]) }, []string{
			`readers[1].id: id "hurry" stands twice: give one of them another id`,
		}},
		{"no name", reader(func(r *Reader) { r.Name = "" }), []string{`readers[0].name: is missing: write it`}},
		{"no why", reader(func(r *Reader) { r.Why = "" }), []string{`readers[0].why: is missing: write it`}},
		{"no such option", reader(func(r *Reader) { r.Expect.Option = "green" }), []string{`readers[0].expect.option: option "green" is not in comparison.yaml`}},
		{"no option", reader(func(r *Reader) { r.Expect = Expectation{"", "close call"} }), nil},
		{"no such outcome", reader(func(r *Reader) { r.Expect.Outcome = "win" }), []string{
			`readers[0].expect.outcome: outcome "win" is none of no-answers, none-qualifies, only-one, tie, close, leans, clear, close call`,
		}},
		{"answers nobody offers", reader(func(r *Reader) {
			r.Answers = map[string]string{"when": "never", "budget": "short.", "where": "x", "taste": "warm"}
		}), []string{
			`readers[0].answers: budget: An answer in a link is written as in budget=short or budget=short.high. ` +
				`taste: This question is no longer asked. when: ` + notOffered + ` where: ` + unknownField,
		}},
		{"too many answers", reader(func(r *Reader) {
			for i := range MaxFields {
				r.Answers[fmt.Sprint("x", i)] = "y"
			}
		}), []string{`readers[0].answers: form has too many fields`}},
	} {
		tt.run(t)
	}
}

// All problems are found in one go.
func TestCheckFindsAll(t *testing.T) {
	t.Parallel()
	c := valid()
	c.Slug, c.Title = "", ""
	c.Facts[0].Statement = ""
	current(c).Criteria[0].Cells[0].Facts = nil
	current(c).Questions[0].Text = ""
	if got := len(c.Check()); got < 5 {
		t.Errorf("Check() finds %d problems of 5: %v", got, c.Check())
	}
	empty := &Comparison{}
	if got := len(empty.Check()); got != 7 {
		t.Errorf("Check() of nothing finds %d problems, want 7: %v", got, empty.Check())
	}
}
