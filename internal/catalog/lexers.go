package catalog

import (
	"path"
	"slices"
	"sort"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// lexerOf returns the lexer for a program by the ending of its name, nil if
// there is none. The library tries a thousand patterns on every name it is
// asked for; nearly all of them are an ending, and to compare is far cheaper.
func lexerOf(program string) chroma.Lexer {
	pattern := "*" + path.Ext(program)
	var found chroma.PrioritisedLexers
	for _, lexer := range lexers.GlobalLexerRegistry.Lexers {
		if slices.Contains(lexer.Config().Filenames, pattern) {
			found = append(found, lexer)
		}
	}
	if len(found) == 0 {
		return lexers.Match(program)
	}
	sort.Sort(found)
	return found[0]
}
