package compare

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	unknownField  = "No question here has this name. The link or form may belong to another comparison."
	retiredField  = "This question is no longer asked."
	moreThanOnce  = "This was answered more than once. Choose one answer."
	notOffered    = "This is not one of the answers offered. Choose one of them, or “Not sure”."
	noMark        = "How much it matters must be one of low, normal, high or must."
	alwaysMust    = `This question always counts as "must": leave its importance out.`
	markBehind    = "In a link the importance stands behind the answer, as in when=tonight.high."
	markHalfThere = "An answer in a link is written as in when=tonight or when=tonight.high."
	invalidUTF8   = "\xff\xfe"
)

// A formTest sends fields to the second edition of valid.
type formTest struct {
	name   string
	fields url.Values
	want   string            // answers kept
	bad    map[string]string // messages by question
	other  map[string]string // messages by field that has no question
}

func (tt formTest) run(t *testing.T, read func(*Edition, url.Values) (Answers, error)) {
	t.Helper()
	e := valid().Current()
	before := fmt.Sprint(tt.fields)
	a, err := read(e, tt.fields)
	if got := said(a); got != tt.want {
		t.Errorf("%s: answers = %q, want %q", tt.name, got, tt.want)
	}
	if a.Edition() != e {
		t.Errorf("%s: answers are of edition %v", tt.name, a.Edition())
	}
	if got := fmt.Sprint(tt.fields); got != before {
		t.Errorf("%s: fields were changed to %s", tt.name, got)
	}
	if tt.bad == nil && tt.other == nil {
		if err != nil {
			t.Errorf("%s: error = %v, want none", tt.name, err)
		}
		return
	}
	var bad *InputError
	if !errors.As(err, &bad) {
		t.Errorf("%s: error = %v, want an InputError", tt.name, err)
		return
	}
	for _, m := range []struct {
		what      string
		got, want map[string]string
	}{{"questions", bad.Questions, tt.bad}, {"fields", bad.Fields, tt.other}} {
		if !maps.Equal(m.got, m.want) {
			t.Errorf("%s: %s (-want +got):\n%s", tt.name, m.what, cmp.Diff(m.want, m.got))
		}
	}
	want := fmt.Sprintf("%d of the answers sent cannot be read", len(tt.bad)+len(tt.other))
	if bad.Error() != want {
		t.Errorf("%s: Error() = %q, want %q", tt.name, bad.Error(), want)
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	one := func(name, msg string) map[string]string { return map[string]string{name: msg} }
	for _, tt := range []formTest{
		{name: "nothing", fields: nil},
		{name: "choice", fields: values("when", "tonight"), want: "when 1 normal"},
		{name: "low", fields: values("when", "later", "when.importance", "low"), want: "when 2 low"},
		{name: "normal", fields: values("when", "later", "when.importance", "normal"), want: "when 2 normal"},
		{name: "high", fields: values("when", "later", "when.importance", "high"), want: "when 2 high"},
		{name: "must", fields: values("when", "later", "when.importance", "must"), want: "when 2 must"},
		{name: "not sure", fields: values("when", "unsure")},
		{name: "not sure, but it matters", fields: values("when", "unsure", "when.importance", "high")},
		{name: "importance alone", fields: values("when.importance", "high")},
		{name: "empty", fields: values("when", "", "when.importance", "")},
		{name: "empty importance", fields: values("when", "tonight", "when.importance", ""), want: "when 1 normal"},
		{name: "order does not matter", fields: values("outdoors", "yes", "budget", "short", "when", "later"), want: "when 2 normal,budget 1 normal,outdoors 7 must"},
		{name: "fixed importance", fields: values("outdoors", "yes"), want: "outdoors 7 must"},
		{name: "fixed importance said", fields: values("outdoors", "yes", "outdoors.importance", "must"), want: "outdoors 7 must"},
		{name: "fixed importance changed", fields: values("outdoors", "yes", "outdoors.importance", "low"), want: "outdoors 7 must", bad: one("outdoors", alwaysMust)},
		{name: "fixed importance changed, not sure", fields: values("outdoors", "unsure", "outdoors.importance", "low"), bad: one("outdoors", alwaysMust)},
		{name: "unknown choice", fields: values("when", "never", "budget", "short"), want: "budget 1 normal", bad: one("when", notOffered)},
		{name: "choice of another question", fields: values("when", "short"), bad: one("when", notOffered)},
		{name: "choice by number", fields: values("when", "1"), bad: one("when", notOffered)},
		{name: "choice by label", fields: values("when", "Tonight"), bad: one("when", notOffered)},
		{name: "retired choice", fields: values("indoors", "perhaps"), bad: one("indoors", notOffered)},
		{name: "choice in upper case", fields: values("when", "TONIGHT"), bad: one("when", notOffered)},
		{name: "choice with a space", fields: values("when", "tonight "), bad: one("when", notOffered)},
		{name: "the form of a link", fields: values("when", "tonight.high"), bad: one("when", notOffered)},
		{name: "choice not UTF-8", fields: values("when", invalidUTF8), bad: one("when", notOffered)},
		{name: "unknown importance", fields: values("when", "tonight", "when.importance", "huge"), want: "when 1 normal", bad: one("when", noMark)},
		{name: "importance in upper case", fields: values("when", "tonight", "when.importance", "HIGH"), want: "when 1 normal", bad: one("when", noMark)},
		{name: "unknown importance, not sure", fields: values("when", "unsure", "when.importance", "huge"), bad: one("when", noMark)},
		{name: "two choices", fields: values("when", "tonight", "when", "later"), bad: one("when", moreThanOnce)},
		{name: "one choice twice", fields: values("when", "tonight", "when", "tonight"), bad: one("when", moreThanOnce)},
		{name: "two marks", fields: values("when", "tonight", "when.importance", "low", "when.importance", "low"), bad: one("when", moreThanOnce)},
		{name: "unknown question", fields: values("where", "here", "when", "tonight"), want: "when 1 normal", other: one("where", unknownField)},
		{name: "unknown importance field", fields: values("where.importance", "low"), other: one("where.importance", unknownField)},
		{name: "importance of nothing", fields: values(".importance", "low"), other: one(".importance", unknownField)},
		{name: "importance of importance", fields: values("when.importance.importance", "low"), other: one("when.importance.importance", unknownField)},
		{name: "field without a name", fields: values("", "x"), other: one("", unknownField)},
		{name: "field not UTF-8", fields: values(invalidUTF8, "x"), other: one(invalidUTF8, unknownField)},
		{name: "question in upper case", fields: values("WHEN", "tonight"), other: one("WHEN", unknownField)},
		{name: "retired question", fields: values("taste", "warm"), other: one("taste", retiredField)},
		{name: "importance of a retired question", fields: values("taste.importance", "low"), other: one("taste.importance", retiredField)},
		{name: "statistics are no part of a form", fields: values("utm_source", "mail"), other: one("utm_source", unknownField)},
		{
			name:   "many mistakes",
			fields: values("when", "never", "budget", "short", "budget.importance", "x", "a", "1", "b", "2", "outdoors", "no"),
			want:   "budget 1 normal,outdoors 2 must",
			bad:    map[string]string{"when": notOffered, "budget": noMark},
			other:  map[string]string{"a": unknownField, "b": unknownField},
		},
	} {
		tt.run(t, (*Edition).Answers)
	}
}

func TestParams(t *testing.T) {
	t.Parallel()
	one := func(name, msg string) map[string]string { return map[string]string{name: msg} }
	for _, tt := range []formTest{
		{name: "nothing", fields: nil},
		{name: "choice", fields: values("when", "tonight"), want: "when 1 normal"},
		{name: "low", fields: values("when", "tonight.low"), want: "when 1 low"},
		{name: "normal", fields: values("when", "tonight.normal"), want: "when 1 normal"},
		{name: "high", fields: values("when", "tonight.high"), want: "when 1 high"},
		{name: "must", fields: values("when", "tonight.must"), want: "when 1 must"},
		{name: "not sure", fields: values("when", "unsure")},
		{name: "not sure, but it matters", fields: values("when", "unsure.high")},
		{name: "empty", fields: values("when", "")},
		{name: "fixed importance", fields: values("outdoors", "no"), want: "outdoors 2 must"},
		{name: "fixed importance said", fields: values("outdoors", "no.must"), want: "outdoors 2 must"},
		{name: "fixed importance changed", fields: values("outdoors", "no.high"), want: "outdoors 2 must", bad: one("outdoors", alwaysMust)},
		{name: "unknown choice", fields: values("when", "never.high"), bad: one("when", notOffered)},
		{name: "retired choice", fields: values("indoors", "perhaps"), bad: one("indoors", notOffered)},
		{name: "unknown importance", fields: values("when", "tonight.huge"), want: "when 1 normal", bad: one("when", noMark)},
		{name: "two importances", fields: values("when", "tonight.high.low"), want: "when 1 normal", bad: one("when", noMark)},
		{name: "dot without importance", fields: values("when", "tonight."), bad: one("when", markHalfThere)},
		{name: "importance without choice", fields: values("when", ".high"), bad: one("when", markHalfThere)},
		{name: "only a dot", fields: values("when", "."), bad: one("when", markHalfThere)},
		{name: "twice", fields: values("when", "tonight", "when", "tonight"), bad: one("when", moreThanOnce)},
		{name: "the form of a form", fields: values("when", "tonight", "when.importance", "high"), bad: one("when", markBehind)},
		{name: "not UTF-8", fields: values("when", invalidUTF8+".high", invalidUTF8, ""), bad: one("when", notOffered), other: one(invalidUTF8, unknownField)},
		{name: "unknown question", fields: values("from", "107ycx", "when", "later"), want: "when 2 normal", other: one("from", unknownField)},
		{name: "retired question", fields: values("walls", "both"), other: one("walls", retiredField)},
		{
			name: "statistics of others",
			fields: values("utm_source", "mail", "utm_campaign", "a", "utm_campaign", "b", "fbclid", "x", "gclid", "x",
				"mc_cid", "x", "mc_eid", "x", "msclkid", "x", "when", "later.low"),
			want: "when 2 low",
		},
		{name: "not quite statistics", fields: values("utm", "x", "fbclid2", "x"), other: map[string]string{"utm": unknownField, "fbclid2": unknownField}},
	} {
		tt.run(t, (*Edition).Params)
	}
}

func TestTooManyFields(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		n    int
		want error
	}{{MaxFields, nil}, {MaxFields + 1, ErrTooManyFields}, {10_000, ErrTooManyFields}} {
		fields := values("when", "tonight")
		for i := range tt.n - 1 {
			fields.Set(fmt.Sprintf("utm_%d", i), "x")
		}
		e := valid().Current()
		if _, err := e.Answers(fields); errors.Is(err, ErrTooManyFields) != (tt.want != nil) {
			t.Errorf("Answers(%d fields) = %v, want %v", tt.n, err, tt.want)
		}
		// Params passes these over before it counts.
		if a, err := e.Params(fields); err != nil || said(a) != "when 1 normal" {
			t.Errorf("Params(%d fields) = %q, %v, want the one answer", tt.n, said(a), err)
		}
		for i := range tt.n {
			fields.Set(fmt.Sprintf("x%d", i), "x")
		}
		if a, err := e.Params(fields); tt.n > MaxFields && (!errors.Is(err, ErrTooManyFields) || a.Count() != 0) {
			t.Errorf("Params(%d fields) = %q, %v, want ErrTooManyFields", len(fields), said(a), err)
		}
	}
}

func TestInputErrorNames(t *testing.T) {
	t.Parallel()
	_, err := valid().Current().Answers(values("c", "", "a", "", "when", "x", "b", ""))
	var bad *InputError
	if !errors.As(err, &bad) {
		t.Fatalf("Answers = %v, want an InputError", err)
	}
	if diff := cmp.Diff([]string{"a", "b", "c"}, bad.FieldNames()); diff != "" {
		t.Errorf("FieldNames() (-want +got):\n%s", diff)
	}
}

func TestParamsOfQuestionWithoutChoices(t *testing.T) {
	t.Parallel()
	e := &Edition{Questions: []Question{{ID: "bare"}}}
	_, err := e.Params(values("bare", "."))
	var bad *InputError
	if !errors.As(err, &bad) || !strings.Contains(bad.Questions["bare"], "bare=answer.high") {
		t.Errorf("Params(bare=.) = %v", err)
	}
}

func TestAnswersAsParams(t *testing.T) {
	t.Parallel()
	e := valid().Current()
	a := give(t, e, "when 1 must,budget 2 normal,indoors 1 low,outdoors 7 must")
	if got, want := a.Params().Encode(), "budget=ample&indoors=yes.low&outdoors=yes&when=tonight.must"; got != want {
		t.Errorf("Params() = %q, want %q", got, want)
	}
	if got := e.NoAnswers().Params(); len(got) != 0 {
		t.Errorf("Params() of no answers = %v, want none", got)
	}
}

func TestImportance(t *testing.T) {
	t.Parallel()
	// The order is the result code's and never changes.
	for i, tt := range []struct {
		word  string
		times int64
	}{{"normal", 2}, {"low", 1}, {"high", 4}, {"must", 4}} {
		mark := Importance(i)
		if mark.String() != tt.word || mark.Multiplier() != tt.times {
			t.Errorf("Importance(%d) = %s times %d, want %s times %d", i, mark, mark.Multiplier(), tt.word, tt.times)
		}
		if got, ok := ParseImportance(tt.word); !ok || got != mark {
			t.Errorf("ParseImportance(%q) = %v, %v", tt.word, got, ok)
		}
	}
	if diff := cmp.Diff([]Importance{Low, Normal, High, Mandatory}, Importances()); diff != "" {
		t.Errorf("Importances() (-want +got):\n%s", diff)
	}
	for _, word := range []string{"", "Normal", "mandatory", "0"} {
		if got, ok := ParseImportance(word); ok || got != Normal {
			t.Errorf("ParseImportance(%q) = %v, %v, want normal, false", word, got, ok)
		}
	}
}

func TestAnswersAreValues(t *testing.T) {
	t.Parallel()
	e := valid().Current()
	a := give(t, e, "when 1 high")
	b := a.With(0, Answer{})
	if a.Count() != 1 || b.Count() != 0 || b != e.NoAnswers() {
		t.Errorf("With(no answer) left %q, and the original is %q", said(b), said(a))
	}
	if c := a.With(0, Answer{Choice: 0, Importance: High}); c != b {
		t.Errorf("an importance without choice is %+v, want no answer", c.At(0))
	}
	when, budget := e.Question("when"), e.Question("budget")
	if ch, i := a.To(when); ch == nil || ch.ID != "tonight" || i != High {
		t.Errorf("To(when) = %v, %v, want tonight, high", ch, i)
	}
	if ch, i := a.To(budget); ch != nil || i != Normal {
		t.Errorf("To(budget) = %v, %v, want none, normal", ch, i)
	}
}
