package scene

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// slot is where an assignment goes: a key of a table of the tree.
type slot struct {
	table map[string]any
	key   *Key
	row   *group // the repeated table that the key stands in, if any
}

// resolve follows a path like "fluid.shape.0.radius" through the tree.
func resolve(tree map[string]any, path string) (slot, *Error) {
	at := slot{table: tree}
	g := root
	parts := strings.Split(path, ".")
	for i := 0; i < len(parts); i++ {
		name := strings.TrimSpace(parts[i])
		last := i == len(parts)-1
		if k := g.key(name); k != nil && last {
			at.key = k
			return at, nil
		} else if k != nil {
			return at, &Error{Message: fmt.Sprintf("%s is a single value", strings.Join(parts[:i+1], ".")), Hint: fmt.Sprintf("assign all of it: %s=…", strings.Join(parts[:i+1], "."))}
		}
		sub := g.group(name)
		if sub == nil {
			return at, &Error{Message: "unknown key " + quote(path), Hint: pathSuggestion(path, parts, g, i)}
		}
		g = sub
		if !g.repeated {
			table, ok := at.table[name].(map[string]any)
			if !ok {
				table = map[string]any{}
				at.table[name] = table
			}
			at.table = table
		} else {
			list, _ := items(at.table[name])
			i++
			if i >= len(parts) {
				return at, &Error{Message: fmt.Sprintf("%s is a list of tables", path), Hint: "assign to a key of one of them; " + g.countText(len(list))}
			}
			n, err := strconv.Atoi(parts[i])
			if err != nil {
				return at, &Error{Message: fmt.Sprintf("%s needs a number: which one?", strings.Join(parts[:i], ".")), Hint: g.countText(len(list))}
			}
			if n < 0 || n >= len(list) {
				return at, &Error{Message: fmt.Sprintf("there is no %s", strings.Join(parts[:i+1], ".")), Hint: g.countText(len(list))}
			}
			at.table, at.row = list[n].(map[string]any), g
		}
		if i >= len(parts)-1 {
			return at, &Error{Message: fmt.Sprintf("%s is a table", path), Hint: fmt.Sprintf("assign to one of its keys: %s", strings.Join(g.names(), ", "))}
		}
	}
	return at, &Error{Message: "unknown key " + quote(path)}
}

// first finds which of several tables a path names.
var first = regexp.MustCompile(`\.\d+`)

// pathSuggestion is the path that was probably meant: with another last name, or
// the same name in another table.
func pathSuggestion(path string, parts []string, g *group, wrong int) string {
	before := strings.Join(parts[:wrong], ".")
	var all []string
	for i := range table {
		all = append(all, strings.ReplaceAll(table[i].Path, "[]", ".0"))
	}
	if near := nearest(parts[wrong], g.names()); near != "" {
		meant := strings.Join(append([]string{under(before, near)}, parts[wrong+1:]...), ".")
		if !slices.Contains(all, first.ReplaceAllString(meant, ".0")) { // what follows is wrong, too
			if near := nearest(strings.ToLower(meant), all); near != "" {
				meant = near
			}
		}
		return fmt.Sprintf("did you mean %q?", meant)
	}
	for i := range table {
		if name := table[i].Name(); name == parts[len(parts)-1] {
			return fmt.Sprintf("did you mean %q?", all[i])
		}
	}
	if near := nearest(path, all); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "scenes/README.md lists every key"
}
