package catalog_test

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tiebreak/internal/catalog"
)

// pathological are the shapes that CommonMark's own suite calls so, each at a
// size at which a careless parser takes seconds.
func pathological() map[string]string {
	n := strings.Repeat
	lines := func(count int, line func(i int) string) string {
		var b strings.Builder
		for i := range count {
			b.WriteString(line(i))
		}
		return b.String()
	}
	return map[string]string{
		"nested strong emphasis":          n("*a **a ", 5000) + "b" + n(" a** a*", 5000),
		"emphasis closers, no openers":    n("a_ ", 20000),
		"emphasis openers, no closers":    n("_a ", 20000),
		"link closers, no openers":        n("a]", 20000),
		"link openers, no closers":        n("[a", 20000),
		"openers and closers, multiple 3": "a**b" + n("c* ", 20000),
		"openers and closers crossed":     n("*_a*_ ", 10000),
		"links and emphasis":              n("[ a_", 20000),
		"pattern [ (](":                   n("[ (](", 10000),
		"pattern ![[]()":                  n("![[]()", 10000),
		"hard link and emphasis":          "**x [a*b**c*](d)",
		"nested brackets":                 n("[", 20000) + "a" + n("]", 20000),
		"nested block quotes":             n("> ", 20000) + "a",
		"nested lists":                    lines(800, func(i int) string { return n("  ", i) + "* a\n" }),
		"nested ordered lists":            n("1. ", 10000) + "a",
		"mixed containers":                n("- > 1. ", 4000) + "a",
		"nul in input":                    "abc\x00de\x00",
		"backticks":                       lines(300, func(i int) string { return "e" + n("`", i) }),
		"unclosed links A":                n("[a](<b", 10000),
		"unclosed links B":                n("[a](b", 10000),
		"unclosed comment":                "</" + n("<!--", 10000),
		"unclosed comments, lines":        n("<!-- a\n\n", 6000),
		"unclosed declarations":           n("<!A ", 10000),
		"unclosed instructions":           n("<?", 20000),
		"unclosed CDATA":                  n("<![CDATA[", 6000),
		"empty lines in deep lists":       n("- ", 3000) + "x" + n("\n", 3000),
		"empty lines in lists":            n("- a\n", 3000) + n("\n", 3000) + "b",
		"reference definitions":           lines(3000, func(i int) string { return fmt.Sprintf("[a%d]: u\n", i) }) + n("[a1]", 3000),
		"reference collisions":            lines(1500, func(i int) string { return fmt.Sprintf("[a%d]: /u\n\n[a%d] ", i%7, i) }),
		"reference titles":                n("[a]: u \"\n", 6000),
		"emphasis in many paragraphs":     n("*a **b _c __d\n\n", 4000),
		"table of many columns":           n("|a", 2000) + "\n" + n("|-", 2000) + "\n" + n("|b\n", 4000),
		"tables of nothing":               n("|-\n", 15000),
		"header lines":                    n("a\n=\n", 10000),
		"footnotes":                       lines(3000, func(i int) string { return fmt.Sprintf("[^%d]: a\n", i) }) + n("[^1]", 3000),
		"entities":                        n("&", 40000),
		"autolinks":                       n("<a:", 15000),
		"mail autolinks":                  n("a@", 20000),
		"backslashes":                     n("\\", 40000),
		"tabs":                            n("\t", 20000) + "a",
		"fences":                          n("~~~\n```\n", 6000),
		"one line":                        n("a", 60000),
		"wide characters":                 n("\u202e\U0001F469\u200d", 5000),
		"not UTF-8":                       n("\xff\xfe ", 15000),
	}
}

// brokenLimit is for all that TestPathological loads, on a machine that does
// little else. The race detector takes several times as long.
const brokenLimit = 2 * time.Second

// TestPathological loads the shapes and every broken folder, one after the other:
// each loads, or is refused with file and line, and all together are quick.
func TestPathological(t *testing.T) {
	good := readFolder(t, "testdata/valid")
	var inputs []fstest.MapFS
	for _, article := range pathological() {
		changed := maps.Clone(good)
		changed["red-vs-blue/article.md"] = &fstest.MapFile{Data: []byte(article)}
		inputs = append(inputs, changed)
	}
	fields := maps.Clone(good) // each is wrong, and its line is looked up
	comparison := slices.Clone(good["red-vs-blue/comparison.yaml"].Data)
	for i := range 20000 {
		comparison = fmt.Appendf(comparison, "k%d: 1\n", i)
	}
	fields["red-vs-blue/comparison.yaml"] = &fstest.MapFile{Data: comparison}
	inputs = append(inputs, fields)
	folders, err := filepath.Glob("testdata/mistakes/*")
	if err != nil || len(folders) < 50 {
		t.Fatalf("%d broken folders, want 50 or more (%v)", len(folders), err)
	}
	for _, folder := range folders {
		changed := maps.Clone(good)
		for name, file := range readFolder(t, folder) {
			if path.Ext(name) != ".txt" || path.Dir(name) != "." {
				changed[name] = file
			}
		}
		inputs = append(inputs, changed)
	}
	took := make([]time.Duration, 3) // the best of three: others may use the machine
	for i := range took {
		start := time.Now()
		for _, files := range inputs {
			checkRefusal(t, files)
		}
		if took[i] = time.Since(start); took[i] < brokenLimit {
			break
		}
	}
	t.Logf("%d inputs took %v", len(inputs), took)
	if slices.Min(took) > brokenLimit*slowdown {
		t.Errorf("%d inputs took %v, want less than %v", len(inputs), took, brokenLimit*slowdown)
	}
}

func checkRefusal(t *testing.T, files fstest.MapFS) {
	t.Helper()
	_, err := catalog.Load(files)
	var problems catalog.Problems
	if err != nil && !errors.As(err, &problems) {
		t.Fatalf("refused without a problem: %v", err)
	}
	for _, p := range problems {
		if p.Path == "" || p.Line < 0 || p.Msg == "" {
			t.Errorf("problem without file, line or message: %+v", p)
		}
	}
}
