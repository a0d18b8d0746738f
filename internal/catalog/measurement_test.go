package catalog_test

import (
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"tiebreak/internal/catalog"
	"tiebreak/internal/compare"
)

// measured returns the valid folder with a measurement in it.
func measured(t *testing.T) fstest.MapFS {
	t.Helper()
	files := valid(t)
	maps.Copy(files, readFolder(t, "testdata/measured"))
	return files
}

const brush = "red-vs-blue/measurements/brush/"

func TestMeasurementIsLoaded(t *testing.T) {
	loaded := load(t, measured(t))
	c := loaded.All()[0]
	m := c.Measurement("brush")
	if len(c.Measurements) != 1 || m == nil {
		t.Fatalf("Measurements = %v", c.Measurements)
	}
	if m.Workload != compare.WorkStart || m.Samples != 6 || m.Warmup != 2 || len(m.Limits) != 1 || m.Results == nil {
		t.Errorf("the measurement is %+v", m)
	}
	want := compare.Series{
		ID: "blue", Option: "blue", Name: "Blue", Program: "blue.py",
		Args: []string{"2", "wide"}, Needs: []string{"water"},
	}
	if diff := cmp.Diff(want, m.Cases[0].Series[1]); diff != "" {
		t.Errorf("the series differs (-want +got):\n%s", diff)
	}
	if len(m.Programs) != 2 || m.Programs[0].Name != "red.js" || m.Programs[1].Option != "blue" {
		t.Fatalf("Programs = %+v, want them in the order of the series", m.Programs)
	}
	blue := loaded.ColouredMeasurement(m).Programs[1]
	if m.Programs[1].Code != "" {
		t.Error("the program has its colours before anybody asked")
	}
	if blue.Source != "# One stroke.\nprint(\"ready\")\n" || !strings.Contains(string(blue.Code), `<span class="`) {
		t.Errorf("program = %+v", blue)
	}
}

func TestFactsAreFilledFromResults(t *testing.T) {
	c := load(t, measured(t)).All()[0]
	fact := c.Fact("M-1")
	want := compare.Fact{
		ID: "M-1", Topic: "paint", Strength: compare.Measured, Measurement: "brush",
		Statement: "A stroke took 62.5 ms in blue and 22.5 ms in red, so blue took 2.8 times as long with Blue 1.10; it was 22.5 ms in an older red.",
		Values: []compare.Value{
			{Name: "blue", Text: "62.5", Unit: "ms"},
			{Name: "red", Text: "22.5", Unit: "ms"},
			{Name: "times", Text: "2.8", Unit: "times"},
			{Name: "version", Text: "Blue 1.10"},
			{Name: "before", Text: "22.5", Unit: "ms"},
		},
		Checked: "2026-11-23", ReviewBy: "2027-05-01",
	}
	if diff := cmp.Diff(want, *fact); diff != "" {
		t.Errorf("the fact differs (-want +got):\n%s", diff)
	}
	if body := string(c.Article.Body); !strings.Contains(body, ">2.8\u00a0times</a>") {
		t.Errorf("the article does not print the ratio:\n%s", body)
	}
	if used := c.UsesFrom("brush"); len(used) != 1 || used[0].Fact != "M-1" || !used[0].Article {
		t.Errorf("UsesFrom = %+v", used)
	}
}

// TestMeasurementsBeforeTheFirstRun checks that programs can be run while facts
// still wait for their results.
func TestMeasurementsBeforeTheFirstRun(t *testing.T) {
	files := measured(t)
	delete(files, brush+"results.json")
	want := `red-vs-blue/facts.yaml:23: measurement brush has no results: run tiebreak measure red-vs-blue brush`
	if got := catalog.Check(files).Error(); got != want {
		t.Errorf("Check = %s\nwant    %s", got, want)
	}
	got, err := catalog.Measurements(files, "red-vs-blue")
	if err != nil || len(got) != 1 || got[0].ID != "brush" || len(got[0].Programs) != 2 || got[0].Results != nil {
		t.Errorf("Measurements = %+v, %v", got, err)
	}
	files[brush+"stray.js"] = &fstest.MapFile{}
	if _, err := catalog.Measurements(files, "red-vs-blue"); err == nil || !strings.Contains(err.Error(), "stray.js: no series") {
		t.Errorf("Measurements with a stray program = %v", err)
	}
	if _, err := catalog.Measurements(files, "red-vs-green"); err == nil {
		t.Error("Measurements of what is not there gave no error")
	}
	if got, err := catalog.Measurements(valid(t), "red-vs-blue"); err != nil || len(got) != 0 {
		t.Errorf("Measurements of a comparison without any = %v, %v", got, err)
	}
}

func TestMeasurementsInTheOrderOfTheList(t *testing.T) {
	files := measured(t)
	add := func(id string) {
		for _, name := range []string{"measurement.yaml", "red.js", "blue.py"} {
			files["red-vs-blue/measurements/"+id+"/"+name] = files[brush+name]
		}
	}
	add("aroma")
	add("zest")
	ids := func() string {
		var s []string
		for _, m := range load(t, files).All()[0].Measurements {
			s = append(s, m.ID)
		}
		return strings.Join(s, " ")
	}
	if got := ids(); got != "aroma brush zest" {
		t.Errorf("without a list the order is %s", got)
	}
	file := files["red-vs-blue/comparison.yaml"]
	plain := string(file.Data)
	files["red-vs-blue/comparison.yaml"] = &fstest.MapFile{Data: []byte(plain + "measurements: [zest, aroma, brush]\n")}
	if got := ids(); got != "zest aroma brush" {
		t.Errorf("with a list the order is %s", got)
	}
	files["red-vs-blue/comparison.yaml"] = &fstest.MapFile{Data: []byte(plain + "measurements: [zest, mint, zest]\n")}
	got := catalog.Check(files).Error()
	for _, want := range []string{
		`measurement "mint" has no folder`, `measurement "zest" is listed twice`, `measurement "aroma" is missing from the list`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("Check = %s\nwant %s", got, want)
		}
	}
}
