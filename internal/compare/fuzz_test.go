package compare

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// FuzzDecode reads any text as a code, and any symbols with the right check
// behind them.
func FuzzDecode(f *testing.F) {
	c := valid()
	for _, code := range []string{
		"", "1", "107ycx", "107710r56q", "IO7-7LO-R56Q", "\xff\xfe", strings.Repeat("-", 200),
		c.Edition(1).NoAnswers().Code(),
		give(f, c.Edition(1), "when 1 must,budget 2 low,walls 3 high,taste 1 normal").Code(),
		give(f, c.Current(), "when 2 high,indoors 1 low,outdoors 7 must").Code(),
	} {
		f.Add(code)
	}
	f.Fuzz(func(t *testing.T, text string) {
		decodeAny(t, c, text)
		if symbols, err := ParseSymbols(text); err == nil && len(symbols) < 100 {
			decodeAny(t, c, forge(c.Slug, slices.Clone(symbols)...)) // forge writes into what it gets
			decodeAny(t, c, forge(c.Slug, append([]byte{1, 0, 2}, symbols...)...))
		}
	})
}

func decodeAny(t *testing.T, c *Comparison, code string) {
	d, err := c.Decode(code)
	if err != nil {
		var bad *CodeError
		if !errors.As(err, &bad) || bad.Msg == "" || !errors.Is(err, ErrNotFound) {
			t.Fatalf("Decode(%q) = %v, want a CodeError with a message", code, err)
		}
		return
	}
	canonical, _ := Canonical(code)
	if got := d.Answers.Code(); d.Kept() && d.Ignored == nil && got != canonical {
		t.Fatalf("Code(Decode(%q)) = %q, want %q", code, got, canonical)
	}
	checkAnswers(t, d.Answers)
	if renewed, _ := c.Renew(d.Answers); renewed.Edition() != c.Current() {
		t.Fatalf("Renew(%q) is of edition %d", code, renewed.Edition().Number)
	} else {
		checkAnswers(t, renewed)
	}
}

// checkAnswers checks that answers are what their edition offers, and that
// their link leads back to them.
func checkAnswers(t *testing.T, a Answers) {
	t.Helper()
	e := a.Edition()
	for slot := range MaxSlots {
		ans := a.At(slot)
		if ans == (Answer{}) {
			continue
		}
		q := e.QuestionAt(slot)
		if q == nil || q.Retired || q.Numbered(ans.Choice) == nil || q.Numbered(ans.Choice).Retired {
			t.Fatalf("slot %d holds %+v, which nobody offers", slot, ans)
		}
		if q.Fixed != nil && ans.Importance != *q.Fixed {
			t.Fatalf("slot %d holds importance %s of a question that is always %s", slot, ans.Importance, *q.Fixed)
		}
	}
	if got, err := e.Params(a.Params()); err != nil || got != a {
		t.Fatalf("Params(%v) = %q, %v, want %q", a.Params(), said(got), err, said(a))
	}
}

var formSeeds = []string{
	"", "when=tonight", "when=tonight&when.importance=must&budget=short&budget.importance=low",
	"outdoors=yes&indoors=unsure", "outdoors=yes&outdoors.importance=low", "when=tonight.high&outdoors=no.must",
	"when=a&when=b&taste=warm&where=x", ".importance=high", "when=.&budget=short.", "utm_source=a&fbclid=b",
	"%ff=%fe&when=%00", strings.Repeat("a=b&", 200),
}

// FuzzAnswers reads any form.
func FuzzAnswers(f *testing.F) { fuzzFields(f, (*Edition).Answers) }

// FuzzParams reads any link parameters.
func FuzzParams(f *testing.F) { fuzzFields(f, (*Edition).Params) }

func fuzzFields(f *testing.F, read func(*Edition, url.Values) (Answers, error)) {
	c := valid()
	for _, seed := range formSeeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		fields, _ := url.ParseQuery(query) // what can be read of it
		a, err := read(c.Current(), fields)
		checkAnswers(t, a)
		var bad *InputError
		switch {
		case err == nil:
			if d, err := c.Decode(a.Code()); err != nil || d.Answers != a {
				t.Fatalf("Decode(%q) = %q, %v, want %q", a.Code(), said(d.Answers), err, said(a))
			}
		case errors.Is(err, ErrTooManyFields):
			if len(fields) <= MaxFields {
				t.Fatalf("%d fields are too many", len(fields))
			}
		case !errors.As(err, &bad) || len(bad.Questions)+len(bad.Fields) == 0:
			t.Fatalf("error = %v, want an InputError", err)
		default:
			for id := range bad.Questions {
				if q := c.Current().Question(id); q == nil || q.Retired {
					t.Fatalf("question %q has a message and is not asked", id)
				}
			}
		}
	})
}
