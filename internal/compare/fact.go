package compare

import (
	"strconv"
	"strings"
)

// Strength says how a fact came to be known, strongest kinds first.
type Strength string

// The strengths a fact may have.
const (
	Measured   Strength = "measured"    // measured by a program in this repository
	Official   Strength = "official"    // said by those who make the thing, or read from its metadata
	ThirdParty Strength = "third-party" // measured or reported by somebody else
	Survey     Strength = "survey"      // answers people gave
	Opinion    Strength = "opinion"     // somebody's judgement
)

// Strengths lists the strengths a fact may have, strongest first.
func Strengths() []Strength {
	return []Strength{Measured, Official, ThirdParty, Survey, Opinion}
}

// A Fact is one sourced statement about the world. Cells, claims and articles
// cite facts by their ids.
type Fact struct {
	ID        string
	Topic     string  // id of a Topic
	Statement string  // one sentence in our own words
	Values    []Value // the figures the statement turns on, each by name
	Strength  Strength
	Secondary bool   // read in a quotation, not in the source itself
	Doubt     string // why to read it with care, "" where there is no reason
	Sources   []Source
	// Measurement is the id of the measurement whose results the values come
	// from; the fact then has no other source. It is "" for all other facts.
	Measurement string
	Checked     Date
	ReviewBy    Date
}

// A Value is one figure of a fact. Prose prints it by its name, so that no
// figure is typed twice.
type Value struct {
	Name string // [a-z0-9_]+, unique within the fact
	Text string // as printed, with thousands separators: "47,917", "26.0", "5 August 2026"
	Unit string // printed after Text: "ms", "%", "requests/s"; "" for none
}

// Value returns the figure with the given name, or an empty name where the
// fact has just one figure.
func (f *Fact) Value(name string) (Value, bool) {
	if name == "" && len(f.Values) == 1 {
		return f.Values[0], true
	}
	for _, v := range f.Values {
		if v.Name == name {
			return v, true
		}
	}
	return Value{}, false
}

// String prints the value as a plain sentence has it: "136 ms", "47%".
func (v Value) String() string {
	switch v.Unit {
	case "":
		return v.Text
	case "%":
		return v.Text + v.Unit
	}
	return v.Text + " " + v.Unit
}

// Stale reports whether the fact is past its review date on the given day.
func (f *Fact) Stale(today Date) bool { return f.ReviewBy.Before(today) }

// A Source is where a fact can be read.
type Source struct {
	Title     string
	Publisher string
	URL       string // https
	Date      string // as precise as the source is: 2026, 2026-08, 2026-08-05 or "undated"
}

// A Date is a calendar day written 2006-01-02. The zero value is no date.
// Dates compare as strings, so no clock or time zone is involved.
type Date string

// Before reports whether d is an earlier day than e. No date is before every day.
func (d Date) Before(e Date) bool { return d < e }

var months = [...]string{
	"January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December",
}

// Long returns the date as "5 August 2026".
func (d Date) Long() string { return string(d.AppendLong(nil)) }

// AppendLong appends what Long returns.
func (d Date) AppendLong(b []byte) []byte {
	if !d.Valid() {
		return append(b, d...)
	}
	b = append(strconv.AppendInt(b, int64(d.number(8, 10)), 10), ' ')
	b = append(append(b, months[d.number(5, 7)-1]...), ' ')
	return append(b, d[:4]...)
}

// is reports whether a value of a fact gives the day d: in one of its forms, or
// as a month, which ends with its last day.
func (d Date) is(text string) bool {
	day, month, _ := strings.Cut(d.Long(), " ")
	return text == string(d) || text == d.Long() ||
		text == month && day == strconv.Itoa(daysIn(d.number(0, 4), d.number(5, 7)))
}

// Valid reports whether d is a real calendar day in the form 2006-01-02.
func (d Date) Valid() bool {
	if len(d) != 10 || d[4] != '-' || d[7] != '-' {
		return false
	}
	for i, r := range d {
		if i != 4 && i != 7 && (r < '0' || r > '9') {
			return false
		}
	}
	year, month, day := d.number(0, 4), d.number(5, 7), d.number(8, 10)
	return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

func (d Date) number(from, to int) int {
	n := 0
	for _, r := range d[from:to] {
		n = n*10 + int(r-'0')
	}
	return n
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// Credit names where a fact can be read, in a few words: its first source's
// publisher and year.
func (f *Fact) Credit() string {
	if len(f.Sources) == 0 {
		return f.ID
	}
	s := f.Sources[0]
	if len(s.Date) < 4 || s.Date == "undated" {
		return s.Publisher
	}
	return s.Publisher + " " + s.Date[:4]
}
