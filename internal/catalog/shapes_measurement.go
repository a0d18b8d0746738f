package catalog

import "tiebreak/internal/compare"

type measurementShape struct {
	Title    string      `yaml:"title"`
	Question string      `yaml:"question"`
	Answer   filledText  `yaml:"answer,optional"`
	Lead     string      `yaml:"lead,optional"`
	Method   string      `yaml:"method"`
	Limits   []string    `yaml:"limits"`
	Workload string      `yaml:"workload"`
	Samples  int         `yaml:"samples"`
	Warmup   int         `yaml:"warmup,optional"`
	Cases    []caseShape `yaml:"cases"`
}

type caseShape struct {
	ID     string        `yaml:"id"`
	Name   string        `yaml:"name"`
	Note   string        `yaml:"note,optional"`
	Series []seriesShape `yaml:"series"`
}

type seriesShape struct {
	ID      string   `yaml:"id"`
	Option  string   `yaml:"option"`
	Name    string   `yaml:"name"`
	Program string   `yaml:"program"`
	Args    []string `yaml:"args,optional"`
	Needs   []string `yaml:"needs,optional"`
	Runtime string   `yaml:"runtime,optional"`
	Peer    bool     `yaml:"peer,optional"`
}

// measurement returns what is written in measurement.yaml.
func (s measurementShape) measurement() compare.Measurement {
	m := compare.Measurement{
		Title: s.Title, Question: s.Question, Answer: string(s.Answer), Lead: s.Lead, Method: s.Method, Limits: s.Limits,
		Workload: compare.Workload(s.Workload), Samples: s.Samples, Warmup: s.Warmup,
	}
	for _, c := range s.Cases {
		one := compare.Case{ID: c.ID, Name: c.Name, Note: c.Note}
		for _, series := range c.Series {
			one.Series = append(one.Series, compare.Series(series))
		}
		m.Cases = append(m.Cases, one)
	}
	return m
}

// programs returns the names of the programs, in the order of the series.
func (s measurementShape) programs() []string {
	var names []string
	for _, c := range s.Cases {
		for _, series := range c.Series {
			names = append(names, series.Program)
		}
	}
	return names
}
