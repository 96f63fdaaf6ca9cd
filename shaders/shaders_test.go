package shaders

import (
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

func tree(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func TestCompose(t *testing.T) {
	fsys := tree(map[string]string{
		"common/a.wgsl": "const A = 1u;\n",
		"common/b.wgsl": "//import common/a.wgsl\nconst B = A;\r\n",
		"sim/k.wgsl":    "// k\n//import common/b.wgsl\n//import common/a.wgsl\n@compute @workgroup_size(1)\nfn k() {}",
	})
	m, err := compose(fsys, "sim/k", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := "// k\nconst A = 1u;\nconst B = A;\n@compute @workgroup_size(1)\nfn k() {}\n"
	if m.Source != want {
		t.Errorf("composed\n%s\nwant\n%s", m.Source, want)
	}
	for line, at := range []place{{"sim/k.wgsl", 1}, {"common/a.wgsl", 1}, {"common/b.wgsl", 2}, {"sim/k.wgsl", 4},
		{"sim/k.wgsl", 5}} {
		if file, orig := m.Origin(line + 1); file != at.file || orig != at.line {
			t.Errorf("line %d comes from %s:%d, want %v", line+1, file, orig, at)
		}
	}
	if file, line := m.Origin(99); file != "sim/k" || line != 99 {
		t.Errorf("a line past the end comes from %s:%d", file, line)
	}
	if m.Entry() != "k" {
		t.Errorf("entry %q", m.Entry())
	}
	if got := names(fsys, "sim"); !reflect.DeepEqual(got, []string{"sim/k"}) {
		t.Errorf("names %v", got)
	}
	if got := names(fsys, "common"); got != nil {
		t.Errorf("common has entry points: %v", got)
	}
}

// A frame gives its lines, the kernel those of the body, and every line keeps its place; what stands for a frame is taken.
func TestComposeFrames(t *testing.T) {
	fsys := tree(map[string]string{
		"common/inner.wgsl": "for (;;) {\n    //body\n}\n",
		"common/other.wgsl": "loop {\n//body\n}\n",
		"common/outer.wgsl": "{\n    //frame common/inner.wgsl\n    if a {\n    //body\n    }\n    //end\n}\n",
		"sim/k.wgsl":        "fn k() {\n    //frame common/outer.wgsl\n    one();\n    two();\n    //end\n}\n",
	})
	m, err := compose(fsys, "sim/k", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := "fn k() {\n{\nfor (;;) {\n    if a {\n    one();\n    two();\n    }\n}\n}\n}\n"
	if m.Source != want {
		t.Errorf("composed\n%s\nwant\n%s", m.Source, want)
	}
	for line, at := range []place{{"sim/k.wgsl", 1}, {"common/outer.wgsl", 1}, {"common/inner.wgsl", 1}, {"common/outer.wgsl", 3},
		{"sim/k.wgsl", 3}, {"sim/k.wgsl", 4}, {"common/outer.wgsl", 5}, {"common/inner.wgsl", 3}} {
		if file, orig := m.Origin(line + 1); file != at.file || orig != at.line {
			t.Errorf("line %d comes from %s:%d, want %v", line+1, file, orig, at)
		}
	}
	m, err = compose(fsys, "sim/k", map[string]string{"common/inner.wgsl": "common/other.wgsl"})
	if err != nil || !strings.Contains(m.Source, "loop {\n    if a {\n    one();") {
		t.Errorf("with another frame: %v\n%s", err, m.Source)
	}
}

func TestComposeErrors(t *testing.T) {
	fsys := tree(map[string]string{
		"sim/open.wgsl":     "a\n//frame common/good.wgsl\nb\n",
		"sim/plain.wgsl":    "//frame common/y2.wgsl\n//end\n",
		"sim/nested.wgsl":   "//frame common/good.wgsl\n//frame common/good.wgsl\n//end\n//end\n",
		"sim/round.wgsl":    "//frame common/round.wgsl\n//end\n",
		"sim/absent.wgsl":   "//frame common/gone.wgsl\n//end\n",
		"common/good.wgsl":  "//body\n",
		"common/y2.wgsl":    "nothing\n",
		"common/round.wgsl": "//frame common/round.wgsl\n//body\n//end\n",
		"sim/lost.wgsl":     "//import common/gone.wgsl\n",
		"sim/ring.wgsl":     "//import common/x.wgsl\n",
		"common/x.wgsl":     "//import common/y.wgsl\n",
		"common/y.wgsl":     "//import common/x.wgsl\n",
	})
	for name, want := range map[string]string{
		"sim/open":   "sim/open.wgsl:2: the frame has no //end",
		"sim/plain":  "common/y2.wgsl is used as a frame and has no line //body",
		"sim/nested": "sim/nested.wgsl:1: the body of a frame holds another frame",
		"sim/round":  "frames go in a circle",
		"sim/absent": `sim/absent.wgsl imports "common/gone.wgsl"`,
		"sim/none":   `there is no shader "sim/none.wgsl"`,
		"sim/lost":   `sim/lost.wgsl imports "common/gone.wgsl"`,
		"sim/ring":   "common/x.wgsl -> common/y.wgsl -> common/x.wgsl",
	} {
		if _, err := compose(fsys, name, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q in it", name, err, want)
		}
	}
}

func TestReplace(t *testing.T) {
	m := &Module{Name: "k", Source: "a b\nc b\n", origin: []place{{"f", 7}, {"f", 8}}}
	changed, err := m.Replace("a b", "a z")
	if err != nil || changed.Source != "a z\nc b\n" {
		t.Fatalf("%v, %v", changed, err)
	}
	if file, line := changed.Origin(2); file != "f" || line != 8 {
		t.Errorf("origin lost: %s:%d", file, line)
	}
	for _, old := range []string{"", "b", "absent"} {
		if _, err := m.Replace(old, "x"); err == nil {
			t.Errorf("replacing %q is accepted", old)
		}
	}
}

func TestHeader(t *testing.T) {
	text := "// k: rho = sum\n//   over j\n// Reads: a\n// Writes: b\n// Invariant: c\n// Source: d\n// Oracle: ref.K\nfn k() {}\n"
	h, err := parseHeader("sim/k", text)
	if err != nil || h != (Header{"rho = sum over j", "a", "b", "c", "d", "ref.K"}) {
		t.Errorf("%+v, %v", h, err)
	}
	if _, err := parseHeader("sim/k", strings.Replace(text, "Oracle", "Orakel", 1)); err == nil ||
		!strings.Contains(err.Error(), "// Oracle:") {
		t.Errorf("a missing line is accepted: %v", err)
	}
}
