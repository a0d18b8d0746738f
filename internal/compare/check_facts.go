package compare

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

func (k *checker) facts() {
	topics := map[string]bool{}
	for i, t := range k.c.Topics {
		at := fmt.Sprintf("topics[%d]", i)
		k.unique(topics, optionForm, at+".id", t.ID)
		k.present(at+".name", t.Name)
	}
	seen := map[string]bool{}
	for i := range k.c.Facts {
		f := &k.c.Facts[i]
		at := fmt.Sprintf("facts[%d]", i)
		k.unique(seen, factForm, at+".id", f.ID)
		if !topics[f.Topic] {
			k.bad(at+".topic", "topic %q is not in comparison.yaml", f.Topic)
		}
		k.present(at+".statement", f.Statement)
		if !slices.Contains(Strengths(), f.Strength) {
			k.bad(at+".strength", "strength %q is none of measured, official, third-party, survey, opinion", f.Strength)
		}
		k.values(at, f.Values)
		k.origin(at, f)
		k.date(at+".checked", f.Checked)
		k.date(at+".review-by", f.ReviewBy)
		if f.Checked.Valid() && f.ReviewBy.Valid() && !f.Checked.Before(f.ReviewBy) {
			k.bad(at+".review-by", "the review date %s is not after the day it was checked", f.ReviewBy)
		}
	}
}

func (k *checker) values(at string, values []Value) {
	seen := map[string]bool{}
	for i, v := range values {
		at := fmt.Sprintf("%s.values[%d]", at, i)
		k.unique(seen, idForm, at+".name", v.Name)
		k.present(at+".value", v.Text)
	}
}

// origin checks where a fact comes from: sources, or a measurement of ours.
func (k *checker) origin(at string, f *Fact) {
	k.sources(at, f.Sources)
	if f.Measurement == "" {
		if len(f.Sources) == 0 {
			k.bad(at+".sources", "a fact needs a source: say where it can be read")
		}
		if f.Strength == Measured && len(k.c.Measurements) > 0 {
			k.bad(at+".strength", "only a fact with a measurement is measured: name the measurement, or choose another strength")
		}
		return
	}
	if k.c.Measurement(f.Measurement) == nil {
		k.bad(at+".measurement", "measurement %q is not in the folder measurements", f.Measurement)
	}
	if f.Strength != Measured {
		k.bad(at+".strength", "the strength of a fact from a measurement is measured")
	}
	if len(f.Sources) > 0 {
		k.bad(at+".sources", "the source of this fact is its measurement: remove sources")
	}
}

func (k *checker) sources(at string, sources []Source) {
	for i, s := range sources {
		at := fmt.Sprintf("%s.sources[%d]", at, i)
		k.present(at+".title", s.Title)
		k.present(at+".publisher", s.Publisher)
		if msg := badURL(s.URL); msg != "" {
			k.bad(at+".url", "%s", msg)
		}
		if !sourceDate.MatchString(s.Date) || len(s.Date) == 10 && !Date(s.Date).Valid() {
			k.bad(at+".date", "date %q must be 2026, 2026-08, 2026-08-05 or undated", s.Date)
		}
	}
}

// badURL returns what is wrong with the address of a source: it must be https
// and one that any reader can open.
func badURL(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		return fmt.Sprintf("%q is not an https address: give the one where a reader can open the source", raw)
	}
	host := u.Hostname()
	if _, err := netip.ParseAddr(host); err == nil || !strings.Contains(host, ".") ||
		strings.HasSuffix(host, ".local") || strings.HasSuffix(host, ".internal") || strings.HasSuffix(host, ".localhost") {
		return fmt.Sprintf("%q points to a host only some machines can reach", raw)
	}
	return ""
}
