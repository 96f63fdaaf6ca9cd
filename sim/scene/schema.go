package scene

import (
	"bytes"
	"encoding/json"
)

// object is a JSON object; encoding/json sorts its members, so that the text is
// always the same.
type object = map[string]any

// Schema is the JSON Schema of the format, for editors that complete and check
// TOML files as they are typed.
func Schema() []byte {
	schema := schemaOf(root)
	schema["$schema"] = "http://json-schema.org/draft-07/schema#"
	schema["title"] = "fluidsim scene"
	schema["if"] = object{"properties": object{"dimensions": object{"const": 2}}, "required": []string{"dimensions"}}
	schema["then"], schema["else"] = written(root, 2), written(root, 3)
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(schema); err != nil {
		return nil // cannot be: the schema is maps, texts and finite numbers
	}
	return b.Bytes()
}

func schemaOf(g *group) object {
	properties, required := object{}, []string{}
	for _, k := range g.keys {
		properties[k.Name()] = schemaOfKey(k)
		if k.Required && len(k.For) == 0 && (!g.repeated || g.key("min") == nil || k.Name() != "position") {
			required = append(required, k.Name())
		}
	}
	for _, sub := range g.groups {
		one := schemaOf(sub)
		if sub.repeated {
			list := object{"type": "array", "items": one, "maxItems": maxRepeats, "description": one["description"]}
			if sub.path == "fluid.shape[]" {
				list["minItems"] = 1
				required = append(required, sub.name)
			}
			properties[sub.name] = list
			continue
		}
		properties[sub.name] = one
		if one["required"] != nil {
			required = append(required, sub.name)
		}
	}
	schema := object{"type": "object", "description": headings[g.path], "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		schema["required"] = required
	}
	if g.repeated && g.key("type") != nil {
		schema["allOf"] = perType(g)
	}
	return schema
}

// perType says what each type of body or probe must have and cannot have.
func perType(g *group) []any {
	var all []any
	for _, kind := range g.key("type").Enum {
		must, never := []string{}, object{}
		for _, k := range g.keys {
			switch {
			case !k.appliesTo(kind):
				never[k.Name()] = false
			case k.Required && k.Name() != "type":
				must = append(must, k.Name())
			}
		}
		then := object{"required": must, "properties": never}
		if kind == "box" {
			then = object{"properties": never, "oneOf": []any{
				object{"required": must, "not": object{"anyOf": []any{object{"required": []string{"min"}}, object{"required": []string{"max"}}}}},
				object{"required": []string{"min", "max"}, "not": object{"anyOf": []any{object{"required": []string{"position"}}, object{"required": []string{"size"}}}}},
			}}
		}
		all = append(all, object{
			"if":   object{"properties": object{"type": object{"const": kind}}, "required": []string{"type"}},
			"then": then,
		})
	}
	return all
}

func schemaOfKey(k *Key) object {
	description := k.Help
	if k.Unit != "" {
		description += " Unit: " + k.Unit + "."
	}
	schema := object{}
	switch k.Type {
	case Number, Integer:
		schema = schemaOfNumber(k)
	case Vector:
		schema = schemaOfVector(k, 3)
		if !k.Space {
			schema = object{} // how it is written depends on the dimensions, see written
		}
	case Text:
		schema["type"] = "string"
		if len(k.Enum) > 0 {
			schema["enum"] = k.Enum
		} else {
			schema["maxLength"] = maxText
		}
	case Boolean:
		schema["type"] = "boolean"
	case Color:
		schema["type"], schema["pattern"] = "string", "^#[0-9a-fA-F]{6}$"
	case Sides, Axes:
		schema = object{"type": "array", "items": object{"type": "string", "enum": k.Enum}, "uniqueItems": true}
	}
	schema["description"] = description
	if k.Default != nil && (k.Type != Vector || k.Space) {
		schema["default"] = k.Default
	}
	return schema
}

func schemaOfNumber(k *Key) object {
	schema := object{"type": "number"}
	if k.Type == Integer {
		schema["type"] = "integer"
	}
	bound := func(l Limit, closed, open string) {
		if l.Set && l.Open {
			schema[open] = l.Value
		} else if l.Set {
			schema[closed] = l.Value
		}
	}
	bound(k.Min, "minimum", "exclusiveMinimum")
	bound(k.Max, "maximum", "exclusiveMaximum")
	return schema
}

func schemaOfVector(k *Key, count int) object {
	return object{"type": "array", "items": schemaOfNumber(k), "minItems": count, "maxItems": count}
}

// written is what the number of dimensions means for the keys of a table: how
// vectors are written, and which words there are.
func written(g *group, dimensions int) object {
	properties := object{}
	for _, k := range g.keys {
		flat := dimensions == 2
		switch {
		case k.Type == Vector && k.Space:
		case k.Type == Vector && k.Turn && flat:
			properties[k.Name()] = schemaOfNumber(k)
		case k.Type == Vector:
			properties[k.Name()] = schemaOfVector(k, dimensions)
		case flat && len(k.Plane) > 0 && k.Type == Text:
			properties[k.Name()] = object{"enum": k.Plane}
		case flat && len(k.Plane) > 0:
			properties[k.Name()] = object{"items": object{"enum": k.Plane}}
		}
	}
	for _, sub := range g.groups {
		one := written(sub, dimensions)
		if len(one) == 0 {
			continue
		}
		if sub.repeated {
			one = object{"items": one}
		}
		properties[sub.name] = one
	}
	if len(properties) == 0 {
		return object{}
	}
	return object{"properties": properties}
}
