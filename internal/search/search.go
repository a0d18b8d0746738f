// Package search finds the places of the site that hold given words: sections
// of articles and fixed pages, rows of tables, claims, questions, facts and
// terms of the glossary. It keeps them in a full-text index of SQLite that
// lives in memory. What a reader types is never read as a query language.
package search

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite", with FTS5 built in

	"tiebreak/internal/compare"
)

// Kind says what a place is.
type Kind string

// The kinds of place there are.
const (
	Term        Kind = "term"        // a term of the glossary; ID is its anchor
	Section     Kind = "section"     // a section of an article; ID is its anchor
	Criterion   Kind = "criterion"   // a row of the current table
	Claim       Kind = "claim"       // a claim checked
	Measurement Kind = "measurement" // a measurement of our own
	Question    Kind = "question"    // a question of the current edition
	Fact        Kind = "fact"        // a fact with its sources
	Part        Kind = "part"        // a section of a fixed page; ID is its anchor
)

// Kinds lists the kinds in the order they are shown: explanations first,
// evidence last.
func Kinds() []Kind {
	return []Kind{Term, Section, Criterion, Claim, Measurement, Question, Fact, Part}
}

// A Hit is a place that was found.
type Hit struct {
	Kind    Kind
	In      string // slug of the comparison, or name of the fixed page
	ID      string // id of the thing within that, "" for the top of a page
	Title   []Piece
	Snippet []Piece // some of its text, around what was looked for
}

// A Piece is a stretch of text, marked if it is what was looked for.
type Piece struct {
	Text   string
	Marked bool
}

// Found is what a search came to.
type Found struct {
	Hits []Hit // by kind in the order of Kinds, the best of each kind first
	// Loose says that no place has all the words, and that these have some.
	Loose bool
	// More are the kinds that have more hits than were asked for.
	More []Kind
}

// Index answers searches. It may be used by many at once.
type Index struct {
	db    *sql.DB
	names map[string]string // how people spell an option's name, and the name
	spans []span
}

// A span is the rows of the index that are of one kind, both ends included.
// Keeping them together lets one kind be searched without the others.
type span struct {
	kind        Kind
	first, last int
}

// New builds the index of the comparisons and the fixed pages. Of the page
// called glossary every section is a term.
func New(comparisons []*compare.Comparison, pages []*compare.Page) (*Index, error) {
	var places []place
	for _, c := range comparisons {
		places = append(places, placesOf(c)...)
	}
	for _, p := range pages {
		places = append(places, partsOf(p)...)
	}
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, fmt.Errorf("search: open the index: %w", err)
	}
	// Every connection to :memory: is a database of its own, so there is one,
	// and it stays.
	db.SetMaxOpenConns(1)
	db.SetConnMaxIdleTime(0)
	db.SetConnMaxLifetime(0)
	x := &Index{db: db, names: spellings(comparisons)}
	if err := x.fill(places); err != nil {
		return nil, errors.Join(fmt.Errorf("search: fill the index: %w", err), db.Close())
	}
	// Content that is read again has an index of its own, while requests may
	// still ask this one. Nobody knows who is the last, so the collector says.
	// SQLite's memory and the pool's goroutine are none of the collector's own.
	runtime.AddCleanup(x, func(db *sql.DB) { _ = db.Close() }, db)
	return x, nil
}

// Close gives back the memory of the index at once. An index that nobody holds
// any more is closed by itself.
func (x *Index) Close() error { return x.db.Close() }

// schema makes the index. Its columns: what names a place, what is shown of
// it, and what is only searched, such as code and titles of sources. The
// tokenizer takes "measured" and "measuring" for one word.
const schema = `CREATE VIRTUAL TABLE places USING fts5(
	title, body, extra, inside UNINDEXED, id UNINDEXED,
	tokenize = "porter unicode61", prefix = '2 3'
)`

func (x *Index) fill(places []place) error {
	tx, err := x.db.BeginTx(context.Background(), nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // nothing to undo after Commit
	if _, err := tx.Exec(schema); err != nil {
		return err
	}
	insert, err := tx.Prepare(`INSERT INTO places (rowid, title, body, extra, inside, id) VALUES (?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	row := 0
	for _, kind := range Kinds() {
		first := row + 1
		for _, p := range places {
			if p.kind != kind {
				continue
			}
			row++
			if _, err := insert.Exec(row, p.title, p.body, p.extra, p.in, p.id); err != nil {
				return errors.Join(fmt.Errorf("%s %s: %w", kind, p.id, err), insert.Close())
			}
		}
		x.spans = append(x.spans, span{kind, first, row})
	}
	if err := insert.Close(); err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT INTO places (places) VALUES ('optimize')`); err != nil {
		return err
	}
	return tx.Commit()
}

// Find returns the places that hold all the words of the query, at most limit
// of each kind; if none does, those that hold any of them. The last word may be
// the beginning of one. Every query is a good one: of a query without letters
// or digits nothing is found.
func (x *Index) Find(ctx context.Context, query string, limit int) (Found, error) {
	defer runtime.KeepAlive(x) // the database stays open until the rows are read
	words := x.words(query)
	if len(words) == 0 || limit < 1 {
		return Found{}, nil
	}
	conn, err := x.db.Conn(ctx)
	if err != nil {
		return Found{}, fmt.Errorf("search: %w", err)
	}
	// The connection goes back to the pool; it has no news to tell.
	defer func() { _ = conn.Close() }()
	// A query takes a millisecond. Breaking one off could cost the connection,
	// and with it the index.
	ctx = context.WithoutCancel(ctx)
	found, err := x.find(ctx, conn, match(words, " AND "), limit)
	if err != nil || len(found.Hits) > 0 || len(words) == 1 {
		return found, err
	}
	found, err = x.find(ctx, conn, match(words, " OR "), limit)
	found.Loose = len(found.Hits) > 0
	return found, err
}

func (x *Index) find(ctx context.Context, conn *sql.Conn, match string, limit int) (Found, error) {
	var found Found
	for _, s := range x.spans {
		hits, err := hitsIn(ctx, conn, s, match, limit+1)
		if err != nil {
			return Found{}, fmt.Errorf("search: look among the kind %s: %w", s.kind, err)
		}
		if len(hits) > limit {
			found.More = append(found.More, s.kind)
			hits = hits[:limit]
		}
		found.Hits = append(found.Hits, hits...)
	}
	return found, nil
}

// Signs around what is marked. No text of the site has them.
const (
	markStart = "\x02"
	markEnd   = "\x03"
)

// look takes the match, the ends of a span and the most rows to return. A word
// in a title weighs most, one in what is not shown least.
const look = `SELECT inside, id, highlight(places, 0, char(2), char(3)), snippet(places, 1, char(2), char(3), '…', 28)
	FROM places WHERE places MATCH ? AND rowid BETWEEN ? AND ?
	ORDER BY bm25(places, 8.0, 2.0, 1.0) LIMIT ?`

func hitsIn(ctx context.Context, conn *sql.Conn, s span, match string, limit int) ([]Hit, error) {
	if s.last < s.first {
		return nil, nil
	}
	rows, err := conn.QueryContext(ctx, look, match, s.first, s.last, limit)
	if err != nil {
		return nil, err
	}
	var hits []Hit
	for rows.Next() {
		h := Hit{Kind: s.kind}
		var title, snippet string
		if err := rows.Scan(&h.In, &h.ID, &title, &snippet); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		h.Title, h.Snippet = pieces(title), pieces(snippet)
		hits = append(hits, h)
	}
	return hits, errors.Join(rows.Err(), rows.Close())
}

// pieces divides a text at the signs around what it marks.
func pieces(text string) []Piece {
	var list []Piece
	for i, part := range strings.Split(text, markStart) {
		marked, rest, ok := strings.Cut(part, markEnd)
		if i == 0 || !ok {
			marked, rest = "", part
		}
		list = append(list, Piece{marked, true}, Piece{rest, false})
	}
	return slices.DeleteFunc(list, func(p Piece) bool { return p.Text == "" })
}
