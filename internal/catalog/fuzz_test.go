package catalog_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tiebreak/internal/catalog"
)

// FuzzMarkdown loads any article: it may be refused, but never hang or panic,
// and what is accepted must keep the promises of rendered texts.
func FuzzMarkdown(f *testing.F) {
	good := readFolder(f, "testdata/valid")
	for _, pattern := range []string{"testdata/render/*.md", "testdata/mistakes/*/red-vs-blue/article.md"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range names {
			source, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(source))
		}
	}
	f.Fuzz(func(t *testing.T, article string) {
		changed := maps.Clone(good)
		changed["red-vs-blue/article.md"] = &fstest.MapFile{Data: []byte(article)}
		c, err := catalog.Load(changed)
		if err != nil {
			return
		}
		checkMarkup(t, c.All()[0].Article)
	})
}

// FuzzYAML loads any criteria, questions, facts or lock file.
func FuzzYAML(f *testing.F) {
	files := []string{
		"red-vs-blue/editions/1/criteria.yaml", "red-vs-blue/editions/1/questions.yaml", "red-vs-blue/facts.yaml",
		"red-vs-blue/editions/lock.yaml", "red-vs-blue/readers.yaml", "red-vs-blue/comparison.yaml", "pages/method.md",
	}
	good := readFolder(f, "testdata/valid")
	for i, name := range files {
		f.Add(uint(i), string(good[name].Data))
	}
	f.Add(uint(0), "a: &a [*a]\n<<: *a\n? [1]\n: 2\n")
	f.Fuzz(func(t *testing.T, which uint, source string) {
		changed := maps.Clone(good)
		changed[files[which%uint(len(files))]] = &fstest.MapFile{Data: []byte(source)}
		problems := catalog.Check(changed)
		if _, err := catalog.Load(changed); (err == nil) != (len(problems) == 0) {
			t.Errorf("Load = %v, but Check = %v", err, problems)
		}
	})
}

// TestHostile renders texts made to be slow.
func TestHostile(t *testing.T) {
	fill := func(s string) string { return strings.Repeat(s, (48<<10)/len(s)) }
	for name, article := range map[string]string{
		"quotes":           fill("> "),
		"quote lines":      fill(strings.Repeat("> ", 6) + "a\n"),
		"nested lists":     fill("- - - - - - a\n"),
		"deeper lists":     strings.Repeat("  ", 20) + fill("- a\n  - b\n    - c\n      - d\n        - e\n          - f\n"),
		"open brackets":    fill("[a](\n\n"),
		"brackets":         fill("[[[[[[[[a]]]]]]]]\n\n"),
		"bracket lines":    fill("[a]("),
		"emphasis":         fill(strings.Repeat("*a _b ", 600) + "\n\n"),
		"strong":           fill(strings.Repeat("**a *b", 600) + "\n\n"),
		"emphasis lines":   fill(strings.Repeat("a**b", 900) + "\n"),
		"backticks":        fill("`a ``b ```c ````d `````e\n\n"),
		"longer backticks": fill(strings.Repeat("`a``b", 700) + "\n\n"),
		"html":             fill("<a <b <!-- <? <![CDATA[ \n\n"),
		"autolinks":        fill("<http://a <b@c \n\n"),
		"definitions":      fill("[a]: /b 'c\n"),
		"references":       fill("[a]: /b\n\n[a][a][a]\n\n"),
		"tables":           fill("|a|b|\n|-|-|\n" + strings.Repeat("|", 3000) + "\n\n"),
		"wide tables":      fill(strings.Repeat("|a", 1500) + "\n" + strings.Repeat("|-", 1500) + "\n|b\n\n"),
		"headings":         fill("## a\n"),
		"same headings":    fill("## a {#a}\n"),
		"citations":        fill("[^F-1]"),
		"figure lines":     fill("{=F-1} {=F-9} {=\n\n"),
		"entities":         fill("&amp;&#x26;&a\n\n"),
		"escapes":          fill("\\*\\[\\\\"),
		"fences":           fill("```js\n\n"),
		"code":             "```js\n" + fill("/(/.exec('((((a*)*)*)*)' + `${\n\n") + "```",
		"long strings":     "```python\n" + fill("\"\"\" f'{\n\n") + "```",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			catalog.Check(withArticle(t, article))
			if d := time.Since(start); d > 30*time.Second {
				t.Errorf("took %v", d)
			} else {
				t.Logf("took %v", d)
			}
		})
	}
}
