// Package contact writes the links by which readers reach the editors: a mail or
// a new issue, begun with what the reader is about to say.
package contact

import (
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// mailForm is a mailto: address of one or more plain mail addresses and nothing
// else: subject and body are the site's to fill in. Encoded signs are refused:
// nobody can read what they hide, and a line end among them would add a header to
// the mail. So is a slash, which has to be encoded there (RFC 6068).
var mailForm = regexp.MustCompile(`^mailto:[^\x00-\x20\x7f%?&#<>()"'/\\:;,@]+@[^\x00-\x20\x7f%?&#<>()"'/\\:;,@]+(,[^\x00-\x20\x7f%?&#<>()"'/\\:;,@]+@[^\x00-\x20\x7f%?&#<>()"'/\\:;,@]+)*$`)

// Check returns what is wrong with the address at which the editors can
// be reached. No address at all is right: the site then shows none.
func Check(contact string) error {
	switch {
	case contact == "":
		return nil
	case !strings.HasPrefix(contact, "mailto:") && !strings.HasPrefix(contact, "https://"):
		return errors.New("contact must begin with mailto: or https://")
	case strings.HasPrefix(contact, "mailto:") && !mailForm.MatchString(contact):
		return errors.New("contact must be mailto: and a plain address, such as mailto:editors@example.org")
	case strings.HasPrefix(contact, "https://") && contactURL(contact) == nil:
		return errors.New("contact must be https:// and a host, such as https://example.org/contact")
	}
	return nil
}

// contactURL reads an https contact, nil if no link may lead there. A name
// before the host is refused: it is there to pass for another host.
func contactURL(contact string) *url.URL {
	u, err := url.Parse(contact)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || strings.ContainsAny(contact, " \\") {
		return nil
	}
	return u
}

// MessageURL returns the address that begins a message to the contact, with
// subject and body filled in where the form of the contact shows how: a mail,
// or a new issue of a repository. Any other page is returned as it is, and ""
// where there is no contact or none a link may lead to.
func MessageURL(contact, subject, body string) string {
	if contact == "" || Check(contact) != nil {
		return ""
	}
	if strings.HasPrefix(contact, "mailto:") {
		return string(AppendMailFields([]byte(contact), subject, []byte(body)))
	}
	u := contactURL(contact)
	path, title, text := issueForm(u)
	if path == "" {
		return contact
	}
	fields := u.Query()
	fields.Set(title, subject)
	fields.Set(text, body)
	u.Path, u.RawPath, u.RawQuery, u.Fragment = path, "", fields.Encode(), ""
	return u.String()
}

// AppendMailFields appends what follows the address in a mailto: link (RFC
// 6068), where lines end in both signs.
func AppendMailFields(b []byte, subject string, body []byte) []byte {
	b = append(b, "?subject="...)
	for i := range len(subject) {
		b = appendMailSign(b, subject[i])
	}
	b = append(b, "&body="...)
	for i, sign := range body {
		switch {
		case sign == '\n':
			b = append(b, "%0D%0A"...)
		case sign == '\r' && i+1 < len(body) && body[i+1] == '\n':
		default:
			b = appendMailSign(b, sign)
		}
	}
	return b
}

// appendMailSign appends a byte as [url.QueryEscape] writes it, but for the
// space: a plus sign stands for itself here.
func appendMailSign(b []byte, sign byte) []byte {
	const digits = "0123456789ABCDEF"
	switch {
	case 'a' <= sign && sign <= 'z', 'A' <= sign && sign <= 'Z', '0' <= sign && sign <= '9',
		sign == '-', sign == '_', sign == '.', sign == '~':
		return append(b, sign)
	}
	return append(b, '%', digits[sign>>4], digits[sign&15])
}

// issueForm returns the path of the form for a new issue and the names of its
// two fields, all "" if the address is none of an issue tracker known by its
// form. GitLab has "-" in its paths; GitHub and those built after it have not.
func issueForm(u *url.URL) (path, title, text string) {
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	gitlab := slices.Contains(parts, "-") || strings.ToLower(u.Hostname()) == "gitlab.com"
	if n := len(parts); n > 3 && parts[n-2] == "issues" && parts[n-1] == "new" {
		parts = parts[:n-2]
	} else {
		switch strings.ToLower(u.Hostname()) {
		case "github.com", "codeberg.org":
			parts = repositoryPart(parts, 2)
		case "gitlab.com":
			parts = repositoryPart(parts, len(parts))
		default:
			return "", "", ""
		}
	}
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "-" || p == "" })
	if len(parts) < 2 {
		return "", "", ""
	}
	if gitlab {
		return "/" + strings.Join(parts, "/") + "/-/issues/new", "issue[title]", "issue[description]"
	}
	return "/" + strings.Join(parts, "/") + "/issues/new", "title", "body"
}

// repositoryPart returns the parts of the path of a repository or of its list
// of issues that name the repository, which are at most the given number, nil
// if the path is another page.
func repositoryPart(parts []string, most int) []string {
	if n := len(parts); n > 2 && parts[n-1] == "issues" {
		parts = parts[:n-1]
	}
	if n := len(parts); n > 2 && parts[n-1] == "-" {
		parts = parts[:n-1]
	}
	// Pages of the tracker itself are no repositories.
	if len(parts) < 2 || len(parts) > most || slices.Contains([]string{"orgs", "groups", "users", "sponsors", "explore", "-"}, parts[0]) ||
		slices.Contains(parts, "-") || slices.Contains(parts, "") {
		return nil
	}
	parts = slices.Clone(parts)
	parts[len(parts)-1] = strings.TrimSuffix(parts[len(parts)-1], ".git")
	return parts
}
