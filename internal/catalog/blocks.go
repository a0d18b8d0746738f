package catalog

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"

	"tiebreak/internal/compare"
)

var (
	anchorForm   = regexp.MustCompile(`^[a-z][a-z0-9-]{0,60}$`)
	ownAnchors   = regexp.MustCompile(`^(cite|ref)-`)
	calloutForm  = regexp.MustCompile(`^\[!([A-Za-z]+)\][ \t]*\n?$`)
	calloutStart = regexp.MustCompile(`^\[![A-Za-z]+\]`)
)

// heading checks a heading, gives it an anchor and adds it to the contents.
func (w *writer) heading(n *ast.Heading) {
	switch {
	case n.Level == 1:
		w.addf(n, "a heading of the first level: the page has its title already, so begin with ##")
	case n.Level > 3:
		w.addf(n, "a heading of level %d: texts have ## and ### only", n.Level)
	case n.Level == 3 && len(w.headings) == 0:
		w.addf(n, "### before any ##: levels may not be skipped")
	}
	if n.Parent().Kind() != ast.KindDocument {
		w.addf(n, "a heading inside a list or quotation: move it to the margin")
	}
	title := w.plain(n)
	if title == "" {
		w.addf(n, "a heading without text: write it")
	}
	id := w.explicitID(n)
	if id == "" {
		id = w.unique(anchor(title), "-")
	}
	n.SetAttributeString("id", []byte(id))
	w.headings = append(w.headings, compare.Heading{Level: n.Level, ID: id, Text: title})
}

// explicitID returns the id written after a heading as {#id}, "" if there is
// none, and removes all else that is written there.
func (w *writer) explicitID(n *ast.Heading) string {
	id := ""
	for _, a := range n.Attributes() {
		value, _ := a.Value.([]byte)
		if string(a.Name) != "id" {
			w.addf(n, "%s on a heading: only an anchor {#id} may stand there", a.Name)
			continue
		}
		id = string(value)
	}
	n.RemoveAttributes()
	switch {
	case id == "":
	case !anchorForm.MatchString(id):
		w.addf(n, "the anchor %q must be lower-case words joined by hyphens", id)
	case ownAnchors.MatchString(id):
		w.addf(n, "the anchor %q begins like the anchor of a citation: take another", id)
	case w.unique(id, "-") != id:
		w.addf(n, "the anchor %q is taken by an earlier heading: take another", id)
	}
	return id
}

// anchor returns the lower-case words of a title joined by hyphens.
func anchor(title string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(title) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		case r != '.' && r != '\'' && r != '’':
			gap = true
		}
	}
	id := b.String()
	if id == "" || ownAnchors.MatchString(id) {
		id = "section-" + id
	}
	return strings.TrimSuffix(id, "-")
}

// calloutMarks finds the [!NOTE] that makes a quotation a callout. It runs
// when a paragraph closes, before brackets are read as links.
type calloutMarks struct{ w *writer }

// Transform implements parser.ParagraphTransformer.
func (c calloutMarks) Transform(n *ast.Paragraph, reader gtext.Reader, _ parser.Context) {
	quote, ok := n.Parent().(*ast.Blockquote)
	if !ok || n.PreviousSibling() != nil || n.Lines().Len() == 0 {
		return
	}
	line := n.Lines().At(0)
	m := calloutForm.FindSubmatch(line.Value(reader.Source()))
	if m == nil {
		if calloutStart.Match(line.Value(reader.Source())) {
			c.w.addf(n, "a callout's mark stands on a line of its own: put the text on the next line")
		}
		return
	}
	kind := strings.ToLower(string(m[1]))
	if _, ok := calloutLabels(kind); !ok {
		c.w.addf(n, "[!%s] is no callout: the callouts are [!NOTE], [!WARNING] and [!DECISION]", m[1])
	}
	c.w.callouts[quote] = kind
	if n.Lines().Len() == 1 {
		quote.RemoveChild(quote, n)
		return
	}
	n.Lines().SetSliced(1, n.Lines().Len())
}

func calloutLabels(kind string) (label string, ok bool) {
	switch kind {
	case "note":
		return "Note", true
	case "warning":
		return "Careful", true
	case "decision":
		return "What this means for your decision", true
	}
	return "", false
}

// A link is a link within the site, to be checked once all of it is loaded.
type link struct {
	file        string
	line        int
	destination string
}

// link checks where a link leads.
func (w *writer) link(n ast.Node, to string) {
	if n.Kind() == ast.KindLink && w.plain(n) == "" {
		w.addf(n, "a link without text: say where it leads")
	}
	switch {
	case strings.HasPrefix(to, "https://"):
		n.SetAttributeString("rel", []byte("noopener"))
	case strings.HasPrefix(to, "http://"):
		w.addf(n, "%s is not encrypted: link to https://", to)
	case strings.HasPrefix(to, "mailto:"):
	case n.Kind() == ast.KindAutoLink && bytes.Contains([]byte(to), []byte("@")) && !strings.Contains(to, ":"):
	case strings.HasPrefix(to, "#"), strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//"):
		w.links = append(w.links, link{w.file, w.lineOf(n), to})
	default:
		w.addf(n, "the link %q leads nowhere: begin it with https://, mailto:, / for a page of this site or # for a heading", to)
	}
}
