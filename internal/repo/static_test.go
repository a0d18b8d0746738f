package repo

import (
	"flag"
	"os"
	"testing"

	"tiebreak/internal/palette"
)

// update is the flag that makes tests write what they would otherwise check.
var update = flag.Bool("update", false, "write the files that are generated")

// TestCodeCSS checks that the style sheet of highlighted code, and the classes
// that the program gives to it, are those that the highlighter's colours give.
// -update writes them.
func TestCodeCSS(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"static/code.css":             palette.CSS(),
		"internal/catalog/classes.go": palette.Classes(),
	} {
		file := "../../" + name
		if *update {
			if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("%s is out of date: run make generate", name)
		}
	}
}
