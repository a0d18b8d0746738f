// Package escape writes texts into formats in which some signs mean something,
// so that no text can break out of its place.
package escape

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// CSV writes records for a spreadsheet, as RFC 4180 has it but with a line feed
// alone at the end of each. It changes the records.
func CSV(records [][]string) ([]byte, error) {
	var buf bytes.Buffer
	if err := csv.NewWriter(&buf).WriteAll(defuse(records)); err != nil {
		return nil, fmt.Errorf("encode CSV: %w", err)
	}
	return buf.Bytes(), nil
}

// number is a cell that a spreadsheet reads as a number and never as a formula.
var number = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// invisible reports whether nobody sees the character, not even a spreadsheet.
func invisible(r rune) bool { return unicode.Is(unicode.Cf, r) }

// defuse puts an apostrophe before every cell that a spreadsheet would run as
// a formula, also with the wide signs that some read as the plain ones. It
// changes the records in place and returns them.
func defuse(records [][]string) [][]string {
	for _, record := range records {
		for i, cell := range record {
			first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(cell, invisible))
			if cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) && !number.MatchString(cell) {
				record[i] = "'" + cell
			}
		}
	}
	return records
}
