package templates

import (
	"slices"
	"strings"

	"tiebreak/internal/compare"
)

// A caseCode is the programs that a case is the first to run.
type caseCode struct {
	Case  *compare.Case
	Pairs [][]*compare.Program // of different options, to be read side by side
	Calls []programCall        // the series whose program is given arguments
}

// A programCall is how a series calls its program.
type programCall struct{ Series, Call string }

// codeOf returns the programs of a measurement by case. A program that several
// cases run stands with the first of them.
func codeOf(m *compare.Measurement) []caseCode {
	shown := map[string]bool{}
	var list []caseCode
	for i := range m.Cases {
		code := caseCode{Case: &m.Cases[i]}
		for _, s := range m.Cases[i].Series {
			if len(s.Args) > 0 {
				code.Calls = append(code.Calls, programCall{s.Name, s.Program + " " + strings.Join(s.Args, " ")})
			}
			if p := m.Program(s.Program); p != nil && !shown[p.Name] {
				shown[p.Name] = true
				code.add(p)
			}
		}
		if len(code.Pairs) > 0 || len(code.Calls) > 0 {
			list = append(list, code)
		}
	}
	return list
}

// add puts a program beside the first one that has none of its option yet.
func (c *caseCode) add(p *compare.Program) {
	for i, pair := range c.Pairs {
		if !slices.ContainsFunc(pair, func(other *compare.Program) bool { return other.Option == p.Option }) {
			c.Pairs[i] = append(pair, p)
			return
		}
	}
	c.Pairs = append(c.Pairs, []*compare.Program{p})
}
