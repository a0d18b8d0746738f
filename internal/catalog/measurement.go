package catalog

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"tiebreak/internal/compare"
)

// maxProgram is the size of the largest program that is shown.
const maxProgram = 32 << 10

// programForm is what a program's file may be called.
var programForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,40}\.[a-z]{1,5}$`)

// A measured is one measurement being loaded.
type measured struct {
	compare.Measurement
	doc     *document // measurement.yaml
	results *document // results.json, which has no lines
	unread  bool      // there are results, but they could not be read
}

// Measurements returns the measurements of one comparison as they are to be
// run: without results, and without a look at facts that may still wait for
// them. If anything is wrong with a measurement or its programs, the error is
// of type [Problems].
func Measurements(fsys fs.FS, slug string) ([]compare.Measurement, error) {
	f := newFolder(newLoader(fsys), slug)
	f.readMain()
	f.readMeasurements(false)
	if !f.measuredBroken() {
		f.report(f.c.CheckMeasurements())
	}
	if problems := f.sorted(); len(problems) > 0 {
		return nil, problems
	}
	return f.c.Measurements, nil
}

// readMeasurements reads the measurements, and their results if asked to. A
// comparison may have none.
func (f *folder) readMeasurements(withResults bool) {
	folder := f.file(measurementsFolder)
	if _, err := fs.Stat(f.fsys, folder); errors.Is(err, fs.ErrNotExist) {
		f.orderMeasurements()
		return
	}
	for _, entry := range f.list(folder) {
		file := path.Join(folder, entry.Name())
		if !entry.IsDir() {
			f.addf(file, 0, "a measurement is a folder: move the file into one, or remove it")
			continue
		}
		if len(f.list(file)) == 0 {
			continue // no repository keeps an empty folder, so it is none of ours
		}
		f.measured = append(f.measured, f.measurement(file, withResults))
	}
	f.orderMeasurements()
	for _, m := range f.measured {
		f.c.Measurements = append(f.c.Measurements, m.Measurement)
	}
}

// orderMeasurements puts the measurements into the order of comparison.yaml,
// which has to name them all if it names any.
func (f *folder) orderMeasurements() {
	if len(f.order) == 0 {
		return
	}
	for i, id := range f.order {
		at := indexed("measurements", i)
		if !slices.ContainsFunc(f.measured, func(m *measured) bool { return m.ID == id }) {
			f.wrong(f.main, at, "measurement %q has no folder in %s: add it, or take it off the list", id, measurementsFolder)
		}
		if slices.Index(f.order, id) != i {
			f.wrong(f.main, at, "measurement %q is listed twice", id)
		}
	}
	for _, m := range f.measured {
		if !slices.Contains(f.order, m.ID) {
			f.wrong(f.main, "measurements", "measurement %q is missing from the list: say where it stands", m.ID)
		}
	}
	slices.SortStableFunc(f.measured, func(a, b *measured) int {
		return slices.Index(f.order, a.ID) - slices.Index(f.order, b.ID)
	})
}

func (f *folder) measurement(folder string, withResults bool) *measured {
	var s measurementShape
	m := &measured{doc: f.decode(path.Join(folder, measurementFile), &s)}
	m.results = &document{path: path.Join(folder, resultsFile), above: -1, bad: map[string]bool{}}
	m.Measurement = s.measurement()
	m.ID = path.Base(folder)
	for _, entry := range f.list(folder) {
		name := entry.Name()
		switch {
		case name == measurementFile || m.doc.broken:
		case name == resultsFile:
			if withResults {
				f.readResults(m)
			}
		default:
			f.program(m, folder, entry)
		}
	}
	slices.SortStableFunc(m.Programs, func(a, b compare.Program) int {
		return slices.Index(s.programs(), a.Name) - slices.Index(s.programs(), b.Name)
	})
	return m
}

// program reads a file beside measurement.yaml, which has to be a program that
// a series names.
func (f *folder) program(m *measured, folder string, entry fs.DirEntry) {
	file := path.Join(folder, entry.Name())
	series := m.firstWith(entry.Name())
	switch {
	case series == nil || entry.IsDir():
		f.addf(file, 0, "no series of %s names this program: name it there, or remove it", measurementFile)
		return
	case !programForm.MatchString(entry.Name()):
		f.addf(file, 0, "a program's name is lower-case letters, digits, - and _, and an ending: rename it")
	}
	if info, err := entry.Info(); err == nil && info.Size() > maxProgram {
		f.addf(file, 0, "is larger than %d KiB: nobody reads such a program, so shorten it", maxProgram>>10)
		return
	}
	source, ok := f.read(file)
	if !ok {
		m.doc.bad[""] = true
	}
	if lexerOf(entry.Name()) == nil {
		f.addf(file, 0, "a program in this language cannot be highlighted: rename it by its language")
		return
	}
	p := compare.Program{Name: entry.Name(), Option: series.Option, Source: string(source)}
	if f.thorough {
		if _, err := highlight(lexerOf(p.Name), p.Source); err != nil {
			f.addf(file, 0, "the program cannot be highlighted: %s", err)
		}
	}
	m.Programs = append(m.Programs, p)
}

// firstWith returns the first series that names a program, nil if none does.
func (m *measured) firstWith(program string) *compare.Series {
	for i := range m.Cases {
		for j := range m.Cases[i].Series {
			if s := &m.Cases[i].Series[j]; s.Program == program {
				return s
			}
		}
	}
	return nil
}

// readResults reads results.json, which a program wrote. A measurement that
// was never run has none.
func (f *folder) readResults(m *measured) {
	m.unread = true
	source, ok := f.read(m.results.path)
	if !ok {
		return
	}
	var r compare.Results
	decoder := json.NewDecoder(bytes.NewReader(source))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(&r)
	if err == nil {
		if _, more := decoder.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("something follows the results")
		}
	}
	if err != nil {
		at, msg := jsonProblem(source, decoder.InputOffset(), err)
		f.addf(m.results.path, 1+bytes.Count(source[:at], []byte("\n")), "these are no results: %s: measure again", msg)
		return
	}
	m.unread = false
	m.Results = &r
}

// unknownField is how the decoder names a field it does not know.
var unknownField = regexp.MustCompile(`^json: unknown field ("[^"]*")$`)

// jsonProblem returns where in source a JSON file stops being one of ours, and
// why, in words of JSON.
func jsonProblem(source []byte, offset int64, err error) (at int, msg string) {
	msg = strings.TrimPrefix(err.Error(), "json: ")
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset = kind.Offset
		msg = kind.Field + " is a " + kind.Value
	}
	if m := unknownField.FindStringSubmatch(err.Error()); m != nil {
		offset = int64(max(0, bytes.Index(source, []byte(m[1]))))
		msg = m[1] + " is not a field of results"
	}
	return int(min(max(0, offset-1), int64(len(source)))), msg
}

// measuredBroken reports whether measurements, or the options they compare,
// could not be read.
func (f *folder) measuredBroken() bool {
	return f.main.broken || slices.ContainsFunc(f.measured, func(m *measured) bool { return m.doc.broken })
}

// measuredPlace does what place does, for a path such as "measurements[1].cases[2]".
func (f *folder) measuredPlace(at string) (*document, string) {
	for i, m := range f.measured {
		rest, ok := strings.CutPrefix(at, indexed("measurements", i))
		switch {
		case !ok:
		case strings.HasPrefix(rest, ".results"):
			return m.results, ""
		default:
			return m.doc, strings.TrimPrefix(rest, ".")
		}
	}
	return f.main, at
}
