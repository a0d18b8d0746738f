package catalog_test

import (
	"errors"
	"io/fs"
	"os"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/catalog"
	"tiebreak/internal/compare"
)

// valid returns a small content folder without problems.
func valid(t *testing.T) fstest.MapFS {
	t.Helper()
	return readFolder(t, "testdata/valid")
}

func load(t *testing.T, fsys fstest.MapFS) *catalog.Catalog {
	t.Helper()
	c, err := catalog.Load(fsys)
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	return c
}

func TestLoad(t *testing.T) {
	c := load(t, valid(t))
	got, err := c.Get("red-vs-blue")
	if err != nil {
		t.Fatal(err)
	}
	if len(c.All()) != 1 || c.All()[0] != got {
		t.Errorf("All() = %v, want the one comparison", c.All())
	}
	if _, err := c.Get("red-vs-green"); !errors.Is(err, compare.ErrNotFound) {
		t.Errorf("Get(unknown) = %v, want ErrNotFound", err)
	}
	if _, err := c.Page("imprint"); !errors.Is(err, compare.ErrNotFound) {
		t.Errorf("Page(unknown) = %v, want ErrNotFound", err)
	}
	page, err := c.Page("method")
	if err != nil || page.Title != "The method" || len(c.Pages()) != 1 {
		t.Errorf("Page(method) = %v, %v", page, err)
	}
	wantSite := &compare.Site{Name: "Tiebreak", Line: "One decision", Interests: []string{"Nobody pays for this site."}}
	if diff := cmp.Diff(wantSite, c.Site()); diff != "" {
		t.Errorf("Site() differs (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"F-1", "F-2"}, got.Article.Cited); diff != "" {
		t.Errorf("Cited differs (-want +got):\n%s", diff)
	}
	if got.Article.Words != 30 {
		t.Errorf("Words = %d, want 30", got.Article.Words)
	}
	if got, want := got.Facts[1].Values[1], (compare.Value{Name: "red", Text: "9.0", Unit: "m²"}); got != want {
		t.Errorf("value = %v, want %v: numbers are kept as written", got, want)
	}
}

func TestCells(t *testing.T) {
	c := load(t, valid(t))
	type rating struct {
		Value, Lo, Hi int
		Unknown       bool
	}
	var got []rating
	for _, criterion := range c.All()[0].Current().Criteria {
		for _, cell := range criterion.Cells {
			got = append(got, rating{cell.Value, cell.Lo, cell.Hi, cell.Unknown})
		}
	}
	want := []rating{
		{80, 70, 90, false}, // band from grade B
		{50, 0, 100, true},  // unknown
		{41, 36, 46, false}, // 40.5 by the scale, rounded half up; band from grade A
		{96, 70, 97, false}, // its own band
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("cells differ (-want +got):\n%s", diff)
	}
}

func TestClaims(t *testing.T) {
	files := valid(t)
	got := load(t, files).All()[0]
	want := []compare.Claim{
		{
			ID: "C-1", Group: "drying", Text: "Red paint dries within two hours.", Verdict: compare.ClaimHolds,
			Why: "It took less than that where it was measured.", Facts: []string{"F-1"},
		},
		{
			ID: "C-2", Group: "drying", Text: "Blue rooms sell better.", Verdict: compare.ClaimUnsupported,
			Why: "Nobody has counted.",
		},
	}
	if diff := cmp.Diff(want, got.Claims); diff != "" {
		t.Errorf("Claims differ (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]compare.ClaimGroup{{ID: "drying", Name: "Drying"}}, got.ClaimGroups); diff != "" {
		t.Errorf("ClaimGroups differ (-want +got):\n%s", diff)
	}
	wantContradictions := []compare.Contradiction{{
		ID: "hurry", Text: "What dries quickly costs more.",
		Between: []compare.Side{{Question: "when", Choices: []string{"tonight"}}, {Question: "budget", Choices: []string{"short"}}},
	}}
	if diff := cmp.Diff(wantContradictions, got.Contradictions); diff != "" {
		t.Errorf("Contradictions differ (-want +got):\n%s", diff)
	}
	delete(files, "red-vs-blue/contradictions.yaml")
	delete(files, "red-vs-blue/claims.yaml")
	if none := load(t, files).All()[0]; len(none.Claims) != 0 || len(none.ClaimGroups) != 0 {
		t.Errorf("without claims.yaml there are claims: %v", none.Claims)
	}
}

func TestStale(t *testing.T) {
	c := load(t, valid(t))
	if got := c.Stale("2026-12-01"); len(got) != 0 {
		t.Errorf("Stale on the review date = %v, want none", got)
	}
	want := catalog.Problems{{
		Path: "red-vs-blue/facts.yaml", Line: 12,
		Msg: "fact F-2 was to be reviewed by 1 December 2026: read its sources again, then move checked and review-by",
	}}
	if diff := cmp.Diff(want, c.Stale("2026-12-02")); diff != "" {
		t.Errorf("Stale differs (-want +got):\n%s", diff)
	}
}

// readFolder returns all files under dir.
func readFolder(t testing.TB, dir string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	root := os.DirFS(dir)
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
