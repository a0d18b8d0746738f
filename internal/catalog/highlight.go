package catalog

import (
	"cmp"
	"fmt"
	"html"
	"maps"
	"slices"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/styles"
)

// The styles of highlighted code. Every token of both has far more contrast
// than text needs, also on the tinted ground that code stands on.
const (
	lightStyle = "modus-operandi"
	darkStyle  = "modus-vivendi"
)

// highlight returns code as HTML with a class for each token, coloured by the
// sheet of [HighlightCSS].
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
			text = fmt.Sprintf(`<span class="%s">%s</span>`, class, text)
		}
		b.WriteString(text)
	}
	return b.String(), nil
}

// look is how a token looks in both themes.
type look struct {
	light, dark  chroma.Colour
	bold, italic bool
}

func lookOf(t chroma.TokenType) look {
	light, dark := styles.Get(lightStyle).Get(t), styles.Get(darkStyle).Get(t)
	return look{
		light: light.Colour, dark: dark.Colour,
		bold: light.Bold == chroma.Yes, italic: light.Italic == chroma.Yes,
	}
}

// tokenClass returns the class of a token, "" if it looks like plain text.
// Tokens that look alike share the class of the most general of them, so that
// the sheet is small.
func tokenClass(t chroma.TokenType) string {
	l := lookOf(t)
	if l == lookOf(chroma.Text) {
		return ""
	}
	for _, general := range []chroma.TokenType{t.Category(), t.SubCategory()} {
		if class := chroma.StandardTypes[general]; class != "" && lookOf(general) == l {
			return class
		}
	}
	return chroma.StandardTypes[t]
}

// HighlightCSS returns the style sheet for code blocks: colours only, for the
// light and the dark theme at once.
func HighlightCSS() string {
	classes := map[string]look{}
	for t := range chroma.StandardTypes {
		if class := tokenClass(t); t > 0 && class != "" {
			classes[class] = lookOf(t)
		}
	}
	byLook := map[look][]string{}
	for class, l := range classes {
		byLook[l] = append(byLook[l], "."+class)
	}
	for _, selectors := range byLook {
		slices.Sort(selectors)
	}
	looks := slices.SortedFunc(maps.Keys(byLook), func(a, b look) int {
		return cmp.Compare(byLook[a][0], byLook[b][0])
	})
	var b strings.Builder
	b.WriteString("/* Written by package catalog: colours of highlighted code. */\n")
	fmt.Fprintf(&b, ".chroma { %s }\n", lookOf(chroma.Text).css())
	for _, l := range looks {
		selector := strings.Join(byLook[l], ", ")
		if len(byLook[l]) > 1 {
			selector = ":is(" + selector + ")"
		}
		fmt.Fprintf(&b, ".chroma %s { %s }\n", selector, l.css())
	}
	return b.String()
}

func (l look) css() string {
	s := fmt.Sprintf("color: light-dark(%s, %s);", l.light, l.dark)
	if l.bold {
		s += " font-weight: bold;"
	}
	if l.italic {
		s += " font-style: italic;"
	}
	return s
}
