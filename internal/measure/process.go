package measure

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"tiebreak/internal/compare"
)

// A bench runs the programs of one measurement.
type bench struct {
	r        *Runner
	workload compare.Workload
	dir      string   // where the programs are
	pin      []string // what goes before the command of a server
}

// take runs one process of the unit and reads off it what the workload says.
func (b *bench) take(ctx context.Context, u *unit, quick bool) (sample, error) {
	limit := b.r.timing.limit
	ctx, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("it was killed after %s", limit))
	defer cancel()
	p, err := b.start(ctx, u)
	if err != nil {
		return sample{}, err
	}
	got, err := b.read(p, quick)
	if err := errors.Join(err, p.close()); err != nil {
		return sample{}, p.explain(err)
	}
	// To end a process with a thousand threads takes the kernel a while, in that
	// process's name.
	got.used = max(got.used, p.used())
	return got, nil
}

func (b *bench) read(p *process, quick bool) (sample, error) {
	switch b.workload {
	case compare.WorkStart:
		return b.readStart(p)
	case compare.WorkTask:
		return b.readTask(p)
	case compare.WorkMemory:
		return b.readMemory(p)
	case compare.WorkServer:
		return b.readServer(p, quick)
	case compare.WorkIdle:
		return b.readIdle(p, quick)
	case compare.WorkDelay:
		return b.readDelay(p, quick)
	}
	return sample{}, fmt.Errorf("unknown workload %q", b.workload)
}

// A process is a running program. It has a process group of its own, which
// close kills.
type process struct {
	ctx     context.Context
	cmd     *exec.Cmd
	started time.Time // just before it was
	stdin   io.WriteCloser
	stdout  *bufio.Reader
	stderr  tail
	tmp     string
	waited  bool
}

// start starts a process of the unit. It is killed with its group when ctx ends.
func (b *bench) start(ctx context.Context, u *unit) (*process, error) {
	tmp, err := os.MkdirTemp("", "tiebreak-sample-")
	if err != nil {
		return nil, err
	}
	args := append(append([]string{}, b.pin...), u.runtime.Path, filepath.Join(b.dir, u.series.Program))
	args = append(args, u.series.Args...)
	p := &process{ctx: ctx, cmd: exec.CommandContext(ctx, args[0], args[1:]...), tmp: tmp}
	p.cmd.Dir = tmp
	p.cmd.Env = append(append([]string{}, b.r.cfg.Env...), "TMPDIR="+tmp)
	p.cmd.Stderr = &p.stderr
	p.cmd.SysProcAttr = ownGroup()
	p.cmd.Cancel = func() error { return killGroup(p.cmd.Process.Pid) }
	p.cmd.WaitDelay = time.Second // for what left the group and holds a pipe
	stdin, errIn := p.cmd.StdinPipe()
	stdout, errOut := p.cmd.StdoutPipe()
	if err := errors.Join(errIn, errOut); err != nil {
		return nil, errors.Join(err, os.RemoveAll(tmp))
	}
	p.stdin, p.stdout = stdin, bufio.NewReader(stdout)
	p.started = b.r.cfg.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(tmp))
	}
	return p, nil
}

// pid returns the number of the process, which is that of its group too.
func (p *process) pid() int { return p.cmd.Process.Pid }

// line returns the next line that the program prints.
func (p *process) line() (string, error) {
	line, err := p.stdout.ReadString('\n')
	switch {
	case err == nil:
		return strings.TrimSuffix(line, "\n"), nil
	case errors.Is(err, io.EOF) && line == "":
		return "", errors.Join(errors.New("it ended before it printed what it has to"), p.wait())
	case errors.Is(err, io.EOF):
		return "", fmt.Errorf("it ended in the middle of the line %q", shorten(line, 60))
	}
	return "", err
}

// object reads the next line as a JSON object.
func (p *process) object(v any) error {
	line, err := p.line()
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(line), v); err != nil {
		return fmt.Errorf("it printed %q: %w", shorten(line, 60), err)
	}
	return nil
}

// ready reads the line "ready".
func (p *process) ready() error {
	line, err := p.line()
	if err == nil && line != "ready" {
		err = fmt.Errorf("it printed %q, not ready", shorten(line, 60))
	}
	return err
}

// tell sends an empty line, which is the sign to go on.
func (p *process) tell() error {
	_, err := io.WriteString(p.stdin, "\n")
	return err
}

// end waits until the program has ended by itself.
func (p *process) end() error {
	rest, err := io.ReadAll(p.stdout)
	if err != nil {
		return err
	}
	if text := strings.TrimSpace(string(rest)); text != "" {
		return fmt.Errorf("it went on to print %q", shorten(text, 60))
	}
	return p.wait()
}

func (p *process) wait() error {
	if p.waited {
		return nil
	}
	p.waited = true
	return p.cmd.Wait()
}

// used returns the processor time of the ended process and of those it started
// and waited for.
func (p *process) used() time.Duration {
	return p.cmd.ProcessState.UserTime() + p.cmd.ProcessState.SystemTime()
}

// close kills what still runs and removes the files of the process.
func (p *process) close() error {
	killed := killGroup(p.pid())
	if !p.waited {
		p.waited = true
		var exit *exec.ExitError
		if err := p.cmd.Wait(); err != nil && !errors.As(err, &exit) && p.ctx.Err() == nil {
			killed = errors.Join(killed, err)
		}
	}
	return errors.Join(killed, os.RemoveAll(p.tmp))
}

// explain adds to an error what the program said, and why it was killed.
func (p *process) explain(err error) error {
	if cause := context.Cause(p.ctx); cause != nil {
		err = cause
	}
	if text := p.stderr.String(); text != "" {
		return fmt.Errorf("%w; it wrote:\n%s", err, text)
	}
	return err
}

// peak returns the most memory that the ended process had, in MB. The kernel's
// account of its whole life is right if it is above the peak of this process; at
// or below, it may be that peak, see peakKB. Then what was read counts: the most
// the process had in KB when it had printed its last line, 0 if it was gone.
func (b *bench) peak(p *process, read float64) (float64, error) {
	own, err := b.r.proc.status("self", "VmHWM")
	if err != nil {
		return 0, err
	}
	kb := read
	if whole := peakKB(p.cmd.ProcessState); whole > own {
		kb = whole
	}
	if kb == 0 && b.r.cfg.AnyLoad {
		kb = peakKB(p.cmd.ProcessState) // good enough for a quick look
	}
	if kb == 0 {
		return 0, errGone
	}
	return kb / 1024, nil
}

// peakNow returns the most memory the living process had so far in KB, 0 if it
// is gone.
func (b *bench) peakNow(p *process) (float64, error) {
	kb, err := b.r.proc.status(strconv.Itoa(p.pid()), "VmHWM")
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	return kb, err
}

// A tail keeps the end of what is written to it.
type tail struct {
	mu   sync.Mutex
	data []byte
}

const tailSize = 2000

// Write keeps the end of what has been written.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.data = append(t.data, p...)
	t.data = t.data[max(0, len(t.data)-tailSize):]
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(string(t.data))
}
