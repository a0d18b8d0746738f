package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

// JSON returns the result for programs, as [Schema] describes it.
func (r *Report) JSON() ([]byte, error) { return encode(r) }

func encode(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false) // read by programs and people, never put into a page
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return buf.Bytes(), nil
}

// Schema returns the JSON Schema of [Report.JSON], which lives at the address
// id. It is read off the types, so it cannot say anything else than they do.
// Programs must put up with fields they do not know: new ones may come, and
// none goes or changes its meaning.
func Schema(id string) ([]byte, error) {
	root := object(reflect.TypeFor[Report]())
	return encode(struct {
		Dialect     string `json:"$schema"`
		ID          string `json:"$id"`
		Title       string `json:"title"`
		Description string `json:"description"`
		*schema
	}{
		"https://json-schema.org/draft/2020-12/schema", id, "Result of a comparison",
		"One reader's answers and the decision they come to, with its reasons. Points are on the scale of a score, from 0 to 100, with one decimal; shares and factors have at most four decimals. New fields may be added.",
		root,
	})
}

// A schema is the part of JSON Schema that describes our types.
type schema struct {
	Description string     `json:"description,omitempty"`
	Type        any        `json:"type,omitempty"`
	Enum        []string   `json:"enum,omitempty"`
	Items       *schema    `json:"items,omitempty"`
	Properties  properties `json:"properties,omitempty"`
	Required    []string   `json:"required,omitempty"`
}

// properties keep the order of the fields.
type properties []property

type property struct {
	name string
	schema
}

// MarshalJSON writes the properties as an object in their order.
func (p properties) MarshalJSON() ([]byte, error) {
	var buf bytes.Buffer
	for i, property := range p {
		value, err := json.Marshal(property.schema)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&buf, "%s%q:%s", strings.Repeat(",", min(i, 1)), property.name, value)
	}
	return []byte("{" + buf.String() + "}"), nil
}

// object describes a struct: every field is there, and what has no name in
// JSON is not.
func object(t reflect.Type) *schema {
	s := &schema{Type: "object"}
	for f := range t.Fields() {
		name := f.Tag.Get("json")
		if !f.IsExported() || name == "-" {
			continue
		}
		field := describe(f.Type)
		field.Description = f.Tag.Get("doc")
		s.Properties = append(s.Properties, property{name, *field})
		s.Required = append(s.Required, name)
	}
	return s
}

func describe(t reflect.Type) *schema {
	switch t {
	case reflect.TypeFor[Points](), reflect.TypeFor[Ratio]():
		return &schema{Type: "number"}
	case reflect.TypeFor[score.Verdict]():
		return &schema{Type: "string", Enum: verdicts()}
	case reflect.TypeFor[compare.Strength]():
		s := &schema{Type: "string"}
		for _, strength := range compare.Strengths() {
			s.Enum = append(s.Enum, string(strength))
		}
		return s
	}
	switch t.Kind() {
	case reflect.Pointer:
		s := describe(t.Elem())
		s.Type = []any{s.Type, "null"}
		return s
	case reflect.Slice:
		entry := t.Elem()
		if entry.Kind() == reflect.Pointer {
			entry = entry.Elem() // shared between reports, never missing
		}
		return &schema{Type: "array", Items: describe(entry)}
	case reflect.Struct:
		return object(t)
	case reflect.Bool:
		return &schema{Type: "boolean"}
	case reflect.String:
		return &schema{Type: "string"}
	default:
		return &schema{Type: "integer"}
	}
}

func verdicts() []string {
	list := []score.Verdict{
		score.NoAnswers, score.NoneQualifies, score.OnlyOne, score.Tie, score.Close, score.Leans, score.Clear,
	}
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = string(v)
	}
	return words
}
