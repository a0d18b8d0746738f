package catalog

import (
	"fmt"
	"html"
	"strings"

	"github.com/alecthomas/chroma/v2"
)

// highlight returns code as HTML with a class for each token, coloured by the
// style sheet code.css.
func highlight(lexer chroma.Lexer, code string) (markup string, err error) {
	// The library panics where one of its lexers gives up. That is the
	// fault of a text, which is to be reported like any other.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the highlighter gave up: %v", p)
		}
	}()
	if lexer == nil {
		return html.EscapeString(code), nil
	}
	tokens, err := chroma.Coalesce(lexer).Tokenise(nil, code)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for token := range tokens.Stdlib() {
		text := html.EscapeString(token.Value)
		if class := tokenClass(token.Type); class != "" {
			b.WriteString(`<span class="` + class + `">` + text + `</span>`)
			continue
		}
		b.WriteString(text)
	}
	return b.String(), nil
}
