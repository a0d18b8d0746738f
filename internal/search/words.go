package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tiebreak/internal/compare"
)

// maxWords is how many words of a query count; the rest is left out.
const maxWords = 16

// words returns the words of a query, with the names of options as the site
// spells them.
func (x *Index) words(query string) []string {
	var words []string
	for _, word := range strings.FieldsFunc(strings.ToValidUTF8(query, " "), separates) {
		if name, ok := x.names[strings.ToLower(word)]; ok {
			word = name
		}
		if strings.ContainsFunc(word, wordly) && len(words) < maxWords && !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return words
}

// separates reports whether the sign stands between words. A control sign
// does: SQLite would end the query at some.
func separates(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// wordly reports whether the tokenizer makes a word of the sign.
func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// match writes words as an expression of FTS5: each in quotation marks, which
// makes a phrase of whatever is in them, the last as the beginning of a word
// unless it is a single letter, with which half of all words begin.
func match(words []string, join string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = `"` + strings.ReplaceAll(word, `"`, `""`) + `"`
	}
	expression := strings.Join(quoted, join)
	if utf8.RuneCountInString(words[len(words)-1]) > 1 {
		expression += "*"
	}
	return expression
}

// spellings returns the names of options that hold other signs than letters
// and digits, by what people type instead: "nodejs" for "Node.js".
func spellings(comparisons []*compare.Comparison) map[string]string {
	names := map[string]string{}
	for _, c := range comparisons {
		for _, o := range c.Options {
			plain := strings.Map(func(r rune) rune {
				if !wordly(r) {
					return -1
				}
				return unicode.ToLower(r)
			}, o.Name)
			if plain != strings.ToLower(o.Name) && !strings.Contains(o.Name, " ") && plain != "" {
				names[plain] = o.Name
			}
		}
	}
	return names
}
