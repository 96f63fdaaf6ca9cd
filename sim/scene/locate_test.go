package scene

import "testing"

func TestLocate(t *testing.T) {
	text := `a = 1
"b.c" . d = [ 1, "two, ]", [3] ] # e = 5
[t] # [u]
'k' = """
[no]
x = 1 \""" still ""inside"""""
l = { m = 1, n.o = [ { p = 2 }, { p = 3 } ] }
[[r]]
v = 1
[r.s]
w = '''a]''' 
[[r]]
v = 2
[[r.q]]
y = -1e3
[[r.q]]
y = 2026-11-23T00:00:00Z
`
	places := locate(text)
	for path, want := range map[string][2]string{
		"a":           {"a", "1"},
		"b.c.d":       {`"b.c" . d`, `[ 1, "two, ]", [3] ]`},
		"b.c.d.1":     {`"two, ]"`, `"two, ]"`},
		"b.c.d.2.0":   {"3", "3"},
		"t":           {"[t]", "[t]"},
		"t.l":         {"l", `{ m = 1, n.o = [ { p = 2 }, { p = 3 } ] }`},
		"t.l.m":       {"m", "1"},
		"t.l.n.o.1":   {"{ p = 3 }", "{ p = 3 }"},
		"t.l.n.o.1.p": {"p", "3"},
		"r":           {"[[r]]", "[[r]]"},
		"r.0.v":       {"v", "1"},
		"r.0.s.w":     {"w", "'''a]'''"},
		"r.1.v":       {"v", "2"},
		"r.1.q.0.y":   {"y", "-1e3"},
		"r.1.q.1.y":   {"y", "2026-11-23T00:00:00Z"},
	} {
		at, ok := places[path]
		if !ok {
			t.Errorf("%s was not found", path)
			continue
		}
		if got := [2]string{text[at.key.start:at.key.end], text[at.value.start:at.value.end]}; got != want {
			t.Errorf("%s: found %q, want %q", path, got, want)
		}
	}
	for _, path := range []string{"no", "x", "e", "u", "t.x", "no.x"} {
		if _, ok := places[path]; ok {
			t.Errorf("%s is inside a text or a comment, and was found", path)
		}
	}
	if at := places.find("r.1.q.1.missing", false); text[at.start:at.end] != "[[r.q]]" || at.start < places["r.1.q.0.y"].key.start {
		t.Errorf("a missing key is placed at %q", text[at.start:at.end])
	}
	if at := places.find("nowhere.at.all", true); at != (span{}) {
		t.Errorf("a missing table is placed at %v", at)
	}
}

func TestNearest(t *testing.T) {
	names := []string{"position", "size", "radius", "height", "rotation", "min", "max"}
	for got, want := range map[string]string{
		"raduis": "radius", "Radius": "radius", "szie": "size", "sizes": "size", "rotaton": "rotation", "postion": "position",
		"mix": "min", "colour": "", "": "", "x": "", "zz": "", "heigth": "height",
	} {
		if near := nearest(got, names); near != want {
			t.Errorf("%q is nearest to %q, want %q", got, near, want)
		}
	}
	if near := nearest("x+", sides); near != "+x" {
		t.Errorf("x+ is nearest to %q", near)
	}
}
