package main

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

const twoEditions = "../../web/testdata/twoeditions"

// command runs the program and returns its exit code and what it says.
func command(t *testing.T, args ...string) (code int, stdout, message string) {
	t.Helper()
	var out, errs bytes.Buffer
	err := run(t.Context(), args, environment(), &out, &errs)
	if err != nil {
		message = err.Error()
	}
	return exitCode(err), out.String(), message
}

func TestScore(t *testing.T) {
	t.Parallel()
	code, text, message := command(t, "score", "red-vs-blue", "when=tonight.high", "indoors=yes", "wear=never.low", "--content", twoEditions, "--base-url", "https://example.org")
	if code != 0 || message != "" {
		t.Fatalf("score = %d, %q, want 0", code, message)
	}
	for _, want := range []string{
		"Red vs Blue (edition 2 of 2026-11-23, preview)\n",
		"\nThese answers lean to Blue.\n",
		"Note: Preview of edition 2.",
		"Score of 100",
		"What would change the outcome\n",
		"When must the wall be dry? (when) ",
		"3 of 5 questions answered.",
		"\n  https://example.org/red-vs-blue/result/102",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("score lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, " \n") {
		t.Errorf("score ends lines with spaces:\n%q", text)
	}
	if again, _, _ := command(t, "score", "red-vs-blue", "wear=never.low", "indoors=yes", "when=tonight.high", "--content", twoEditions); again != 0 {
		t.Errorf("score in another order = %d, want 0", again)
	}
}

// What the answers did adds up to the margin, line by line as it is printed.
func TestScoreAddsUp(t *testing.T) {
	t.Parallel()
	_, text, _ := command(t, "score", "red-vs-blue", "when=tonight", "budget=short.high", "indoors=yes.low", "wear=never.low", "--content", twoEditions)
	_, effects, _ := strings.Cut(text, "What each answer did, in points for an option\n")
	line := regexp.MustCompile(`(?m)^  (\d+)\.(\d) +(Red|Blue)? +(\S+)`)
	options := map[string]int{}
	sum, margin := 0, 0
	for _, m := range line.FindAllStringSubmatch(effects, -1) {
		var tenths int
		for _, digit := range m[1] + m[2] {
			tenths = 10*tenths + int(digit-'0')
		}
		if m[3] == "Red" {
			tenths = -tenths
		}
		options[m[3]]++
		if m[4] == "margin" {
			margin = tenths
			break
		}
		sum += tenths
	}
	if options["Red"] == 0 || options["Blue"] == 0 || sum != margin {
		t.Errorf("the answers' points come to %d tenths, the margin to %d:\n%s", sum, margin, text)
	}
}

// The JSON is that of the site, byte for byte.
func TestScoreJSON(t *testing.T) {
	t.Parallel()
	p := start(t, environment(), "serve", "--addr", "localhost:0", "--base-url", "https://example.org")
	code, text, message := command(t, "score", "nodejs-vs-python", "team=js", "load=requests.high", "--json", "--base-url", "https://example.org")
	if code != 0 {
		t.Fatalf("score --json = %d, %q, want 0", code, message)
	}
	var result struct {
		Code, URL, Leader string
	}
	if err := json.Unmarshal([]byte(text), &result); err != nil {
		t.Fatal(err)
	}
	if result.Leader != "node" || !strings.HasPrefix(result.URL, "https://example.org/nodejs-vs-python/result/"+result.Code) {
		t.Errorf("leader %q at %q, want node at its link", result.Leader, result.URL)
	}
	if status, body := fetch(t, p.url+"/nodejs-vs-python/result/"+result.Code+".json"); status != 200 || body != text {
		t.Errorf("the site answers %d with other JSON (-site +program):\n%s", status, gocmp.Diff(body, text))
	}
}

func TestScoreExitCodes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, args string
		code       int
		says       []string // in the error
	}{
		{"leans", "red-vs-blue when=tonight", 0, nil},
		{"only one", "red-vs-blue when=tonight.must", 0, nil},
		{"no answers", "red-vs-blue", 3, []string{"no option is ahead"}},
		{"not sure", "red-vs-blue when=unsure", 3, []string{"no option is ahead"}},
		{"neutral", "red-vs-blue indoors=no --json", 3, []string{"no option is ahead"}},
		{"unknown comparison", "red-vs-green when=tonight", 2, []string{`no comparison "red-vs-green": take one of red-vs-blue`}},
		{"no comparison", "", 2, []string{"expected"}},
		{"unknown flag", "red-vs-blue --xml", 2, []string{"unknown flag"}},
		{"bad answers", "red-vs-blue tonight colour=red utm_source=mail when=now budget=ample.huge indoors=yes indoors=no wear.importance=high taste=warm", 2, []string{
			"8 answers cannot be read",
			"\n  tonight: An answer is written question=choice",
			"\n  colour=red: There is no question \"colour\". The questions are when, budget, indoors, outdoors, wear.",
			"\n  utm_source=mail: There is no question",
			"\n  when=now: This is not one of the answers offered. Choose one of them, or “Not sure”. Its choices are tonight, later, unsure.",
			"\n  budget=ample.huge: How much it matters must be one of",
			"\n  indoors=yes indoors=no: This was answered more than once.",
			"\n  taste=warm: This question is no longer asked.",
		}},
		{"importance apart", "red-vs-blue wear.importance=high", 2, []string{"\n  wear.importance=high: In a link the importance stands behind the answer"}},
		{"bad base URL", "red-vs-blue when=tonight --base-url example.org", 1, []string{"base URL"}},
		{"broken content", "red-vs-blue when=tonight --content " + t.TempDir(), 1, []string{"load content"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			args := append([]string{"score"}, strings.Fields(tt.args)...)
			if !strings.Contains(tt.args, "--content") {
				args = append(args, "--content", twoEditions)
			}
			code, stdout, message := command(t, args...)
			if code != tt.code {
				t.Errorf("exit code = %d, want %d (%s)", code, tt.code, message)
			}
			if printed := stdout != ""; printed != (tt.code == 0 || tt.code == 3) {
				t.Errorf("printed %q with exit code %d", stdout, code)
			}
			for _, want := range tt.says {
				if !strings.Contains(message, want) {
					t.Errorf("error = %q, want %q in it", message, want)
				}
			}
		})
	}
}

// A must rule that excludes every option is told, and so is each rule.
func TestScoreNoneQualifies(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(twoEditions)); err != nil {
		t.Fatal(err)
	}
	file := dir + "/red-vs-blue/editions/2/questions.yaml"
	questions, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, bytes.Replace(questions, []byte("min: 60"), []byte("min: 99"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	code, text, message := command(t, "score", "red-vs-blue", "when=tonight.must", "--content", dir)
	if code != 3 {
		t.Errorf("exit code = %d, want 3 (%s)", code, message)
	}
	for _, want := range []string{
		"No option meets every condition.", "Conditions that these answers set\n",
		"  Red is ruled out: ", "  Blue is ruled out: ",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("score lacks %q:\n%s", want, text)
		}
	}
}

func TestHelpOfExitCodes(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"score", "--help"}, {"edition", "diff", "--help"}} {
		if code, text, _ := command(t, args...); code != 0 || !strings.Contains(text, "Exit code 0: ") {
			t.Errorf("%q = %d and says nothing of exit codes: %s", args, code, text)
		}
	}
}
