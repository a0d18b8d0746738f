package catalog

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"tiebreak/internal/compare"
)

// applyLock marks the released editions and reports those that are not what
// they were when they were released.
func (f *folder) applyLock(lock lockShape) {
	last := 0
	for i, locked := range lock.Editions {
		at := fmt.Sprintf("editions[%d]", i)
		if locked.Number <= last {
			f.wrong(f.lock, at+".number", "editions are listed once each, in rising order of their numbers")
			continue
		}
		last = locked.Number
		e := f.c.Edition(locked.Number)
		if e == nil {
			f.wrong(f.lock, at, "edition %d is released, and links to its results must work for ever: bring back %s/%d",
				locked.Number, editionsFolder, locked.Number)
			continue
		}
		e.Released, e.Date = true, locked.Released
		for _, erratum := range locked.Errata {
			e.Errata = append(e.Errata, compare.Erratum{Date: erratum.Date, Text: erratum.Text})
		}
		e.Options = ratedOptions(e)
		f.compareLock(at, locked, e)
	}
	for _, e := range f.c.Editions {
		if !e.Released && e.Number < last {
			f.addf(f.file(fmt.Sprintf("%s/%d", editionsFolder, e.Number)), 0,
				"edition %d is not released, but the later edition %d is: give it a higher number", e.Number, last)
		}
	}
}

// ratedOptions returns the options that a released edition rates. An option
// that joined the comparison later is not among them.
func ratedOptions(e *compare.Edition) []compare.Option {
	rated := map[string]bool{}
	for _, c := range e.Criteria {
		for _, cell := range c.Cells {
			rated[cell.Option] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(e.Options), func(o compare.Option) bool { return !rated[o.ID] })
}

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// compareLock holds a released edition against its hashes.
func (f *folder) compareLock(at string, locked lockedShape, e *compare.Edition) {
	texts, where := locked.Texts, at+".texts"
	for i, erratum := range locked.Errata {
		texts, where = erratum.Texts, fmt.Sprintf("%s.errata[%d]", at, i)
	}
	if !hashForm.MatchString(locked.Data) || !hashForm.MatchString(locked.Texts) || !hashForm.MatchString(texts) {
		f.wrong(f.lock, at, "data and texts are SHA-256 hashes of 64 hexadecimal digits, written by the program: restore them")
		return
	}
	files := f.editions[e.Number]
	if f.main.unsound() || files.criteria.unsound() || files.questions.unsound() {
		return // what was read is not what is written there
	}
	if dataHash(e) != locked.Data {
		f.addf(f.file(fmt.Sprintf("%s/%d", editionsFolder, e.Number)), 0,
			"edition %d is released: what its results are computed from may not change; undo the change here, or to its data in lock.yaml, and open edition %d",
			e.Number, f.c.Current().Number+1)
	}
	if hash := textsHash(e); hash != texts {
		f.wrong(f.lock, where,
			"edition %d is released and its wording changed: undo that, or add to its errata {date: …, text: what was reworded, texts: %s}",
			e.Number, hash)
	}
}

// unsound reports whether a document could not be read as it is meant.
func (d *document) unsound() bool { return d.broken || len(d.problems)+len(d.bad) > 0 }

// Release returns the lock file of a comparison with one more edition in it,
// released on the given day. The content must be free of problems. Nothing is
// written: from the moment the file is kept, the edition may not change.
func Release(fsys fs.FS, slug string, number int, date compare.Date) ([]byte, error) {
	l := newLoader(fsys)
	c := l.catalog()
	if problems := l.sorted(); len(problems) > 0 {
		return nil, problems
	}
	comparison, err := c.Get(slug)
	if err != nil {
		return nil, err
	}
	e := comparison.Edition(number)
	switch {
	case e == nil:
		return nil, fmt.Errorf("edition %d of %s: %w", number, slug, compare.ErrNotFound)
	case e.Released:
		return nil, fmt.Errorf("edition %d of %s is released since %s", number, slug, e.Date)
	case !date.Valid():
		return nil, fmt.Errorf("release date %q is not a day such as 2026-11-22", string(date))
	}
	for _, other := range comparison.Editions {
		if other.Number < number && !other.Released {
			return nil, fmt.Errorf("release edition %d of %s first", other.Number, slug)
		}
		if other.Released && date.Before(other.Date) {
			return nil, fmt.Errorf("release date %s is before that of edition %d, %s", date, other.Number, other.Date)
		}
	}
	var lock lockShape
	l.decode(path.Join(slug, lockFile), &lock)
	lock.Editions = append(lock.Editions, lockedShape{
		Number: number, Released: date, Data: dataHash(e), Texts: l.written[e],
	})
	return lock.yaml(), nil
}

// yaml writes the lock file.
func (s lockShape) yaml() []byte {
	var b strings.Builder
	b.WriteString("# Released editions, written by the program. data is the hash of all that results are\n" +
		"# computed from and never changes; texts is that of the wording. A rewording that changes\n" +
		"# no meaning is added to errata by hand, with the hash that the check prints.\n" +
		"editions:\n")
	for _, e := range s.Editions {
		fmt.Fprintf(&b, "  - number: %d\n    released: %s\n    data: %s\n    texts: %s\n", e.Number, e.Released, e.Data, e.Texts)
		for i, erratum := range e.Errata {
			if i == 0 {
				b.WriteString("    errata:\n")
			}
			fmt.Fprintf(&b, "      - {date: %s, text: %q, texts: %s}\n", erratum.Date, erratum.Text, erratum.Texts)
		}
	}
	return []byte(b.String())
}
