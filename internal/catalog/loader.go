package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"unicode/utf8"

	"tiebreak/internal/compare"
)

// The files and folders of the content.
const (
	siteName       = "site.yaml"
	pagesFolder    = "pages"
	comparisonFile = "comparison.yaml"
	articleFile    = "article.md"
	factsFile      = "facts.yaml"
	claimsFile     = "claims.yaml"
	readersFile    = "readers.yaml"
	contrasFile    = "contradictions.yaml"
	editionsFolder = "editions"
	lockFile       = "editions/lock.yaml"
	criteriaFile   = "criteria.yaml"
	questionsFile  = "questions.yaml"

	measurementsFolder = "measurements"
	measurementFile    = "measurement.yaml"
	resultsFile        = "results.json"
)

// maxFile is the size of the largest file that is read.
const maxFile = 512 << 10

// A loader reads one content folder and gathers what is wrong with it.
type loader struct {
	fsys     fs.FS
	problems Problems
	links    []link          // to be checked once everything is loaded
	unread   map[string]bool // slugs of comparisons that could not be read in full
	// written has the hash of each edition's texts as they are in its files,
	// before figures were printed into them.
	written  map[*compare.Edition]string
	thorough bool // all code is coloured, to see whether it can be
}

func newLoader(fsys fs.FS) *loader {
	return &loader{fsys: fsys, unread: map[string]bool{}, written: map[*compare.Edition]string{}}
}

func (l *loader) addf(path string, line int, format string, args ...any) {
	l.problems = append(l.problems, Problem{path, line, fmt.Sprintf(format, args...)})
}

// wrong reports a problem at a path in a document.
func (l *loader) wrong(d *document, at, format string, args ...any) {
	d.bad[at] = true
	l.addf(d.path, d.lineOf(at), format, args...)
}

func (l *loader) sorted() Problems { return l.problems.sorted() }

// catalog loads everything. What it returns means nothing if there are problems.
func (l *loader) catalog() *Catalog {
	c := &Catalog{site: l.site(), more: map[string]more{}}
	var folders []string
	for _, entry := range l.list(".") {
		switch name := entry.Name(); {
		case !entry.IsDir():
			l.stray(name, siteName)
		case name == pagesFolder:
			c.pages = l.pages()
		case strings.Contains(name, "-vs-"):
			folders = append(folders, name)
		default:
			l.addf(name, 0, "neither %s nor a comparison, whose name has -vs- inside: rename or remove it", pagesFolder)
		}
	}
	l.comparisons(c, folders)
	if len(c.comparisons) == 0 {
		l.addf(".", 0, "there is no comparison: add a folder with -vs- in its name")
	}
	l.checkLinks(c)
	return c
}

// A loaded comparison comes with the loader that found its problems.
type loaded struct {
	*loader
	comparison *compare.Comparison
	more       more
}

// comparisons loads the folders, as many at once as there are processors: none
// of them knows of the others.
func (l *loader) comparisons(c *Catalog, folders []string) {
	turn := make(chan struct{}, runtime.GOMAXPROCS(0))
	results := make([]func() loaded, len(folders))
	for i, slug := range folders {
		results[i] = later(func() loaded {
			turn <- struct{}{}
			defer func() { <-turn }()
			own := newLoader(l.fsys)
			own.thorough = l.thorough
			comparison, more := own.comparison(slug)
			return loaded{own, comparison, more}
		})
	}
	for i, slug := range folders {
		r := results[i]()
		c.comparisons = append(c.comparisons, r.comparison)
		c.more[slug] = r.more
		l.problems = append(l.problems, r.problems...)
		l.links = append(l.links, r.links...)
		maps.Copy(l.unread, r.unread)
		maps.Copy(l.written, r.written)
	}
}

// later makes something in the background. The function it returns waits for
// it, and is to be called once.
func later[T any](work func() T) func() T {
	done := make(chan T, 1)
	go func() { done <- work() }()
	return func() T { return <-done }
}

// list returns what is in a folder, ordered by name, without hidden files.
func (l *loader) list(folder string) []fs.DirEntry {
	entries, err := fs.ReadDir(l.fsys, folder)
	if err != nil {
		l.addf(folder, 0, "cannot be read: %s", reason(err))
		return nil
	}
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return strings.HasPrefix(e.Name(), ".") })
}

// stray reports a file of content that nothing reads: its name is misspelt, or
// it lies in the wrong folder. Files of other kinds are let be.
func (l *loader) stray(file string, known ...string) {
	switch path.Ext(file) {
	case ".yaml", ".yml", ".md":
		if !slices.Contains(known, path.Base(file)) {
			l.addf(file, 0, "no file of this name is read here: rename it to one of %s, or remove it", strings.Join(known, ", "))
		}
	}
}

// read returns the content of a text file.
func (l *loader) read(file string) ([]byte, bool) {
	info, err := fs.Stat(l.fsys, file)
	if err == nil && info.Size() > maxFile {
		l.addf(file, 0, "is larger than %d KiB: split it", maxFile>>10)
		return nil, false
	}
	source, err := fs.ReadFile(l.fsys, file)
	if err != nil {
		l.addf(file, 0, "cannot be read: %s", reason(err))
		return nil, false
	}
	if i := badByte(source); i >= 0 {
		l.addf(file, 1+bytes.Count(source[:i], []byte("\n")), "is not plain UTF-8 text with line feeds: found byte %#02x", source[i])
		return nil, false
	}
	return source, true
}

// badByte returns the position of the first byte that is no part of a text: a
// control character, a carriage return or invalid UTF-8. It is -1 if all is well.
func badByte(source []byte) int {
	for i := 0; i < len(source); {
		if b := source[i]; ' ' <= b && b < 0x7f || b == '\n' {
			i++
			continue
		}
		r, size := utf8.DecodeRune(source[i:])
		if r == utf8.RuneError && size == 1 || r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == 0xfeff {
			return i
		}
		i += size
	}
	return -1
}

func reason(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no such file"
	}
	return err.Error()
}

// decode reads a YAML file into the struct that into points at. The document
// is marked broken if the file cannot be read at all.
func (l *loader) decode(file string, into any) *document {
	source, ok := l.read(file)
	if !ok {
		return &document{path: file, broken: true, bad: map[string]bool{}}
	}
	d := decode(file, 0, source, into)
	l.problems = append(l.problems, d.problems...)
	return d
}

func (l *loader) site() *compare.Site {
	var f siteFile
	d := l.decode(siteName, &f)
	if f.Contact != "" && !strings.HasPrefix(f.Contact, "mailto:") && !strings.HasPrefix(f.Contact, "https://") {
		l.addf(siteName, d.lineOf("contact"), "contact must begin with mailto: or https://")
	}
	return &compare.Site{
		Name: f.Name, Line: f.Line, Author: f.Author, Contact: f.Contact, Interests: f.Interests,
	}
}

func (l *loader) pages() []*compare.Page {
	var pages []*compare.Page
	for _, entry := range l.list(pagesFolder) {
		file := path.Join(pagesFolder, entry.Name())
		name, ok := strings.CutSuffix(entry.Name(), ".md")
		if !ok || !lowerWords.MatchString(name) {
			l.addf(file, 0, "a page is a file of lower-case words ending in .md: rename or remove it")
			continue
		}
		if source, ok := l.read(file); ok {
			pages = append(pages, l.page(file, name, source))
		}
	}
	return pages
}

func (l *loader) page(file, name string, source []byte) *compare.Page {
	matter, body, above, ok := frontMatter(source)
	if !ok {
		l.addf(file, 1, "a page begins with a line ---, its title, summary and updated, and a second line ---")
		return &compare.Page{Name: name}
	}
	var m pageMatter
	l.problems = append(l.problems, decode(file, 1, matter, &m).problems...)
	r := render(text{file: file, above: above, source: body, figuresOurs: m.Figures != ""})
	l.take(r)
	return &compare.Page{
		Name: name, Title: m.Title, Summary: m.Summary, Updated: m.Updated,
		Body: l.colourCode(file, r), Headings: r.headings,
	}
}

// take keeps what rendering found.
func (l *loader) take(r rendered) {
	l.problems = append(l.problems, r.problems...)
	l.links = append(l.links, r.links...)
}

// frontMatter splits a page into its YAML and its Markdown, and counts the
// lines above the Markdown.
func frontMatter(source []byte) (matter, body []byte, above int, ok bool) {
	const fence = "---\n"
	rest, ok := bytes.CutPrefix(source, []byte(fence))
	if !ok {
		return nil, nil, 0, false
	}
	matter, body, ok = bytes.Cut(rest, []byte("\n"+fence))
	return matter, body, bytes.Count(matter, []byte("\n")) + 3, ok
}
