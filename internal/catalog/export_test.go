package catalog

import "tiebreak/internal/compare"

// Contrast lets tests judge the colours of the style sheet.
func Contrast(a, b string) (float64, bool) { return contrast(a, b) }

// Unproven lets tests see which numbers of a text stand in none of the facts.
func Unproven(text string, facts ...*compare.Fact) []string {
	var numbers []string
	for _, n := range (prose{text: text, facts: facts, units: []string{"packages"}}).unproven() {
		numbers = append(numbers, n.text)
	}
	return numbers
}

// Numerals lets tests see the numerals of a text.
func Numerals(text string) []string {
	var numerals []string
	for n := range numeralsIn(text) {
		numerals = append(numerals, n.text)
	}
	return numerals
}
