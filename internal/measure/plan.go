package measure

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tiebreak/internal/compare"
)

// A plan is what of a measurement can be run here.
type plan struct {
	units    []*unit
	runtimes []compare.Runtime // of the units, with the packages they use
	skipped  []compare.Skipped
}

// plan finds out which series can be run by which runtimes. What cannot is
// skipped with a reason; that nothing at all can is an error.
func (r *Runner) plan(ctx context.Context, m *compare.Measurement) (*plan, error) {
	p := &plan{}
	for i := range r.cfg.Runtimes {
		runtime := r.cfg.Runtimes[i]
		installed, err := r.packages(ctx, &runtime, needs(m, runtime.Option))
		if err != nil {
			return nil, fmt.Errorf("packages of %s: %w", runtime.Name, err)
		}
		runtime.Packages = nil
		if len(installed) > 0 {
			runtime.Packages = installed
		}
		for n := 1; slices.ContainsFunc(p.runtimes, func(o compare.Runtime) bool { return o.ID == runtime.ID }); {
			n++ // another build of the same version
			runtime.ID = fmt.Sprintf("%s-%s-%d", runtime.Option, runtime.Version, n)
		}
		if p.add(m, &runtime) {
			p.runtimes = append(p.runtimes, runtime.Runtime)
		}
	}
	p.inOrder(m)
	p.unrun(m)
	if len(p.units) == 0 {
		var why []string
		for _, s := range p.skipped {
			why = append(why, fmt.Sprintf("%s/%s: %s", s.Case, s.Series, s.Why))
		}
		return nil, fmt.Errorf("nothing can be run:\n  %s", strings.Join(why, "\n  "))
	}
	return p, nil
}

// add plans what a runtime can run. It returns whether there is anything.
func (p *plan) add(m *compare.Measurement, runtime *Runtime) bool {
	before := len(p.units)
	for i := range m.Cases {
		c := &m.Cases[i]
		for j := range c.Series {
			s := &c.Series[j]
			if s.Option != runtime.Option || !strings.HasPrefix(runtime.Version, s.Runtime) {
				continue
			}
			missing := slices.DeleteFunc(slices.Clone(s.Needs), func(name string) bool { return runtime.Packages[name] != "" })
			if len(missing) == 0 {
				p.units = append(p.units, &unit{caseID: c.ID, series: s, runtime: runtime})
				continue
			}
			// The reason has the name too: the results do not list a runtime that
			// could run nothing.
			p.skipped = append(p.skipped, compare.Skipped{
				Case: c.ID, Series: s.ID, Runtime: runtime.ID,
				Why: runtime.Name + " does not have " + strings.Join(missing, ", "),
			})
		}
	}
	return len(p.units) > before
}

// inOrder sorts the units as the measurement lists its series.
func (p *plan) inOrder(m *compare.Measurement) {
	var sorted []*unit
	for i := range m.Cases {
		for j := range m.Cases[i].Series {
			for _, u := range p.units {
				if u.series == &m.Cases[i].Series[j] {
					sorted = append(sorted, u)
				}
			}
		}
	}
	p.units = sorted
}

// unrun adds the series for which there was no runtime to those skipped.
func (p *plan) unrun(m *compare.Measurement) {
	for _, c := range m.Cases {
		for _, s := range c.Series {
			run := slices.ContainsFunc(p.units, func(u *unit) bool { return u.caseID == c.ID && u.series.ID == s.ID })
			told := slices.ContainsFunc(p.skipped, func(k compare.Skipped) bool { return k.Case == c.ID && k.Series == s.ID })
			if run || told {
				continue
			}
			why := "no runtime of option " + s.Option + " was given"
			if s.Runtime != "" {
				why = fmt.Sprintf("no runtime of option %s and version %s was given", s.Option, s.Runtime)
			}
			p.skipped = append(p.skipped, compare.Skipped{Case: c.ID, Series: s.ID, Why: why})
		}
	}
}

// needs returns the packages that series of an option need, each once.
func needs(m *compare.Measurement, option string) []string {
	var names []string
	for _, c := range m.Cases {
		for _, s := range c.Series {
			if s.Option == option {
				names = append(names, s.Needs...)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// packages returns the versions of those packages that the runtime finds.
func (r *Runner) packages(ctx context.Context, runtime *Runtime, names []string) (map[string]string, error) {
	if len(names) == 0 {
		return nil, nil
	}
	if runtime.Option == "python" {
		return pythonPackages(ctx, runtime.Path, r.cfg.Env, names)
	}
	return nodePackages(r.cfg.Packages, names)
}

const askPackagesScript = `import importlib.metadata, json, sys
found = {}
for name in sys.argv[1:]:
    try:
        found[name] = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        pass
print(json.dumps(found))`

func pythonPackages(ctx context.Context, path string, env, names []string) (map[string]string, error) {
	var found map[string]string
	err := ask(ctx, env, &found, path, append([]string{"-c", askPackagesScript}, names...)...)
	return found, err
}

func nodePackages(dir string, names []string) (map[string]string, error) {
	found := map[string]string{}
	if dir == "" {
		return found, nil
	}
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(dir, "node_modules", filepath.FromSlash(name), "package.json"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		var p struct{ Version string }
		if err := json.Unmarshal(data, &p); err != nil {
			return nil, fmt.Errorf("package.json of %s: %w", name, err)
		}
		found[name] = p.Version
	}
	return found, nil
}
