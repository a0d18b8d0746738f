package catalog

import (
	"fmt"
	"path"
	"slices"
	"strconv"

	"tiebreak/internal/compare"
)

// readEditions loads every edition and holds the released ones against the
// lock file.
func (f *folder) readEditions() {
	var lock lockShape
	f.lock = f.decode(f.file(lockFile), &lock)
	for _, entry := range f.list(f.file(editionsFolder)) {
		name := path.Join(editionsFolder, entry.Name())
		if !entry.IsDir() {
			f.stray(f.file(name), path.Base(lockFile))
			continue
		}
		number, err := strconv.Atoi(entry.Name())
		if err != nil || !numberForm.MatchString(entry.Name()) {
			f.addf(f.file(name), 0, "an edition's folder is its number, from 1: rename or remove it")
			continue
		}
		f.c.Editions = append(f.c.Editions, f.edition(number, f.file(name)))
	}
	slices.SortFunc(f.c.Editions, func(a, b *compare.Edition) int { return a.Number - b.Number })
	if !f.lock.broken {
		f.applyLock(lock)
	}
}

func (f *folder) edition(number int, folder string) *compare.Edition {
	for _, entry := range f.list(folder) {
		f.stray(path.Join(folder, entry.Name()), criteriaFile, questionsFile)
	}
	var criteria criteriaShape
	var questions questionsShape
	files := &editionFiles{
		criteria:  f.decode(path.Join(folder, criteriaFile), &criteria),
		questions: f.decode(path.Join(folder, questionsFile), &questions),
	}
	f.editions[number] = files
	e := &compare.Edition{Comparison: f.slug, Number: number, Date: criteria.Date, Options: f.c.Options}
	for _, g := range criteria.Groups {
		e.Groups = append(e.Groups, compare.Group(g))
	}
	for i, c := range criteria.Criteria {
		e.Criteria = append(e.Criteria, f.criterion(files.criteria, fmt.Sprintf("criteria[%d]", i), c))
	}
	for _, s := range questions.Sections {
		e.Sections = append(e.Sections, compare.Section(s))
	}
	for i, q := range questions.Questions {
		e.Questions = append(e.Questions, f.question(files.questions, fmt.Sprintf("questions[%d]", i), q))
	}
	for _, m := range questions.Mapping {
		e.Mappings = append(e.Mappings, m.mapping())
	}
	return e
}

func (s mappingShape) mapping() compare.Mapping {
	m := compare.Mapping{Question: s.Question, Fate: compare.Fate(s.Is)}
	for _, c := range s.Choices {
		m.Choices = append(m.Choices, compare.SplitChoice{Choice: c.Choice, Answers: c.Answers})
	}
	return m
}

func (f *folder) criterion(d *document, at string, raw criterionShape) compare.Criterion {
	c := compare.Criterion{
		ID: raw.ID, Group: raw.Group, Name: raw.Name, Why: raw.Why,
		Zero: raw.Zero, Hundred: raw.Hundred, Unit: raw.Unit,
	}
	for _, b := range raw.Scale {
		c.Scale = append(c.Scale, compare.Breakpoint(b))
	}
	scaled := f.scale(d, at, &c)
	for i, cell := range raw.Cells {
		c.Cells = append(c.Cells, f.cell(d, fmt.Sprintf("%s.cells[%d]", at, i), cell, c.Scale, scaled))
	}
	return c
}

func (f *folder) question(d *document, at string, raw questionShape) compare.Question {
	q := compare.Question{
		ID: raw.ID, Slot: raw.Slot, Section: raw.Section, Text: raw.Text, Help: raw.Help, Retired: raw.Retired,
	}
	if raw.Importance != "" {
		importance, ok := compare.ParseImportance(raw.Importance)
		if !ok {
			f.wrong(d, at+".importance", "importance %q is none of low, normal, high, must", raw.Importance)
		}
		q.Fixed = &importance
	}
	for _, c := range raw.Choices {
		choice := compare.Choice{
			ID: c.ID, Number: c.Number, Label: c.Label, Neutral: c.Neutral, Retired: c.Retired,
			Points: c.Points,
		}
		for _, m := range c.Must {
			choice.Musts = append(choice.Musts, compare.Must(m))
		}
		q.Choices = append(q.Choices, choice)
	}
	return q
}
