package measure

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"time"

	"tiebreak/internal/compare"
)

// A Runtime is a build that runs an option's programs, and where it is.
type Runtime struct {
	compare.Runtime
	Path string
}

// askLimit is how long a runtime may take to say what it is.
const askLimit = 20 * time.Second

// DefaultPath returns the command that runs an option's programs if no other is
// named, "" for an option that this package cannot measure.
func DefaultPath(option string) string {
	switch option {
	case "node":
		return "node"
	case "python":
		return "python3"
	}
	return ""
}

// Find asks the executable that flag names what it is. A flag is a path, or a
// name in PATH, with "=" and a description of the build behind it where the
// build cannot describe itself. env is the environment of the programs.
func Find(ctx context.Context, option, flag string, env []string) (Runtime, error) {
	if DefaultPath(option) == "" {
		return Runtime{}, fmt.Errorf("option %s cannot be measured: only node and python can", option)
	}
	name, build, _ := strings.Cut(flag, "=")
	path, err := exec.LookPath(name)
	if err != nil {
		return Runtime{}, fmt.Errorf("runtime of option %s: %w", option, err)
	}
	r := Runtime{Path: path, Runtime: compare.Runtime{Option: option}}
	if option == "node" {
		err = r.askNode(ctx, env)
	} else {
		err = r.askPython(ctx, env)
	}
	if err != nil {
		return Runtime{}, fmt.Errorf("runtime of option %s: %s: %w", option, path, err)
	}
	r.Build = cmp.Or(strings.TrimSpace(build), r.Build)
	r.ID = option + "-" + r.Version
	return r, nil
}

// ask runs a script that prints one JSON value.
func ask(ctx context.Context, env []string, into any, path string, args ...string) error {
	ctx, cancel := context.WithTimeout(ctx, askLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = env
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return fmt.Errorf("%w; it wrote:\n%s", err, shorten(strings.TrimSpace(string(exit.Stderr)), tailSize))
	}
	if err != nil {
		return err
	}
	if err := json.Unmarshal(out, into); err != nil {
		return fmt.Errorf("it says %q: %w", shorten(string(out), 60), err)
	}
	return nil
}

// nodeFacts is what a Node.js says of itself.
type nodeFacts struct {
	Executable string
	Version    string // "v26.10.0"
	Source     string // where its source is published, as the release says; "" for most other builds
	Debug      bool
	LTO        bool
	PGO        bool
}

const askNodeScript = `const v = process.config.variables;
console.log(JSON.stringify({
  executable: process.execPath, version: process.version, source: process.release.sourceUrl ?? "",
  debug: Boolean(v.is_debug), lto: Boolean(v.enable_lto), pgo: Boolean(v.enable_pgo_use),
}))`

func (r *Runtime) askNode(ctx context.Context, env []string) error {
	var facts nodeFacts
	if err := ask(ctx, env, &facts, r.Path, "-e", askNodeScript); err != nil {
		return err
	}
	r.Path = facts.Executable // not a script that chooses a version first
	r.Version = strings.TrimPrefix(facts.Version, "v")
	r.Name = "Node.js " + r.Version
	r.Build = facts.build()
	return nil
}

func (n nodeFacts) build() string {
	build := "not an official build"
	if strings.HasPrefix(n.Source, "https://nodejs.org/download/release/") {
		build = "official build"
	}
	if n.PGO {
		build += ", optimised by profile"
	}
	if n.LTO {
		build += ", optimised when linked"
	}
	if n.Debug {
		build += ", for debugging"
	}
	return build
}

// pythonFacts is what a Python says of itself.
type pythonFacts struct {
	Executable     string
	Implementation string // "CPython"
	Version        string
	Prefix         string
	Configured     string // arguments of configure
	Standalone     bool   // built by python-build-standalone
	Debug          bool
	FreeThreaded   bool
}

const askPythonScript = `import json, platform, sys, sysconfig
var = sysconfig.get_config_var
args = var("CONFIG_ARGS") or ""
print(json.dumps({
    "executable": sys.executable, "implementation": platform.python_implementation(),
    "version": platform.python_version(), "prefix": sys.base_prefix, "configured": args,
    "standalone": bool(var("PYTHON_BUILD_STANDALONE")) or "--prefix=/install" in args,
    "debug": bool(var("Py_DEBUG")), "freeThreaded": bool(var("Py_GIL_DISABLED")),
}))`

func (r *Runtime) askPython(ctx context.Context, env []string) error {
	var facts pythonFacts
	if err := ask(ctx, env, &facts, r.Path, "-c", askPythonScript); err != nil {
		return err
	}
	if facts.Implementation != "CPython" {
		return fmt.Errorf("this is %s, and only CPython is measured", facts.Implementation)
	}
	r.Path = facts.Executable // not a script that chooses a version first
	r.Version = facts.Version
	r.Name = "Python " + r.Version
	r.Build = facts.build(distribution(os.DirFS("/etc")))
	return nil
}

// build says who built it, and whether with a profile of its own work: that
// makes CPython up to a third faster. Debian and Ubuntu build with one without
// telling configure; python-build-standalone does always.
func (p pythonFacts) build(system string) string {
	optimised := strings.Contains(p.Configured, "--enable-optimizations")
	var build string
	switch {
	case p.Standalone:
		build, optimised = "python-build-standalone", !p.Debug
	case p.Prefix == "/usr" && (system == "Debian" || system == "Ubuntu"):
		build, optimised = system+"'s package", !p.Debug
	case strings.Contains(p.Prefix, "/.pyenv/"):
		build = "built by pyenv"
	default:
		build = "built from source"
	}
	if optimised {
		build += ", optimised by profile"
	} else {
		build += ", not optimised by profile"
	}
	if strings.Contains(p.Configured, "--with-lto") {
		build += ", optimised when linked"
	}
	if p.Debug {
		build += ", for debugging"
	}
	if p.FreeThreaded {
		build += ", without the global lock"
	}
	return build
}

// distribution returns the short name of the Linux distribution, from the
// folder etc.
func distribution(etc fs.FS) string {
	name, _, _ := strings.Cut(osRelease(etc, "NAME"), " ")
	return name
}

// osRelease returns a field of the file os-release, "" if there is none.
func osRelease(etc fs.FS, field string) string {
	data, err := fs.ReadFile(etc, "os-release")
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(data)) {
		if value, ok := strings.CutPrefix(line, field+"="); ok {
			return strings.Trim(strings.TrimSpace(value), `"'`)
		}
	}
	return ""
}
