package templates

import (
	"strings"
	"testing"

	"tiebreak/internal/compare"
)

func TestFreshnessTexts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		n    compare.Freshness
		want string
	}{
		{compare.Freshness{Facts: 183, Next: "2027-01-01"}, "0 of 183 facts are past their review date. 0 fall due in the next 90 days; the next is due on 1 January 2027."},
		{compare.Freshness{Facts: 2, Overdue: 1, Soon: 1, Next: "2027-01-01"}, "1 of 2 facts is past its review date. 1 falls due in the next 90 days; the next is due on 1 January 2027."},
		{compare.Freshness{Facts: 1183, Overdue: 1183}, "1,183 of 1,183 facts are past their review date. 0 fall due in the next 90 days."},
	} {
		if got := overdueText(tt.n) + ". " + soonText(tt.n) + nextText(tt.n); got != tt.want {
			t.Errorf("%+v:\n%s, want\n%s", tt.n, got, tt.want)
		}
	}
}

// Both options get the same words, whatever their names.
func TestSupportTexts(t *testing.T) {
	t.Parallel()
	a, b := compare.Support{Version: "A 1", Ends: "2027-06-01"}, compare.Support{Version: "B 2", Ends: "2027-06-01"}
	for today, want := range map[compare.Date]string{
		"2027-06-01": "Support for A 1 ends on 1 June 2027.", "2027-06-02": "Support for A 1 ended on 1 June 2027.",
	} {
		got := supportTitle(a, today)
		if got != want {
			t.Errorf("on %s: %q, want %q", today, got, want)
		}
		if strings.Replace(supportTitle(b, today), "B 2", "A 1", 1) != got || supportAdvice(a, today) != supportAdvice(b, today) {
			t.Errorf("on %s the options are told apart by more than their names", today)
		}
	}
	if supportAdvice(a, "2027-06-01") == supportAdvice(a, "2027-06-02") {
		t.Error("the advice is the same before and after the end")
	}
}

func TestCorrectionLink(t *testing.T) {
	t.Parallel()
	c := drinks()
	for contact, want := range map[string]string{
		"":                        "/method#corrections",
		"javascript:alert(1)":     "/method#corrections",
		"https://a.example/write": "https://a.example/write",
		"mailto:a@b.example": "mailto:a@b.example?subject=Correction%3A%20tea-vs-coffee-vs-mate%20fact%20D-1&" +
			"body=https%3A%2F%2Fsite.example%2Ftea-vs-coffee-vs-mate%2Fsources%23D-1%0D%0AThe%20site%20says%3A%20%3Ctea%3E%0D%0A",
		"https://github.com/o/r": "https://github.com/o/r/issues/new?body=https%3A%2F%2Fsite.example%2Ftea-vs-coffee-vs-mate%2Fsources%23D-1%0AThe+site",
	} {
		h := head(c, SourcesPath(c))
		h.Site.Contact = contact
		if got := correctionLink(h, "fact", "D-1", "<tea>"); !strings.HasPrefix(got, want) {
			t.Errorf("contact %q: %q, want %q", contact, got, want)
		}
	}
	if got := correctionLink(Head{}, "fact", "D-1", ""); got != CorrectionsPath {
		t.Errorf("no site: %q, want %q", got, CorrectionsPath)
	}
}
