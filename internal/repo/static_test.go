package repo

import (
	"flag"
	"os"
	"testing"

	"tiebreak/internal/catalog"
)

// update is the flag that makes tests write what they would otherwise check.
var update = flag.Bool("update", false, "write the files that are generated")

// TestCodeCSS checks that the style sheet of highlighted code is the one that
// the highlighter's colours give. -update writes it.
func TestCodeCSS(t *testing.T) {
	t.Parallel()
	const name = "../../static/code.css"
	want := catalog.HighlightCSS()
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("static/code.css is out of date: run make generate")
	}
}
