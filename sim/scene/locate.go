package scene

import (
	"strconv"
	"strings"
)

// span is a stretch of the text in bytes.
type span struct{ start, end int }

// place is where a key or a table stands in the text.
type place struct{ key, value span }

// places are the places of all keys, by path: "fluid.shape.0.radius".
type places map[string]place

// find is the place of the path, or of the nearest table around it.
func (p places) find(path string, onKey bool) span {
	if at, ok := p[path]; ok {
		if onKey {
			return at.key
		}
		return at.value
	}
	for path != "" {
		path = path[:max(0, strings.LastIndexByte(path, '.'))]
		if at, ok := p[path]; ok {
			return at.key
		}
	}
	return p["format"].key
}

// locate finds the places of all keys. It reads texts that the TOML parser has
// accepted, whose values it need not understand; any other text gives wrong
// places, never a failure.
func locate(text string) places { return locateAll(text).found }

// locateAll finds the headers of the tables, too, in the order of the text.
func locateAll(text string) *locator {
	l := &locator{text: text, found: places{}, count: map[string]int{}}
	for l.i < len(l.text) {
		before := l.i
		l.statement()
		if l.i == before {
			l.i++ // whatever this is: never stand still
		}
	}
	return l
}

type locator struct {
	text  string
	i     int
	table string         // path of the table whose keys are being read
	count map[string]int // how often each [[table]] occurred
	found places

	headers []header
}

// maxIndexed bounds the entries of a list that get a place of their own.
const maxIndexed = 1024

func (l *locator) statement() {
	l.blank()
	if l.i >= len(l.text) {
		return
	}
	if l.text[l.i] == '[' {
		l.header()
		return
	}
	l.pair(l.table, 0)
}

func (l *locator) header() {
	start := l.i
	for l.peek() == '[' {
		l.i++
	}
	repeated := l.i-start > 1
	names, _ := l.names()
	for l.peek() == ']' {
		l.i++
	}
	path := ""
	for i, name := range names {
		path = under(path, name)
		if repeated && i == len(names)-1 {
			l.note(path, place{span{start, l.i}, span{start, l.i}})
			l.count[path]++
		}
		if n := l.count[path]; n > 0 {
			path = under(path, strconv.Itoa(n-1))
		}
	}
	l.table = path
	l.headers = append(l.headers, header{path, span{start, l.i}})
	l.note(path, place{span{start, l.i}, span{start, l.i}})
}

// pair reads `key = value` into the table.
func (l *locator) pair(table string, depth int) {
	names, key := l.names()
	l.spaces()
	if len(names) == 0 || l.peek() != '=' {
		return
	}
	l.i++
	l.spaces()
	path := table
	for _, name := range names[:len(names)-1] {
		path = under(path, name)
		l.note(path, place{key, key})
	}
	path = under(path, names[len(names)-1])
	l.note(path, place{key: key}) // before its entries, so that tables come first
	start := l.i
	l.value(path, depth)
	l.found[path] = place{key, span{start, l.i}}
}

func (l *locator) note(path string, at place) {
	if _, ok := l.found[path]; !ok {
		l.found[path] = at
	}
}

func (l *locator) value(path string, depth int) {
	switch c := l.peek(); {
	case c == '"' || c == '\'':
		l.i = skipString(l.text, l.i)
	case c == '[' && depth < maxNesting:
		l.i++
		l.entries(']', func(index int) {
			start := l.i
			at := under(path, strconv.Itoa(index))
			l.value(at, depth+1)
			if index < maxIndexed {
				l.note(at, place{span{start, l.i}, span{start, l.i}})
			}
		})
	case c == '{' && depth < maxNesting:
		l.i++
		l.entries('}', func(int) { l.pair(path, depth+1) })
	default:
		for l.i < len(l.text) && !strings.ContainsRune(",]}#\r\n \t", rune(l.text[l.i])) {
			l.i++
		}
	}
}

// entries reads entries with commas between them up to the closing bracket.
func (l *locator) entries(closing byte, entry func(index int)) {
	for index := 0; ; {
		l.blank()
		switch l.peek() {
		case closing:
			l.i++
			return
		case ',':
			l.i++
			index++
			continue
		}
		before := l.i
		entry(index)
		if l.i == before {
			return
		}
	}
}

// names reads a key with dots, and says where it stands.
func (l *locator) names() (names []string, where span) {
	l.spaces()
	where.start = l.i
	for {
		l.spaces()
		start := l.i
		if c := l.peek(); c == '"' || c == '\'' {
			l.i = skipString(l.text, l.i)
			name := l.text[start+1 : max(start+1, l.i-1)]
			if plain, err := strconv.Unquote(`"` + name + `"`); c == '"' && err == nil {
				name = plain
			}
			names = append(names, name)
		} else {
			for l.i < len(l.text) && !strings.ContainsRune(".=]}[{,#\r\n \t", rune(l.text[l.i])) {
				l.i++
			}
			if l.i == start {
				return names, where
			}
			names = append(names, l.text[start:l.i])
		}
		where.end = l.i
		l.spaces()
		if l.peek() != '.' {
			return names, where
		}
		l.i++
	}
}

func (l *locator) peek() byte {
	if l.i < len(l.text) {
		return l.text[l.i]
	}
	return 0
}

func (l *locator) spaces() {
	for c := l.peek(); c == ' ' || c == '\t'; c = l.peek() {
		l.i++
	}
}

// blank skips spaces, line ends and comments.
func (l *locator) blank() {
	for l.i < len(l.text) {
		switch l.text[l.i] {
		case ' ', '\t', '\r', '\n':
			l.i++
		case '#':
			l.i = skipLine(l.text, l.i)
		default:
			return
		}
	}
}
