package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tiebreak/internal/catalog"
	"tiebreak/internal/compare"
	"tiebreak/internal/measure"
)

type measureCommand struct {
	Content    string   `twin:"TIEBREAK_CONTENT" default:"content" placeholder:"DIR" help:"Folder of the content, to read programs from and write results to."`
	Comparison string   `arg:"" help:"Comparison, such as nodejs-vs-python."`
	IDs        []string `arg:"" optional:"" name:"measurement" help:"Measurements to run, by their folders; without any, all."`
	Node       []string `sep:"none" placeholder:"PATH[=BUILD]" help:"A Node.js to measure, with a description of its build if it cannot say; may be given several times. Without it, node."`
	Python     []string `sep:"none" placeholder:"PATH[=BUILD]" help:"A Python to measure, likewise. Without it, python3."`
	Packages   string   `placeholder:"DIR" help:"Folder with a node_modules that programs for Node.js import from."`
	Samples    int      `placeholder:"N" help:"Measure N processes of each series, for a quick look on a machine however busy; with --out, as strictly as ever."`
	Out        string   `placeholder:"DIR" help:"Write results to DIR, not into the content."`
}

// Help is what the help of the command says below its first line.
func (measureCommand) Help() string {
	return "Runs on Linux. Results are written as soon as a measurement is done, so stopping early keeps those before.\n\n" +
		"Exit code 0: every measurement was done. " +
		"1: one failed, or the run was stopped; the error says which and what was kept. " +
		"2: there is no such comparison or measurement."
}

// resultsFile is what the results of a measurement are called in its folder.
const resultsFile = "results.json"

// Run runs the measurements one after the other.
func (c *measureCommand) Run(ctx context.Context, p program) error {
	ctx, stop := untilTold(ctx)
	defer stop()
	todo, err := c.load()
	if err != nil {
		return fmt.Errorf("measure: %w", err)
	}
	env := programEnvironment()
	runtimes, err := c.runtimes(ctx, p, todo, env)
	if err != nil {
		return fmt.Errorf("measure: %w", err)
	}
	progress := newProgressPrinter(p.stderr)
	runner, err := measure.New(measure.Config{
		Comparison: c.Comparison, Runtimes: runtimes, Packages: c.Packages, Samples: c.Samples,
		AnyLoad: c.target("") == "", Env: env, Now: p.now, Progress: progress.print,
	})
	if err != nil {
		return fmt.Errorf("measure: %w", err)
	}
	var failed []error
	var kept []string
	for i := range todo {
		m := &todo[i]
		file, err := c.measure(ctx, p, runner, m)
		progress.end()
		if ctx.Err() != nil {
			return fmt.Errorf("measure: stopped; %s", keptAndNot(kept, todo))
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", m.ID, err))
			fmt.Fprintf(p.stderr, "%s: failed, more at the end\n", m.ID)
			continue
		}
		if file != "" {
			kept = append(kept, m.ID)
		}
	}
	if len(failed) > 0 {
		return fmt.Errorf("measure: %s failed; %s\n%w", count(len(failed), "measurement"), keptAndNot(kept, todo), errors.Join(failed...))
	}
	return nil
}

// measure runs one measurement, prints its summary and returns the file its
// results are in, "" for none.
func (c *measureCommand) measure(ctx context.Context, p program, runner *measure.Runner, m *compare.Measurement) (file string, err error) {
	results, err := runner.Run(ctx, m)
	if err != nil {
		return "", err
	}
	file = c.target(m.ID)
	if file != "" {
		if err := writeResults(file, results); err != nil {
			return "", err
		}
	}
	fmt.Fprint(p.stdout, measuredText(m, results))
	if file == "" {
		fmt.Fprint(p.stdout, "Not written: --samples takes a quick look, however busy the machine is. Give --out DIR to measure for results.\n\n")
	} else {
		fmt.Fprintf(p.stdout, "Written to %s.\n\n", file)
	}
	return file, nil
}

// load reads the measurements that are asked for.
func (c *measureCommand) load() ([]compare.Measurement, error) {
	if c.Samples < 0 {
		return nil, coded{errors.New("--samples must be 1 or more"), exitUsage}
	}
	files, err := contentFiles(c.Content)
	if err != nil {
		return nil, err
	}
	if !fs.ValidPath(c.Comparison) {
		return nil, coded{fmt.Errorf("there is no comparison %q in %s", c.Comparison, c.Content), exitUsage}
	}
	if _, err := fs.Stat(files, c.Comparison+"/comparison.yaml"); errors.Is(err, fs.ErrNotExist) {
		return nil, coded{fmt.Errorf("there is no comparison %q in %s", c.Comparison, c.Content), exitUsage}
	}
	all, err := catalog.Measurements(files, c.Comparison)
	if err != nil {
		return nil, err
	}
	if len(c.IDs) == 0 && len(all) > 0 {
		return all, nil
	}
	var todo []compare.Measurement
	for _, id := range c.IDs {
		i := slices.IndexFunc(all, func(m compare.Measurement) bool { return m.ID == id })
		if i < 0 {
			return nil, coded{fmt.Errorf("there is no measurement %q: take one of %s", id, idsOf(all)), exitUsage}
		}
		todo = append(todo, all[i])
	}
	if len(todo) == 0 {
		return nil, coded{fmt.Errorf("%s has no measurements", c.Comparison), exitUsage}
	}
	return todo, nil
}

// runtimes finds the runtimes of the options that the measurements need.
func (c *measureCommand) runtimes(ctx context.Context, p program, todo []compare.Measurement, env []string) ([]measure.Runtime, error) {
	given := map[string][]string{"node": c.Node, "python": c.Python}
	var found []measure.Runtime
	for _, option := range optionsOf(todo) {
		paths := given[option]
		if len(paths) == 0 {
			paths = []string{measure.DefaultPath(option)}
		}
		for _, path := range paths {
			r, err := measure.Find(ctx, option, path, env)
			if err != nil {
				return nil, err
			}
			fmt.Fprintf(p.stderr, "%s: %s\n", r.Name, r.Build)
			found = append(found, r)
		}
	}
	return found, nil
}

// target is the file to write results to, "" for none.
func (c *measureCommand) target(id string) string {
	switch {
	case c.Out != "":
		return filepath.Join(c.Out, id, resultsFile)
	case c.Samples > 0:
		return ""
	}
	return filepath.Join(c.Content, filepath.FromSlash(c.Comparison), "measurements", id, resultsFile)
}

func writeResults(file string, r *compare.Results) error {
	data, err := measure.Encode(r)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return replaceFile(file, data)
}

// programEnvironment is all that measured programs see of the environment:
// what else is set here might make them run differently.
func programEnvironment() []string {
	return []string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + os.Getenv("HOME"),
		"LANG=" + cmp.Or(os.Getenv("LANG"), "C.UTF-8"),
	}
}

func optionsOf(todo []compare.Measurement) []string {
	var options []string
	for _, m := range todo {
		for _, k := range m.Cases {
			for _, s := range k.Series {
				if !slices.Contains(options, s.Option) {
					options = append(options, s.Option)
				}
			}
		}
	}
	return options
}

func idsOf(all []compare.Measurement) string {
	var ids []string
	for _, m := range all {
		ids = append(ids, m.ID)
	}
	return cmp.Or(strings.Join(ids, ", "), "none: there are no measurements")
}

// keptAndNot says which results were written and which were not.
func keptAndNot(kept []string, todo []compare.Measurement) string {
	var not []string
	for _, m := range todo {
		if !slices.Contains(kept, m.ID) {
			not = append(not, m.ID)
		}
	}
	return fmt.Sprintf("results written: %s; not written: %s",
		cmp.Or(strings.Join(kept, ", "), "none"), cmp.Or(strings.Join(not, ", "), "none"))
}
