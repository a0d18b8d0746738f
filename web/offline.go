package web

import (
	"tiebreak/internal/compare"
	"tiebreak/internal/report"
)

// Report returns everything that the result page of some answers says, on a
// site with the given configuration, for a program that makes no request. The
// comparison must be of the configuration's catalog.
func Report(c Config, comparison *compare.Comparison, a compare.Answers) (*report.Report, error) {
	s, err := newServer(c)
	if err != nil {
		return nil, err
	}
	decoded := compare.Decoded{Answers: a, Asked: a.Edition().Number}
	return s.report(askedResult{comparison: comparison, decoded: decoded}), nil
}
