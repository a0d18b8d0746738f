package compare

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPlus(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	for n := range 3000 {
		want := Date(start.AddDate(0, 0, n).Format(time.DateOnly))
		if got := Date("2026-11-23").Plus(n); got != want {
			t.Fatalf("2026-11-23 and %d days = %s, want %s", n, got, want)
		}
	}
	for _, d := range []Date{"", "2026", "soon"} {
		if got := d.Plus(7); got != d {
			t.Errorf("%q and 7 days = %q, want it as it is", d, got)
		}
	}
}

// reviewed is a comparison whose facts are due on the given days.
func reviewed(days ...Date) *Comparison {
	c := &Comparison{}
	for _, day := range days {
		c.Facts = append(c.Facts, Fact{ID: string(day), Topic: "t", ReviewBy: day})
	}
	return c
}

func TestFreshness(t *testing.T) {
	t.Parallel()
	c := reviewed("2027-05-31", "2027-06-01", "2027-08-30", "2027-08-31", "2028-01-01")
	for _, tt := range []struct {
		today Date
		want  Freshness
	}{
		{"2026-11-23", Freshness{5, 0, 0, "2027-05-31"}},
		{"2027-03-02", Freshness{5, 0, 1, "2027-05-31"}},
		{"2027-06-01", Freshness{5, 1, 2, "2027-06-01"}},
		{"2027-08-31", Freshness{5, 3, 1, "2027-08-31"}},
		{"2028-01-01", Freshness{5, 4, 1, "2028-01-01"}},
		{"2028-01-02", Freshness{5, 5, 0, ""}},
	} {
		if diff := cmp.Diff(tt.want, c.Freshness(tt.today)); diff != "" {
			t.Errorf("on %s (-want +got):\n%s", tt.today, diff)
		}
		n := c.Freshness(tt.today)
		overdue, soon := len(c.Awaiting("t", ReviewOverdue, tt.today)), len(c.Awaiting("t", ReviewSoon, tt.today))
		if overdue != n.Overdue || soon != n.Soon || len(c.Awaiting("t", "", tt.today)) != n.Facts || len(c.Awaiting("u", "", tt.today)) != 0 {
			t.Errorf("on %s: lists of %d and %d facts, counted %d and %d", tt.today, overdue, soon, n.Overdue, n.Soon)
		}
	}
	if got := new(Comparison).Freshness("2027-01-01"); got != (Freshness{}) {
		t.Errorf("no facts: %+v", got)
	}
}

func TestAnyStale(t *testing.T) {
	t.Parallel()
	c := reviewed("2027-05-31", "2027-06-01")
	for _, tt := range []struct {
		ids   []string
		today Date
		want  bool
	}{
		{nil, "2028-01-01", false},
		{[]string{"none"}, "2028-01-01", false},
		{[]string{"2027-05-31", "2027-06-01"}, "2027-05-31", false},
		{[]string{"2027-06-01", "2027-05-31"}, "2027-06-01", true},
		{[]string{"2027-06-01"}, "2027-06-01", false},
	} {
		if got := c.AnyStale(tt.ids, tt.today); got != tt.want {
			t.Errorf("AnyStale(%q) on %s = %v, want %v", tt.ids, tt.today, got, tt.want)
		}
		row := &Criterion{Cells: []Cell{{}, {Facts: tt.ids}}}
		if got := c.StaleRow(row, tt.today); got != tt.want {
			t.Errorf("StaleRow(%q) on %s = %v, want %v", tt.ids, tt.today, got, tt.want)
		}
	}
}

func TestUnsupported(t *testing.T) {
	t.Parallel()
	c := &Comparison{Options: []Option{
		{ID: "a", Support: Support{"A 1", "2029-04-30", "F-1"}},
		{ID: "b"},
		{ID: "c", Support: Support{"C 1", "2029-01-01", "F-2"}},
	}}
	for today, want := range map[Date][]string{
		"":           nil,
		"2027-06-01": nil,
		"2028-07-04": nil,
		"2028-07-05": {"c soon"},
		"2028-10-31": {"c soon"},
		"2028-11-01": {"a soon", "c soon"},
		"2029-01-01": {"a soon", "c soon"},
		"2029-01-02": {"a soon", "c ended"},
		"2029-04-30": {"a soon", "c ended"},
		"2029-05-01": {"a ended", "c ended"},
	} {
		var got []string
		for _, o := range c.Unsupported(today) {
			if o.Support.Ended(today) == o.Support.EndsSoon(today) {
				t.Errorf("%s: ended and soon are not told apart", today)
			}
			word := " soon"
			if o.Support.Ended(today) {
				word = " ended"
			}
			got = append(got, o.ID+word)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("on %q (-want +got):\n%s", today, diff)
		}
	}
}
