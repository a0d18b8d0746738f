package web

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"tiebreak/internal/compare"
)

// form reads a posted form within the limits. Its errors are about a body that
// no browser sends for our forms; what a reader filled in is not judged here.
func (s *server) form(r *http.Request) (url.Values, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return nil, fmt.Errorf("form of type %q: %w", r.Header.Get("Content-Type"), errForm)
	}
	r.Body = http.MaxBytesReader(nil, r.Body, s.limits.Body)
	if err := r.ParseForm(); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return nil, fmt.Errorf("form: %w", err)
		}
		if left := r.Context().Err(); left != nil { // err would name the client's address
			return nil, fmt.Errorf("form: %w", left)
		}
		return nil, fmt.Errorf("form: %w (%w)", errForm, err)
	}
	if err := s.checkFields(r.PostForm); err != nil {
		return nil, fmt.Errorf("form: %w", err)
	}
	return r.PostForm, nil
}

// checkURL refuses addresses that no link of ours can have, before any handler
// sees them: too long, not UTF-8, or with a query that cannot be read as it was
// meant. Reading half of a query would be a silent default.
func (s *server) checkURL(next http.Handler) http.Handler {
	return s.unless(s.wrongURL, next)
}

func (s *server) wrongURL(r *http.Request) error {
	if len(r.RequestURI) > s.limits.URL {
		return errLongURL
	}
	if !utf8.ValidString(r.URL.Path) {
		return fmt.Errorf("path: %w", errText)
	}
	if r.URL.RawQuery == "" {
		return nil
	}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return fmt.Errorf("query: %w (%w)", errQuery, err)
	}
	if err := s.checkFields(query); err != nil {
		return fmt.Errorf("query: %w", err)
	}
	return nil
}

// unprintable reports whether no text that a reader wrote has the character: HTML
// has no place for it.
func unprintable(r rune) bool { return unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r' }

func (s *server) checkFields(fields url.Values) error {
	n := 0
	for key, values := range fields {
		n += len(values)
		for _, text := range append(values, key) {
			if !utf8.ValidString(text) || strings.ContainsFunc(text, unprintable) {
				return errText
			}
		}
	}
	if n > s.limits.Fields {
		return fmt.Errorf("%d fields: %w", n, compare.ErrTooManyFields)
	}
	return nil
}
