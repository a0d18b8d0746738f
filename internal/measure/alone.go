package measure

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"tiebreak/internal/compare"
)

// readStart reads how long a program takes until it is ready, and what it used
// when it has ended.
func (b *bench) readStart(p *process) (sample, error) {
	if err := p.ready(); err != nil {
		return sample{}, err
	}
	wall := b.r.cfg.Now().Sub(p.started)
	values, err := b.ended(p)
	if err != nil {
		return sample{}, err
	}
	values["wall"], values["cpu"] = milliseconds(wall), milliseconds(p.used())
	return sample{answer: "ready", values: values, used: p.used()}, nil
}

// readTask reads the times that a program took itself.
func (b *bench) readTask(p *process) (sample, error) {
	var said struct {
		Answer string
		Times  []float64
	}
	if err := p.object(&said); err != nil {
		return sample{}, err
	}
	values, err := b.ended(p)
	switch {
	case err != nil:
		return sample{}, err
	case said.Answer == "":
		return sample{}, errors.New("it printed no answer")
	case len(said.Times) == 0 || slices.Min(said.Times) <= 0:
		return sample{}, fmt.Errorf("its times are %v, they have to be above 0", said.Times)
	}
	values["time"] = compare.Summarize(said.Times).Median
	return sample{answer: said.Answer, values: values, used: p.used()}, nil
}

// ended waits for the end of a program that has printed its last line, and
// returns the peak of its memory.
func (b *bench) ended(p *process) (map[string]float64, error) {
	read, err := b.peakNow(p)
	if err != nil {
		return nil, err
	}
	if err := p.end(); err != nil {
		return nil, err
	}
	peak, err := b.peak(p, read)
	return map[string]float64{"peak": peak}, err
}

// readMemory reads the memory of a process before and after it builds data.
func (b *bench) readMemory(p *process) (sample, error) {
	if err := p.ready(); err != nil {
		return sample{}, err
	}
	idle, err := b.resident(p)
	if err != nil {
		return sample{}, err
	}
	if err := p.tell(); err != nil {
		return sample{}, err
	}
	var said struct{ Answer string }
	if err := p.object(&said); err != nil {
		return sample{}, err
	}
	full, err := b.resident(p)
	if err != nil {
		return sample{}, err
	}
	if said.Answer == "" {
		return sample{}, errors.New("it printed no answer")
	}
	if err := errors.Join(p.tell(), p.end()); err != nil {
		return sample{}, err
	}
	values := map[string]float64{"idle": idle / 1024, "growth": (full - idle) / 1024}
	return sample{answer: said.Answer, values: values, used: p.used()}, nil
}

func (b *bench) resident(p *process) (kb float64, err error) {
	return b.r.proc.status(strconv.Itoa(p.pid()), "VmRSS")
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
