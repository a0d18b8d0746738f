package escape

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzCSV writes any fields: read again they are the same, apart from the mark
// before a formula, and none of them is a formula.
func FuzzCSV(f *testing.F) {
	f.Add("plain", `a "quoted" one`, "a, b; c\td")
	f.Add("=HYPERLINK(\"https://evil.example\")", "+1", "-1")
	f.Add("@SUM(A1)", "\t=1", "\r\n=1")
	f.Add("＝1", "－2", "＋3")
	f.Add("-1.5", "-1e9", "1,\n=2")
	f.Add("", " ", "\"\"\n\"=1")
	f.Add("\xff\xfe", "\x00=1", "\u202e=1")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		before := [][]string{{"name", a}, {b, c}}
		body, err := CSV([][]string{{"name", a}, {b, c}})
		if err != nil {
			t.Fatal(err)
		}
		got, err := csv.NewReader(strings.NewReader(string(body))).ReadAll()
		if err != nil {
			t.Fatalf("cannot be read again: %v\n%s", err, body)
		}
		if len(got) != 2 || len(got[0]) != 2 || len(got[1]) != 2 {
			t.Fatalf("a field broke out: %q became %q", before, got)
		}
		for i, record := range got {
			for j, cell := range record {
				// A reader of CSV reads every line end as \n.
				want := strings.ReplaceAll(before[i][j], "\r\n", "\n")
				if cell != want && cell != "'"+want {
					t.Errorf("field %q became %q", want, cell)
				}
				if cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(cell)[0]) && !number.MatchString(cell) {
					t.Errorf("field %q is a formula", cell)
				}
			}
		}
	})
}

func TestDefuse(t *testing.T) {
	t.Parallel()
	got := defuse([][]string{{
		"=1+1", "+1", "-1", "-1.5", "-1+1", "@a", "\tb", "\r", "\n=1", "＝1", "plain", "", "12", "-", "−0.5", "\u200b=1", "\ufeff\u2060@a", "\u200b1",
	}})
	want := [][]string{{
		"'=1+1", "'+1", "-1", "-1.5", "'-1+1", "'@a", "'\tb", "'\r", "'\n=1", "'＝1", "plain", "", "12", "'-", "−0.5", "'\u200b=1", "'\ufeff\u2060@a", "\u200b1",
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("defuse (-want +got):\n%s", diff)
	}
}
