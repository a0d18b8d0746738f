package catalog

import (
	"reflect"

	"go.yaml.in/yaml/v4"

	"tiebreak/internal/compare"
)

// The shapes of the content files. A field without ",optional" must be there.

type siteFile struct {
	Name      string   `yaml:"name"`
	Line      string   `yaml:"line"`
	Author    string   `yaml:"author,optional"`
	Contact   string   `yaml:"contact,optional"`
	Interests []string `yaml:"interests,optional"`
}

type pageMatter struct {
	Title   string       `yaml:"title"`
	Summary string       `yaml:"summary"`
	Updated compare.Date `yaml:"updated"`
	// Figures says why the numbers of the page need no fact: they are rules of
	// the site itself, or of an invented example.
	Figures string `yaml:"figures,optional"`
}

type comparisonShape struct {
	Title   string       `yaml:"title"`
	Summary string       `yaml:"summary"`
	Finding string       `yaml:"finding"`
	Updated compare.Date `yaml:"updated"`
	Options []struct {
		ID    string `yaml:"id"`
		Name  string `yaml:"name"`
		Mark  string `yaml:"mark"`
		Light string `yaml:"light"`
		Dark  string `yaml:"dark"`
		// Support says how long the version to start with is kept up.
		Support struct {
			Version string       `yaml:"version"`
			Ends    compare.Date `yaml:"ends"`
			Fact    string       `yaml:"fact"`
		} `yaml:"support,optional"`
	} `yaml:"options"`
	Article struct {
		Title   string       `yaml:"title"`
		Summary string       `yaml:"summary"`
		Checked compare.Date `yaml:"checked"`
	} `yaml:"article"`
	Topics []named `yaml:"topics"`
	// Measurements are the ids of all measurements, in the order of their page.
	Measurements []string `yaml:"measurements,optional"`
}

// named is a topic, a group or a section.
type named struct {
	ID   string `yaml:"id"`
	Name string `yaml:"name"`
}

type factsShape struct {
	Facts []factShape `yaml:"facts"`
}

type factShape struct {
	ID        string `yaml:"id"`
	Topic     string `yaml:"topic"`
	Statement string `yaml:"statement"`
	// Measurement is where a fact of our own comes from. It stands for sources
	// and checked, and its values are figures.
	Measurement string       `yaml:"measurement,optional"`
	Values      []valueShape `yaml:"values,optional"`
	Strength    string       `yaml:"strength"`
	Secondary   bool         `yaml:"secondary,optional"`
	Doubt       string       `yaml:"doubt,optional"`
	Sources     []struct {
		Title     string `yaml:"title"`
		Publisher string `yaml:"publisher"`
		URL       string `yaml:"url"`
		Date      string `yaml:"date"`
	} `yaml:"sources,optional"`
	Checked  compare.Date `yaml:"checked,optional"`
	ReviewBy compare.Date `yaml:"review-by"`
}

// valueShape is a value as it is written, or the figure of a measurement.
type valueShape struct {
	Name   string `yaml:"name"`
	Value  string `yaml:"value,optional"`
	Unit   string `yaml:"unit,optional"`
	Figure string `yaml:"figure,optional"`
}

type claimsShape struct {
	Groups []named `yaml:"groups"`
	Claims []struct {
		ID      string     `yaml:"id"`
		Group   string     `yaml:"group"`
		Claim   string     `yaml:"claim"`
		Verdict string     `yaml:"verdict"`
		Why     filledText `yaml:"why"`
		Facts   []string   `yaml:"facts,optional"`
	} `yaml:"claims"`
}

type criteriaShape struct {
	Date     compare.Date     `yaml:"date"`
	Groups   []groupShape     `yaml:"groups"`
	Criteria []criterionShape `yaml:"criteria"`
}

type groupShape struct {
	ID     string `yaml:"id"`
	Name   string `yaml:"name"`
	Uneven string `yaml:"uneven,optional"`
}

type criterionShape struct {
	ID      string `yaml:"id"`
	Group   string `yaml:"group"`
	Name    string `yaml:"name"`
	Why     string `yaml:"why"`
	Zero    string `yaml:"zero"`
	Hundred string `yaml:"hundred"`
	Unit    string `yaml:"unit,optional"`
	Scale   []struct {
		X string `yaml:"x"`
		Y int    `yaml:"y"`
	} `yaml:"scale,optional"`
	Cells []cellShape `yaml:"cells"`
}

type cellShape struct {
	Option   string     `yaml:"option"`
	Value    *int       `yaml:"value,optional"`
	Measured string     `yaml:"measured,optional"`
	Band     []int      `yaml:"band,optional"`
	Grade    string     `yaml:"grade,optional"`
	Unknown  bool       `yaml:"unknown,optional"`
	Text     filledText `yaml:"text"`
	Reason   filledText `yaml:"reason"`
	Facts    []string   `yaml:"facts"`
}

type questionsShape struct {
	Sections  []named         `yaml:"sections"`
	Questions []questionShape `yaml:"questions"`
	Mapping   []mappingShape  `yaml:"mapping,optional"`
}

// mappingShape says what became of a question of the edition before.
type mappingShape struct {
	Question string `yaml:"question"`
	Is       string `yaml:"is"`
	Choices  []struct {
		Choice  string     `yaml:"choice"`
		Answers newAnswers `yaml:"answers"`
	} `yaml:"choices,optional"`
}

type questionShape struct {
	ID         string        `yaml:"id"`
	Slot       int           `yaml:"slot"`
	Section    string        `yaml:"section"`
	Text       string        `yaml:"text"`
	Help       string        `yaml:"help"`
	Importance string        `yaml:"importance,optional"`
	Retired    bool          `yaml:"retired,optional"`
	Choices    []choiceShape `yaml:"choices"`
}

type choiceShape struct {
	ID      string  `yaml:"id"`
	Number  int     `yaml:"number"`
	Label   string  `yaml:"label"`
	Neutral bool    `yaml:"neutral,optional"`
	Retired bool    `yaml:"retired,optional"`
	Points  weights `yaml:"points,optional"`
	Must    []struct {
		Criterion string `yaml:"criterion"`
		Min       int    `yaml:"min"`
		Reason    string `yaml:"reason"`
	} `yaml:"must,optional"`
}

type contradictionsShape struct {
	Contradictions []struct {
		ID      string `yaml:"id"`
		Between []struct {
			Question string   `yaml:"question"`
			Choices  []string `yaml:"choices"`
		} `yaml:"between"`
		Text string `yaml:"text"`
	} `yaml:"contradictions"`
}

type readersShape struct {
	Readers []struct {
		ID          string `yaml:"id"`
		Name        string `yaml:"name"`
		Description string `yaml:"description"`
		Answers     texts  `yaml:"answers"`
		Expect      struct {
			Option  string `yaml:"option,optional"`
			Outcome string `yaml:"outcome"`
		} `yaml:"expect"`
		Why string `yaml:"why"`
	} `yaml:"readers"`
}

type lockShape struct {
	Editions []lockedShape `yaml:"editions"`
}

type lockedShape struct {
	Number   int            `yaml:"number"`
	Released compare.Date   `yaml:"released"`
	Data     string         `yaml:"data"`
	Texts    string         `yaml:"texts"`
	Errata   []erratumShape `yaml:"errata,optional"`
}

type erratumShape struct {
	Date  compare.Date `yaml:"date"`
	Text  string       `yaml:"text"`
	Texts string       `yaml:"texts"`
}

// weights are points by criterion, in the order written.
type weights []compare.Points

func (w *weights) readNode(d *document, n *yaml.Node, at string) {
	d.pairs(n, at, func(key, value *yaml.Node, path string) {
		p := compare.Points{Criterion: key.Value}
		d.value(value, path, reflect.ValueOf(&p.N).Elem())
		*w = append(*w, p)
	})
}

// texts are texts by name.
type texts map[string]string

func (t *texts) readNode(d *document, n *yaml.Node, at string) {
	*t = texts{}
	d.pairs(n, at, func(key, value *yaml.Node, path string) {
		var s string
		d.value(value, path, reflect.ValueOf(&s).Elem())
		(*t)[key.Value] = s
	})
}

// newAnswers are choices by question, in the order written.
type newAnswers []compare.NewAnswer

func (a *newAnswers) readNode(d *document, n *yaml.Node, at string) {
	d.pairs(n, at, func(key, value *yaml.Node, path string) {
		answer := compare.NewAnswer{Question: key.Value}
		d.value(value, path, reflect.ValueOf(&answer.Choice).Elem())
		*a = append(*a, answer)
	})
}
