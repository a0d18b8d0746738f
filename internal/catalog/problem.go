package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Problem is one mistake in the content, and where to mend it.
type Problem struct {
	Path string // file, relative to the content folder
	Line int    // from 1; 0 if the problem is the whole file
	Msg  string // what is wrong and what to do
}

// String returns the problem as "path:line: what is wrong and what to do".
func (p Problem) String() string {
	if p.Line == 0 {
		return p.Path + ": " + p.Msg
	}
	return fmt.Sprintf("%s:%d: %s", p.Path, p.Line, p.Msg)
}

// Problems are the mistakes found in the content. As an error they read as one
// line each.
type Problems []Problem

// Error returns all problems, one a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.String()
	}
	return strings.Join(lines, "\n")
}

// sorted returns the problems by file and line, each once.
func (p Problems) sorted() Problems {
	s := slices.Clone(p)
	slices.SortStableFunc(s, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Msg, b.Msg))
	})
	return slices.Compact(s)
}
