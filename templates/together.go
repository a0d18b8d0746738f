package templates

import (
	"slices"

	"tiebreak/internal/compare"
)

// problems reports whether any pasted line cannot be used.
func (d TogetherData) problems() bool {
	return slices.ContainsFunc(d.Lines, func(l compare.Pasted) bool { return l.Problem != "" })
}
