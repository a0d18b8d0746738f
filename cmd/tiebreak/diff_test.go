package main

import (
	"os"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestDiff holds the whole text for two small editions, so that neither the
// generator of random readers nor the mapping changes unseen.
func TestDiff(t *testing.T) {
	t.Parallel()
	code, text, message := command(t, "edition", "diff", "red-vs-blue", "1", "2", "--random", "500", "--content", twoEditions)
	if code != 0 {
		t.Fatalf("edition diff = %d, %q, want 0", code, message)
	}
	want, err := os.ReadFile("testdata/diff.txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(string(want), text); diff != "" {
		t.Errorf("edition diff (-want +got):\n%s", diff)
	}
}

// changedEdition is the content with a third edition: like the second but for
// one choice's weight, one importance that is now fixed, and a criterion less.
func changedEdition(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(twoEditions)); err != nil {
		t.Fatal(err)
	}
	editions := dir + "/red-vs-blue/editions/"
	if err := os.CopyFS(editions+"3", os.DirFS(editions+"2")); err != nil {
		t.Fatal(err)
	}
	edit(t, editions+"3/criteria.yaml", func(s string) string { return s[:strings.Index(s, "  - id: wear")] })
	edit(t, editions+"3/questions.yaml", func(s string) string {
		s = strings.Replace(s, "points: {cover: 4}", "points: {cover: 5}", 1)
		s = strings.Replace(s, "points: {wear: 6}", "points: {cover: 6}", 1)
		s = strings.Replace(s, "help: In the rain.", "help: In the rain.\n    importance: low", 1)
		return s[:strings.Index(s, "mapping:")] + `mapping:
  - {question: when, is: same}
  - {question: budget, is: same}
  - {question: indoors, is: same}
  - {question: outdoors, is: same}
  - {question: wear, is: same}
`
	})
	edit(t, dir+"/red-vs-blue/readers.yaml", func(s string) string { return strings.ReplaceAll(s, "daily.high", "never") })
	return dir
}

func edit(t *testing.T, name string, change func(string) string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(change(string(text))), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestDiffOfWeights(t *testing.T) {
	t.Parallel()
	code, text, message := command(t, "edition", "diff", "red-vs-blue", "2", "3", "--random", "100", "--content", changedEdition(t))
	if code != 0 {
		t.Fatalf("edition diff = %d, %q, want 0", code, message)
	}
	for _, want := range []string{
		"edition 2, preview against edition 3, preview\n",
		"budget=short  cover 4  now cover 5\n",
		"wear=daily    wear 6  now cover 6\n",
		"outdoors      importance asked, now always low\n",
		"wear  no longer a criterion\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("edition diff lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "Questions in edition 2") {
		t.Errorf("edition diff tells of the questions before edition 2:\n%s", text)
	}
	code, text, message = command(t, "edition", "diff", "red-vs-blue", "1", "3", "--random", "100", "--content", changedEdition(t))
	if code != 0 || !strings.Contains(text, "Questions in edition 2\n") || !strings.Contains(text, "Questions in edition 3\n") {
		t.Errorf("edition diff over two steps = %d, %q:\n%s", code, message, text)
	}
}

func TestDiffExitCodes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		args string
		code int
		says string
	}{
		{"red-vs-blue 1 2 --random 0", 0, ""},
		{"red-vs-blue 2 1", 2, "older edition first"},
		{"red-vs-blue 1 1", 2, "older edition first"},
		{"red-vs-blue 1 3", 2, "no edition 3 of red-vs-blue: the newest is 2"},
		{"red-vs-blue 0 2", 2, "no edition 0"},
		{"red-vs-blue 1", 2, "<new>"},
		{"red-vs-blue one 2", 2, "old"},
		{"red-vs-green 1 2", 2, "no comparison"},
		{"red-vs-blue 1 2 --random=-1", 2, "from 0 to"},
		{"red-vs-blue 1 2 --content " + t.TempDir(), 1, "load content"},
	} {
		args := append([]string{"edition", "diff"}, strings.Fields(tt.args)...)
		if !strings.Contains(tt.args, "--content") {
			args = append(args, "--content", twoEditions)
		}
		if code, _, message := command(t, args...); code != tt.code || !strings.Contains(message, tt.says) {
			t.Errorf("%q = %d, %q, want %d and %q", tt.args, code, message, tt.code, tt.says)
		}
	}
}
