package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"tiebreak/internal/compare"
)

// TestSourcesJSON reads the facts as a program does, and finds on the page what
// they say.
func TestSourcesJSON(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	res := get(h, "/"+c.Slug+"/sources.json")
	if got := res.Header.Get("Content-Type"); res.StatusCode != http.StatusOK || got != typeJSON {
		t.Fatalf("the facts are answered %d, %s", res.StatusCode, got)
	}
	var list struct {
		Comparison string
		Facts      []factJSON
	}
	if err := json.Unmarshal([]byte(bodyOf(t, res)), &list); err != nil {
		t.Fatal(err)
	}
	if list.Comparison != c.Slug || len(list.Facts) != len(c.Facts) {
		t.Fatalf("%s has %d facts, want %d", list.Comparison, len(list.Facts), len(c.Facts))
	}
	doc := open(t, h, "/"+c.Slug+"/sources", http.StatusOK)
	for i, f := range list.Facts {
		sources := make([]compare.Source, len(f.Sources))
		for j, source := range f.Sources {
			sources[j] = compare.Source(source)
		}
		if diff := cmp.Diff(c.Facts[i].Sources, sources, cmpopts.EquateEmpty()); diff != "" || f.Statement != c.Facts[i].Statement {
			t.Errorf("%s says %q, sources (-want +got):\n%s", f.ID, f.Statement, diff)
		}
		_, id, _ := strings.Cut(f.Page, "#")
		if got := doc.Find("#" + id + " > p").First().Text(); got != f.Statement {
			t.Errorf("%s says %q, the data say %q", f.Page, got, f.Statement)
		}
	}
}
