package web

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tiebreak/internal/compare"
	"tiebreak/templates"
)

const formType = "application/x-www-form-urlencoded"

// randomAnswers returns answers to about three in four questions, the same for
// the same seed.
func randomAnswers(e *compare.Edition, seed uint64) compare.Answers {
	rng := rand.New(rand.NewPCG(seed, 7))
	a := e.NoAnswers()
	for _, q := range e.Asked() {
		if rng.IntN(4) == 0 {
			continue
		}
		offered := q.Offered()
		ans := compare.Answer{Choice: offered[rng.IntN(len(offered))].Number, Importance: compare.Importance(rng.IntN(3))}
		if rng.IntN(12) == 0 { // more often, and must rules would decide nearly everything
			ans.Importance = compare.Mandatory
		}
		if q.Fixed != nil {
			ans.Importance = *q.Fixed
		}
		a = a.With(q.Slot, ans)
	}
	return a
}

// formOf is what a browser sends for the answers.
func formOf(a compare.Answers) url.Values {
	form := url.Values{}
	for _, q := range a.Edition().Asked() {
		ch, importance := a.To(q)
		form.Set(q.ID, compare.Unsure)
		if ch != nil {
			form.Set(q.ID, ch.ID)
		}
		if q.Fixed == nil {
			form.Set(compare.ImportanceField(q.ID), importance.String())
		}
	}
	return form
}

func post(h http.Handler, path, form string) *http.Response {
	return serve(h, request("POST", path, form, "Content-Type", formType))
}

// checked returns what a browser would send of the form as it is shown.
func checked(doc *goquery.Document) url.Values {
	form := url.Values{}
	doc.Find("form[method=post] input[checked]").Each(func(_ int, input *goquery.Selection) {
		form.Add(input.AttrOr("name", ""), input.AttrOr("value", ""))
	})
	return form
}

// From form, from link and from code: the same answers, the same result.
func TestAnswersLeadToResult(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	for seed := range uint64(60) {
		a := randomAnswers(c.Current(), seed)
		if seed == 0 {
			a = c.Current().NoAnswers()
		}
		want := templates.ResultPath(c, a)
		for _, res := range []*http.Response{
			post(h, templates.QuestionsPath(c), formOf(a).Encode()),
			get(h, templates.ScorePath(c, a)),
		} {
			if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != want || len(res.Cookies()) != 0 {
				t.Fatalf("%d to %q, want 303 to %q and no cookie", res.StatusCode, res.Header.Get("Location"), want)
			}
			if got := res.Header.Get("Cache-Control"); got != "no-store" {
				t.Errorf("Cache-Control of the redirect = %q, want no-store", got)
			}
		}
		for _, path := range []string{
			templates.ChangePath(c, a, ""), // what it leads to is the same form
			templates.QuestionsPath(c) + "?" + a.Params().Encode(),
		} {
			form := checked(open(t, h, path, http.StatusOK))
			if got := post(h, templates.QuestionsPath(c), form.Encode()).Header.Get("Location"); got != want {
				t.Fatalf("the form at %s leads to %q, want %q", path, got, want)
			}
		}
	}
}

func TestScoreOfTheBrief(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	res := get(h, "/"+slug+"/score?team=js&load=requests.high&utm_source=mail")
	code := strings.TrimPrefix(res.Header.Get("Location"), "/"+slug+"/result/")
	d, err := c.Decode(code)
	if res.StatusCode != http.StatusSeeOther || err != nil {
		t.Fatalf("%d to %q, %v, want 303 to a result", res.StatusCode, res.Header.Get("Location"), err)
	}
	if got, want := d.Answers.Params().Encode(), "load=requests.high&team=js"; got != want {
		t.Errorf("the result holds %q, want %q", got, want)
	}
}

func TestEmptyForm(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	doc := open(t, h, templates.QuestionsPath(c), http.StatusOK)
	if got := doc.Find("fieldset.question").Length(); got != len(c.Current().Asked()) {
		t.Errorf("%d questions, want %d", got, len(c.Current().Asked()))
	}
	for _, q := range c.Current().Asked() {
		field := doc.Find("fieldset#" + q.ID)
		if got := field.Find(`input[name="` + q.ID + `"]`).Length(); got != len(q.Offered())+1 {
			t.Errorf("question %s has %d choices, want %d and not sure", q.ID, got, len(q.Offered()))
		}
		if got := field.Find(`input[name="`+q.ID+`"][checked]`).AttrOr("value", ""); got != compare.Unsure {
			t.Errorf("question %s starts at %q, want unsure", q.ID, got)
		}
		marks := 4
		if q.Fixed != nil {
			marks = 0
		}
		if got := field.Find(`input[name="` + q.ID + `.importance"]`).Length(); got != marks {
			t.Errorf("question %s has %d marks, want %d", q.ID, got, marks)
		}
		if got := field.Find(`input[name="`+q.ID+`.importance"][checked]`).AttrOr("value", "normal"); got != "normal" {
			t.Errorf("importance of %s starts at %q, want normal", q.ID, got)
		}
	}
	if doc.Find(".error-summary, .error-message, .notice").Length() != 0 {
		t.Error("an empty form complains")
	}
	if got, _ := doc.Find("form[method=post]").Attr("action"); got != templates.QuestionsPath(c) {
		t.Errorf("the form is sent to %q", got)
	}
}

// What cannot be read is named twice, at the top and beside the question; what
// can is kept.
func TestFormWithMistakes(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	asked := c.Current().Asked()
	var free []*compare.Question
	for _, q := range asked {
		if q.Fixed == nil {
			free = append(free, q)
		}
	}
	bad, kept, repeated, marked := free[0], free[1], free[2], free[3]
	form := url.Values{
		bad.ID:                             {"nobody"},
		compare.ImportanceField(bad.ID):    {"low"},
		marked.ID:                          {compare.Unsure},
		compare.ImportanceField(marked.ID): {"must"},
		kept.ID:                            {kept.Offered()[1].ID},
		compare.ImportanceField(kept.ID):   {"high"},
		repeated.ID:                        {repeated.Offered()[0].ID, repeated.Offered()[1].ID},
		"<b>stranger</b>":                  {"x"},
	}
	params := url.Values{
		bad.ID:            {"nobody"},
		kept.ID:           {kept.Offered()[1].ID + ".high"},
		repeated.ID:       {repeated.Offered()[0].ID, repeated.Offered()[1].ID},
		"<b>stranger</b>": {"x"},
	}
	for name, res := range map[string]*http.Response{
		"form":      post(h, templates.QuestionsPath(c), form.Encode()),
		"score":     get(h, "/"+slug+"/score?"+params.Encode()),
		"questions": get(h, templates.QuestionsPath(c)+"?"+params.Encode()),
	} {
		if res.StatusCode != http.StatusUnprocessableEntity || res.Header.Get("Cache-Control") != "no-store" {
			t.Fatalf("%s: %d, %q, want 422 and no-store", name, res.StatusCode, res.Header.Get("Cache-Control"))
		}
		doc := document(t, res)
		if got := doc.Find("title").Text(); !strings.HasPrefix(got, "Error: ") {
			t.Errorf("%s: title %q, want Error: at its start", name, got)
		}
		summary := doc.Find(".error-summary")
		if summary.AttrOr("role", "") != "alert" || summary.AttrOr("tabindex", "") != "-1" {
			t.Errorf("%s: the summary does not announce itself", name)
		}
		for _, q := range []*compare.Question{bad, repeated} {
			if summary.Find(`a[href="#`+q.ID+`"]`).Length() != 1 {
				t.Errorf("%s: the summary does not lead to %s", name, q.ID)
			}
			field := doc.Find("fieldset#" + q.ID)
			message := field.Find(".error-message")
			if !strings.HasPrefix(text(message), "Error: ") || !slices.Contains(strings.Fields(field.AttrOr("aria-describedby", "")), message.AttrOr("id", "-")) {
				t.Errorf("%s: question %s has no message of its own: %q", name, q.ID, text(message))
			}
		}
		if got := summary.Find("li").Length(); got != 3 {
			t.Errorf("%s: the summary has %d lines, want 3: %s", name, got, text(summary))
		}
		if !strings.Contains(text(summary), "<b>stranger</b>: No question here has this name.") {
			t.Errorf("%s: the summary does not name the stranger: %s", name, text(summary))
		}
		if got := doc.Find(".error-message").Length(); got != 2 {
			t.Errorf("%s: %d messages, want 2", name, got)
		}
		again := checked(doc)
		if again.Get(kept.ID) != kept.Offered()[1].ID || again.Get(compare.ImportanceField(kept.ID)) != "high" {
			t.Errorf("%s: the answer to %s is %q, %q, want it kept", name, kept.ID, again.Get(kept.ID), again.Get(compare.ImportanceField(kept.ID)))
		}
		if again.Get(bad.ID) != compare.Unsure || again.Get(repeated.ID) != compare.Unsure {
			t.Errorf("%s: what could not be read became %q and %q, want unsure", name, again.Get(bad.ID), again.Get(repeated.ID))
		}
		if marks := [2]string{again.Get(compare.ImportanceField(bad.ID)), again.Get(compare.ImportanceField(marked.ID))}; name == "form" && marks != [2]string{"low", "must"} {
			t.Errorf("%s: where there is no answer the marks are %q, want them kept", name, marks)
		}
		// Sent again as it is shown, it is without mistakes.
		if got := post(h, templates.QuestionsPath(c), again.Encode()); got.StatusCode != http.StatusSeeOther {
			t.Errorf("%s: the mended form = %d, want 303", name, got.StatusCode)
		}
	}
}

func TestBadForms(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	path := templates.QuestionsPath(c)
	for _, tt := range []struct {
		name, body, kind string
		want             int
		says             string
	}{
		{"empty", "", formType, 303, ""},
		{"unknown question", "where=here", formType, 422, "No question here has this name."},
		{"unknown choice", "team=nobody", formType, 422, "This is not one of the answers offered."},
		{"unknown importance", "team=js&team.importance=huge", formType, 422, "How much it matters must be one of"},
		{"repeated question", "team=js&team=py", formType, 422, "This was answered more than once."},
		{"repeated importance", "team=js&team.importance=low&team.importance=low", formType, 422, "This was answered more than once."},
		{"201 strangers", strangers(201), formType, 400, "too many fields"},
		{"10,000 strangers", strangers(10_000), formType, 400, "Reload the page with the questions"},
		{"10,000 times one field", strings.Repeat("a&", 10_000), formType, 400, "Reload the page with the questions"},
		{"over 64 KiB", "team=" + strings.Repeat("j", 64<<10), formType, 413, "The form is too large"},
		{"not UTF-8", "team=%ff", formType, 400, "cannot be read"},
		{"name not UTF-8", "%c0%80=1", formType, 400, "cannot be read"},
		{"raw bytes", "\xff\xfe=\xfd", formType, 400, "cannot be read"},
		{"broken escape", "team=%j", formType, 400, "could not be read"},
		{"semicolons", "team=js;load=requests", formType, 400, "could not be read"},
		{"JSON", `{"team":"js"}`, "application/json", 400, "could not be read"},
		{"upload", "--x\r\nContent-Disposition: form-data; name=\"team\"\r\n\r\njs\r\n--x--\r\n", "multipart/form-data; boundary=x", 400, "could not be read"},
		{"plain text", "team=js", "text/plain", 400, "could not be read"},
		{"no type", "team=js", "", 400, "could not be read"},
		{"NUL", "team=%00", formType, 400, "The request holds text that cannot be read"},
		{"a long name", strings.Repeat("x", 2000) + "=1", formType, 422, strings.Repeat("x", 60) + "…"},
	} {
		res := serve(h, request("POST", path, tt.body, "Content-Type", tt.kind))
		if res.StatusCode != tt.want {
			t.Errorf("%s: POST = %d, want %d", tt.name, res.StatusCode, tt.want)
			continue
		}
		if tt.want == http.StatusSeeOther {
			continue
		}
		doc := document(t, res)
		if got := text(doc.Find("main")); !strings.Contains(got, tt.says) {
			t.Errorf("%s: the page does not say %q: %.300s", tt.name, tt.says, got)
		}
		if doc.Find("h1").Length() != 1 {
			t.Errorf("%s: the page has %d h1, want 1", tt.name, doc.Find("h1").Length())
		}
	}
	// Answers in the query of a form's address are not those of the form.
	if res := post(h, path+"?team=nobody", "team=js"); res.StatusCode != http.StatusSeeOther {
		t.Errorf("POST with a query = %d, want the form alone to count", res.StatusCode)
	}
}

func strangers(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "x%d&", i)
	}
	return b.String()
}

// Whatever is sent, the answer is one of those we know how to give.
func TestFormsAtRandom(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	rng := rand.New(rand.NewPCG(5, 6))
	var words []string
	for _, q := range c.Current().Asked() {
		words = append(words, q.ID, compare.ImportanceField(q.ID), q.Choices[0].ID, q.Choices[0].ID+".high")
	}
	words = append(words, "=", "=", "=", "&", "&", "&", ".", "%", "%ff", "%00", "\xff", ";", "+", "unsure", "must", "low", "from", "🙂", "<b>", `"`, "'")
	seen := map[int]int{}
	for range 600 {
		var b strings.Builder
		for range rng.IntN(30) {
			b.WriteString(words[rng.IntN(len(words))])
		}
		for _, res := range []*http.Response{
			post(h, templates.QuestionsPath(c), b.String()),
			get(h, "/"+slug+"/score?"+url.PathEscape(b.String())),
		} {
			seen[res.StatusCode]++
			if !slices.Contains([]int{303, 400, 422}, res.StatusCode) {
				t.Errorf("%q = %d", b.String(), res.StatusCode)
			}
		}
	}
	t.Logf("answers by status: %v", seen)
	if len(seen) != 3 {
		t.Errorf("only statuses %v were tried", seen)
	}
}

func TestPrefillNotices(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	a := randomAnswers(c.Current(), 9)
	doc := open(t, h, templates.ChangePath(c, a, "team"), http.StatusOK)
	if got, want := text(doc.Find(".notice")), fmt.Sprintf("Filled in from a link: %d answers.", a.Count()); !strings.Contains(got, want) {
		t.Errorf("notice %q, want %q", got, want)
	}
	for _, tt := range []struct {
		query  string
		status int
		says   string
	}{
		{"from=" + a.Code() + "&from=" + a.Code(), 422, "The address names more than one result."},
		{"from=" + a.Code() + "&where=here", 422, "No question here has this name."},
		{"from=" + a.Code() + "&utm_source=mail", 200, "Filled in from a link"},
		{"from=" + strings.ToUpper(a.Code()), 200, "Filled in from a link"},
		{"from=", 404, "The link is cut off"},
		{"from=" + a.Code()[:8], 404, "The link is cut off or mistyped"},
		{"from=107ycx", 404, "The link is cut off or mistyped"},
	} {
		doc := open(t, h, templates.QuestionsPath(c)+"?"+tt.query, tt.status)
		if got := text(doc.Find("main")); !strings.Contains(got, tt.says) {
			t.Errorf("?%s does not say %q: %.300s", tt.query, tt.says, got)
		}
	}
}

// Other parameters change single answers of a result.
func TestPrefillWithChange(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	a := randomAnswers(c.Current(), 10)
	team := c.Current().Question("team")
	want := a.With(team.Slot, compare.Answer{Choice: team.Choice("js").Number, Importance: compare.High})
	if want == a {
		t.Fatal("the change changes nothing")
	}
	form := checked(open(t, h, templates.ChangePath(c, a, "")+"&team=js.high", http.StatusOK))
	if got := post(h, templates.QuestionsPath(c), form.Encode()).Header.Get("Location"); got != templates.ResultPath(c, want) {
		t.Errorf("the form leads to %q, want %q", got, templates.ResultPath(c, want))
	}
}

// Answers to an older edition are read as the newer one says.
func TestPrefillFromOlderEdition(t *testing.T) {
	t.Parallel()
	small := loadSmall(t)
	h := smallSite(t, small, "2026-11-21")
	c := small.All()[0]
	a, err := c.Edition(1).Params(url.Values{"night": {"long.high"}, "cup": {"big"}})
	if err != nil {
		t.Fatal(err)
	}
	doc := open(t, h, templates.ChangePath(c, a, ""), http.StatusOK)
	form := checked(doc)
	if form.Get("night") != "long" || form.Get("night.importance") != "high" || form.Has("cup") {
		t.Errorf("the form holds %v, want the night kept and the cup gone", form)
	}
	if got := text(doc.Find(".notice")); !strings.Contains(got, "No longer asked, so its answer was left out: Which cup do you have?") {
		t.Errorf("notices: %q", got)
	}
	doc = document(t, post(h, templates.QuestionsPath(c), "cup=big&night=long"))
	if got := text(doc.Find(".error-summary")); !strings.Contains(got, "This question is no longer asked.") {
		t.Errorf("a retired question in the form: %q", got)
	}
}

func TestQuestionsInSections(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	doc := open(t, h, templates.QuestionsPath(c), http.StatusOK)
	var order, asked []string
	doc.Find("fieldset.question").Each(func(_ int, s *goquery.Selection) { order = append(order, s.AttrOr("id", "")) })
	for _, q := range c.Current().Asked() {
		asked = append(asked, q.ID)
	}
	if !slices.Equal(order, asked) {
		t.Errorf("the form asks %v, the edition %v", order, asked)
	}
}
