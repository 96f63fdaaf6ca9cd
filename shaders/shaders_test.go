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

func TestComposeErrors(t *testing.T) {
	fsys := tree(map[string]string{
		"sim/lost.wgsl": "//import common/gone.wgsl\n",
		"sim/ring.wgsl": "//import common/x.wgsl\n",
		"common/x.wgsl": "//import common/y.wgsl\n",
		"common/y.wgsl": "//import common/x.wgsl\n",
	})
	for name, want := range map[string]string{
		"sim/none": `there is no shader "sim/none.wgsl"`,
		"sim/lost": `sim/lost.wgsl imports "common/gone.wgsl"`,
		"sim/ring": "common/x.wgsl -> common/y.wgsl -> common/x.wgsl",
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
