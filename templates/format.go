package templates

import (
	"fmt"
	"strconv"
	"strings"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

// minus is the sign of a negative number; a hyphen is shorter than digits are wide.
const minus = "\u2212"

// tenths writes a number of tenths with one decimal: 724 is "72.4".
func tenths(n int) string {
	sign := ""
	if n < 0 {
		sign, n = minus, -n
	}
	return fmt.Sprintf("%s%d.%d", sign, n/10, n%10)
}

// signed writes a number of tenths with its sign, zero without.
func signed(n int) string {
	if n > 0 {
		return "+" + tenths(n)
	}
	return tenths(n)
}

// percent writes part of a whole in whole percent, half up; never "100 %" or
// "0 %" for what is not quite all or none.
func percent(part, whole int64) string {
	if whole == 0 {
		return "0\u00a0%"
	}
	p := (200*part + whole) / (2 * whole)
	switch {
	case p == 100 && part < whole:
		return "over 99\u00a0%"
	case p == 0 && part > 0:
		return "under 1\u00a0%"
	}
	return strconv.FormatInt(p, 10) + "\u00a0%"
}

// thousands writes a whole number with separators.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// count writes a number with the right form of its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}

// times writes a ratio as a factor with one decimal, half up: "0.3".
func times(r score.Ratio) string {
	n := (20*r.Num + r.Den) / (2 * r.Den)
	return tenths(int(n))
}

// share writes a ratio of a whole in percent.
func share(r score.Ratio) string { return percent(r.Num, r.Den) }

// list joins names as prose does: "a, b and c".
func list(names []string) string {
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
}

// optionNames lists the options of a comparison as prose: "Node.js and Python".
func optionNames(options []compare.Option, word string) string {
	names := make([]string, len(options))
	for i, o := range options {
		names[i] = o.Name
	}
	n := len(names)
	return strings.Join(names[:n-1], ", ") + " " + word + " " + names[n-1]
}

// importanceWord is what the form calls an importance mark.
func importanceWord(i compare.Importance) string {
	switch i {
	case compare.Low:
		return "less"
	case compare.High:
		return "more"
	case compare.Mandatory:
		return "must"
	default:
		return "normal"
	}
}

// importanceTitle is the word at the start of a label.
func importanceTitle(i compare.Importance) string {
	w := importanceWord(i)
	return strings.ToUpper(w[:1]) + w[1:]
}

// strengthWord says how a fact came to be known.
func strengthWord(s compare.Strength) string {
	switch s {
	case compare.Measured:
		return "Measured here"
	case compare.Official:
		return "Official"
	case compare.ThirdParty:
		return "Third-party measurement"
	case compare.Survey:
		return "Survey"
	default:
		return "Opinion"
	}
}

// sourceDate writes the date of a source as far as it is known.
func sourceDate(s compare.Source) string {
	switch len(s.Date) {
	case 10:
		return compare.Date(s.Date).Long()
	case 7:
		long := compare.Date(s.Date + "-01").Long()
		return strings.TrimPrefix(long, "1 ")
	default:
		return s.Date
	}
}

// contactText shows a contact address without its scheme.
func contactText(contact string) string {
	for _, scheme := range []string{"mailto:", "https://"} {
		if rest, ok := strings.CutPrefix(contact, scheme); ok {
			return rest
		}
	}
	return contact
}

// noun picks the form of a noun for a number that is not printed.
func noun(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
