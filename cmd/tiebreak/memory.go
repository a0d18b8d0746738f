package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// How much the heap may grow between two collections, in percent of what lives
// in it.
const (
	// servingGC holds while the site is served: with Go's own 100 the program
	// took 81 to 88 MB where it takes 70 with 60, and gave a tenth more results.
	servingGC = 75
	// builtInGC holds while the built-in content is read: with hardly any memory
	// in use the program would collect all the time.
	builtInGC = 400
	// folderGC holds while a folder is read, which may hold any amount: 200
	// comparisons were read in 0.89 of the time that servingGC takes, with 1.3
	// times the memory at the peak.
	folderGC = 150
)

// leastHeap is what the heap may always grow to, in bytes. A site that only
// serves pages has 6 MB of live heap; at 75 percent it collected 14 times a
// second, which was a tenth of what a page cost.
const leastHeap = 24 << 20

// A pacer sets how much the heap may grow, anew after every collection: Go
// knows no least heap. Without one, where GOGC is set, nothing is set.
type pacer struct {
	growth atomic.Int64 // percent at least
	over   atomic.Bool
}

// startPacer returns nil if GOGC is set.
func startPacer() *pacer {
	if os.Getenv("GOGC") != "" {
		return nil
	}
	p := &pacer{}
	p.growth.Store(servingGC)
	p.tend(struct{}{})
	return p
}

// tend runs after each collection, which finds the new mark unused.
func (p *pacer) tend(struct{}) {
	if p.over.Load() {
		return
	}
	p.set()
	runtime.AddCleanup(new(*pacer), p.tend, struct{}{})
}

func (p *pacer) set() {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	debug.SetGCPercent(heapGrowth(int64(live[0].Value.Uint64()), p.growth.Load()))
}

// heapGrowth returns the percentage that brings the heap to leastHeap, or the
// given one if that brings it further. A heap may grow to that percentage of 4
// MB in any case, so there is a percentage that is enough for the smallest.
func heapGrowth(live, percent int64) int {
	const enough = leastHeap * 100 / (4 << 20)
	return int(max(percent, min(enough, leastHeap*100/max(live, 1)-100)))
}

// while lets the heap grow by a percentage until the function it returns is
// called.
func (p *pacer) while(percent int64) (end func()) {
	if p == nil {
		return func() {}
	}
	before := p.growth.Swap(percent)
	p.set()
	return func() {
		p.growth.Store(before)
		p.set()
	}
}

// stop leaves the growth to Go's own setting again.
func (p *pacer) stop() {
	if p != nil {
		p.over.Store(true)
		debug.SetGCPercent(100)
	}
}
