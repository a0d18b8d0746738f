// Package catalog reads the content files, checks them and renders their
// Markdown. What it returns is complete and never changes: a catalog that
// loads has no broken citation, cell, question or code block.
//
// It is the only package that knows YAML, Markdown and the layout of the
// content folder. Every mistake it finds is a [Problem] with the file and line
// where it can be mended; all of them are found in one go.
package catalog

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"tiebreak/internal/compare"
)

// A Catalog is all content of the site. It is safe for use by several
// goroutines, as long as nobody changes what it returns.
type Catalog struct {
	site        *compare.Site
	pages       []*compare.Page
	comparisons []*compare.Comparison
	more        map[string]more // by slug
}

// more is what the catalog knows of a comparison beside what it is: the lines
// where the parts stand that age, and the code in its article.
type more struct {
	facts   []int // of each fact
	support []int // of the support of each option
	code    []codeBlock
}

// Load reads, checks and renders the content under fsys, which holds site.yaml,
// the folder pages and one folder for each comparison. If anything is wrong
// with it, the error is of type [Problems] and lists everything that is.
func Load(fsys fs.FS) (*Catalog, error) {
	l := newLoader(fsys)
	c := l.catalog()
	if problems := l.sorted(); len(problems) > 0 {
		return nil, problems
	}
	return c, nil
}

// Check reports everything that is wrong with the content under fsys, ordered
// by file and line; nothing if [Load] would accept it. It does one thing more, since nobody waits
// for a first answer: it colours all code.
func Check(fsys fs.FS) Problems {
	l := newLoader(fsys)
	l.thorough = true
	l.catalog()
	return l.sorted()
}

// Site returns what every page says about the site.
func (c *Catalog) Site() *compare.Site { return c.site }

// All returns the comparisons, ordered by slug.
func (c *Catalog) All() []*compare.Comparison { return c.comparisons }

// Get returns the comparison with the given slug. The error wraps
// [compare.ErrNotFound] if there is none.
func (c *Catalog) Get(slug string) (*compare.Comparison, error) {
	i, ok := slices.BinarySearchFunc(c.comparisons, slug, func(c *compare.Comparison, slug string) int {
		return strings.Compare(c.Slug, slug)
	})
	if ok {
		return c.comparisons[i], nil
	}
	return nil, fmt.Errorf("comparison %q: %w", slug, compare.ErrNotFound)
}

// Pages returns the fixed pages, ordered by name.
func (c *Catalog) Pages() []*compare.Page { return c.pages }

// Page returns the fixed page with the given name, such as "method". The error
// wraps [compare.ErrNotFound] if there is none.
func (c *Catalog) Page(name string) (*compare.Page, error) {
	for _, page := range c.pages {
		if page.Name == name {
			return page, nil
		}
	}
	return nil, fmt.Errorf("page %q: %w", name, compare.ErrNotFound)
}

// Stale returns a warning for every fact that is past its review date on the
// given day, and for every option whose version to start with is out of
// support. A warning keeps nothing from being served: time alone must not break
// the site.
func (c *Catalog) Stale(today compare.Date) Problems {
	var warnings Problems
	for _, comparison := range c.comparisons {
		for i, o := range comparison.Options {
			if o.Support.Ended(today) {
				warnings = append(warnings, Problem{
					Path: comparison.Slug + "/" + comparisonFile,
					Line: c.more[comparison.Slug].support[i],
					Msg: fmt.Sprintf("support for %s ended on %s, by fact %s: name the version to start with today",
						o.Support.Version, o.Support.Ends.Long(), o.Support.Fact),
				})
			}
		}
		for i := range comparison.Facts {
			fact := &comparison.Facts[i]
			if !fact.Stale(today) {
				continue
			}
			warnings = append(warnings, Problem{
				Path: comparison.Slug + "/" + factsFile,
				Line: c.more[comparison.Slug].facts[i],
				Msg: fmt.Sprintf("fact %s was to be reviewed by %s: read its sources again, then move checked and review-by",
					fact.ID, fact.ReviewBy.Long()),
			})
		}
	}
	return warnings
}
