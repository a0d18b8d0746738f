package catalog

import (
	"bytes"
	"fmt"
	"sort"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	gtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"tiebreak/internal/compare"
)

// A text is Markdown to be rendered.
type text struct {
	file    string
	above   int // lines of the file above the Markdown
	source  []byte
	options []compare.Option              // those a code block may belong to
	citing  bool                          // facts may be cited
	fact    func(id string) *compare.Fact // nil if not citing
	// optionsUnread and factsUnread are set if these could not be read: that
	// one is not there then says nothing.
	optionsUnread, factsUnread bool
	units                      []string // of the figures of facts
	figuresOurs                bool     // its numbers need no fact
}

// rendered is a text as HTML, with what was found on the way.
type rendered struct {
	body     compare.HTML
	headings []compare.Heading
	words    int
	cited    []string
	code     []codeBlock // in the order of the text, not coloured
	links    []link
	problems Problems
}

// A writer renders one text. It parses first, then walks the tree to check and
// complete it, then prints it.
type writer struct {
	text
	rendered
	ends     []int               // where the line feeds of the source are
	callouts map[ast.Node]string // by blockquote: note, warning or decision
	fences   map[ast.Node]*fence
	labels   map[ast.Node]string // accessible names of tables
	taken    map[string]int      // how often a label or an id was given out
	cites    map[string]*citedFact
	out      bytes.Buffer // what is rendered, without what waits in front of it
}

// render turns Markdown into HTML. If it returns problems, the rest of what it
// returns means nothing.
func render(t text) rendered {
	w := &writer{
		text: t, callouts: map[ast.Node]string{}, fences: map[ast.Node]*fence{},
		labels: map[ast.Node]string{}, taken: map[string]int{}, cites: map[string]*citedFact{},
	}
	if w.problems = tooDeep(t); len(w.problems) > 0 {
		return w.rendered
	}
	for i, b := range t.source {
		if b == '\n' {
			w.ends = append(w.ends, i)
		}
	}
	md := w.markdown()
	doc := md.Parser().Parse(gtext.NewReader(t.source))
	w.walk(doc)
	w.pairFences(doc)
	if !w.factsUnread && !w.figuresOurs {
		w.figures(doc)
	}
	w.words = w.countWords(doc)
	if err := md.Renderer().Render(&w.out, t.source, doc); err != nil {
		w.problems = append(w.problems, Problem{t.file, 0, "cannot be rendered: " + err.Error()})
	}
	w.body = compare.HTML(w.out.String())
	return w.rendered
}

// markdown returns a parser and renderer for this one text. goldmark's own are
// shared between texts; ours look into the writer.
func (w *writer) markdown() goldmark.Markdown {
	blocks := parser.DefaultBlockParsers()
	for i := range blocks {
		if _, ok := blocks[i].Value.(interface{ CanAcceptIndentedLine() bool }); ok && blocks[i].Priority == atxHeadings {
			blocks[i].Value = parser.NewATXHeadingParser(parser.WithHeadingAttribute())
		}
	}
	return goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(blocks...),
			parser.WithInlineParsers(parser.DefaultInlineParsers()...),
			parser.WithInlineParsers(util.Prioritized(citationParser{}, beforeLinks), util.Prioritized(figureParser{}, beforeLinks)),
			parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
			parser.WithParagraphTransformers(util.Prioritized(calloutMarks{w}, first)),
		)),
		goldmark.WithExtensions(extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone))),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(w, first))),
	)
}

// Priorities of goldmark's parts, which run in rising order.
const (
	first       = 50
	beforeLinks = 150
	atxHeadings = 600
)

// walk checks and completes the tree, in the order of the text.
func (w *writer) walk(doc ast.Node) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			w.heading(n)
		case *ast.FencedCodeBlock:
			w.fence(n)
		case *citation:
			w.citation(n)
		case *figure:
			w.figure(n)
		case *ast.Link:
			w.link(n, string(n.Destination))
		case *ast.AutoLink:
			w.link(n, string(n.URL(w.source)))
		case *east.Table:
			w.labels[n] = w.unique("Table: "+w.lastHeading(), ", ")
		case *ast.ListItem:
			w.listItem(n)
		default:
			w.forbidden(n)
		}
		return ast.WalkContinue, nil
	})
}

// forbidden reports what our texts do without.
func (w *writer) forbidden(n ast.Node) {
	switch n := n.(type) {
	case *ast.HTMLBlock, *ast.RawHTML:
		w.addf(n, "HTML in the text: write it in Markdown, or put it into `backquotes`")
	case *ast.Image:
		w.addf(n, "an image: texts have none, so remove it")
	case *ast.CodeBlock:
		w.addf(n, "an indented block: begin the line at the margin, or fence code with ```")
	case *ast.LinkReferenceDefinition:
		if bytes.HasPrefix(n.Label, []byte("^")) {
			w.addf(n, "a footnote: facts are cited by id and listed by the program, so remove the definition")
		}
	}
}

var taskMarks = []string{"[ ]", "[x]", "[X]"}

func (w *writer) listItem(n *ast.ListItem) {
	child := n.FirstChild()
	if child == nil || child.Lines() == nil || child.Lines().Len() == 0 {
		return
	}
	line := child.Lines().At(0)
	for _, mark := range taskMarks {
		if bytes.HasPrefix(line.Value(w.source), []byte(mark)) {
			w.addf(n, "a task list: remove %s", mark)
		}
	}
}

// addf reports a problem at a node.
func (w *writer) addf(n ast.Node, format string, args ...any) {
	w.problems = append(w.problems, Problem{w.file, w.lineOf(n), fmt.Sprintf(format, args...)})
}

// lineOf returns the line on which a node begins, or the nearest node around
// it that knows.
func (w *writer) lineOf(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		if pos := w.position(n); pos >= 0 && pos <= len(w.source) {
			return w.lineAt(pos)
		}
	}
	return w.above + 1
}

// lineAt returns the line of a position in the source.
func (w *writer) lineAt(pos int) int { return w.above + 1 + sort.SearchInts(w.ends, pos) }

// position returns where a node begins. A fence begins at its signs, a
// container where its content does.
func (w *writer) position(n ast.Node) int {
	if n.Kind() == ast.KindDocument {
		return -1
	}
	if pos := n.Pos(); pos >= 0 {
		return pos
	}
	if n.Type() != ast.TypeInline && n.Lines() != nil && n.Lines().Len() > 0 {
		return n.Lines().At(0).Start
	}
	return -1
}

// unique returns s, with a number after it from the second time on. Anchors of
// a page must differ from each other, and so must names of landmarks; sep joins
// the number, and tells the two apart.
func (w *writer) unique(s, sep string) string {
	w.taken[sep+s]++
	if n := w.taken[sep+s]; n > 1 {
		return w.unique(fmt.Sprintf("%s%s%d", s, sep, n), sep)
	}
	return s
}

func (w *writer) lastHeading() string {
	if n := len(w.headings); n > 0 {
		return w.headings[n-1].Text
	}
	return "introduction"
}

// countWords counts the words of prose, code blocks left out.
func (w *writer) countWords(doc ast.Node) int {
	var b strings.Builder
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch {
		case !entering && n.Type() == ast.TypeBlock:
			b.WriteByte(' ')
		case entering:
			b.WriteString(w.ownText(n))
		}
		return ast.WalkContinue, nil
	})
	words := 0
	for range strings.FieldsSeq(b.String()) {
		words++
	}
	return words
}

// plain returns the text of a node without markup.
func (w *writer) plain(n ast.Node) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			b.WriteString(w.ownText(n))
		}
		return ast.WalkContinue, nil
	})
	return strings.Join(strings.Fields(b.String()), " ")
}

// ownText returns the text of a node itself, without that of its children.
func (w *writer) ownText(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Text:
		s := n.Segment.Value(w.source)
		if !n.IsRaw() {
			s = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(s)))
		}
		if n.SoftLineBreak() || n.HardLineBreak() {
			return string(s) + " "
		}
		return string(s)
	case *ast.AutoLink:
		return string(n.Label(w.source))
	case *figure:
		return n.text
	}
	return ""
}
