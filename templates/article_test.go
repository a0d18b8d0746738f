package templates

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/compare"
)

func TestTallness(t *testing.T) {
	t.Parallel()
	for size, want := range map[int]string{0: "tall-4", 3149: "tall-4", 3255: "tall-5", 9432: "tall-6", 14621: "tall-8", 1 << 20: "tall-8"} {
		if got := tallness(compare.HTML(strings.Repeat("x", size))); got != want {
			t.Errorf("a part of %d bytes is %q, want %q", size, got, want)
		}
	}
}

func TestParts(t *testing.T) {
	t.Parallel()
	const one, two = `<div class="heading"><h2 id="one">One</h2></div><p>1</p>`, `<div class="heading"><h2 id="two">Two</h2></div><p>2</p>`
	const below = `<div class="heading"><h3 id="below">Below</h3></div><p>3</p>`
	for body, want := range map[string][]compare.HTML{
		"":                             nil,
		"\n":                           nil,
		"<p>0</p>":                     {"<p>0</p>"},
		"<p>0</p>" + one + below + two: {"<p>0</p>", one + below, two},
		one + two + "<p>4</p>":         {one, two + "<p>4</p>"},
	} {
		got := parts(compare.HTML(body))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("parts(%q) (-want +got):\n%s", body, diff)
		}
		var all strings.Builder
		for _, part := range got {
			all.WriteString(string(part))
		}
		if strings.TrimSpace(all.String()) != strings.TrimSpace(body) {
			t.Errorf("parts(%q) put together are %q", body, all.String())
		}
	}
}
