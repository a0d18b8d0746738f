package repo

import (
	"go/ast"
	"go/format"
	"go/token"
	"regexp"
	"slices"
	"strings"
)

// Limits of section 11 of docs/HOUSE.md.
const (
	maxFunction = 60  // lines of a function
	maxFile     = 400 // lines of a file
)

// formatted checks that gofmt would change nothing.
func formatted(t *tree) []string {
	var problems []string
	for _, f := range t.golang(true) {
		want, err := format.Source([]byte(f.src))
		if err != nil || string(want) != f.src {
			problems = append(problems, f.path+": not formatted: run make fmt")
		}
	}
	return problems
}

// sizes checks the lengths of functions and files. Tests and generated files
// may be as long as they need.
func sizes(t *tree) []string {
	var problems []string
	for _, f := range append(t.golang(false), t.ext(".templ")...) {
		if n := f.lines(); n > maxFile {
			problems = append(problems, t.sprint(f, "has %d lines, limit %d", n, maxFile))
		}
	}
	for _, f := range t.golang(false) {
		for _, d := range f.syntax.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			n := t.fset.Position(fn.End()).Line - t.fset.Position(fn.Pos()).Line + 1
			if n > maxFunction {
				problems = append(problems, t.at(fn.Pos(), "%s has %d lines, limit %d", fn.Name.Name, n, maxFunction))
			}
		}
	}
	return problems
}

// docs checks that every package and every exported name has a doc comment
// that starts with its name.
func docs(t *tree) []string {
	var problems []string
	packages := map[string]bool{}
	for _, f := range t.golang(false) {
		if f.syntax.Doc != nil {
			packages[f.dir()] = true
		} else if _, seen := packages[f.dir()]; !seen {
			packages[f.dir()] = false
		}
		for _, d := range f.syntax.Decls {
			problems = append(problems, t.undocumented(d)...)
		}
	}
	for dir, ok := range packages {
		if !ok {
			problems = append(problems, dir+": no package comment")
		}
	}
	for _, f := range t.ext(".templ") {
		problems = append(problems, undocumentedComponents(f)...)
	}
	slices.Sort(problems)
	return problems
}

func (t *tree) undocumented(d ast.Decl) []string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && exportedReceiver(d) && !isKnownMethod(d) && !startsWith(d.Doc, d.Name.Name) {
			return []string{t.at(d.Pos(), "no doc comment that starts with %s", d.Name.Name)}
		}
	case *ast.GenDecl:
		var problems []string
		for _, s := range d.Specs {
			problems = append(problems, t.undocumentedSpec(d, s)...)
		}
		return problems
	}
	return nil
}

func (t *tree) undocumentedSpec(d *ast.GenDecl, s ast.Spec) []string {
	single := !d.Lparen.IsValid()
	switch s := s.(type) {
	case *ast.TypeSpec:
		doc := s.Doc
		if single {
			doc = d.Doc
		}
		if s.Name.IsExported() && !startsWith(doc, s.Name.Name) {
			return []string{t.at(s.Pos(), "no doc comment that starts with %s", s.Name.Name)}
		}
	case *ast.ValueSpec:
		for _, name := range s.Names {
			ok := startsWith(d.Doc, name.Name)
			if !single { // one comment may stand for a group
				ok = d.Doc != nil || startsWith(s.Doc, name.Name)
			}
			if name.IsExported() && !ok {
				return []string{t.at(s.Pos(), "no doc comment that starts with %s", name.Name)}
			}
		}
	}
	return nil
}

// isKnownMethod reports whether the method says what it does by its name and
// the interface everybody knows it from.
func isKnownMethod(d *ast.FuncDecl) bool {
	return d.Recv != nil && (d.Name.Name == "Error" || d.Name.Name == "String")
}

// exportedReceiver reports whether the function is a plain one, or a method
// that readers of the package's documentation see.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	typ := d.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if index, ok := typ.(*ast.IndexExpr); ok {
		typ = index.X
	}
	id, ok := typ.(*ast.Ident)
	return !ok || id.IsExported()
}

func startsWith(doc *ast.CommentGroup, name string) bool {
	if doc == nil {
		return false
	}
	text := doc.Text()
	for _, article := range []string{"A ", "An ", "The "} {
		if rest, ok := strings.CutPrefix(text, article); ok {
			text = rest
			break
		}
	}
	rest, ok := strings.CutPrefix(text, name)
	return ok && (rest == "" || !isLetter(rest[0]))
}

func isLetter(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_'
}

// component matches the head of an exported component, with the comment above it.
var component = regexp.MustCompile(`(?m)((?:^//.*\n)*)^templ ([A-Z]\w*)\(`)

func undocumentedComponents(f file) []string {
	var problems []string
	for _, m := range component.FindAllStringSubmatch(f.src, -1) {
		if !strings.HasPrefix(m[1], "// "+m[2]+" ") {
			problems = append(problems, f.path+": no doc comment that starts with "+m[2])
		}
	}
	return problems
}

// ambient checks that the environment, the clock and the exit of the process
// are touched only by the program's main package.
func ambient(t *tree) []string {
	names := []string{
		"os.Getenv", "os.LookupEnv", "os.Environ", "os.Setenv", "os.Exit", "os.Args",
		"time.Now", "time.Since", "time.Until",
	}
	var problems []string
	for _, f := range t.golang(false) {
		if strings.HasPrefix(f.path, "cmd/") || strings.HasPrefix(f.path, "tools/") {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := sel.X.(*ast.Ident); ok && slices.Contains(names, x.Name+"."+sel.Sel.Name) {
					problems = append(problems, t.at(n.Pos(), "%s.%s outside cmd", x.Name, sel.Sel.Name))
				}
			}
			return true
		})
	}
	return problems
}

// globals checks that nothing runs before main and that no package variable
// changes after it is made. It sees assignments and the types of package sync;
// what a method does to a variable it cannot see. A sync.Pool may stay: what
// it holds makes no difference to any answer.
func globals(t *tree) []string {
	vars := map[string]map[string]bool{} // package folder to its variables
	var problems []string
	for _, f := range t.golang(false) {
		if vars[f.dir()] == nil {
			vars[f.dir()] = map[string]bool{}
		}
		for _, d := range f.syntax.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				problems = append(problems, t.at(fn.Pos(), "func init"))
			}
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			for _, s := range g.Specs {
				v := s.(*ast.ValueSpec)
				for _, name := range v.Names {
					vars[f.dir()][name.Name] = true
				}
				if usesSync(v) {
					problems = append(problems, t.at(v.Pos(), "%s is state shared by all callers", v.Names[0].Name))
				}
			}
		}
	}
	for _, f := range t.golang(false) {
		problems = append(problems, t.assigned(f, vars[f.dir()])...)
	}
	return problems
}

func usesSync(v *ast.ValueSpec) bool {
	found := false
	ast.Inspect(v, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && (x.Name == "sync" && sel.Sel.Name != "Pool" || x.Name == "atomic") {
				found = true
			}
		}
		return !found
	})
	return found
}

// assigned returns the places where the file changes one of the variables.
func (t *tree) assigned(f file, vars map[string]bool) []string {
	var problems []string
	for _, d := range f.syntax.Decls {
		local := declared(d)
		for _, e := range changed(d) {
			if id := root(e); id != nil && id.Name != "_" && vars[id.Name] && !local[id.Name] {
				problems = append(problems, t.at(e.Pos(), "package variable %s is changed", id.Name))
			}
		}
	}
	return problems
}

// changed returns the expressions that the declaration assigns to.
func changed(d ast.Decl) []ast.Expr {
	var out []ast.Expr
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Tok != token.DEFINE {
				out = append(out, n.Lhs...)
			}
		case *ast.IncDecStmt:
			out = append(out, n.X)
		case *ast.CallExpr:
			if fn, ok := n.Fun.(*ast.Ident); ok && (fn.Name == "delete" || fn.Name == "clear") && len(n.Args) > 0 {
				out = append(out, n.Args[0])
			}
		}
		return true
	})
	return out
}

// declared returns the names that a function declares for itself, in whatever
// block: a name used for both a local and a package variable counts as local.
func declared(d ast.Decl) map[string]bool {
	fn, ok := d.(*ast.FuncDecl)
	if !ok {
		return nil
	}
	local := map[string]bool{}
	ast.Inspect(fn, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			for _, name := range n.Names {
				local[name.Name] = true
			}
		case *ast.ValueSpec:
			for _, name := range n.Names {
				local[name.Name] = true
			}
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				if id, ok := e.(*ast.Ident); ok && n.Tok == token.DEFINE {
					local[id.Name] = true
				}
			}
		case *ast.RangeStmt:
			for _, e := range []ast.Expr{n.Key, n.Value} {
				if id, ok := e.(*ast.Ident); ok && n.Tok == token.DEFINE {
					local[id.Name] = true
				}
			}
		}
		return true
	})
	return local
}

// root returns the variable that an assignable expression starts from.
func root(e ast.Expr) *ast.Ident {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x
		case *ast.IndexExpr:
			e = x.X
		case *ast.SelectorExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		default:
			return nil
		}
	}
}
