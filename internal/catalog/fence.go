package catalog

import (
	"regexp"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"

	"tiebreak/internal/compare"
)

// A fence is what a fenced code block says about itself.
type fence struct {
	language string
	option   *compare.Option // nil for code that belongs to no option
	title    string
	label    string // accessible name, unlike that of any other block of the text
	lexer    chroma.Lexer
}

var (
	languageForm = regexp.MustCompile(`^[a-z0-9+#-]+$`)
	fenceField   = regexp.MustCompile(`^([a-z]+)=(?:"([^"]*)"|([^\s"]+))(?:\s+|$)`)
)

// fence reads the line that opens a code block: a language, then option= and
// title=.
func (w *writer) fence(n *ast.FencedCodeBlock) {
	f := &fence{}
	w.fences[n] = f
	info := ""
	if n.Info != nil {
		info = strings.TrimSpace(string(n.Info.Segment.Value(w.source)))
	}
	language, rest, _ := strings.Cut(info, " ")
	f.language = language
	if languageForm.MatchString(language) {
		f.lexer = lexers.Get(language)
	}
	switch {
	case language == "":
		w.addf(n, "a code block without a language: write it after ```, or text")
	case f.lexer == nil:
		w.addf(n, "code in the language %q cannot be highlighted: correct it, or write text", language)
	case n.Lines().Len() == 0:
		w.addf(n, "an empty code block: fill or remove it")
	}
	w.fenceFields(n, f, strings.TrimSpace(rest))
	f.label = w.unique(f.name(), ", ")
}

func (w *writer) fenceFields(n ast.Node, f *fence, rest string) {
	for rest != "" {
		m := fenceField.FindStringSubmatch(rest)
		if m == nil {
			w.addf(n, "%q after the language is not understood: write option=ID and title=\"NAME\"", rest)
			return
		}
		rest = rest[len(m[0]):]
		value := m[2] + m[3]
		switch m[1] {
		case "title":
			f.title = value
		case "option":
			w.fenceOption(n, f, value)
		default:
			w.addf(n, "a code block has no %s: only option and title", m[1])
		}
	}
}

func (w *writer) fenceOption(n ast.Node, f *fence, id string) {
	for i := range w.options {
		if w.options[i].ID == id {
			f.option = &w.options[i]
			return
		}
	}
	if w.optionsUnread {
		return
	}
	w.addf(n, "code of option %q, which is not in %s: correct it, or leave option out", id, comparisonFile)
}

// name returns what a code block is called, by option and title where it has them.
func (f *fence) name() string {
	what := f.title
	if what == "" {
		what = "Code"
		if f.lexer != nil && f.language != "text" {
			what = f.lexer.Config().Name
		}
	}
	if f.option == nil {
		return what
	}
	return f.option.Name + ": " + what
}

// A pair holds code blocks that do the same thing with different options.
type pair struct{ ast.BaseBlock }

var kindPair = ast.NewNodeKind("Pair")

// Kind implements ast.Node.
func (*pair) Kind() ast.NodeKind { return kindPair }

// Dump implements ast.Node.
func (n *pair) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// pairFences puts code blocks of different options that follow each other
// into a pair.
func (w *writer) pairFences(parent ast.Node) {
	var run []ast.Node
	seen := map[*compare.Option]bool{}
	flush := func() {
		if len(run) > 1 {
			p := &pair{}
			parent.InsertBefore(parent, run[0], p)
			for _, n := range run {
				p.AppendChild(p, n)
			}
		}
		run = nil
		clear(seen)
	}
	for n := parent.FirstChild(); n != nil; {
		next := n.NextSibling()
		f := w.fences[n]
		if f == nil || f.option == nil || seen[f.option] {
			flush()
		}
		if f != nil && f.option != nil {
			run = append(run, n)
			seen[f.option] = true
		} else if n.Type() == ast.TypeBlock {
			w.pairFences(n)
		}
		n = next
	}
	flush()
}
