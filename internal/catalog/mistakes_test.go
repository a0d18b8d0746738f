package catalog_test

import (
	"flag"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/catalog"
)

var update = flag.Bool("update", false, "write the expected outputs under testdata")

// TestMistakes checks that every mistake gets its exact message. A folder of
// testdata/mistakes holds the files in which it differs from testdata/valid,
// the names of files to leave out in removed.txt, and the messages in want.txt.
// One with a file measured.txt differs from the folder with a measurement.
func TestMistakes(t *testing.T) {
	folders, err := filepath.Glob("testdata/mistakes/*")
	if err != nil || len(folders) < 40 {
		t.Fatalf("found %d mistakes, %v", len(folders), err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			t.Parallel()
			files, changed := valid(t), readFolder(t, folder)
			if _, ok := changed["measured.txt"]; ok {
				files = measured(t)
			}
			for name, file := range changed {
				if path.Ext(name) != ".txt" || path.Dir(name) != "." {
					files[name] = file
				}
			}
			if list, ok := changed["removed.txt"]; ok {
				for name := range strings.FieldsSeq(string(list.Data)) {
					delete(files, name)
				}
			}
			problems := catalog.Check(files)
			if len(problems) == 0 {
				t.Fatal("Check found nothing")
			}
			golden(t, filepath.Join(folder, "want.txt"), problems.Error()+"\n")
			if _, err := catalog.Load(files); err == nil || err.Error() != problems.Error() {
				t.Errorf("Load = %v, want what Check found", err)
			}
		})
	}
}

// golden compares got with the file of that name, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", name, diff)
	}
}
