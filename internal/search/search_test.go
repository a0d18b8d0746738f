package search

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tiebreak/content"
	"tiebreak/internal/catalog"
	"tiebreak/internal/compare"
)

// tea is a comparison of one of everything that can be found.
func tea() *compare.Comparison {
	options := []compare.Option{{ID: "tea", Name: "Tea.js"}, {ID: "coffee", Name: "Coffee"}}
	return &compare.Comparison{
		Slug: "tea-vs-coffee", Options: options,
		Article: compare.Article{
			Title: "Tea or coffee",
			Body: `<p>Before any heading: kettles.</p>` +
				`<div class="heading"><h2 id="boil">Boiling &amp; brewing</h2><a class="anchor" href="#boil" aria-label="Link">#</a></div>` +
				`<p>Water boils.<sup class="cite"><a href="#cite-D-1">41</a></sup> It <em>si</em>zzles.</p><p>Next.</p>` +
				`<figure class="code"><figcaption>brew.js</figcaption><pre><code>await <span>infuse</span>()</code></pre></figure>` +
				`<aside class="callout"><p class="callout-label">Note</p><p>Measuring helps.</p></aside>`,
		},
		Claims: []compare.Claim{{ID: "T-1", Text: "Tea is slow.", Why: "Nobody measured a kettle."}},
		Measurements: []compare.Measurement{{
			ID: "boiling", Title: "Time to boil", Question: "How long does a litre take?", Method: "Stopwatch.",
			Limits: []string{"One stove."}, Cases: []compare.Case{{Name: "Full"}}, Programs: []compare.Program{{Name: "boil.js", Source: "setTimeout()"}},
		}},
		Facts: []compare.Fact{{
			ID: "D-1", Statement: "A kettle takes three minutes.", Doubt: "One kettle.",
			Sources: []compare.Source{{Title: "Kettles at work", Publisher: "Boiler Review"}},
			Values:  []compare.Value{{Name: "time", Text: "180", Unit: "s"}},
		}},
		Editions: []*compare.Edition{{
			Options:  options,
			Criteria: []compare.Criterion{{ID: "speed", Name: "Speed", Why: "Guests wait.", Cells: []compare.Cell{{Text: "Three minutes."}, {Text: "Two minutes <b>."}}}},
			Questions: []compare.Question{
				{ID: "guests", Text: "How many guests?", Help: "Count them.", Choices: []compare.Choice{{Label: "Many"}}},
				{ID: "gone", Text: "How many kettles?", Retired: true},
			},
		}},
	}
}

func pages() []*compare.Page {
	return []*compare.Page{
		{Name: "method", Title: "Method", Body: `<p>Sums.</p><h2 id="weights">Weights</h2><p>A weight is a sum of points.</p>`},
		{Name: "glossary", Title: "Glossary", Body: `<p>Weights and all.</p><h2 id="weight">Weight</h2><p>How much a criterion counts.</p>`},
	}
}

func build(t testing.TB, comparisons []*compare.Comparison, pages []*compare.Page) *Index {
	t.Helper()
	x, err := New(comparisons, pages)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

func find(t testing.TB, x *Index, query string, limit int) Found {
	t.Helper()
	found, err := x.Find(t.Context(), query, limit)
	if err != nil {
		t.Fatalf("Find(%q): %v", query, err)
	}
	return found
}

// names lists the hits as "kind in#id".
func names(f Found) []string {
	var list []string
	for _, h := range f.Hits {
		list = append(list, string(h.Kind)+" "+h.In+"#"+h.ID)
	}
	return list
}

func TestFind(t *testing.T) {
	t.Parallel()
	x := build(t, []*compare.Comparison{tea()}, pages())
	for _, tt := range []struct {
		query string
		want  []string
		loose bool
	}{
		{"kettle", []string{"section tea-vs-coffee#", "claim tea-vs-coffee#T-1", "fact tea-vs-coffee#D-1"}, false},
		{"KETTLES", []string{"section tea-vs-coffee#", "claim tea-vs-coffee#T-1", "fact tea-vs-coffee#D-1"}, false},
		{"measures", []string{"section tea-vs-coffee#boil", "claim tea-vs-coffee#T-1"}, false},
		{"infus", []string{"section tea-vs-coffee#boil"}, false},   // the beginning of a word in code
		{"sizzles", []string{"section tea-vs-coffee#boil"}, false}, // over markup within a word
		{"brew.js", nil, false}, // captions are left out
		{"41", nil, false},      // the number of a citation
		{"boilsit", nil, false}, // words on both sides of one
		{"weight", []string{"term glossary#weight", "part method#weights"}, false},
		{"sums", []string{"part method#", "part method#weights"}, false},
		{"two minutes", []string{"criterion tea-vs-coffee#speed"}, false},
		{"many guests", []string{"question tea-vs-coffee#guests"}, false}, // in the text and a choice
		{"boiler review", []string{"fact tea-vs-coffee#D-1"}, false},
		{"d-1", []string{"fact tea-vs-coffee#D-1"}, false},
		{"slow zebra", []string{"claim tea-vs-coffee#T-1"}, true},         // one word of two
		{"teajs three", []string{"criterion tea-vs-coffee#speed"}, false}, // as people spell Tea.js
		{"litre stove settimeout", []string{"measurement tea-vs-coffee#boiling"}, false},
		{"zebra", nil, false},
		{"", nil, false},
		{" \t\n", nil, false},
		{`"" * -- :`, nil, false},
	} {
		got := find(t, x, tt.query, 10)
		if diff := cmp.Diff(tt.want, names(got)); diff != "" {
			t.Errorf("Find(%q) (-want +got):\n%s", tt.query, diff)
		}
		if got.Loose != tt.loose {
			t.Errorf("Find(%q).Loose = %v, want %v", tt.query, got.Loose, tt.loose)
		}
	}
}

func TestFindLimit(t *testing.T) {
	t.Parallel()
	c := tea()
	for range 3 {
		c.Claims = append(c.Claims, c.Claims[0])
	}
	x := build(t, []*compare.Comparison{c}, nil)
	for limit, want := range map[int]Found{0: {}, 3: {More: []Kind{Claim}}, 4: {}} {
		got := find(t, x, "slow", limit)
		if len(got.Hits) != limit || !slices.Equal(got.More, want.More) {
			t.Errorf("with limit %d: %d hits and more of %v, want %v", limit, len(got.Hits), got.More, want.More)
		}
	}
}

func TestSnippet(t *testing.T) {
	t.Parallel()
	x := build(t, []*compare.Comparison{tea()}, nil)
	got := find(t, x, "minutes", 1).Hits
	want := []Hit{
		{Criterion, "tea-vs-coffee", "speed", []Piece{{"Speed", false}}, []Piece{
			{"Guests wait. Tea.js: Three ", false}, {"minutes", true}, {". Coffee: Two ", false}, {"minutes", true}, {" <b>.", false},
		}},
		{Fact, "tea-vs-coffee", "D-1", []Piece{{"D-1, Boiler Review", false}}, []Piece{{"A kettle takes three ", false}, {"minutes", true}, {".", false}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("snippets (-want +got):\n%s", diff)
	}
}

func TestNothingToFind(t *testing.T) {
	t.Parallel()
	x := build(t, nil, nil)
	if got := find(t, x, "anything at all", 5); len(got.Hits) != 0 {
		t.Errorf("an empty index found %v", got.Hits)
	}
}

// A reader who leaves must not take the index with them.
func TestCanceled(t *testing.T) {
	t.Parallel()
	x := build(t, []*compare.Comparison{tea()}, nil)
	var wg sync.WaitGroup
	for n := range 64 {
		wg.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			if n%2 == 0 {
				cancel()
			}
			_, err := x.Find(ctx, "kettle", 5)
			cancel()
			if err != nil && n%2 == 1 {
				t.Errorf("search %d: %v", n, err)
			}
		})
	}
	wg.Wait()
	if got := find(t, x, "kettle", 5); len(got.Hits) != 3 {
		t.Errorf("after canceled searches %d hits, want 3", len(got.Hits))
	}
}

// TestClosedWhenUnused makes an index for each of 30 readings of the content
// and drops it: the goroutine that each of their databases holds must end.
// Not parallel: it counts the goroutines of the whole process.
func TestClosedWhenUnused(t *testing.T) {
	before := runtime.NumGoroutine()
	for range 30 {
		x, err := New([]*compare.Comparison{tea()}, nil)
		if err != nil {
			t.Fatal(err)
		}
		find(t, x, "kettle", 5)
	}
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		runtime.GC()
		after := runtime.NumGoroutine()
		if after <= before+1 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines after 30 dropped indexes, %d before", after, before)
		}
	}
}

func real(t testing.TB) *Index {
	t.Helper()
	site, err := catalog.Load(content.Files)
	if err != nil {
		t.Fatal(err)
	}
	return build(t, site.All(), site.Pages())
}

// What readers may ask of the real content first.
func TestRealContent(t *testing.T) {
	t.Parallel()
	x := real(t)
	for query, want := range map[string]Kind{
		"event loop": Section, "global lock": Section, "nodejs memory": Section, "hiring": Question, "cold start": Fact,
		"typescript": Claim, "team": Question, "how is a weight computed": Part, "asyncio": Section,
	} {
		found := find(t, x, query, 5)
		if !slices.ContainsFunc(found.Hits, func(h Hit) bool { return h.Kind == want }) {
			t.Errorf("Find(%q) = %v, want a hit of the kind %s", query, names(found), want)
		}
	}
}

// Whatever is typed is a good query, and what is marked comes from the text.
func FuzzFind(f *testing.F) {
	x := build(f, []*compare.Comparison{tea()}, pages())
	for _, query := range []string{
		"kettle", `"`, `""`, `"kettle`, "kettle*", "NEAR(a b, 2)", "title: x", "a AND", "NOT", "-", "^a", "{title body}: a", "(", "a + b",
		"'; DROP TABLE places; --", "\x00", "a\x00b", "\xff", "\x02a\x03", strings.Repeat("a ", 400), strings.Repeat("ä", 999), "😀 kettle", "ﬁ ² Ⅷ ",
	} {
		f.Add(query)
	}
	f.Fuzz(func(t *testing.T, query string) {
		found, err := x.Find(t.Context(), query, 3)
		if err != nil {
			t.Fatalf("Find(%q): %v", query, err)
		}
		for _, h := range found.Hits {
			for _, p := range slices.Concat(h.Title, h.Snippet) {
				if p.Text == "" || strings.ContainsAny(p.Text, markStart+markEnd) {
					t.Errorf("Find(%q) has the piece %q", query, p.Text)
				}
			}
		}
	})
}

func BenchmarkNew(b *testing.B) {
	site, err := catalog.Load(content.Files)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		x, err := New(site.All(), site.Pages())
		if err != nil {
			b.Fatal(err)
		}
		_ = x.Close()
	}
}

func BenchmarkFind(b *testing.B) {
	x := real(b)
	for _, query := range []string{"GIL", "event loop memory", "a", "nothing like this anywhere"} {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				find(b, x, query, 8)
			}
		})
	}
}
