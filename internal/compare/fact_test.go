package compare

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Every day of two centuries, and every day there is not.
func TestDates(t *testing.T) {
	t.Parallel()
	days, before := 0, Date("1899-12-31")
	for year := 1900; year <= 2100; year++ {
		for month := 0; month <= 13; month++ {
			for _, day := range daysTried(month) {
				text := fmt.Sprintf("%04d-%02d-%02d", year, month, day)
				d := Date(text)
				want, err := time.Parse(time.DateOnly, text)
				if d.Valid() != (err == nil) {
					t.Fatalf("Date(%q).Valid() = %v, want %v", text, d.Valid(), err == nil)
				}
				if err != nil {
					if d.Long() != text {
						t.Fatalf("Date(%q).Long() = %q, want it as it is", text, d.Long())
					}
					continue
				}
				days++
				if got, want := d.Long(), want.Format("2 January 2006"); got != want {
					t.Fatalf("Date(%q).Long() = %q, want %q", text, got, want)
				}
				if !before.Before(d) || d.Before(before) || d.Before(d) {
					t.Fatalf("%s is not before %s", before, d)
				}
				before = d
			}
		}
	}
	if want := 73414; days != want {
		t.Errorf("%d days, want %d", days, want)
	}
}

// daysTried leaves out what cannot go wrong in a month there is not.
func daysTried(month int) []int {
	if month < 1 || month > 12 {
		return []int{1, 31}
	}
	days := make([]int, 33)
	for i := range days {
		days[i] = i
	}
	return days
}

func TestNoDates(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "2026", "2026-11", "2026-1-1", "26-11-23", "2026/11/23", "2026-11-23 ", " 2026-11-23", "2026-11-2x",
		"2026-11-+1", "-026-11-23", "２026-11-2", "2026-11-٣", "undated", "2026-11-23T00:00:00Z", "20261123",
	} {
		if Date(text).Valid() {
			t.Errorf("Date(%q).Valid() = true, want false", text)
		}
		if got := Date(text).Long(); got != text {
			t.Errorf("Date(%q).Long() = %q, want it as it is", text, got)
		}
	}
	if !Date("").Before("1900-01-01") {
		t.Error("no date is not before every day")
	}
}

func TestStale(t *testing.T) {
	t.Parallel()
	f := &Fact{ReviewBy: "2027-05-01"}
	for today, want := range map[Date]bool{"2027-04-30": false, "2027-05-01": false, "2027-05-02": true, "2028-01-01": true} {
		if got := f.Stale(today); got != want {
			t.Errorf("Stale(%s) = %v, want %v", today, got, want)
		}
	}
}

func TestFactValue(t *testing.T) {
	t.Parallel()
	two := valid().Fact("F-1")
	if v, ok := two.Value("days"); !ok || v != (Value{"days", "0.1", "d"}) {
		t.Errorf("Value(days) = %v, %v", v, ok)
	}
	for _, name := range []string{"", "weeks", "Days"} {
		if v, ok := two.Value(name); ok {
			t.Errorf("Value(%q) of two = %v, want none", name, v)
		}
	}
	one := &Fact{Values: []Value{{"ms", "136", "ms"}}}
	if v, ok := one.Value(""); !ok || v.Text != "136" {
		t.Errorf("Value() of one = %v, %v, want it", v, ok)
	}
	if v, ok := new(Fact).Value(""); ok {
		t.Errorf("Value() of none = %v, want none", v)
	}
}

func TestStrengths(t *testing.T) {
	t.Parallel()
	want := []Strength{"measured", "official", "third-party", "survey", "opinion"}
	if diff := cmp.Diff(want, Strengths()); diff != "" {
		t.Errorf("Strengths() (-want +got):\n%s", diff)
	}
}

func TestMinutes(t *testing.T) {
	t.Parallel()
	for words, want := range map[int]int{0: 1, 1: 1, 329: 1, 330: 2, 2500: 11, 5000: 23} {
		if got := (Article{Words: words}).Minutes(); got != want {
			t.Errorf("Minutes of %d words = %d, want %d", words, got, want)
		}
	}
}
