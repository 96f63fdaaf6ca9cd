package scene

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

const maxText = 500 // characters of a title or description

// store checks the decoded value v against the key and puts it into the field.
// path is where it came from, for errors.
func (k *Key) store(r *report, path string, v any, to *target) {
	name := k.label()
	switch field := k.field(to).(type) {
	case *float64:
		if f, ok := k.number(r, path, name, v); ok {
			*field = f
		}
	case *int:
		f, ok := k.number(r, path, name, v)
		if ok && f != math.Trunc(f) {
			r.fail(path, "", "%s must be a whole number (got %s)", name, number(f))
		} else if ok {
			*field = int(f)
		}
	case *string:
		k.storeText(r, path, v, to, field)
	case *bool:
		b, ok := v.(bool)
		if !ok {
			r.fail(path, "", "%s must be true or false (got %s)", name, describe(v))
			return
		}
		*field = b
	case *Vec3:
		k.storeVector(r, path, v, to, field)
	case *[3]float64:
		if c, ok := k.color(r, path, v); ok {
			*field = c
		}
	case **[3]float64:
		if c, ok := k.color(r, path, v); ok {
			*field = &c
		}
	case *[]string:
		k.storeNames(r, path, v, to, field)
	}
}

// number reads a number in the range of the key. Whole numbers are as good as
// numbers with a point.
func (k *Key) number(r *report, path, name string, v any) (float64, bool) {
	var f float64
	switch n := v.(type) {
	case int64:
		f = float64(n)
	case float64:
		f = n
	default:
		hint := ""
		if s, ok := v.(string); ok {
			if _, err := strconv.ParseFloat(s, 64); err == nil {
				hint = "numbers are written without quotes"
			}
		}
		r.fail(path, hint, "%s must be a number (got %s)", name, describe(v))
		return 0, false
	}
	if wrong := k.wrong(f); wrong != "" {
		r.fail(path, k.rangeHint(), "%s %s", name, wrong)
		return 0, false
	}
	return f + 0, true // -0 becomes 0, so that equal scenes have equal texts
}

func (k *Key) rangeHint() string {
	text := k.Range()
	if text == "" {
		return ""
	}
	if k.Unit != "" {
		text += ", in " + k.Unit
	}
	if k.Default != nil && (k.Type == Number || k.Type == Integer) {
		text += fmt.Sprintf("; default %v", k.Default)
	}
	return k.label() + " is " + text
}

func (k *Key) storeText(r *report, path string, v any, to *target, field *string) {
	s, ok := v.(string)
	if !ok {
		hint := `texts are written in quotes: "…"`
		if len(k.Enum) > 0 {
			hint = choices("", k.words(to))
		}
		r.fail(path, hint, "%s must be a text (got %s)", k.label(), describe(v))
		return
	}
	if len(k.Enum) > 0 {
		switch allowed := k.words(to); {
		case slices.Contains(allowed, s):
		case slices.Contains(k.Enum, s):
			r.fail(path, k.PlaneHint, "%s cannot be %s in two dimensions", k.label(), quote(s))
			return
		default:
			r.fail(path, choices(s, allowed), "%s cannot be %s", k.label(), quote(s))
			return
		}
	} else if n := utf8.RuneCountInString(s); n > maxText {
		r.fail(path, "", "%s must be at most %d characters long (got %d)", k.label(), maxText, n)
		return
	} else if strings.ContainsFunc(s, unicode.IsControl) {
		r.fail(path, "", "%s must be one line without control characters", k.label())
		return
	}
	*field = s
}

// storeNames reads a list of sides or axes, and puts them into their order.
func (k *Key) storeNames(r *report, path string, v any, to *target, field *[]string) {
	one, many, example := "side", "sides", `for example open = ["+x"]`
	if k.Type == Axes {
		one, many, example = "axis", "axes", `for example periodic = ["x"]`
	}
	list, ok := items(v)
	if !ok {
		r.fail(path, example, "%s must be a list of %s (got %s)", k.label(), many, describe(v))
		return
	}
	given := map[string]bool{}
	for i, item := range list {
		at := fmt.Sprintf("%s.%d", path, i)
		s, ok := item.(string)
		switch {
		case !ok:
			r.fail(at, example, "%s must be a list of %s (got %s)", k.label(), many, describe(item))
		case slices.Contains(k.Enum, s) && !slices.Contains(k.words(to), s):
			r.fail(at, k.PlaneHint, "%s has no %s %s in two dimensions", k.label(), one, quote(s))
		case !slices.Contains(k.Enum, s):
			r.fail(at, choices(s, k.words(to)), "%s has no %s %s", k.label(), one, quote(s))
		case given[s]:
			r.fail(at, "", "%s names the %s %s twice", k.label(), one, s)
		default:
			given[s] = true
		}
	}
	*field = nil
	for _, name := range k.Enum {
		if given[name] {
			*field = append(*field, name)
		}
	}
}

func (k *Key) color(r *report, path string, v any) (c [3]float64, ok bool) {
	const hint = `colours are written "#rrggbb" in hexadecimal, for example "#2f8fd8"`
	s, ok := v.(string)
	if !ok {
		r.fail(path, hint, "%s must be a colour (got %s)", k.label(), describe(v))
		return c, false
	}
	if c, ok = parseColor(s); !ok {
		r.fail(path, hint, "%s is not a colour: %s", k.label(), quote(s))
	}
	return c, ok
}

func parseColor(s string) (c [3]float64, ok bool) {
	if len(s) != 7 || s[0] != '#' {
		return c, false
	}
	for i := range c {
		v, err := strconv.ParseUint(s[1+2*i:3+2*i], 16, 8)
		if err != nil {
			return c, false
		}
		c[i] = float64(v) / 255
	}
	return c, true
}

func formatColor(c [3]float64) string {
	s := "#"
	for _, v := range c {
		s += fmt.Sprintf("%02x", uint8(math.Round(math.Max(0, math.Min(1, v))*255)))
	}
	return s
}

// choices is the hint for a word that is none of those allowed.
func choices(got string, allowed []string) string {
	list := "one of: " + strings.Join(allowed, ", ")
	if len(allowed) == 1 {
		list = "only " + allowed[0] + " is there"
	}
	if near := nearest(got, allowed); near != "" {
		return fmt.Sprintf("did you mean %q? %s", near, list)
	}
	return list
}

// items is v as a list; the parser makes lists of tables another type.
func items(v any) ([]any, bool) {
	switch list := v.(type) {
	case []any:
		return list, true
	case []map[string]any:
		all := make([]any, len(list))
		for i := range list {
			all[i] = list[i]
		}
		return all, true
	}
	return nil, false
}

// describe is what the user wrote, in words.
func describe(v any) string {
	switch v := v.(type) {
	case string:
		return "the text " + quote(v)
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return "the number " + strconv.FormatInt(v, 10)
	case float64:
		return "the number " + number(v)
	case time.Time:
		return "a date"
	case map[string]any:
		return "a table"
	}
	return "a list"
}
