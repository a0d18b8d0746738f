package catalog

import (
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2/lexers"

	"tiebreak/content"
)

// TestLexerOf checks that the short way to a lexer ends where the library's
// own search does, for every ending it knows.
func TestLexerOf(t *testing.T) {
	t.Parallel()
	tried := 0
	for _, lexer := range lexers.GlobalLexerRegistry.Lexers {
		for _, pattern := range lexer.Config().Filenames {
			name := "program" + strings.TrimPrefix(pattern, "*")
			if !strings.HasPrefix(pattern, "*.") || !programForm.MatchString(name) {
				continue
			}
			tried++
			if got, want := lexerOf(name), lexers.Match(name); got != want {
				t.Errorf("lexerOf(%q) = %v, the library says %v", name, got.Config().Name, want.Config().Name)
			}
		}
	}
	if tried < 300 {
		t.Errorf("only %d endings tried", tried)
	}
	if got := lexerOf("program.zzzzz"); got != nil {
		t.Errorf("lexerOf an unknown ending = %v, want nil", got)
	}
}

// BenchmarkLoad loads the shipped content, as every start does.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(content.Files); err != nil {
			b.Fatal(err)
		}
	}
}
