package negotiate

import (
	"strings"
	"testing"
)

func TestCoding(t *testing.T) {
	t.Parallel()
	both := []string{Brotli, Gzip}
	for _, tt := range []struct {
		accept string
		offer  []string
		want   string
	}{
		{"", both, ""},
		{"gzip", both, "gzip"},
		{"gzip, deflate, br, zstd", both, "br"},
		{"gzip, deflate, br", []string{"gzip"}, "gzip"},
		{"br", []string{"gzip"}, ""},
		{"GZIP", both, "gzip"},
		{"x-gzip", both, "gzip"},
		{"gzip;q=0", both, ""},
		{"gzip;q=0, br;q=0", both, ""},
		{"gzip;q=0.000, br", both, "br"},
		{"br;q=0.5, gzip", both, "gzip"},
		{"br;q=0.5, gzip;q=0.5", both, "br"},
		{"gzip ; q = 0.5 , br ; q = 0.4", both, "gzip"},
		{"*", both, "br"},
		{"*;q=0", both, ""},
		{"br;q=0, *", both, "gzip"},
		{"gzip;q=0.5, identity", both, ""},
		{"identity;q=0.5, gzip;q=0.5", both, "gzip"},
		{"identity;q=0", both, ""},
		{"identity;q=0, gzip;q=0.001", both, "gzip"},
		{"gzip;q=2", both, ""},
		{"gzip;q=-1", both, ""},
		{"gzip;q=NaN", both, ""},
		{"gzip;q=", both, ""},
		{"gzip;level=9", both, ""},
		{",,;;=", both, ""},
		{"gzip", nil, ""},
	} {
		if got := Coding([]string{tt.accept}, tt.offer); got != tt.want {
			t.Errorf("Coding(%q, %q) = %q, want %q", tt.accept, tt.offer, got, tt.want)
		}
	}
	if got := Coding([]string{"br;q=0", "gzip"}, both); got != "gzip" {
		t.Errorf("negotiate of two header lines = %q, want gzip", got)
	}
}

func TestMatches(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		header string
		want   bool
	}{
		{`"a"`, true},
		{`W/"a"`, true},
		{`"b", "a"`, true},
		{`"b","a"`, true},
		{`*`, true},
		{``, false},
		{`"b"`, false},
		{`a`, false},
		{`"a-gzip"`, false},
		{`w/"a"`, false},
	} {
		if got := Matches([]string{tt.header}, `"a"`); got != tt.want {
			t.Errorf("Matches(%s) = %t, want %t", tt.header, got, tt.want)
		}
	}
	if Matches(nil, `"a"`) {
		t.Error("matches of no header = true")
	}
}

// FuzzAcceptEncoding reads any weights: the choice never has the weight 0, and
// nothing on offer has a higher one.
func FuzzAcceptEncoding(f *testing.F) {
	for _, seed := range []string{
		"gzip, deflate, br, zstd", "br;q=0, gzip;q=0.001", "*;q=0", "identity;q=0, *", "gzip;q=1.5", "br;Q=0.5;x=y",
		"gzip;q=", ";q=1", "gzip;q=NaN", "x-gzip", "GZIP , bR;q=0.9", "gzip;q=1e-9", ",,;;==", "gzip;q=-0", "gzip\x00",
	} {
		f.Add(seed)
	}
	offer := []string{Brotli, Gzip}
	f.Fuzz(func(t *testing.T, accept string) {
		weights := acceptWeights([]string{accept})
		got := Coding([]string{accept}, offer)
		if got != "" && weights.of(got) == 0 {
			t.Errorf("Coding(%q) = %q, which is refused", accept, got)
		}
		for _, coding := range offer {
			if got != "" && weights.of(coding) > weights.of(got) {
				t.Errorf("Coding(%q) = %q, though %q weighs more", accept, got, coding)
			}
		}
	})
}

func TestRequires(t *testing.T) {
	for _, tt := range []struct {
		header, tag string
		want        bool
	}{
		{`"a"`, `"a"`, true},
		{`"b", "a"`, `"a"`, true},
		{`*`, `"a"`, true},
		{`*`, "", true},
		{`"b"`, `"a"`, false},
		{`W/"a"`, `"a"`, false},
		{"", "", false},
		{"", `"a"`, false},
	} {
		if got := Requires([]string{tt.header}, tt.tag); got != tt.want {
			t.Errorf("Requires(%s, %s) = %t, want %t", tt.header, tt.tag, got, tt.want)
		}
	}
}

// FuzzMatches reads any If-None-Match header: it names the tag only if the tag
// is in it, or a star.
func FuzzMatches(f *testing.F) {
	const tag = `"0123456789abcdef01234567-br"`
	for _, seed := range []string{
		tag, "W/" + tag, "*", `"a", ` + tag, `"a",` + tag + `,W/"b"`, `"a, b", "c"`, `"`, ``, `,,,`, `W/`, `w/` + tag,
		` ` + tag + ` `, tag + tag, `"0123456789abcdef01234567"`, strings.Repeat(`"x",`, 300),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		got := Matches([]string{header}, tag)
		if got && !strings.Contains(header, tag) && !strings.Contains(header, "*") {
			t.Errorf("Matches(%q) = true without the tag", header)
		}
		if !Matches([]string{header, tag}, tag) || !Matches([]string{header + ", " + tag}, tag) {
			t.Errorf("the tag after %q is not seen", header)
		}
	})
}

// FuzzTag puts the tag of any name among any others: it is found there, and the
// tag of the same answer in another coding is not.
func FuzzTag(f *testing.F) {
	f.Add("0123456789abcdef01234567", `"a", W/"b"`)
	f.Add("", "")
	f.Add("a-br", `"a-br-gzip"`)
	f.Add("x", `"unclosed, "`)
	f.Fuzz(func(t *testing.T, name, others string) {
		if strings.ContainsAny(name, "\",") || strings.Contains(others, name) || strings.Contains(others, "*") {
			return // no such name is given, or the others may hold it
		}
		tag := Tag(name, Brotli)
		for _, lines := range [][]string{{others, tag}, {others + "," + tag}, {"W/" + tag + " ," + others}} {
			if !Matches(lines, tag) {
				t.Errorf("Matches(%q, %q) = false", lines, tag)
			}
			for _, other := range []string{Tag(name, ""), Tag(name, Gzip), Tag(name+"x", Brotli)} {
				if Matches(lines, other) {
					t.Errorf("Matches(%q, %q) = true", lines, other)
				}
			}
		}
	})
}

// FuzzLines reads two lines of a header as the one that joins them (RFC 9110,
// section 5.3).
func FuzzLines(f *testing.F) {
	const tag = `"a-br"`
	for _, seed := range [][2]string{{"gzip;q=0", "br"}, {"", ""}, {"*", "gzip;q=0.5"}, {`"a"`, tag}, {"W/" + tag, "x"}, {"gzip;", "q=0"}} {
		f.Add(seed[0], seed[1])
	}
	offer := []string{Brotli, Gzip}
	f.Fuzz(func(t *testing.T, first, second string) {
		two, one := []string{first, second}, []string{first + ", " + second}
		if got, want := Coding(two, offer), Coding(one, offer); got != want {
			t.Errorf("Coding(%q) = %q, joined %q", two, got, want)
		}
		if got, want := Matches(two, tag), Matches(one, tag); got != want {
			t.Errorf("Matches(%q) = %t, joined %t", two, got, want)
		}
	})
}
