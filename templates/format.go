package templates

import (
	"strings"

	"tiebreak/internal/compare"
)

// count writes a number with the right form of its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return compare.Thousands(n) + " " + many
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

// importanceTitle is the word at the start of a label.
func importanceTitle(i compare.Importance) string {
	w := i.Word()
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
		return "Third party"
	case compare.Survey:
		return "Survey"
	default:
		return "Opinion"
	}
}

// sourceDate writes the date of a source as far as it is known.
func sourceDate(s compare.Source) string {
	if month := compare.Date(s.Date + "-01"); month.Valid() {
		return strings.TrimPrefix(month.Long(), "1 ")
	}
	return compare.Date(s.Date).Long() // a whole day, or as it is: a year, or undated
}

// sourceEnd is what stands after the i-th source of a fact.
func sourceEnd(f *compare.Fact, i int) string {
	switch {
	case i < len(f.Sources)-1:
		return ";"
	case f.Secondary:
		return ". Read in a quotation, not in the source itself."
	}
	return "."
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

// sections counts the headings that a contents list shows.
func sections(headings []compare.Heading) int {
	n := 0
	for _, h := range headings {
		if h.Level == 2 {
			n++
		}
	}
	return n
}
