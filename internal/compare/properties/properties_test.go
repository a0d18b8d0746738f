// Package properties has no code, only tests: what is true of all answers, their
// codes and forms. They stand apart because a fuzzer looks at all code of the
// test program after every input: with rapid in it, those of package compare
// tried a fourth to two thirds as many.
package properties

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tiebreak/internal/compare"
)

// The digits of codes and the largest number of an edition, as published.
const (
	digits      = "0123456789abcdefghjkmnpqrstvwxyz"
	mostEdition = 1023
)

// property tries a property on 100 inputs, rounds times.
func property(t *testing.T, rounds int, prop func(t *rapid.T)) {
	t.Helper()
	t.Parallel()
	for range rounds {
		rapid.Check(t, prop)
		if t.Failed() {
			return
		}
	}
}

// anyComparison draws a comparison of one edition with questions in any slots,
// some retired or of a fixed importance.
func anyComparison(t *rapid.T) *compare.Comparison {
	slots := rapid.Permutation(slices.Collect(countTo(compare.MaxSlots))).Draw(t, "slots")
	slots = slots[:rapid.IntRange(1, compare.MaxSlots).Draw(t, "questions")]
	e := &compare.Edition{
		Comparison: rapid.StringMatching(`[a-z0-9]{1,8}-vs-[a-z0-9]{1,8}`).Draw(t, "slug"),
		Number:     rapid.IntRange(1, mostEdition).Draw(t, "edition"),
	}
	for i, slot := range slots {
		q := compare.Question{ID: fmt.Sprintf("q%d", i), Slot: slot, Text: fmt.Sprintf("%d?", i)}
		q.Retired = rapid.IntRange(0, 9).Draw(t, "retired") == 0
		if rapid.IntRange(0, 4).Draw(t, "fixed") == 0 {
			mark := compare.Importance(rapid.IntRange(0, 3).Draw(t, "mark"))
			q.Fixed = &mark
		}
		for n := 1; n <= compare.MaxChoices; n++ {
			if rapid.Bool().Draw(t, "choice") {
				q.Choices = append(q.Choices, compare.Choice{ID: fmt.Sprintf("c%d", n), Number: n})
			}
		}
		e.Questions = append(e.Questions, q)
	}
	return &compare.Comparison{Slug: e.Comparison, Editions: []*compare.Edition{e}}
}

func countTo(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// anyAnswers draws what the form of an edition could send.
func anyAnswers(t *rapid.T, e *compare.Edition) compare.Answers {
	a := e.NoAnswers()
	for _, q := range e.Asked() {
		if len(q.Choices) == 0 || rapid.IntRange(0, 2).Draw(t, "unsure") == 0 {
			continue
		}
		ans := compare.Answer{
			Choice:     rapid.SampledFrom(q.Choices).Draw(t, "answer").Number,
			Importance: compare.Importance(rapid.IntRange(0, 3).Draw(t, "importance")),
		}
		if q.Fixed != nil {
			ans.Importance = *q.Fixed
		}
		a = a.With(q.Slot, ans)
	}
	return a
}

// said writes answers for messages.
func said(a compare.Answers) string {
	if a == (compare.Answers{}) {
		return "" // of no edition
	}
	return a.Params().Encode()
}

func TestCodeRoundTrip(t *testing.T) {
	property(t, 20, func(t *rapid.T) {
		c := anyComparison(t)
		a := anyAnswers(t, c.Current())
		code := a.Code()
		if canonical, same := compare.Canonical(code); !same {
			t.Fatalf("Canonical(%q) = %q, want it as it is", code, canonical)
		}
		d, err := c.Decode(code)
		if err != nil || d.Answers != a || !d.Kept() || d.Ignored != nil {
			t.Fatalf("Decode(%q) = %q, %v, want %q", code, said(d.Answers), err, said(a))
		}
		if again := d.Answers.Code(); again != code {
			t.Fatalf("Code(Decode(%q)) = %q", code, again)
		}
	})
}

// What people do to a code on paper changes nothing about what it says.
func TestCodeCopiedByHand(t *testing.T) {
	property(t, 3, func(t *rapid.T) {
		c := anyComparison(t)
		a := anyAnswers(t, c.Current())
		var copied strings.Builder
		for _, r := range a.Code() {
			options := []string{string(r), strings.ToUpper(string(r))}
			switch r {
			case '0':
				options = append(options, "o", "O")
			case '1':
				options = append(options, "i", "I", "l", "L")
			}
			copied.WriteString(rapid.SampledFrom(options).Draw(t, "symbol"))
			copied.WriteString(rapid.SampledFrom([]string{"", "", "-"}).Draw(t, "hyphen"))
		}
		if canonical, _ := compare.Canonical(copied.String()); canonical != a.Code() {
			t.Fatalf("Canonical(%q) = %q, want %q", copied.String(), canonical, a.Code())
		}
		if d, err := c.Decode(copied.String()); err != nil || d.Answers != a {
			t.Fatalf("Decode(%q) = %q, %v, want %q", copied.String(), said(d.Answers), err, said(a))
		}
	})
}

// One state has one code: different answers have different codes.
func TestCodesDiffer(t *testing.T) {
	property(t, 5, func(t *rapid.T) {
		c := anyComparison(t)
		a, b := anyAnswers(t, c.Current()), anyAnswers(t, c.Current())
		if (a.Code() == b.Code()) != (a == b) {
			t.Fatalf("codes %q and %q of %q and %q", a.Code(), b.Code(), said(a), said(b))
		}
	})
}

func TestThreeErrorsSeen(t *testing.T) {
	property(t, 5, func(t *rapid.T) {
		c := anyComparison(t)
		code := anyAnswers(t, c.Current()).Code()
		damaged := []byte(code)
		places := rapid.Permutation(slices.Collect(countTo(len(code)))).Draw(t, "places")
		for _, i := range places[:rapid.IntRange(1, 3).Draw(t, "errors")] {
			was := strings.IndexByte(digits, damaged[i])
			damaged[i] = digits[(was+rapid.IntRange(1, 31).Draw(t, "error"))%32]
		}
		if d, err := c.Decode(string(damaged)); err == nil {
			t.Fatalf("Decode(%q), damaged from %q, = %q, want an error", damaged, code, said(d.Answers))
		}
	})
}

func TestFormRoundTrip(t *testing.T) {
	property(t, 5, func(t *rapid.T) {
		e := anyComparison(t).Current()
		a := anyAnswers(t, e)
		form := url.Values{}
		for _, q := range e.Asked() {
			ch, importance := a.To(q)
			if ch == nil {
				form.Set(q.ID, rapid.SampledFrom([]string{"", compare.Unsure}).Draw(t, "unsure"))
				continue
			}
			form.Set(q.ID, ch.ID)
			if q.Fixed == nil {
				form.Set(compare.ImportanceField(q.ID), importance.String())
			}
		}
		if got, err := e.Answers(form); err != nil || got != a {
			t.Fatalf("Answers(%v) = %q, %v, want %q", form, said(got), err, said(a))
		}
	})
}

func TestParamsRoundTrip(t *testing.T) {
	property(t, 5, func(t *rapid.T) {
		e := anyComparison(t).Current()
		a := anyAnswers(t, e)
		params, err := url.ParseQuery(a.Params().Encode())
		if err != nil {
			t.Fatal(err)
		}
		params.Set("utm_source", "mail")
		if got, err := e.Params(params); err != nil || got != a {
			t.Fatalf("Params(%v) = %q, %v, want %q", params, said(got), err, said(a))
		}
	})
}
