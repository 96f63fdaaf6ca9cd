package scene

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestSchema: the schema takes what the reader takes, and refuses what it
// refuses, as far as a schema can tell.
func TestSchema(t *testing.T) {
	var schema map[string]any
	if err := json.Unmarshal(Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	paths, _ := filepath.Glob("../../scenes/*.toml")
	texts := map[string]string{"everything": everything, "plane": plane, "smallest": smallest, "changeable": changeable}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		texts[path] = string(text)
	}
	for name, text := range texts {
		if wrong := valid(schema, jsonOf(t, text)); wrong != "" {
			t.Errorf("%s: the schema refuses it: %s", name, wrong)
		}
		if wrong := valid(schema, jsonOf(t, string(parse1(t, text).TOML()))); wrong != "" {
			t.Errorf("%s: the schema refuses it with all values written out: %s", name, wrong)
		}
	}

	// What depends on several keys, or is more than JSON can say.
	beyond := []string{
		"nan", "infinity", "domain empty", "box empty", "fluid outside", "fluid outside, by corners", "fluid smaller than a particle",
		"spacing too coarse", "spacing too fine for the fluid", "spacing too fine for the domain",
		"viscosity leaves no time step", "cfl leaves no time step", "sound leaves no time step", "artificial viscosity leaves no time step",
		"colour range upside down", "camera without target", "camera at its target", "camera keys: out of order, incomplete, a narrow lens, one point", "control character in the title",
		"periodic and open", "periodic axis too short", "periodic axis too short for surface tension", "obstacle through a periodic side", "box through one periodic side", "moving through a periodic side", "one round of dfsph",
		"probe with an empty name", "probe with a comma", "probe named time", "two probes of one name", "probe outside", "end of a profile outside",
		"upright profile", "plane: fluid outside", "plane: box empty", "plane: spacing too coarse", "plane: spacing too fine for the fluid",
		"plane: spacing too fine for the domain", "plane: fluid smaller than a particle", "plane: probe outside", "force on no obstacle", "force on an obstacle that is not there",
		"motions that cannot be", "turning out of the plane", "faster than the model's sound",
	}
	file, err := os.ReadFile("testdata/errors.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(string(file), "\n=== ")[1:] {
		name, body, _ := strings.Cut(part, "\n")
		input, _, _ := strings.Cut(body, "--- error\n")
		if _, err := parse(input); err != nil || tooDeep(input) >= 0 || slices.Contains(beyond, name) {
			continue
		}
		if valid(schema, jsonOf(t, input)) == "" {
			t.Errorf("the schema takes %q", name)
		}
	}
}

func jsonOf(t *testing.T, text string) any {
	tree, err := parse(text)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// valid checks v against the words of JSON Schema that Schema uses, and says
// what is wrong. Words that it does not know are an error, so that none is
// taken for granted.
func valid(schema, v any) string {
	if schema == false {
		return "not allowed"
	}
	s := schema.(map[string]any)
	list, _ := v.([]any)
	object, _ := v.(map[string]any)
	number, isNumber := v.(float64)
	text, isText := v.(string)
	for word, want := range s {
		wrong := false
		switch word {
		case "$schema", "title", "description", "default", "then", "else":
		case "type":
			wrong = !hasType(want.(string), v)
		case "enum":
			wrong = !slices.ContainsFunc(want.([]any), func(w any) bool { return reflect.DeepEqual(w, v) })
		case "const":
			wrong = !reflect.DeepEqual(want, v)
		case "minimum":
			wrong = isNumber && number < want.(float64)
		case "exclusiveMinimum":
			wrong = isNumber && number <= want.(float64)
		case "maximum":
			wrong = isNumber && number > want.(float64)
		case "pattern":
			wrong = isText && !regexp.MustCompile(want.(string)).MatchString(text)
		case "maxLength":
			wrong = isText && len([]rune(text)) > int(want.(float64))
		case "minItems":
			wrong = list != nil && len(list) < int(want.(float64))
		case "maxItems":
			wrong = list != nil && len(list) > int(want.(float64))
		case "uniqueItems":
			for i := range list {
				wrong = wrong || slices.Contains(list[:i], list[i])
			}
		case "items":
			for i, item := range list {
				if w := valid(want, item); w != "" {
					return fmt.Sprintf("%d: %s", i, w)
				}
			}
		case "required":
			for _, name := range want.([]any) {
				if _, ok := object[name.(string)]; !ok && object != nil {
					return "missing " + name.(string)
				}
			}
		case "properties":
			for name, sub := range want.(map[string]any) {
				if item, ok := object[name]; ok {
					if w := valid(sub, item); w != "" {
						return name + ": " + w
					}
				}
			}
		case "additionalProperties":
			for name := range object {
				if _, ok := s["properties"].(map[string]any)[name]; !ok {
					return "unknown " + name
				}
			}
		case "allOf":
			for _, sub := range want.([]any) {
				if w := valid(sub, v); w != "" {
					return w
				}
			}
		case "anyOf", "oneOf":
			n := 0
			for _, sub := range want.([]any) {
				if valid(sub, v) == "" {
					n++
				}
			}
			wrong = n == 0 || word == "oneOf" && n > 1
		case "not":
			wrong = valid(want, v) == ""
		case "if":
			follow, ok := s["then"], true
			if valid(want, v) != "" {
				follow, ok = s["else"]
			}
			if ok {
				if w := valid(follow, v); w != "" {
					return w
				}
			}
		default:
			return "the schema has the word " + word + ", which this test does not know"
		}
		if wrong {
			return fmt.Sprintf("%v is not %s %v", v, word, want)
		}
	}
	return ""
}

func hasType(name string, v any) bool {
	switch v := v.(type) {
	case float64:
		return name == "number" || name == "integer" && v == float64(int(v))
	case string:
		return name == "string"
	case bool:
		return name == "boolean"
	case []any:
		return name == "array"
	case map[string]any:
		return name == "object"
	}
	return false
}
