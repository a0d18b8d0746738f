package measure

import "time"

// A meter tells how much of the machine programs use that are not ours.
type meter struct {
	proc  procFS
	now   func() time.Time
	self  func() time.Duration // processor time this process has used
	cores int
}

// A reading is the state of the machine at one moment.
type reading struct {
	at         time.Time
	busy, self time.Duration // processor time since some earlier moment
}

func (m meter) read() (reading, error) {
	busy, err := m.proc.busy()
	return reading{at: m.now(), busy: busy, self: m.self()}, err
}

// others returns the share of the machine's processor time between two readings
// that neither this process nor its children used, from 0 to 1. The kernel
// counts the time of the machine and that of a process in different ways, so
// the difference can be a little below zero, which is no use by others.
func (m meter) others(before, after reading, children time.Duration) float64 {
	whole := after.at.Sub(before.at) * time.Duration(m.cores)
	if whole <= 0 {
		return 0
	}
	ours := after.self - before.self + children
	return max(0, float64(after.busy-before.busy-ours)/float64(whole))
}
