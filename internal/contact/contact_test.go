package contact

import (
	"net/url"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	const scheme, mail, host = "must begin with", "a plain address", "and a host"
	for contact, want := range map[string]string{
		"":                                   "",
		"mailto:editors@example.org":         "",
		"mailto:a.b+c@example.org":           "",
		"mailto:a@example.org,b@example.org": "",
		"mailto:a@example.org?cc=b@c.org":    mail,
		"https://example.org":                "",
		"https://example.org/contact?a=b#c":  "",
		"https://github.com/o/r/issues/new":  "",
		"https://[2001:db8::1]:8443/contact": "",
		"editors@example.org":                scheme,
		"www.example.org":                    scheme,
		"http://example.org":                 scheme,
		"javascript:alert(1)":                scheme,
		"JAVASCRIPT:alert(1)//https://":      scheme,
		" https://example.org":               scheme,
		"data:text/html,hi":                  scheme,
		"//example.org":                      scheme,
		"/contact":                           scheme,
		"mailto:":                            mail,
		"mailto:editors":                     mail,
		"mailto:?subject=a":                  mail,
		"mailto:a@b@c":                       mail,
		"mailto:a b@example.org":             mail,
		"mailto:a@example.org\r\nBcc:x@y.z":  mail,
		"mailto:a%0D%0ABcc:x@example.org":    mail,
		"mailto:a@example.org#x":             mail,
		"mailto:a@example.org&bcc=x":         mail,
		`mailto:"a"@example.org`:             mail,
		"mailto:<a@example.org>":             mail,
		"mailto:a@example.org?x=a b":         mail,
		"https://":                           host,
		"https:///path":                      host,
		"https://:443/path":                  host,
		"https://exa mple.org/":              host,
		"https://example.org/a b":            host,
		"https://example.org/\n":             host,
		"https://example.org/%zz":            host,
		`https://example.org\@evil.example`:  host,
		"https://github.com@evil.example/":   host,
		"https://a:b@example.org/":           host,
	} {
		err := Check(contact)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("Check(%q) = %v, want %q", contact, err, want)
		}
	}
}

func TestMessageURL(t *testing.T) {
	t.Parallel()
	const subject, body = "A & b: c+d", "1 %\nü?"
	const fields = "?subject=A%20%26%20b%3A%20c%2Bd&body=1%20%25%0D%0A%C3%BC%3F"
	const github = "?body=1+%25%0A%C3%BC%3F&title=A+%26+b%3A+c%2Bd"
	const gitlab = "?issue%5Bdescription%5D=1+%25%0A%C3%BC%3F&issue%5Btitle%5D=A+%26+b%3A+c%2Bd"
	for _, tt := range []struct{ contact, want string }{
		{"", ""},
		{"mailto:e@example.org", "mailto:e@example.org" + fields},
		{"mailto:e@example.org,f@example.org", "mailto:e@example.org,f@example.org" + fields},
		{"mailto:e@example.org?subject=Other&body=Other", ""},

		{"https://github.com/o/r", "https://github.com/o/r/issues/new" + github},
		{"https://github.com/o/r/", "https://github.com/o/r/issues/new" + github},
		{"https://github.com/o/r.git", "https://github.com/o/r/issues/new" + github},
		{"https://GitHub.com:443/o/r", "https://GitHub.com:443/o/r/issues/new" + github},
		{"https://github.com/o/r#readme", "https://github.com/o/r/issues/new" + github},
		{"https://github.com/o/r/issues", "https://github.com/o/r/issues/new" + github},
		{"https://github.com/o/issues", "https://github.com/o/issues/issues/new" + github},
		{"https://github.com/o/r/issues/new", "https://github.com/o/r/issues/new" + github},
		{"https://github.com/o/r/issues/new/", "https://github.com/o/r/issues/new" + github},
		{"https://github.com/o/r/issues/new?labels=content&title=old", "https://github.com/o/r/issues/new?body=1+%25%0A%C3%BC%3F&labels=content&title=A+%26+b%3A+c%2Bd"},
		{"https://codeberg.org/o/r", "https://codeberg.org/o/r/issues/new" + github},
		{"https://git.example.org/o/r/issues/new", "https://git.example.org/o/r/issues/new" + github},
		{"https://example.org/git/o/r/issues/new", "https://example.org/git/o/r/issues/new" + github},

		{"https://gitlab.com/o/r", "https://gitlab.com/o/r/-/issues/new" + gitlab},
		{"https://gitlab.com/o/group/r", "https://gitlab.com/o/group/r/-/issues/new" + gitlab},
		{"https://gitlab.com/o/group/r/-/issues", "https://gitlab.com/o/group/r/-/issues/new" + gitlab},
		{"https://gitlab.com/o/r/issues/new", "https://gitlab.com/o/r/-/issues/new" + gitlab},
		{"https://git.example.org/o/r/-/issues/new", "https://git.example.org/o/r/-/issues/new" + gitlab},

		// Another page is linked as it is, to the last sign.
		{"https://example.org", "https://example.org"},
		{"https://example.org/contact?a=b#c", "https://example.org/contact?a=b#c"},
		{"https://git.example.org/o/r", "https://git.example.org/o/r"},
		{"https://example.org/issues/new", "https://example.org/issues/new"},
		{"https://example.org/-/-/issues/new", "https://example.org/-/-/issues/new"},
		{"https://github.com", "https://github.com"},
		{"https://github.com/o", "https://github.com/o"},
		{"https://github.com/orgs/o", "https://github.com/orgs/o"},
		{"https://github.com/o/r/discussions", "https://github.com/o/r/discussions"},
		{"https://gitlab.com/o/r/-/wikis", "https://gitlab.com/o/r/-/wikis"},
		{"https://github.com//r", "https://github.com//r"},
		{"https://github.com.evil.example/o/r", "https://github.com.evil.example/o/r"},
		{"https://evil.example/github.com/o/r", "https://evil.example/github.com/o/r"},

		// What no link may lead to.
		{"https://github.com@evil.example/o/r/issues/new", ""},
		{"javascript:alert(1)//issues/new", ""},
		{"http://github.com/o/r", ""},
		{"mailto:a%0ABcc:x@example.org", ""},
		{"mailto:a@example.org\nBcc: x@example.org", ""},
	} {
		if got := MessageURL(tt.contact, subject, body); got != tt.want {
			t.Errorf("MessageURL(%q) =\n%s, want\n%s", tt.contact, got, tt.want)
		}
	}
}

// mailFields returns what AppendMailFields has to write: what net/url does, but
// for spaces and line ends.
func mailFields(subject, body string) string {
	escape := func(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
	lines := strings.ReplaceAll(strings.ReplaceAll(body, "\r\n", "\n"), "\n", "\r\n")
	return "?subject=" + escape(subject) + "&body=" + escape(lines)
}

func TestAppendMailFields(t *testing.T) {
	t.Parallel()
	var every strings.Builder
	for b := range 256 {
		every.WriteByte(byte(b))
	}
	for _, body := range []string{"", "a\nb", "a\r\nb\r", "\r\r\n\n\r", every.String(), "ü + ~"} {
		want := "mailto:" + mailFields(every.String(), body)
		if got := string(AppendMailFields([]byte("mailto:"), every.String(), []byte(body))); got != want {
			t.Errorf("fields with the body %q are\n%s, want\n%s", body, got, want)
		}
	}
}

func FuzzAppendMailFields(f *testing.F) {
	f.Add("A & b", "1\n2 + 3\r\n\r4")
	f.Add("a+b=c?", "ü\x00&body=other\r")
	f.Fuzz(func(t *testing.T, subject, body string) {
		if got, want := string(AppendMailFields(nil, subject, []byte(body))), mailFields(subject, body); got != want {
			t.Errorf("fields of %q, %q are %q, want %q", subject, body, got, want)
		}
	})
}

// Whatever a contact is, what comes out stays at its host or its mailbox, and
// the texts come back whole.
func FuzzMessageURL(f *testing.F) {
	for _, contact := range []string{"mailto:a@b.c", "https://github.com/o/r", "https://gitlab.com/o/r/-/issues", "https://x.example/?a=%3B"} {
		f.Add(contact, "A & b", "1\n2 + 3")
	}
	f.Fuzz(func(t *testing.T, contact, subject, body string) {
		got := MessageURL(contact, subject, body)
		if got == "" {
			return
		}
		u, err := url.Parse(got)
		if err != nil {
			t.Fatalf("MessageURL(%q) = %q: %v", contact, got, err)
		}
		if strings.HasPrefix(contact, "mailto:") {
			address, _, _ := strings.Cut(contact, "?")
			fields, err := url.ParseQuery(u.RawQuery)
			if u.Scheme+":"+u.Opaque != address || err != nil || fields.Get("subject") != subject || strings.ReplaceAll(fields.Get("body"), "\r\n", "\n") != strings.ReplaceAll(body, "\r\n", "\n") {
				t.Errorf("MessageURL(%q, %q, %q) = %q", contact, subject, body, got)
			}
			return
		}
		before, err := url.Parse(contact)
		if err != nil || u.Scheme != "https" || u.Host != before.Host || u.User != nil {
			t.Errorf("MessageURL(%q) = %q, at another host", contact, got)
		}
	})
}

func TestCorrection(t *testing.T) {
	t.Parallel()
	c := Correction{
		Comparison: "a-vs-b", Kind: "row", ID: "cpu", URL: "https://site.example/a-vs-b/table#cpu",
		Says: strings.Repeat("long ", 39) + "word another",
	}
	if got, want := c.Subject(), "Correction: a-vs-b row cpu"; got != want {
		t.Errorf("Subject = %q, want %q", got, want)
	}
	want := "https://site.example/a-vs-b/table#cpu\nThe site says: " + strings.Repeat("long ", 39) + "word…\n\n" +
		"What is wrong:\n\nWhat is right:\n\nSource (address and date):\n"
	if got := c.Body(); got != want {
		t.Errorf("Body = %q, want %q", got, want)
	}
	if got := c.Link("mailto:a@b.example"); !strings.HasPrefix(got, "mailto:a@b.example?subject=Correction%3A%20a-vs-b%20row%20cpu&body=https%3A%2F%2Fsite.example%2Fa-vs-b%2Ftable%23cpu%0D%0AThe%20site") {
		t.Errorf("Link = %q", got)
	}
	if got := c.Link(""); got != "" {
		t.Errorf("Link without a contact = %q, want none", got)
	}
}

func TestQuoted(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                       "",
		" a \n b ":               "a b",
		strings.Repeat("é", 200): strings.Repeat("é", 200),
		strings.Repeat("é", 201): strings.Repeat("é", 200) + "…",
	} {
		if got := quoted(text); got != want {
			t.Errorf("quoted(%q) = %q, want %q", text, got, want)
		}
	}
}
