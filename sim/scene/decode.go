package scene

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// decode turns the parsed text into a scene: it checks every key against the
// description and fills in the defaults. With problems in the report the scene
// is incomplete.
func decode(tree map[string]any, r *report) *Scene {
	s := &Scene{}
	if !decodeFormat(tree, r) {
		return s // keys of another format would only give misleading errors
	}
	decodeTable(root, tree, "", &target{Scene: s}, r)
	if !r.failed() {
		s.flatten()
		check(s, r)
	}
	return s
}

func decodeFormat(tree map[string]any, r *report) bool {
	v, ok := tree["format"]
	if !ok {
		r.fail("", fmt.Sprintf("begin the file with: format = %d", FormatVersion), "format is missing")
		return false
	}
	if n, ok := v.(int64); ok && n != FormatVersion {
		hint := "a newer program may read it; this one writes and reads format 1"
		if n < FormatVersion {
			hint = fmt.Sprintf("write: format = %d", FormatVersion)
		}
		r.fail("format", hint, "format %d is not supported (this program reads format %d)", n, FormatVersion)
		return false
	}
	return true
}

func decodeTable(g *group, tree map[string]any, path string, to *target, r *report) {
	unknown(g, tree, path, r)
	kind, _ := tree["type"].(string)
	for _, k := range g.keys {
		at := under(path, k.Name())
		v, given := tree[k.Name()]
		switch {
		case given:
			k.store(r, at, v, to)
		case k.Default != nil && (!g.repeated || k.appliesTo(kind)):
			k.store(r, at, k.plain(to), to)
		case k.Required && !g.repeated && !r.meant[at]:
			r.fail(path, k.example(to), "%s is missing", under(path, k.Name()))
		}
	}
	if g.path == "camera" {
		decodeCamera(tree, to.Scene, r)
	}
	for _, sub := range g.groups {
		at := under(path, sub.name)
		v, given := tree[sub.name]
		if sub.repeated {
			decodeRepeated(sub, v, given, at, to.Scene, r)
			continue
		}
		table, ok := v.(map[string]any)
		if given && !ok {
			r.fail(at, "write it as a table: "+sub.header(), "%s must be a table (got %s)", sub.name, describe(v))
			continue
		}
		if missing := sub.firstRequired(); !given && missing != nil {
			if !r.meant[at] {
				r.fail(path, fmt.Sprintf("for example: %s with %s = %s", sub.header(), missing.Name(), missing.exampleValue(to)), "the table %s is missing", sub.header())
			}
			continue
		}
		decodeTable(sub, table, at, to, r)
	}
}

// firstRequired is the first key that the table must have, or nil.
func (g *group) firstRequired() *Key {
	for _, k := range g.keys {
		if k.Required {
			return k
		}
	}
	return nil
}

func decodeRepeated(g *group, v any, given bool, path string, s *Scene, r *report) {
	if !given {
		return
	}
	list, ok := items(v)
	if _, single := v.(map[string]any); single {
		r.failKey(path, "write "+g.header()+" with two brackets", "%s is a list of tables", path)
		return
	}
	if !ok {
		r.fail(path, "write it as a table: "+g.header(), "%s must be a list of tables (got %s)", path, describe(v))
		return
	}
	if len(list) > maxRepeats {
		r.fail(fmt.Sprintf("%s.%d", path, maxRepeats), "", "too many %s tables: %d, at most %d", path, len(list), maxRepeats)
		return
	}
	for i, item := range list {
		at := under(path, strconv.Itoa(i))
		table, ok := item.(map[string]any)
		if !ok {
			r.fail(at, "write it as a table: "+g.header(), "%s must be a table (got %s)", at, describe(item))
			continue
		}
		decodeRow(g, table, at, s, r)
	}
}

// unknown reports every key of the tree that the table does not have.
func unknown(g *group, tree map[string]any, path string, r *report) {
	for _, name := range slices.Sorted(maps.Keys(tree)) {
		if g.key(name) != nil || g.group(name) != nil {
			continue
		}
		if len(r.problems) == maxProblems {
			return // a million unknown keys need no million suggestions
		}
		where := " in " + g.header()
		if g == root {
			where = ""
		}
		what := "key"
		if _, ok := tree[name].(map[string]any); ok {
			what = "table"
		}
		r.failKey(under(path, name), suggestion(r, g, path, name), "unknown %s %s%s", what, quote(name), where)
	}
}

// suggestion is what an unknown key was probably meant to be: a key of the same
// table, or one that stands in another table.
func suggestion(r *report, g *group, path, name string) string {
	if near := nearest(name, g.names()); near != "" {
		r.mean(under(path, near))
		return fmt.Sprintf("did you mean %q?", near)
	}
	var elsewhere []string
	root.walk(func(other *group) {
		if other.key(name) != nil && other != root {
			elsewhere = append(elsewhere, other.header())
		} else if other.key(name) != nil {
			elsewhere = append(elsewhere, "the top of the file, before the first table")
		}
	})
	if len(elsewhere) > 0 {
		return fmt.Sprintf("%s belongs in %s", name, strings.Join(elsewhere, " or "))
	}
	names := g.names()
	sort.Strings(names)
	return "known here: " + strings.Join(names, ", ")
}

// decodeCamera: without position and target the camera fits the domain.
func decodeCamera(tree map[string]any, s *Scene, r *report) {
	_, position := tree["position"]
	_, target := tree["target"]
	s.Camera.Auto = !position && !target
	if position != target {
		given, missing := "position", "target"
		if target {
			given, missing = missing, given
		}
		r.failKey("camera."+given, "give both, or neither: then the camera fits the domain", "camera has a %s but no %s", given, missing)
	}
}
