package report

import (
	"fmt"
	"strconv"
	"strings"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

// minus is the sign of a negative number in text; a hyphen is shorter than
// digits are wide.
const minus = "\u2212"

// Points are points of a score or a margin, in tenths: 724 is 72.4.
type Points int

// String writes the points with one decimal: "72.4".
func (p Points) String() string { return string(p.Append(nil)) }

// Append appends what String returns.
func (p Points) Append(b []byte) []byte {
	if p < 0 {
		b, p = append(b, minus...), -p
	}
	b = strconv.AppendInt(b, int64(p)/10, 10)
	return append(b, '.', '0'+byte(p%10))
}

// Size returns the points without their sign.
func (p Points) Size() Points { return max(p, -p) }

// MarshalJSON writes the points as a number with one decimal.
func (p Points) MarshalJSON() ([]byte, error) {
	return []byte(strings.Replace(p.String(), minus, "-", 1)), nil
}

// A Ratio is a part of a whole, or a factor. Of is positive.
type Ratio struct{ Num, Of int64 }

func ratioOf(r score.Ratio) Ratio { return Ratio{r.Num, r.Den} }

// ratio keeps a ratio that a report points to.
func (m *maker) ratio(r Ratio) *Ratio {
	m.ratios = append(m.ratios, r)
	return &m.ratios[len(m.ratios)-1]
}

func (m *maker) ratioPointer(r *score.Ratio) *Ratio {
	if r == nil {
		return nil
	}
	return m.ratio(ratioOf(*r))
}

// between keeps an interval that a report points to.
func (m *maker) between(iv score.Interval) *Range {
	m.ranges = append(m.ranges, Range{ratioOf(iv.Lower), m.ratioPointer(iv.Upper)})
	return &m.ranges[len(m.ranges)-1]
}

func (m *maker) points(p Points) string { return pointsIn(&m.words, p) }

func pointsIn(words *compare.Prose, p Points) string {
	var text [16]byte
	return words.Text(p.Append(text[:0]))
}

func (m *maker) percent(r Ratio) string { return percentIn(&m.words, r) }

func percentIn(words *compare.Prose, r Ratio) string {
	var text [16]byte
	return words.Text(r.AppendPercent(text[:0]))
}

// MarshalJSON writes the ratio as a number with at most four decimals, the last
// one rounded half up. All ratios of a report are 0 or more.
func (r Ratio) MarshalJSON() ([]byte, error) {
	n := (20_000*r.Num + r.Of) / (2 * r.Of)
	s := fmt.Sprintf("%d.%04d", n/10_000, n%10_000)
	return []byte(strings.TrimSuffix(strings.TrimRight(s, "0"), ".")), nil
}

// Percent writes the ratio in whole percent, half up. It is never "100%" or
// "0%" for what is not quite all or none.
func (r Ratio) Percent() string { return string(r.AppendPercent(nil)) }

// AppendPercent appends what Percent returns.
func (r Ratio) AppendPercent(b []byte) []byte {
	p := (200*r.Num + r.Of) / (2 * r.Of)
	switch {
	case p == 100 && r.Num < r.Of:
		return append(b, "over 99%"...)
	case p == 0 && r.Num > 0:
		return append(b, "under 1%"...)
	}
	return append(strconv.AppendInt(b, p, 10), "%"...)
}

// count writes a number with the right form of its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return compare.Thousands(n) + " " + many
}

// join lists texts as prose does: "a, b and c", with the given last word.
func join(texts []string, word string) string {
	return new(compare.Prose).List(texts, word, "", "")
}

// quoted lists texts as "“a”, “b” or “c”".
func quoted(words *compare.Prose, texts []string) string {
	return words.List(texts, "or", "“", "”")
}
