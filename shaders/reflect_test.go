package shaders

import (
	"reflect"
	"strings"
	"testing"
)

// Offsets below are worked out by hand from the WGSL specification, section "Alignment and Size".
func TestStructLayout(t *testing.T) {
	m := &Module{Name: "test", Source: `
/* a comment /* nested */ still */
const COUNT = SMALL * 2u + 1u;   // 7, used before SMALL is declared
const SMALL = 3u;
alias Point = vec3<f32>;
struct Inner { a: f32, b: Point, }       // 0, 16; size 28 -> 32, align 16
struct Mixed {
    x: u32,                              // 0
    v2: vec2<f32>,                       // 8
    v3: vec3<f32>,                       // 16
    after3: f32,                         // 28: a scalar fits behind a vec3
    v4: vec4<u32>,                       // 32
    m: mat4x4<f32>,                      // 48, 64 bytes
    m3: mat3x3f,                         // 112, 3 columns of 16
    inner: Inner,                        // 160
    list: array<vec3<f32>, COUNT>,       // 192, 7 * 16 = 112
    words: array<u32, 3>,                // 304, 12
    flag: atomic<u32>,                   // 316
    tail: array<Inner>,                  // 320, one element 32
}
struct Spaced { a: f32, @size(16) b: f32, @align(32) c: f32 }  // 0, 4 (16 long), 32; size 64
struct Output { @builtin(position) at: vec4<f32>, @location(0) on: bool }
@group(1) @binding(COUNT) var<storage, read_write> mixed: Mixed;
`}
	r, err := m.Reflect()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][][2]uint64{
		"Inner": {{0, 4}, {16, 12}},
		"Mixed": {{0, 4}, {8, 8}, {16, 12}, {28, 4}, {32, 16}, {48, 64}, {112, 48}, {160, 32}, {192, 112}, {304, 12},
			{316, 4}, {320, 32}},
		"Spaced": {{0, 4}, {4, 16}, {32, 4}},
	}
	size := map[string][2]uint64{"Inner": {32, 16}, "Mixed": {352, 16}, "Spaced": {64, 32}}
	for name, members := range want {
		s := r.Structs[name]
		if s.Size != size[name][0] || s.Align != size[name][1] {
			t.Errorf("%s: size %d align %d, want %v", name, s.Size, s.Align, size[name])
		}
		if len(s.Members) != len(members) {
			t.Fatalf("%s has %d members, want %d", name, len(s.Members), len(members))
		}
		for i, m := range s.Members {
			if m.Offset != members[i][0] || m.Size != members[i][1] {
				t.Errorf("%s.%s: offset %d size %d, want %v", name, m.Name, m.Offset, m.Size, members[i])
			}
		}
	}
	if _, listed := r.Structs["Output"]; listed {
		t.Error("a struct with a bool was given a buffer layout")
	}
	b := r.Bindings[0]
	if b != (Binding{Group: 1, Index: 7, Name: "mixed", Space: "storage_read_write", Type: "Mixed", MinSize: 352}) {
		t.Errorf("binding %+v", b)
	}
}

func TestConstants(t *testing.T) {
	m := &Module{Name: "test", Source: `
const A = 64u; const B: u32 = 1u << 5u; const C = (A + B) / 10u; const D = 0xffu & ~1u; const E = -1.5e-1;
const F = f32(A) * 0.5f; const G = u32(7.9); const H = 2.0 * PI; const PI = 3.25; const I = 10u - 2u - 3u;
const J = 17 % 5 | 8; const K = 0x80000000u; const V = vec3<f32>(1.0); const S = A >> 2u; const X = 1.0 / 4;
const L1 = L2; const L2 = L1;
`}
	r, err := m.Reflect()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{"A": 64, "B": 32, "C": 9, "D": 254, "E": -0.15, "F": 32, "G": 7, "H": 6.5, "PI": 3.25,
		"I": 5, "J": 10, "K": 2147483648, "S": 16, "X": 0.25}
	if !reflect.DeepEqual(r.Consts, want) {
		t.Errorf("constants %v, want %v", r.Consts, want)
	}
}

func TestBindingsAndEntries(t *testing.T) {
	m := &Module{Name: "test", Source: `
const SIZE = 8u;
struct P { a: vec4<f32> }
@group(3) @binding(1) var smp: sampler;
@group(0) @binding(0) var<uniform> p: P;
@group(3) @binding(0) var tex: texture_2d<f32>;
@binding(2) @group(0) var<storage> list: array<vec2<f32>>;
@group(0) @binding(1) var<storage, read_write> one: array<array<u32, 4>, SIZE>;
@group(3) @binding(2) var img: texture_storage_2d<rgba8unorm, write>;
var<workgroup> shared_words: array<u32, SIZE * 2>;
var<private> seed: u32 = 1u;
fn helper(a: vec3<f32>) -> f32 { if (a.x < 1.0) { return f32(shared_words[0]); } return 2.0; }
@compute @workgroup_size(SIZE, 2)
fn run(@builtin(global_invocation_id) id: vec3<u32>) { one[0][0] = 1u; }
@vertex fn corner() -> @builtin(position) vec4<f32> { return p.a; }
@fragment fn shade() -> @location(0) vec4<f32> { return p.a; }
`}
	r, err := m.Reflect()
	if err != nil {
		t.Fatal(err)
	}
	want := []Binding{
		{0, 0, "p", "uniform", "P", 16},
		{0, 1, "one", "storage_read_write", "array<array<u32, 4>, SIZE>", 128},
		{0, 2, "list", "storage_read", "array<vec2<f32>>", 8},
		{3, 0, "tex", "texture", "texture_2d<f32>", 0},
		{3, 1, "smp", "sampler", "sampler", 0},
		{3, 2, "img", "storage_texture", "texture_storage_2d<rgba8unorm, write>", 0},
	}
	if !reflect.DeepEqual(r.Bindings, want) {
		t.Errorf("bindings\n%+v, want\n%+v", r.Bindings, want)
	}
	entries := []Entry{{"run", "compute", [3]uint32{8, 2, 1}}, {"corner", "vertex", [3]uint32{}}, {"shade", "fragment", [3]uint32{}}}
	if !reflect.DeepEqual(r.Entries, entries) {
		t.Errorf("entries %+v, want %+v", r.Entries, entries)
	}
}

func TestReflectErrors(t *testing.T) {
	for text, want := range map[string]string{
		"struct A { b: B }\n@group(0) @binding(0) var<uniform> a: A;":                            `the type "B"`,
		"struct A { b: A }\n@group(0) @binding(0) var<uniform> a: A;":                            "contains itself",
		"struct A { b: array<u32>, c: u32 }\n@group(0) @binding(0) var<storage> a: A;":           "not the last",
		"struct A { b: array<u32, 4> }\n@group(0) @binding(0) var<uniform> a: A;":                "multiple of 16",
		"@group(0) @binding(0) var<storage> a: u32;\n@group(0) @binding(0) var<storage> b: u32;": "share @group(0) @binding(0)",
		"@compute @workgroup_size(N) fn a() {}":                                                  `"N" is no constant`,
		"alias A = B; alias B = A;\n@group(0) @binding(0) var<storage> a: A;":                    "stands for itself",
		"alias A = array<A, 2>;\n@group(0) @binding(0) var<storage> a: A;":                       "contains itself",
		"@group(0) @binding(0) var<uniform> a: array;":                                           "one or two parameters",
		"@compute fn a() {}":   "workgroup_size",
		"var<storage> a: u32;": "no @group",
		"\n\noverride x = 1;":  `test:3: "override"`,
		"struct A { b: u32 ":   "ends too early",
		"fn f() { ":            "ends too early",
		"/* ":                  "not closed",
	} {
		_, err := (&Module{Name: "test", Source: text}).Reflect()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q in it", text, err, want)
		}
	}
}

// Every shader that is shipped must be understood, and every kernel must be what its name says.
func TestShippedShaders(t *testing.T) {
	for _, name := range Names("") {
		m, err := Compose(name)
		if err != nil {
			t.Error(err)
			continue
		}
		r, err := m.Reflect()
		if err != nil {
			t.Error(err)
			continue
		}
		if !strings.HasPrefix(name, "sim/") {
			continue
		}
		if len(r.Entries) != 1 || r.Entries[0].Name != m.Entry() || r.Entries[0].Stage != "compute" {
			t.Errorf("%s: entry points %+v, want the one kernel %s", name, r.Entries, m.Entry())
		}
		if h, err := KernelHeader(name); err != nil {
			t.Error(err)
		} else if !strings.HasPrefix(h.Oracle, "ref.") {
			t.Errorf("%s: the oracle %q is not in package ref", name, h.Oracle)
		}
	}
}

// Whatever the text, Reflect comes back, with an error or without.
func FuzzReflect(f *testing.F) {
	for _, name := range Names("") {
		if m, err := Compose(name); err == nil {
			f.Add(m.Source)
		}
	}
	f.Add("alias A = array<A, 2>; @group(0) @binding(0) var<uniform> a: A;")
	f.Add("const A = -(1 << 2) / B; const B = 0x1p4; @compute @workgroup_size(A,) fn f() {}")
	f.Fuzz(func(t *testing.T, text string) {
		(&Module{Name: "fuzz", Source: text}).Reflect()
	})
}
