package compare

import (
	"cmp"
	"strings"
)

// Is reports whether the runtime's version begins with prefix, by whole parts:
// 3.13.2 is a 3.13 and no 3.1. Every version begins with "".
func (r *Runtime) Is(prefix string) bool {
	rest, ok := strings.CutPrefix(r.Version, prefix)
	return ok && (prefix == "" || rest == "" || rest[0] == '.')
}

// compareVersions orders versions by their numbers: 9.1 is before 26.0. Of two
// with the same numbers, one with letters after them is the earlier: 3.15.0b1
// leads to 3.15.0.
func compareVersions(a, b string) int {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range max(len(as), len(bs)) {
		an, arest := versionPart(as, i)
		bn, brest := versionPart(bs, i)
		if order := cmp.Or(cmp.Compare(an, bn), afterLetters(arest, brest)); order != 0 {
			return order
		}
	}
	return 0
}

// versionPart returns the number at the start of a part, and what follows it.
// A part that is missing counts as 0.
func versionPart(parts []string, i int) (n int, rest string) {
	if i >= len(parts) {
		return 0, ""
	}
	rest = parts[i]
	for rest != "" && rest[0] >= '0' && rest[0] <= '9' {
		n = min(n*10+int(rest[0]-'0'), 1<<30)
		rest = rest[1:]
	}
	return n, rest
}

func afterLetters(a, b string) int {
	if (a == "") != (b == "") {
		return cmp.Compare(len(b), len(a))
	}
	return strings.Compare(a, b)
}
