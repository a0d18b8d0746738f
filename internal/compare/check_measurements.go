package compare

import (
	"fmt"
	"regexp"
	"strings"
)

const (
	// maxMethod is how many sentences may say how something is measured.
	maxMethod = 5
	// minCompared is how many options a case compares at least.
	minCompared = 2
)

var versionForm = regexp.MustCompile(`^[0-9]+(\.[0-9]+)*$`)

// CheckMeasurements returns what is wrong with the measurements, by the rules
// that [Comparison.Check] also applies. Alone it serves to run them before the
// facts that need their results can be complete.
func (c *Comparison) CheckMeasurements() []Problem {
	k := &checker{c: c}
	k.measurements()
	return k.problems
}

func (k *checker) measurements() {
	seen := map[string]bool{}
	for i := range k.c.Measurements {
		m := &k.c.Measurements[i]
		at := fmt.Sprintf("measurements[%d]", i)
		k.unique(seen, optionForm, at, m.ID)
		k.measurement(at, m)
		if m.Results != nil {
			k.results(at+".results", m)
		}
	}
}

func (k *checker) measurement(at string, m *Measurement) {
	k.present(at+".title", m.Title)
	if !strings.HasSuffix(m.Question, "?") {
		k.bad(at+".question", "the question must end in a question mark")
	}
	k.present(at+".method", m.Method)
	if n := sentences(m.Method); n > maxMethod {
		k.bad(at+".method", "method has %d sentences: say it in %d", n, maxMethod)
	}
	if len(m.Limits) == 0 {
		k.bad(at+".limits", "every measurement leaves something out: say what this one does not show")
	}
	for i, limit := range m.Limits {
		k.present(fmt.Sprintf("%s.limits[%d]", at, i), limit)
	}
	if len(m.Workload.Quantities()) == 0 {
		k.bad(at+".workload", "workload %q is none of start, task, memory, server, idle, delay", m.Workload)
	}
	if m.Samples < MinSamples {
		k.bad(at+".samples", "samples must be %d or more: a 95%% interval of a median needs as many", MinSamples)
	}
	if m.Warmup < 0 {
		k.bad(at+".warmup", "warmup must be 0 or more")
	}
	if len(m.Cases) == 0 {
		k.bad(at+".cases", "a measurement needs a case: say what is run")
	}
	if m.Lead != "" && m.Case(m.Lead) == nil {
		k.bad(at+".lead", "there is no case %q: name one of the cases", m.Lead)
	}
	seen := map[string]bool{}
	for i := range m.Cases {
		k.measuredCase(fmt.Sprintf("%s.cases[%d]", at, i), m, seen, &m.Cases[i])
	}
}

func (k *checker) measuredCase(at string, m *Measurement, cases map[string]bool, c *Case) {
	k.unique(cases, optionForm, at+".id", c.ID)
	k.present(at+".name", c.Name)
	seen, compared := map[string]bool{}, map[string]bool{}
	for i, s := range c.Series {
		at := fmt.Sprintf("%s.series[%d]", at, i)
		k.unique(seen, optionForm, at+".id", s.ID)
		k.present(at+".name", s.Name)
		if !k.isOption(s.Option) {
			k.bad(at+".option", "option %q is not in comparison.yaml", s.Option)
		}
		if s.Runtime != "" && !versionForm.MatchString(s.Runtime) {
			k.bad(at+".runtime", "runtime %q must be the start of a version, such as 3.13", s.Runtime)
		}
		k.program(at+".program", m, s)
		if !s.Peer {
			compared[s.Option] = true
		}
	}
	if len(compared) < minCompared {
		k.bad(at+".series", "a case compares options: give it series of at least two, not counting peers")
	}
}

func (k *checker) isOption(id string) bool {
	for _, o := range k.c.Options {
		if o.ID == id {
			return true
		}
	}
	return false
}

func (k *checker) program(at string, m *Measurement, s Series) {
	p := m.Program(s.Program)
	switch {
	case p == nil:
		k.bad(at, "the program %q is not beside measurement.yaml", s.Program)
	case p.Option != s.Option:
		k.bad(at, "the program %q is of option %s: give %s one of its own", s.Program, p.Option, s.Option)
	}
}
