package measure

import (
	"bytes"
	"encoding/json"
	"regexp"

	"tiebreak/internal/compare"
)

// Encode returns results as results.json holds them: indented, but with all
// samples of a quantity on one line, so that a difference can be read.
func Encode(r *compare.Results) ([]byte, error) {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(r); err != nil {
		return nil, err
	}
	// In a text a line break is written \n, so this finds only lists of numbers.
	numbers := regexp.MustCompile(`\[\n[-+.,eE0-9\s]+\]`)
	space := regexp.MustCompile(`\s+`)
	return numbers.ReplaceAllFunc(buf.Bytes(), func(list []byte) []byte {
		list = space.ReplaceAll(list, []byte(" "))
		list = bytes.ReplaceAll(list, []byte("[ "), []byte("["))
		return bytes.ReplaceAll(list, []byte(" ]"), []byte("]"))
	}), nil
}
