package repo

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTempl checks that the components are formatted and that the Go files
// generated from them are those the pinned generator writes today.
func TestTempl(t *testing.T) {
	t.Parallel()
	if problem := templ(t, repository()); problem != "" {
		t.Errorf("%s\nrun make fmt generate", problem)
	}
}

// TestTemplCanFail shows the check a component without its Go file, and one
// that is not formatted.
func TestTemplCanFail(t *testing.T) {
	t.Parallel()
	const tidy = "package templates\n\ntempl Home() {\n\t<p>Home</p>\n}\n"
	stale := memory(map[string]string{
		"templates/home.templ":    tidy,
		"templates/home_templ.go": "package templates\n",
	})
	if got := templ(t, stale); !strings.Contains(got, "not up to date") {
		t.Errorf("templ(stale) = %q, want a file that is not up to date", got)
	}
	untidy := memory(map[string]string{"templates/home.templ": strings.Replace(tidy, "<p>", "<p  >", 1)})
	if got := templ(t, untidy); !strings.Contains(got, "not properly formatted") {
		t.Errorf("templ(untidy) = %q, want a file that is not formatted", got)
	}
}

// templ runs, as make fmt and make generate do, the formatter and the generator over a copy of the tree's
// components, because the formatter writes even when it only checks. It
// returns what they complain about.
func templ(t *testing.T, fsys fs.FS) string {
	t.Helper()
	dir := t.TempDir()
	all, err := load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all.files {
		if !strings.HasSuffix(f.path, ".templ") && !f.isGenerated() {
			continue
		}
		name := filepath.Join(dir, f.path)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(f.src), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	folder := filepath.Join(dir, "templates")
	if out, err := run("fmt", "-fail", folder); err != nil {
		return strings.ReplaceAll(out, dir, ".")
	}
	// The generated files name their sources as seen from the folder the
	// generator was started in: here or in the folder of the components.
	out, err := run("generate", "-check", "-path", folder)
	if err != nil {
		_, err = run("generate", "-check", "-path", dir)
	}
	if err != nil {
		return strings.ReplaceAll(out, dir, ".")
	}
	return ""
}

// run runs the generator that go.mod pins.
func run(args ...string) (string, error) {
	cmd := exec.Command("go", append([]string{"tool", "templ"}, args...)...)
	cmd.Dir = filepath.Join("..", "..")
	out, err := cmd.CombinedOutput()
	return string(out), err
}
