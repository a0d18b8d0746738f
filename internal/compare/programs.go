package compare

import (
	"crypto/sha256"
	"fmt"
)

// ProgramsSum returns the SHA-256 of the programs and of how they are called,
// in hexadecimal. Results that carry another sum are older than the programs.
// Names for readers, and how often a program is run, are not part of it.
func (m *Measurement) ProgramsSum() string {
	sum := sha256.New()
	// %q ends every text where it ends, so that no two measurements write the same.
	fmt.Fprintf(sum, "%q\n", string(m.Workload))
	for _, p := range m.Programs {
		fmt.Fprintf(sum, "program %q %q\n", p.Name, p.Source)
	}
	for _, c := range m.Cases {
		fmt.Fprintf(sum, "case %q\n", c.ID)
		for _, s := range c.Series {
			fmt.Fprintf(sum, "series %q %q %q %q %q %q\n", s.ID, s.Option, s.Program, s.Args, s.Needs, s.Runtime)
		}
	}
	return fmt.Sprintf("%x", sum.Sum(nil))
}
