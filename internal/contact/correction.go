package contact

import (
	"strings"
	"unicode/utf8"
)

// A Correction is what a reader is about to tell the editors: that one entry of
// a comparison is wrong.
type Correction struct {
	Comparison string // slug
	Kind       string // "row", "fact" or "claim"
	ID         string
	URL        string // absolute address of the entry
	Says       string // what the site says there
}

// longestQuote is how many characters of an entry a message quotes: enough to
// know it by, and short enough for the longest address mail programs take.
const longestQuote = 200

// Link returns the address that begins the message to the site's contact, ""
// where the site has none.
func (c Correction) Link(contact string) string {
	return MessageURL(contact, c.Subject(), c.Body())
}

// Subject is the line by which editors find the entry.
func (c Correction) Subject() string {
	return "Correction: " + c.Comparison + " " + c.Kind + " " + c.ID
}

// Body names the entry and asks for the three things editors need.
func (c Correction) Body() string {
	return c.URL + "\nThe site says: " + quoted(c.Says) + "\n\nWhat is wrong:\n\nWhat is right:\n\nSource (address and date):\n"
}

// quoted shortens a text at the end of a word.
func quoted(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= longestQuote {
		return text
	}
	cut := string([]rune(text)[:longestQuote])
	if i := strings.LastIndexByte(cut, ' '); i > longestQuote/2 {
		cut = cut[:i]
	}
	return cut + "…"
}
