package compare

import "testing"

func TestProgramsSum(t *testing.T) {
	fresh := func() *Measurement {
		return &Measurement{
			Workload: WorkTask, Samples: 6,
			Cases: []Case{{ID: "c", Name: "Case", Series: []Series{
				{ID: "s", Option: "node", Program: "a.mjs", Args: []string{"x", "y"}, Needs: []string{"p"}},
			}}},
			Programs: []Program{{Name: "a.mjs", Option: "node", Source: "1\n"}},
		}
	}
	sum := fresh().ProgramsSum()
	if len(sum) != 64 || sum != fresh().ProgramsSum() {
		t.Fatalf("ProgramsSum = %q, want 64 digits, the same each time", sum)
	}
	for name, change := range map[string]func(*Measurement){
		"samples":      func(m *Measurement) { m.Samples = 20 },
		"name of case": func(m *Measurement) { m.Cases[0].Name = "Another" },
		"peer":         func(m *Measurement) { m.Cases[0].Series[0].Peer = true },
		"colours":      func(m *Measurement) { m.Programs[0].Code = "<pre>" },
	} {
		m := fresh()
		if change(m); m.ProgramsSum() != sum {
			t.Errorf("%s: the sum changes, want the same", name)
		}
	}
	for name, change := range map[string]func(*Measurement){
		"source":    func(m *Measurement) { m.Programs[0].Source = "2\n" },
		"workload":  func(m *Measurement) { m.Workload = WorkStart },
		"arguments": func(m *Measurement) { m.Cases[0].Series[0].Args = []string{"x y"} },
		"none":      func(m *Measurement) { m.Cases[0].Series[0].Args = nil },
		"needs":     func(m *Measurement) { m.Cases[0].Series[0].Needs = nil },
		"runtime":   func(m *Measurement) { m.Cases[0].Series[0].Runtime = "26" },
	} {
		m := fresh()
		if change(m); m.ProgramsSum() == sum {
			t.Errorf("%s: the sum stays, want another", name)
		}
	}
}
