package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"tiebreak/internal/compare"
)

// A document is one decoded YAML file. It keeps the nodes, so that a mistake
// found later, by a rule that knows no file, still gets its line.
//
// It is decoded by hand from yaml.Node, not by the library into structs: the
// library drops the positions, does not say which fields may be left out, and
// names Go types in its messages.
type document struct {
	path     string
	above    int                           // lines of the file above the first line of YAML
	root     *yaml.Node                    // nil if the file is no YAML
	places   map[*yaml.Node]map[string]int // by mapping and name, of those asked for
	bad      map[string]bool               // by path in the document, such as "criteria[3].cells[0]"
	problems Problems
	shapes   map[reflect.Type][]field // of the structs met so far
	broken   bool                     // not YAML at all: what was decoded means nothing
}

// A nodeReader decodes itself. It is for shapes that no Go type has.
type nodeReader interface {
	readNode(d *document, n *yaml.Node, at string)
}

// decode reads source into the struct that into points at. Fields are named by
// their yaml tags; one without ",optional" must be there and not be empty.
func decode(path string, above int, source []byte, into any) *document {
	d := &document{path: path, above: above, bad: map[string]bool{}, shapes: map[reflect.Type][]field{}}
	root, err := parseYAML(source)
	if err != nil {
		d.broken = true
		problem := yamlProblem(path, above, err)
		// What is never closed is missed after the last line.
		problem.Line = min(problem.Line, above+len(bytes.Split(bytes.TrimRight(source, "\n"), []byte("\n"))))
		d.problems = Problems{problem}
		return d
	}
	if root.Kind != yaml.MappingNode {
		d.broken = true
	}
	d.root = root
	d.value(root, "", reflect.ValueOf(into).Elem())
	return d
}

var errSecondDocument = errors.New("a second document: a file holds one, so remove the line with ---")

// parseYAML returns the root of the only document in source.
func parseYAML(source []byte) (*yaml.Node, error) {
	loader, err := yaml.NewLoader(bytes.NewReader(source))
	if err != nil {
		return nil, err
	}
	var doc, second yaml.Node
	switch err := loader.Load(&doc); {
	case errors.Is(err, io.EOF):
		return nil, errors.New("the file is empty")
	case err != nil:
		return nil, err
	}
	switch err := loader.Load(&second); {
	case err == nil:
		return nil, &positioned{second.Line, errSecondDocument}
	case !errors.Is(err, io.EOF):
		return nil, err
	}
	if len(doc.Content) != 1 {
		return nil, errors.New("the file is empty")
	}
	return doc.Content[0], nil
}

// positioned is an error that knows its line.
type positioned struct {
	line int
	error
}

func yamlProblem(path string, above int, err error) Problem {
	var at *positioned
	var syntax *yaml.LoadError
	switch {
	case errors.As(err, &at):
		return Problem{path, above + at.line, at.Error()}
	case errors.As(err, &syntax):
		msg := "not YAML: " + syntax.Message
		if syntax.ContextMsg != "" {
			msg += " (" + syntax.ContextMsg + ")"
		}
		return Problem{path, above + max(1, syntax.Mark.Line), msg}
	}
	return Problem{path, above + 1, err.Error()}
}

// lineOf returns the line of the value at the given path, or of the nearest
// value around it that is in the file.
func (d *document) lineOf(at string) int {
	line := 1
	for n := d.root; n != nil && at != ""; {
		var here int
		if n, here, at = d.child(n, at); n != nil {
			line = here
		}
	}
	return d.above + line
}

// child returns the value within n that a path begins with, its line, which is
// that of its name if it has one, and the rest of the path. The value is nil
// if n has none of that name or place.
func (d *document) child(n *yaml.Node, at string) (value *yaml.Node, line int, rest string) {
	if list, ok := strings.CutPrefix(at, "["); ok {
		number, rest, _ := strings.Cut(list, "]")
		i, err := strconv.Atoi(number)
		switch {
		case err != nil || i < 0:
		case n.Kind == yaml.SequenceNode && i < len(n.Content):
			return n.Content[i], n.Content[i].Line, rest
		case n.Kind == yaml.MappingNode && 2*i+1 < len(n.Content): // fields read as a list
			return n.Content[2*i+1], n.Content[2*i].Line, rest
		}
		return nil, 0, ""
	}
	if n.Kind != yaml.MappingNode {
		return nil, 0, ""
	}
	at = strings.TrimPrefix(at, ".")
	places := d.placesOf(n)
	for end := len(at); end > 0; end = strings.LastIndexAny(at[:end], ".[") { // a name may hold a point
		if i, ok := places[at[:end]]; ok {
			return n.Content[i+1], n.Content[i].Line, at[end:]
		}
	}
	return nil, 0, ""
}

// placesOf returns where the names of a mapping stand in it, of one that is
// there twice the first. It is made once: each of many fields may be wrong.
func (d *document) placesOf(n *yaml.Node) map[string]int {
	places, ok := d.places[n]
	if ok {
		return places
	}
	places = make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		if _, twice := places[n.Content[i].Value]; !twice {
			places[n.Content[i].Value] = i
		}
	}
	if d.places == nil {
		d.places = map[*yaml.Node]map[string]int{}
	}
	d.places[n] = places
	return places
}

func (d *document) addf(at, format string, args ...any) {
	d.bad[at] = true
	d.problems = append(d.problems, Problem{d.path, d.lineOf(at), fmt.Sprintf(format, args...)})
}

// spoilt reports whether something wrong was found at the given path, or
// within the value there. What a rule says about that value may then be untrue.
func (d *document) spoilt(at string) bool {
	for bad := range d.bad {
		if rest, ok := strings.CutPrefix(bad, at); ok && at != "" && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			return true
		}
	}
	return false
}

// name returns the last field in a path, for messages.
func name(at string) string {
	at = at[strings.LastIndexByte(at, '.')+1:]
	if at == "" {
		return "the file"
	}
	return at
}

func (d *document) value(n *yaml.Node, at string, v reflect.Value) {
	if !d.plain(n, at) {
		return
	}
	if r, ok := v.Addr().Interface().(nodeReader); ok {
		r.readNode(d, n, at)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, at, v.Elem())
	case reflect.Struct:
		d.fields(n, at, v)
	case reflect.Slice:
		d.list(n, at, v)
	default:
		d.scalar(n, at, v)
	}
}

// plain refuses what YAML has and content does not need.
func (d *document) plain(n *yaml.Node, at string) bool {
	switch {
	case n.Kind == yaml.AliasNode:
		d.addf(at, "%s: an alias: write the value out", name(at))
	case n.Anchor != "":
		d.addf(at, "%s: an anchor: remove &%s", name(at), n.Anchor)
	case n.Style&yaml.TaggedStyle != 0:
		d.addf(at, "%s: a tag: remove %s", name(at), n.Tag)
	case n.ShortTag() == "!!null":
		d.addf(at, "%s is empty: give it a value or remove the line", name(at))
	default:
		return true
	}
	return false
}

func (d *document) list(n *yaml.Node, at string, v reflect.Value) {
	if n.Kind != yaml.SequenceNode {
		d.addf(at, "%s: want a list, found %s", name(at), found(n))
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
	for i, item := range n.Content {
		d.value(item, indexed(at, i), v.Index(i))
	}
}

func (d *document) scalar(n *yaml.Node, at string, v reflect.Value) {
	want := "a text"
	ok := n.Kind == yaml.ScalarNode
	switch {
	case !ok:
	case v.Type() == reflect.TypeFor[compare.Date]():
		want = "a day such as 2026-11-22"
		ok = compare.Date(n.Value).Valid()
		v.SetString(n.Value)
	case v.Kind() == reflect.String:
		d.text(n, at, v)
	case v.Kind() == reflect.Int:
		want = "a whole number"
		ok = n.ShortTag() == "!!int" && wholeNumber.MatchString(n.Value)
		if ok {
			i, _ := strconv.Atoi(n.Value) // nine digits at most: cannot fail
			v.SetInt(int64(i))
		}
	case v.Kind() == reflect.Bool:
		want = "true or false"
		ok = n.ShortTag() == "!!bool" && (n.Value == "true" || n.Value == "false")
		v.SetBool(n.Value == "true")
	}
	if !ok {
		d.addf(at, "%s: want %s, found %s", name(at), want, found(n))
	}
}

// wholeNumber leaves out octal, hexadecimal and underscores, which YAML reads
// as numbers that a person may not expect.
var wholeNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,8})$`)

// text takes any scalar as it is written, so that "26.0" stays "26.0".
func (d *document) text(n *yaml.Node, at string, v reflect.Value) {
	s := strings.TrimSpace(n.Value)
	marked := false // hardly a text is: to look for signs is far cheaper than for forms
	for i := range len(s) {
		switch b := s[i]; {
		case b < ' ' || b == 0x7f:
			d.addf(at, "%s: more than one line, or a control character: write it on one line, or fold it with >-", name(at))
			return
		case b == '`' || b == '[' || b == '{' || b == ']':
			marked = true
		}
	}
	if !marked {
		v.SetString(s)
		return
	}
	if sign := markup.FindString(s); sign != "" {
		d.addf(at, "%s is plain text, and %s would be printed as it is: remove it", name(at), sign)
	}
	v.SetString(s)
}

// markup is what Markdown would turn into something else. Texts in YAML are
// printed as they are, so a reader would see the signs. All of it has one of
// the signs that text looks for.
var markup = regexp.MustCompile("`|\\[\\^|\\{=|\\]\\(")

func found(n *yaml.Node) string {
	switch n.Kind {
	case yaml.SequenceNode:
		return "a list"
	case yaml.MappingNode:
		return "fields"
	}
	const most = 40
	s := n.Value
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most]) + "…"
	}
	return strconv.Quote(s)
}
