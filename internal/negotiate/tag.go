package negotiate

import "strings"

// Tag returns the strong entity tag (RFC 9110, section 8.8.3) of one form of an
// answer: the name of the answer, and the coding unless that is "". Each coding
// has its own, since their bytes differ. Neither may hold a quote.
func Tag(name, coding string) string { return string(AppendTag(nil, name, coding)) }

// AppendTag appends what [Tag] returns.
func AppendTag(b []byte, name, coding string) []byte {
	b = append(append(b, '"'), name...)
	if coding != "" {
		b = append(append(b, '-'), coding...)
	}
	return append(b, '"')
}

// Requires reports whether the lines of If-Match (RFC 9110, section 13.1.1) name
// the tag, or any there is. A weak tag is never the one: the bytes may differ.
func Requires(lines []string, tag string) bool {
	for _, line := range lines {
		for candidate := range strings.SplitSeq(line, ",") {
			candidate = strings.TrimSpace(candidate)
			if candidate == "*" || candidate == tag && tag != "" {
				return true
			}
		}
	}
	return false
}

// Matches reports whether the lines of If-None-Match (RFC 9110, section 13.1.2)
// name the tag. A proxy may have made the tag weak on the way; for this header
// that is no difference.
func Matches(lines []string, tag string) bool {
	for _, line := range lines {
		for candidate := range strings.SplitSeq(line, ",") {
			candidate = strings.TrimSpace(candidate)
			if candidate == "*" || strings.TrimPrefix(candidate, "W/") == tag {
				return true
			}
		}
	}
	return false
}
