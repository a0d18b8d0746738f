// Package compare says what a comparison of technologies is: its options,
// facts, criteria, questions and editions, the rules they keep, the answers a
// reader gives and the code that carries those answers in a link.
//
// The package is pure. It knows no file, no request and no clock; package
// catalog fills its types from content, package score computes with them.
package compare

import "errors"

// ErrNotFound is wrapped by every error that means "there is no such thing
// under this address": an unknown comparison, edition or page, or a result
// code that cannot be read.
var ErrNotFound = errors.New("not found")

// HTML is markup that package catalog made from our own Markdown. It is the
// only kind of string that templates print without escaping.
type HTML string

// Limits of SCORING.md section 1, checked by [Comparison.Check].
const (
	MaxOptions   = 12 // options per comparison, at least 2
	MaxCriteria  = 32 // criteria per edition
	MaxSlots     = 25 // question slots per comparison, numbered 0 to 24
	MaxChoices   = 7  // highest permanent number of a choice, from 1
	MaxPoints    = 10 // points of one choice, over all criteria
	MaxCellWords = 25 // words in the text of a cell
)

// A Comparison is everything the site knows about one choice between options.
// It is built once, by package catalog, and never changes after that.
type Comparison struct {
	Slug    string // lower-case words joined by hyphens, with "-vs-" inside
	Title   string
	Summary string // one or two sentences: what is compared and for whom
	Finding string // the one-line finding shown on the home page
	Options []Option
	Topics  []Topic // the groups of the sources page, in order
	Facts   []Fact
	Article Article
	// Claims are the claims checked, by group; both are empty where none are.
	ClaimGroups []ClaimGroup
	Claims      []Claim
	// Measurements are in the order of comparison.yaml; empty where nothing is measured.
	Measurements []Measurement
	// Editions are in rising order of their numbers; the last is the current one.
	Editions []*Edition
	Readers  []Reader
	// Contradictions between answers, told to the reader who gives them.
	Contradictions []Contradiction
	Updated        Date // when the content last changed
}

// Changed returns the day of the last change: the one the content names, or that
// of the newest release of an edition if it came later.
func (c *Comparison) Changed() Date {
	day := c.Updated
	for _, e := range c.Editions {
		if e.Released {
			day = max(day, e.Date)
		}
	}
	return day
}

// Current returns the newest edition: the one new answers are given to.
func (c *Comparison) Current() *Edition { return c.Editions[len(c.Editions)-1] }

// Edition returns the edition with the given number, nil if it is not kept.
func (c *Comparison) Edition(number int) *Edition {
	for _, e := range c.Editions {
		if e.Number == number {
			return e
		}
	}
	return nil
}

// Fact returns the fact with the given id, nil if there is none.
func (c *Comparison) Fact(id string) *Fact {
	for i := range c.Facts {
		if c.Facts[i].ID == id {
			return &c.Facts[i]
		}
	}
	return nil
}

// Measurement returns the measurement with the given id, nil if there is none.
func (c *Comparison) Measurement(id string) *Measurement {
	for i := range c.Measurements {
		if c.Measurements[i].ID == id {
			return &c.Measurements[i]
		}
	}
	return nil
}

// A Mark is the shape that stands for an option where colour is not enough.
type Mark string

// The marks an option may have.
const (
	Disc     Mark = "disc"
	Diamond  Mark = "diamond"
	Square   Mark = "square"
	Triangle Mark = "triangle"
)

// An Option is one of the things compared.
type Option struct {
	ID    string // [a-z0-9-]{1,40}
	Name  string
	Mark  Mark
	Light string // colour on a light page, "#rrggbb"
	Dark  string // colour on a dark page, "#rrggbb"
	// Support says how long the version a reader would start with today is
	// kept up; the zero value where that is not known.
	Support Support
}

// Support is the end of life of one version of an option.
type Support struct {
	Version string // "Node.js 26"
	Ends    Date
	Fact    string // id of the fact that says so
}

// A Topic groups facts on the sources page.
type Topic struct {
	ID   string
	Name string
}

// An Article is the long read of a comparison, rendered.
type Article struct {
	Title    string
	Summary  string
	Body     HTML
	Headings []Heading // for the contents list, in order
	Words    int       // words of prose, code not counted
	Cited    []string  // ids of the facts cited, in the order of their first citation
	Checked  Date      // when the article was last checked against its facts
}

// Minutes returns the reading time at 220 words a minute, at least 1.
func (a Article) Minutes() int { return max(1, (a.Words+110)/220) }

// A Heading is an entry of a contents list.
type Heading struct {
	Level int // 2 or 3
	ID    string
	Text  string
	Facts []string // ids of the facts cited under it, up to the next heading, each once, in order
}

// A Reader is a reference reader: invented circumstances, the answers that
// describe them, and the decision the editors expect of the model.
type Reader struct {
	ID          string
	Name        string
	Description string
	Answers     map[string]string // question id to "choice" or "choice.importance"
	Expect      Expectation
	Why         string
}

// An Expectation is the outcome a reference reader should reach.
type Expectation struct {
	Option  string // id of the leading option, "" where none should lead
	Outcome string // a verdict such as "clear" or "only-one"; "close call" accepts close, leans and tie
}
