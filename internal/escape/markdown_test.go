package escape

import (
	"bytes"
	"html"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	source "github.com/yuin/goldmark/text"
)

// markdownSeeds are texts that mean something in Markdown.
func markdownSeeds() []string {
	return []string{
		"plain", "# a", "1. a", "12345678901) a", "- a", "+ a", "* a", "> a", "| a | b |\n|---|---|", "a\n===", "---", "***",
		"`a` ``b``", "*a* _b_ **c** ~~d~~", "[a](javascript:b) ![c](d) [^e] [f]: /g", "<b>c</b> <!-- d --> <http://e>", "&amp; &#60; &copy",
		"\\* \\\\ \\", "a  \nb", "\t\tcode", "a\u2028b\u0085c\x00d", "$x$ $$y$$", "- [ ] a", "https://example.org/_a_", "a www.example.org/b, WWW.example.org", "ana@example.org 1@example.org", "ftp://a.example", "::: a", "\u200b# a", " # a",
		"\ufeff# a", "a\r\nb\rc", "0\u0660. a", strings.Repeat("*_", 50),
	}
}

// FuzzMarkdownText escapes any text and lets a parser judge: wherever the record
// puts it, it is text, and the text it was.
func FuzzMarkdownText(f *testing.F) {
	for _, seed := range markdownSeeds() {
		f.Add(seed)
	}
	parser := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.Footnote, extension.Linkify)).Parser()
	f.Fuzz(func(t *testing.T, given string) {
		escaped := Markdown(given)
		if strings.ContainsAny(escaped, "\n\r") {
			t.Fatalf("Markdown(%q) = %q has more than one line", given, escaped)
		}
		for _, before := range []string{"", "* ", "> ", "A: ", "# ", "* A: "} {
			line := []byte(before + escaped + "\n")
			_ = ast.Walk(parser.Parse(source.NewReader(line)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
				if entering && !isText(n, before) {
					t.Errorf("%q makes a %v of %q", line, n.Kind(), given)
				}
				return ast.WalkContinue, nil
			})
		}
	})
}

// FuzzMarkdownCell puts any text into a table: the row keeps its two cells, and
// the cell shows the text it was given.
func FuzzMarkdownCell(f *testing.F) {
	for _, seed := range append(markdownSeeds(), "|", `a\|b`, `\`, `\\|`, "`|`", "a|") {
		f.Add(seed)
	}
	markdown := goldmark.New(goldmark.WithExtensions(extension.Table))
	f.Fuzz(func(t *testing.T, given string) {
		if !utf8.ValidString(given) {
			return // shown with signs for what is no text
		}
		var page bytes.Buffer
		if err := markdown.Convert([]byte("| a | b |\n|---|---|\n| c | "+MarkdownCell(given)+" |\n"), &page); err != nil {
			t.Fatal(err)
		}
		_, row, _ := strings.Cut(page.String(), "<td>c</td>\n<td>")
		cell, after, _ := strings.Cut(row, "</td>")
		if want := strings.Join(strings.FieldsFunc(given, breaks), " "); html.UnescapeString(cell) != strings.Trim(want, "\u00a0") && html.UnescapeString(cell) != want {
			t.Errorf("%q is shown as %q", given, cell)
		}
		if after != "\n</tr>\n</tbody>\n</table>\n" {
			t.Errorf("after the cell of %q comes %q", given, after)
		}
	})
}

// isText reports whether the node is text, or what the test itself put around it.
func isText(n ast.Node, before string) bool {
	switch n.Kind() {
	case ast.KindDocument, ast.KindParagraph, ast.KindText, ast.KindString, ast.KindTextBlock:
		return true
	case ast.KindList, ast.KindListItem:
		return strings.HasPrefix(before, "*") && depth(n, ast.KindList) <= 1
	case ast.KindBlockquote:
		return strings.HasPrefix(before, ">") && depth(n, ast.KindBlockquote) <= 1
	case ast.KindHeading:
		return strings.HasPrefix(before, "#")
	}
	return false
}

// depth is how many nodes of the kind the node is inside of, itself included.
func depth(n ast.Node, kind ast.NodeKind) int {
	d := 0
	for ; n != nil; n = n.Parent() {
		if n.Kind() == kind {
			d++
		}
	}
	return d
}

// FuzzMarkdownLink links any text to any address: there is one link at most, it
// leads to the web, and no text becomes anything else.
func FuzzMarkdownLink(f *testing.F) {
	for i, seed := range markdownSeeds() {
		f.Add(seed, []string{
			"https://example.org/a_(b)?c=d#e", "javascript:alert(1)", "http://a b", "https://a.example/](x", "HTTPS://a.example/<>\\", "", "https:", "//a",
		}[i%8])
	}
	parser := goldmark.DefaultParser()
	f.Fuzz(func(t *testing.T, label, address string) {
		line := []byte("A " + MarkdownLink(label, address) + " b\n")
		if bytes.Count(line, []byte("\n")) != 1 {
			t.Fatalf("MarkdownLink(%q, %q) has more than one line: %q", label, address, line)
		}
		links := 0
		_ = ast.Walk(parser.Parse(source.NewReader(line)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if l, ok := n.(*ast.Link); ok && entering {
				links++
				if to := strings.ToLower(string(l.Destination)); !strings.HasPrefix(to, "http:") && !strings.HasPrefix(to, "https:") {
					t.Errorf("MarkdownLink(%q, %q) leads to %q", label, address, to)
				}
			} else if entering && !isText(n, "") {
				t.Errorf("%q makes a %v of (%q, %q)", line, n.Kind(), label, address)
			}
			return ast.WalkContinue, nil
		})
		if links > 1 {
			t.Errorf("MarkdownLink(%q, %q) makes %d links", label, address, links)
		}
	})
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Plain text, with Node.js.": "Plain text, with Node.js.",
		"# heading":                 `\# heading`,
		"1. first":                  `1\. first`,
		"10) tenth":                 `10\) tenth`,
		"3.5 million":               `3\.5 million`,
		"42":                        "42",
		"- point":                   `\- point`,
		"a - b":                     "a - b",
		"> quoted":                  `\> quoted`,
		"a\n\nb\tc":                 "a b c",
		"snake_case *bold* `code`":  "snake\\_case \\*bold\\* \\`code\\`",
		"[a](b)":                    `\[a\](b)`,
		"<b>":                       `\<b>`,
		"A & B &copy;":              `A & B \&copy;`,
		`back\slash`:                `back\\slash`,
		"94\u00a0%":                 "94\u00a0%",
		"":                          "",
	} {
		if got := Markdown(text); got != want {
			t.Errorf("Markdown(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestMarkdownLink(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://example.org/a_(b)":    "[t](https://example.org/a_%28b%29)",
		"https://example.org/a b?c=<d": "[t](https://example.org/a%20b?c=%3Cd)",
		"javascript:alert(1)":          "t",
		"":                             "t",
		"https://example.org/\nx":      "t",
	} {
		if got := MarkdownLink("t", address); got != want {
			t.Errorf("MarkdownLink(%q) = %q, want %q", address, got, want)
		}
	}
}
