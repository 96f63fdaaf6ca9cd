package scene

import (
	"errors"
	"slices"
	"strconv"
	"strings"
)

// Edit rewrites the text of a scene so that it loads as the scene to. What need
// not change stays as its author wrote it: comments, order, spaces, line ends.
// Where that cannot be done, which takes a text of unusual form, or where bodies
// or probes have been added or taken away, the whole scene is written anew below
// the comments that the text begins with, and kept is false.
func Edit(text []byte, to *Scene) (edited []byte, kept bool, err error) {
	before, err := Parse(to.Name, text)
	if err != nil {
		return nil, false, err
	}
	want := to.Hash()
	if before.Hash() == want {
		return text, true, nil
	}
	mark, plain := "", string(text)
	if strings.HasPrefix(plain, "\ufeff") {
		mark, plain = plain[:len("\ufeff")], plain[len("\ufeff"):]
	}
	e := newEditor(plain, to)
	for _, c := range before.Changes(to) {
		if !e.change(c) {
			e.lost = true
			break
		}
	}
	if !e.lost {
		edited = []byte(mark + e.apply())
		if after, err := Parse(to.Name, edited); err == nil && after.Hash() == want {
			return edited, true, nil
		}
	}
	edited = append([]byte(mark+opening(plain)), to.TOML()...)
	after, err := Parse(to.Name, edited)
	if err == nil && after.Hash() != want {
		err = errors.New("the scene cannot be written so that it loads as the same again")
	}
	return edited, false, err
}

// opening is the comment at the beginning of a text, up to the first key.
func opening(text string) string {
	end := 0
	for line := range strings.Lines(text) {
		if trimmed := strings.TrimSpace(line); trimmed != "" && trimmed[0] != '#' {
			break
		}
		end += len(line)
	}
	return text[:end]
}

// editor collects what is to be replaced in a text.
type editor struct {
	text    string
	to      *Scene
	places  places
	headers []header
	newline string
	splices []splice
	tail    string // new tables
	lost    bool   // something could not be written in place
	done    map[string]bool
}

// splice replaces a span of the text.
type splice struct {
	at   span
	with string
}

// header is a line that begins a table.
type header struct {
	path string
	at   span
}

func newEditor(text string, to *Scene) *editor {
	l := locateAll(text)
	e := &editor{text: text, to: to, places: l.found, headers: l.headers, newline: "\n", done: map[string]bool{}}
	if strings.Contains(text, "\r\n") {
		e.newline = "\r\n"
	}
	return e
}

func (e *editor) apply() string {
	slices.SortStableFunc(e.splices, func(a, b splice) int { return a.at.start - b.at.start })
	var out strings.Builder
	at := 0
	for _, s := range e.splices {
		out.WriteString(e.text[at:s.at.start])
		out.WriteString(s.with)
		at = s.at.end
	}
	out.WriteString(e.text[at:])
	if text := out.String(); e.tail != "" && !strings.HasSuffix(text, "\n") {
		out.WriteString(e.newline)
	}
	out.WriteString(e.tail)
	return out.String()
}

func (e *editor) put(at span, with string) { e.splices = append(e.splices, splice{at, with}) }

// change notes what one change of a value does to the text. It is false where it
// has no place there.
func (e *editor) change(c Change) bool {
	g, row, k := e.find(c)
	if k == nil {
		return false
	}
	table, name := cutLast(c.Path)
	if (name == "position" || name == "size") && g.key("min") != nil {
		_, low := e.places[under(table, "min")]
		_, high := e.places[under(table, "max")]
		if low && high {
			return e.corners(table, row)
		}
	}
	value := k.text(g, row)
	at, there := e.places[c.Path]
	switch {
	case there && value == "":
		return e.remove(at)
	case there:
		e.put(at.value, value)
		return true
	case value == "":
		return false
	}
	return e.insert(table, name, value)
}

// find is where a change belongs in the format, and the values to write there.
func (e *editor) find(c Change) (g *group, row *target, k *Key) {
	root.walk(func(each *group) {
		for _, key := range each.keys {
			if key.Path == c.Key {
				g, k = each, key
			}
		}
	})
	if k == nil {
		return nil, nil, nil // a list of another length
	}
	if !g.repeated {
		return g, &target{Scene: e.to}, k
	}
	table, _ := cutLast(c.Path)
	_, number := cutLast(table)
	i, err := strconv.Atoi(number)
	rows := e.to.rows(g)
	if err != nil || i < 0 || i >= len(rows) {
		return nil, nil, nil
	}
	return g, rows[i], k
}

// corners writes the position and size of a box where the text has its corners.
func (e *editor) corners(table string, row *target) bool {
	if e.done[table] {
		return true // position and size have both changed
	}
	e.done[table] = true
	b := row.body
	var low, high Vec3
	for i := range low {
		low[i], high[i] = tidy(b.position[i]-b.size[i]/2), tidy(b.position[i]+b.size[i]/2)
	}
	same := true
	for i := range low {
		same = same && tidy((low[i]+high[i])/2) == b.position[i] && tidy(high[i]-low[i]) == b.size[i]
	}
	names := [2]string{"min", "max"}
	if !same { // finer than corners can tell
		low, high, names = b.position, b.size, [2]string{"position", "size"}
	}
	k := &Key{}
	for i, v := range []Vec3{low, high} {
		at := e.places[under(table, []string{"min", "max"}[i])]
		if e.text[at.key.start:at.key.end] != names[i] {
			e.put(span{at.key.end - len("min"), at.key.end}, names[i])
		}
		e.put(at.value, k.formatVector(v, row))
	}
	return true
}

// remove takes a key away: its line, unless something else stands in it too.
func (e *editor) remove(at place) bool {
	start := strings.LastIndexByte(e.text[:at.key.start], '\n') + 1
	if strings.TrimSpace(e.text[start:at.key.start]) != "" {
		return false // in an inline table
	}
	end := skipLine(e.text, at.value.end)
	rest := strings.TrimSpace(e.text[at.value.end:end])
	switch {
	case rest == "":
		e.put(span{start, min(end+1, len(e.text))}, "")
	case rest[0] == '#':
		e.put(span{at.key.start, at.value.end + len(e.text[at.value.end:end]) - len(strings.TrimLeft(e.text[at.value.end:end], " \t"))}, "")
	default:
		return false
	}
	return true
}

// insert adds a key to a table that does not have it.
func (e *editor) insert(table, name, value string) bool {
	if at, ok := e.places[table]; ok && table != "" && at.value.start < len(e.text) && e.text[at.value.start] == '{' {
		return e.insertInline(table, at.value, name, value)
	}
	pair := name + " = " + value
	if table == "" {
		return e.insertAfter(e.lastKey("", 0, e.firstHeader()), pair)
	}
	for i, h := range e.headers {
		if h.path == table {
			end := len(e.text)
			if i+1 < len(e.headers) {
				end = e.headers[i+1].at.start
			}
			return e.insertAfter(max(e.lastKey(table, h.at.end, end), h.at.end), pair)
		}
	}
	// Keys with dots stand in the table above, all of them before the next header.
	if last := e.lastKey(table, 0, len(e.text)); last > 0 {
		line := strings.LastIndexByte(e.text[:last], '\n') + 1
		dotted := strings.TrimLeft(e.text[line:], " \t")
		prefix := dotted[:max(strings.LastIndexByte(dotted[:strings.IndexByte(dotted, '=')], '.')+1, 0)]
		if prefix != "" {
			return e.insertAfter(last, prefix+pair)
		}
		return false
	}
	if strings.Contains(table, ".") {
		return false // a body of the text has a header, or is written inline
	}
	if !e.done["new "+table] {
		e.done["new "+table] = true
		e.tail += e.newline + "[" + table + "]" + e.newline
	}
	e.tail += pair + e.newline
	return true
}

// insertInline adds a key to an inline table.
func (e *editor) insertInline(table string, at span, name, value string) bool {
	end := at.end - 1
	if end <= at.start || e.text[end] != '}' {
		return false
	}
	inside := strings.TrimRight(e.text[at.start+1:end], " \t")
	end = at.start + 1 + len(inside)
	pair := name + " = " + value
	if strings.TrimSpace(inside) != "" || e.done["in "+table] {
		pair = ", " + pair
	} else {
		pair = " " + pair
	}
	e.done["in "+table] = true
	e.put(span{end, end}, pair)
	return true
}

// insertAfter adds a line below the one that a place is in, as deep as that.
func (e *editor) insertAfter(at int, pair string) bool {
	if at < 0 {
		return false
	}
	start := strings.LastIndexByte(e.text[:at], '\n') + 1
	line := e.text[start:]
	indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	end := skipLine(e.text, at)
	if end == len(e.text) {
		e.put(span{end, end}, e.newline+indent+pair)
		return true
	}
	e.put(span{end + 1, end + 1}, indent+pair+e.newline)
	return true
}

// lastKey is the end of the last value of a table between two places, and -1
// where it has none there.
func (e *editor) lastKey(table string, from, to int) int {
	last := -1
	for path, at := range e.places {
		above, _ := cutLast(path)
		if above == table && at.key != at.value && at.key.start >= from && at.key.start < to {
			last = max(last, at.value.end)
		}
	}
	return last
}

func (e *editor) firstHeader() int {
	if len(e.headers) > 0 {
		return e.headers[0].at.start
	}
	return len(e.text)
}

// cutLast cuts a path before its last name.
func cutLast(path string) (before, last string) {
	i := strings.LastIndexByte(path, '.')
	return path[:max(i, 0)], path[i+1:]
}
