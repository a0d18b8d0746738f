package catalog

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// A field is what a yaml tag says about a struct field.
type field struct {
	name     string
	index    int
	optional bool
}

func fieldsOf(t reflect.Type) []field {
	fields := make([]field, t.NumField())
	for i := range fields {
		name, option, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		fields[i] = field{name, i, option == "optional"}
	}
	return fields
}

func (d *document) fields(n *yaml.Node, at string, v reflect.Value) {
	fields, ok := d.shapes[v.Type()]
	if !ok {
		fields = fieldsOf(v.Type())
		d.shapes[v.Type()] = fields
	}
	there := d.pairs(n, at, func(key, value *yaml.Node, path string) {
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == key.Value })
		if i < 0 {
			d.addf(path, "%s is not a field here: the fields are %s", strconv.Quote(key.Value), names(fields))
			return
		}
		d.value(value, path, v.Field(fields[i].index))
	})
	if there == nil {
		return
	}
	for _, f := range fields {
		switch {
		case f.optional:
		case !there[f.name]:
			d.addf(join(at, f.name), "the field %s is missing: add it", f.name)
		case v.Field(f.index).Kind() == reflect.String && v.Field(f.index).IsZero() && !d.bad[join(at, f.name)]:
			d.addf(join(at, f.name), "%s is empty: write it", f.name)
		}
	}
}

// pairs calls do for every field of a mapping, with the path of its value. It
// returns the names of the fields, nil if n is no mapping.
func (d *document) pairs(n *yaml.Node, at string, do func(key, value *yaml.Node, path string)) map[string]bool {
	if n.Kind != yaml.MappingNode {
		d.addf(at, "%s: want fields (name: value), found %s", name(at), found(n))
		return nil
	}
	there := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode || key.ShortTag() == "!!merge" {
			d.problems = append(d.problems, Problem{d.path, d.above + key.Line, "a field's name is one word"})
			continue
		}
		path := join(at, key.Value)
		if there[key.Value] {
			d.problems = append(d.problems, Problem{
				d.path, d.above + key.Line,
				fmt.Sprintf("%s is here twice: the first is on line %d", key.Value, d.lineOf(path)),
			})
			continue
		}
		there[key.Value] = true
		do(key, value, path)
	}
	return there
}

func join(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

func names(fields []field) string {
	all := make([]string, len(fields))
	for i, f := range fields {
		all[i] = f.name
	}
	return strings.Join(all, ", ")
}
