package catalog

import (
	"bytes"
	"fmt"
)

// Limits that keep the Markdown parser, some of whose steps take the square of
// the length or of the depth, fast on any input. Texts written for people stay
// far below them.
const (
	maxLine      = 4000     // bytes of a line
	maxParagraph = 12 << 10 // bytes of lines without an empty one between them
	maxMarks     = 6        // list and quotation marks at the start of a line
	maxIndent    = 40       // columns before the first sign of a line
	maxBrackets  = 8        // brackets open at once in a paragraph
)

// tooDeep reports what is nested or joined beyond all need. It looks at lines
// only, code blocks included, so it can be stricter than the parser but never
// laxer.
func tooDeep(t text) Problems {
	var problems Problems
	size, open := 0, 0
	number := t.above
	for line := range bytes.Lines(t.source) {
		number++
		size += len(line)
		marks, indent, blank := prefix(line)
		if blank {
			size, open = 0, 0
		}
		open = max(0, open+bytes.Count(line, []byte("["))-bytes.Count(line, []byte("]")))
		msg := ""
		switch {
		case len(line) > maxLine:
			msg = fmt.Sprintf("the line has %d bytes: break it below %d", len(line), maxLine)
		case size > maxParagraph:
			msg = fmt.Sprintf("more than %d bytes without an empty line: divide them", maxParagraph)
			size = 0
		case marks > maxMarks:
			msg = fmt.Sprintf("%d lists and quotations inside each other: nest at most %d", marks, maxMarks)
		case indent > maxIndent:
			msg = fmt.Sprintf("indented by %d columns: at most %d", indent, maxIndent)
		case deepest(line) > maxBrackets || open > maxBrackets:
			msg = fmt.Sprintf("more than %d brackets open: close them", maxBrackets)
			open = 0
		}
		if msg != "" {
			problems = append(problems, Problem{t.file, number, msg})
		}
	}
	return problems
}

// prefix counts the list and quotation marks at the start of a line and the
// columns of white space before its first other sign.
func prefix(line []byte) (marks, indent int, blank bool) {
	for i, b := range line {
		switch {
		case b == ' ':
			indent++
		case b == '\t':
			indent += 4
		case b == '\n':
			return marks, 0, true
		case b == '>':
			marks++
		case b >= '0' && b <= '9':
		case bytes.IndexByte([]byte("-+*.)"), b) >= 0:
			if i+1 == len(line) || line[i+1] == ' ' || line[i+1] == '\t' || line[i+1] == '\n' {
				marks++
			}
		default:
			return marks, indent, false
		}
	}
	return marks, 0, true
}

// deepest returns the largest number of brackets open at once in a line.
func deepest(line []byte) int {
	open, most := 0, 0
	for _, b := range line {
		switch b {
		case '[':
			open++
			most = max(most, open)
		case ']':
			open = max(0, open-1)
		}
	}
	return most
}
