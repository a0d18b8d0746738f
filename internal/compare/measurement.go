package compare

// A Workload is a way to run the programs of a measurement, and with it what is
// read off them.
type Workload string

// The workloads a measurement may have. What a program has to do for each is
// written in the comment of package measure.
const (
	WorkStart  Workload = "start"  // start a process, wait for its first line
	WorkTask   Workload = "task"   // time rounds of one computation inside a process
	WorkMemory Workload = "memory" // memory before and after building data
	WorkServer Workload = "server" // requests from connections that wait for their answers
	WorkIdle   Workload = "idle"   // memory of connections that do nothing
	WorkDelay  Workload = "delay"  // short requests, sent on time, beside long computations
)

// A Quantity is one thing read off a workload.
type Quantity struct {
	ID   string // "wall"
	Name string // "Wall time"
	Unit string // printed after a figure: "ms"
	More bool   // more is better, as for requests per second
}

// Quantities returns what the workload reads off a program, the one that
// matters most first. It is empty for an unknown workload.
func (w Workload) Quantities() []Quantity {
	switch w {
	case WorkStart:
		return []Quantity{{ID: "wall", Name: "Wall time", Unit: "ms"}, {ID: "cpu", Name: "Processor time", Unit: "ms"}, peakMemory()}
	case WorkTask:
		return []Quantity{{ID: "time", Name: "Time per round", Unit: "ms"}, peakMemory()}
	case WorkMemory:
		return []Quantity{{ID: "growth", Name: "Memory for the data", Unit: "MB"}, {ID: "idle", Name: "Memory before", Unit: "MB"}}
	case WorkServer:
		return []Quantity{
			{ID: "rate", Name: "Requests per second", Unit: "requests/s", More: true},
			{ID: "cpu", Name: "Processor time per request", Unit: "µs"},
			{ID: "p99", Name: "99th percentile of the response time", Unit: "ms"},
		}
	case WorkIdle:
		return []Quantity{{ID: "each", Name: "Memory per connection", Unit: "KB"}, {ID: "before", Name: "Memory before", Unit: "MB"}}
	case WorkDelay:
		return []Quantity{{ID: "late", Name: "Short requests answered after 100 ms or later", Unit: "%"}, {ID: "p99", Name: "99th percentile of the delay", Unit: "ms"}}
	}
	return nil
}

func peakMemory() Quantity { return Quantity{ID: "peak", Name: "Peak memory", Unit: "MB"} }

// A Measurement answers one question by running programs of our own.
type Measurement struct {
	ID       string // [a-z0-9-]{1,40}; also the name of its folder
	Title    string
	Question string   // what it answers, ending in a question mark
	Answer   string   // the answer in words, "" to have one made of the figures
	Lead     string   // id of the case that is drawn where there is room for one, "" for the first
	Method   string   // how it is measured, warm-up included; plain text
	Limits   []string // what it does not show, one sentence each
	Workload Workload
	// Samples is how many processes are measured of each series and runtime;
	// Warmup is how many are run first and not counted.
	Samples, Warmup int
	Cases           []Case
	Programs        []Program // in the order the series name them first
	Results         *Results  // nil until it has been run
}

// LeadCase returns the case that is drawn where there is room for one. A checked
// measurement has it.
func (m *Measurement) LeadCase() *Case {
	if k := m.Case(m.Lead); k != nil {
		return k
	}
	return &m.Cases[0]
}

// A Case is one thing to do, by programs that are compared with each other.
type Case struct {
	ID     string // unique within the measurement
	Name   string
	Note   string // what to know when reading its drawing, "" for nothing
	Series []Series
}

// A Series is one program with its arguments, run by every runtime of its option.
type Series struct {
	ID      string // unique within the case; often the id of the option
	Option  string // id of the option that runs it
	Name    string // "Python, two processes"
	Program string // name of a Program
	Args    []string
	Needs   []string // packages it imports, by the names their registries know
	Runtime string   // only runtimes whose version begins so; "" for all
	Peer    bool     // shown for orientation: another way to the same end
}

// A Program is a file that was measured, as it was measured.
type Program struct {
	Name   string // name of the file
	Option string
	Source string
	// Code is Source, highlighted: what stands inside <pre class="chroma"><code>.
	// It is empty until somebody wants to show it.
	Code HTML
}

// Quantity returns the quantity with the given id, the first for "".
func (m *Measurement) Quantity(id string) (Quantity, bool) {
	for _, q := range m.Workload.Quantities() {
		if id == "" || q.ID == id {
			return q, true
		}
	}
	return Quantity{}, false
}

// Case returns the case with the given id, nil if there is none.
func (m *Measurement) Case(id string) *Case {
	for i := range m.Cases {
		if m.Cases[i].ID == id {
			return &m.Cases[i]
		}
	}
	return nil
}

// Series returns the series of a case, nil if there is none with these ids.
func (m *Measurement) Series(caseID, series string) *Series {
	c := m.Case(caseID)
	if c == nil {
		return nil
	}
	for i := range c.Series {
		if c.Series[i].ID == series {
			return &c.Series[i]
		}
	}
	return nil
}

// Program returns the program with the given file name, nil if there is none.
func (m *Measurement) Program(name string) *Program {
	for i := range m.Programs {
		if m.Programs[i].Name == name {
			return &m.Programs[i]
		}
	}
	return nil
}

// ResultsSchema is the version of the form of results.json.
const ResultsSchema = 1

// Results are what one run of a measurement found, as results.json keeps it.
type Results struct {
	Schema      int       `json:"schema"`
	Comparison  string    `json:"comparison"`
	Measurement string    `json:"measurement"`
	Date        Date      `json:"date"`     // the day it was run, UTC
	Seconds     int       `json:"seconds"`  // how long it took
	Programs    string    `json:"programs"` // SHA-256 of the programs and of how they were called
	Machine     Machine   `json:"machine"`
	Runtimes    []Runtime `json:"runtimes"`
	Results     []Result  `json:"results"`
	Skipped     []Skipped `json:"skipped,omitempty"`
}

// A Machine is what a measurement was run on.
type Machine struct {
	CPU    string  `json:"cpu"`
	Cores  int     `json:"cores"`
	Memory int     `json:"memory_mb"`
	System string  `json:"system"` // "Debian GNU/Linux 12 (bookworm), Linux 6.1"
	Load   float64 `json:"load"`   // load average of one minute at the start
}

// A Runtime is one build of what runs an option's programs.
type Runtime struct {
	ID      string `json:"id"`     // "node-26.10.0"; unique within the results
	Option  string `json:"option"` // id of the option
	Name    string `json:"name"`   // "Node.js 26.10.0"
	Version string `json:"version"`
	Build   string `json:"build"` // "Debian's package, optimised by profile"
	// Packages are the versions of what the programs need, by name.
	Packages map[string]string `json:"packages,omitempty"`
}

// A Result holds the samples of one series run by one runtime.
type Result struct {
	Case    string `json:"case"`
	Series  string `json:"series"`
	Runtime string `json:"runtime"`
	Answer  string `json:"answer"`  // what the program computed: equal within a case
	Dropped int    `json:"dropped"` // samples thrown away because the machine was busy
	// Samples are by quantity, in the order they were taken; all are as long.
	Samples map[string][]float64 `json:"samples"`
}

// A Skipped series was not run, and why.
type Skipped struct {
	Case    string `json:"case"`
	Series  string `json:"series"`
	Runtime string `json:"runtime,omitempty"`
	Why     string `json:"why"`
}
