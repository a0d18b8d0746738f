package main

import (
	"errors"
	"fmt"
	"runtime"
	"sync"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

type diffCommand struct {
	contentFlag
	Comparison string `arg:"" help:"Comparison, such as nodejs-vs-python."`
	Old        int    `arg:"" help:"Number of the older edition."`
	New        int    `arg:"" help:"Number of the newer edition, which may be a preview."`
	Random     int    `default:"10000" placeholder:"N" help:"Number of random readers."`
}

// Help is what the help of the command says below its first line.
func (diffCommand) Help() string {
	return "Prints what became of each question, every rating and weight that changed, and who decides otherwise: " +
		"another option ahead, or another verdict. The same answers are counted by both editions, carried from the older " +
		"to the newer by the mapping in the newer one's file. Reference readers answer today's edition; their answers are read " +
		"backwards by the same mapping first.\n\n" +
		"Random readers are the same on every machine: one question in four is not answered, choices are given equally often, " +
		"and of the marks left to the reader half are normal, a quarter low, an eighth high and an eighth must. " +
		"They are no forecast of real readers.\n\n" +
		"Exit code 0: the editions were compared, whatever differs. 1: the program failed. " +
		"2: there is no such comparison or edition, or the first is not the older one."
}

// Run compares two editions of a comparison.
func (c *diffCommand) Run(p program) error {
	_, comparison, err := c.load(c.Comparison)
	if err != nil {
		return fmt.Errorf("edition diff: %w", err)
	}
	d, err := newDiff(comparison, c.Old, c.New)
	if err == nil && (c.Random < 0 || c.Random > mostOfAny) {
		err = coded{fmt.Errorf("the number of random readers is from 0 to %d", mostOfAny), exitUsage}
	}
	if err != nil {
		return fmt.Errorf("edition diff: %w", err)
	}
	text, err := d.text(c.Random)
	if err != nil {
		return fmt.Errorf("edition diff: %w", err)
	}
	if _, err := fmt.Fprint(p.stdout, text); err != nil {
		return fmt.Errorf("edition diff: print: %w", err)
	}
	return nil
}

// A diff compares two editions of one comparison.
type diff struct {
	comparison *compare.Comparison
	old, new   *compare.Edition
	models     [2]*score.Model // of old and new
}

func newDiff(c *compare.Comparison, old, newer int) (*diff, error) {
	d := &diff{comparison: c, old: c.Edition(old), new: c.Edition(newer)}
	for number, e := range map[int]*compare.Edition{old: d.old, newer: d.new} {
		if e == nil {
			return nil, coded{fmt.Errorf("there is no edition %d of %s: the newest is %d", number, c.Slug, c.Current().Number), exitUsage}
		}
	}
	if old >= newer {
		return nil, coded{errors.New("name the older edition first, then the newer"), exitUsage}
	}
	d.models = [2]*score.Model{score.New(d.old), score.New(d.new)}
	return d, nil
}

// A decided is what one edition says to a reader.
type decided struct {
	verdict score.Verdict
	leader  string // id of an option, "" if none is ahead
}

// A turn is what the two editions say to the same reader.
type turn struct {
	old, new decided
	lost     int // answers that do not carry over
}

func (t turn) changed() bool { return t.old != t.new }

// both decides answers to the older edition by both.
func (d *diff) both(a compare.Answers) turn {
	renewed, lost := d.comparison.RenewTo(d.new.Number, a)
	t := turn{lost: len(lost)}
	t.old.verdict, t.old.leader = d.models[0].Outcome(a)
	t.new.verdict, t.new.leader = d.models[1].Outcome(renewed)
	return t
}

// randomTurns are what n random readers are told, on all processors at once.
// Readers do not depend on each other, so the order of work changes nothing.
func (d *diff) randomTurns(n int) []turn {
	turns := make([]turn, n)
	workers := runtime.GOMAXPROCS(0)
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			for i := w; i < n; i += workers {
				turns[i] = d.both(score.RandomReader(d.old, i))
			}
		})
	}
	group.Wait()
	return turns
}

// A referenceTurn is what one reference reader is told.
type referenceTurn struct {
	turn
	reader  compare.Reader
	unasked []string // texts of the questions answered that the older edition has no answer for
}

func (d *diff) referenceTurns() ([]referenceTurn, error) {
	var turns []referenceTurn
	for _, r := range d.comparison.Readers {
		a, err := r.AnswersTo(d.comparison.Current())
		if err != nil {
			return nil, fmt.Errorf("reference reader %s: %w", r.ID, err)
		}
		recalled, unasked := d.comparison.Recall(d.old.Number, a)
		turns = append(turns, referenceTurn{d.both(recalled), r, unasked})
	}
	return turns, nil
}
