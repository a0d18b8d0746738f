package repo

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// A tree is the repository, or a small one made to break a rule.
type tree struct {
	fsys  fs.FS
	fset  *token.FileSet
	files []file // all files but binaries, in order of their paths
}

// A file is one text file of a tree.
type file struct {
	path   string
	src    string
	syntax *ast.File // of Go files outside testdata
}

// dir returns the folder the file lies in, "." for the root.
func (f file) dir() string { return path.Dir(f.path) }

// isTest reports whether the file is compiled only for tests.
func (f file) isTest() bool { return strings.HasSuffix(f.path, "_test.go") }

// isGenerated reports whether a program wrote the file.
func (f file) isGenerated() bool { return strings.HasSuffix(f.path, "_templ.go") }

// lines returns how many lines the file has.
func (f file) lines() int {
	return strings.Count(strings.TrimSuffix(f.src, "\n"), "\n") + 1
}

// skipped are folders that git ignores or owns.
var skipped = regexp.MustCompile(`^(\.git|\.idea|\.vscode|bin|dist|node_modules)$`)

// load reads and parses the tree in fsys.
func load(fsys fs.FS) (*tree, error) {
	t := &tree{fsys: fsys, fset: token.NewFileSet()}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if skipped.MatchString(d.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		return t.add(name)
	})
	return t, err
}

func (t *tree) add(name string) error {
	src, err := fs.ReadFile(t.fsys, name)
	if err != nil {
		return err
	}
	if slices.Contains(src, 0) {
		return nil // a picture or a program
	}
	f := file{path: name, src: string(src)}
	if path.Ext(name) == ".go" && !strings.Contains(name, "testdata/") {
		f.syntax, err = parser.ParseFile(t.fset, name, src, parser.ParseComments)
		if err != nil {
			return err
		}
	}
	t.files = append(t.files, f)
	return nil
}

// golang returns the Go files that people write; tests too if asked for.
func (t *tree) golang(tests bool) []file {
	var out []file
	for _, f := range t.files {
		if f.syntax != nil && !f.isGenerated() && (tests || !f.isTest()) {
			out = append(out, f)
		}
	}
	return out
}

// ext returns the files whose name ends in the given extension.
func (t *tree) ext(ext string) []file {
	var out []file
	for _, f := range t.files {
		if path.Ext(f.path) == ext {
			out = append(out, f)
		}
	}
	return out
}

// text returns the content of the named file, "" if there is none.
func (t *tree) text(name string) string {
	for _, f := range t.files {
		if f.path == name {
			return f.src
		}
	}
	return ""
}

// at formats a problem at a place in a Go file.
func (t *tree) at(pos token.Pos, format string, args ...any) string {
	p := t.fset.Position(pos)
	return fmt.Sprintf("%s:%d: %s", p.Filename, p.Line, fmt.Sprintf(format, args...))
}

// match returns "path:line" of every match of re in the file.
func (f file) match(re *regexp.Regexp) []string {
	var out []string
	for _, at := range re.FindAllStringIndex(f.src, -1) {
		line := 1 + strings.Count(f.src[:at[0]], "\n")
		out = append(out, fmt.Sprintf("%s:%d: %s", f.path, line, f.src[at[0]:at[1]]))
	}
	return out
}

// sprint formats a problem with a whole file.
func (t *tree) sprint(f file, format string, args ...any) string {
	return f.path + ": " + fmt.Sprintf(format, args...)
}

// exists reports whether the tree has the named file or folder.
func (t *tree) exists(name string) bool {
	_, err := fs.Stat(t.fsys, name)
	return err == nil
}
