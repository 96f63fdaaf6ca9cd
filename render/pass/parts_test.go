package pass

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/shaders"
)

// mirrored are the structs that Go and WGSL share; those that a browser has not are added where
// they are made.
var mirrored = []struct {
	shader, name string
	mirror       any
}{
	{"render/floor", "Frame", frame{}},
	{"render/solids", "Solid", solid{}},
	{"render/blit", "Blit", blitUniform{}},
	{"render/foam_emit", "FoamNumbers", foamNumbers{}},
	{"render/foam_emit", "FoamTime", foamTime{}},
	{"render/foam_clock", "FoamTime", foamTime{}},
	{"render/reduce", "Reduce", reduceUniform{}},
	{"render/field_range", "FieldRange", rangeUniform{}},
}

// TestMirrors compares them member by member.
func TestMirrors(t *testing.T) {
	for _, each := range mirrored {
		module, err := shaders.Compose(each.shader)
		if err != nil {
			t.Fatal(err)
		}
		found, err := module.Reflect()
		if err != nil {
			t.Fatal(err)
		}
		text, ok := found.Structs[each.name]
		if !ok {
			t.Fatalf("%s has no struct %s", each.shader, each.name)
		}
		mirror := reflect.TypeOf(each.mirror)
		if uint64(mirror.Size()) != text.Size || mirror.NumField() != len(text.Members) {
			t.Fatalf("%s: Go has %d bytes in %d members, WGSL %d in %d", each.name, mirror.Size(), mirror.NumField(), text.Size, len(text.Members))
		}
		for i, member := range text.Members {
			field := mirror.Field(i)
			if want := strings.ToLower(strings.ReplaceAll(member.Name, "_", "")); strings.ToLower(field.Name) != want {
				t.Errorf("%s: member %d is %s in Go, %s in WGSL", each.name, i, field.Name, member.Name)
			}
			if uint64(field.Offset) != member.Offset || uint64(field.Type.Size()) != member.Size {
				t.Errorf("%s.%s: Go has offset %d and size %d, WGSL %d and %d", each.name, member.Name, field.Offset, field.Type.Size(), member.Offset, member.Size)
			}
		}
	}
}

// What is drawn with one number in Go and asked for by another name in WGSL.
func TestEdgeConstants(t *testing.T) {
	module, err := shaders.Compose("render/edges")
	if err != nil {
		t.Fatal(err)
	}
	found, err := module.Reflect()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]float64{"EDGES_ALL": 0, "EDGES_FAR": edgesFar, "EDGES_NEAR": edgesNear} {
		if got, ok := found.Consts[name]; !ok || got != want {
			t.Errorf("%s is %g in WGSL, %g in Go", name, got, want)
		}
	}
}

func TestFieldConstants(t *testing.T) {
	module, err := shaders.Compose("render/particles")
	if err != nil {
		t.Fatal(err)
	}
	found, err := module.Reflect()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range Fields() {
		field, ok := FieldNamed(name)
		if got := found.Consts["FIELD_"+strings.ToUpper(name)]; !ok || got != float64(field) {
			t.Errorf("%s is %d in Go, %g in WGSL", name, field, got)
		}
	}
	if _, ok := FieldNamed("colour"); ok || Field(99).String() != "unknown" {
		t.Error("unknown fields have names")
	}
}

// TestMeshes wants closed surfaces with unit normals that point outwards, and triangles that are
// counter-clockwise from outside; the volume tells all of it at once.
func TestMeshes(t *testing.T) {
	all, spans := meshes()
	const half = 2.0 // half height between the caps of the capsule
	for kind, want := range map[Kind]float64{
		Box: 8, Sphere: 4.0 / 3 * math.Pi, Cylinder: 2 * math.Pi, Capsule: 4.0/3*math.Pi + 2*half*math.Pi,
	} {
		volume := 0.0
		mesh := all[spans[kind].first:][:spans[kind].count]
		point := func(v vertex) [3]float64 {
			return [3]float64{float64(v.Place[0]), float64(v.Place[1]) + half*float64(v.Place[3]), float64(v.Place[2])}
		}
		for i := 0; i < len(mesh); i += 3 {
			a, b, c := point(mesh[i]), point(mesh[i+1]), point(mesh[i+2])
			var u, v [3]float64
			for k := range 3 {
				u[k], v[k] = b[k]-a[k], c[k]-a[k]
			}
			n := [3]float64{u[1]*v[2] - u[2]*v[1], u[2]*v[0] - u[0]*v[2], u[0]*v[1] - u[1]*v[0]}
			volume += inner(a, n) / 6
			for k := range 3 {
				m := mesh[i+k].Normal
				normal := [3]float64{float64(m[0]), float64(m[1]), float64(m[2])}
				if math.Abs(inner(normal, normal)-1) > 1e-5 {
					t.Fatalf("kind %d: a normal of length %g", kind, math.Sqrt(inner(normal, normal)))
				}
				if inner(n, n) > 1e-12 && inner(normal, n) <= 0 {
					t.Fatalf("kind %d: triangle %d faces against its normal", kind, i/3)
				}
			}
		}
		if math.Abs(volume-want) > 0.01*want {
			t.Errorf("kind %d: volume %g, want %g", kind, volume, want)
		}
	}
}

// lightness is CIE L* of a colour.
func lightness(c Colour) float64 {
	l := c.linear()
	y := 0.2126*float64(l[0]) + 0.7152*float64(l[1]) + 0.0722*float64(l[2])
	if y <= 216.0/24389 {
		return y * 24389 / 27
	}
	return 116*math.Cbrt(y) - 16
}

func TestMapsAreSane(t *testing.T) {
	for _, name := range Maps() {
		last := -1.0
		for i := range 65 {
			c := MapColour(name, float64(i)/64)
			for _, v := range c {
				if v < 0 || v > 1 {
					t.Fatalf("%s at %d: %v", name, i, c)
				}
			}
			l := lightness(c)
			switch name {
			case "turbo", "diverging", "distinct":
			default: // more is lighter, everywhere
				if l <= last {
					t.Errorf("%s: lightness falls from %.1f to %.1f at %d of 64", name, last, l, i)
				}
			}
			last = l
		}
	}
	middle := lightness(MapColour("diverging", 0.5))
	for _, at := range []float64{0, 0.25, 0.75, 1} {
		if lightness(MapColour("diverging", at)) >= middle {
			t.Errorf("diverging is not lightest in its middle")
		}
		if a, b := lightness(MapColour("diverging", at)), lightness(MapColour("diverging", 1-at)); math.Abs(a-b) > 5 {
			t.Errorf("diverging: %.1f against %.1f at the other side", a, b)
		}
	}
	if MapColour("no such map", 0.3) != MapColour("water", 0.3) {
		t.Error("an unknown map is not the default one")
	}
	if got := MapColour("viridis", 1); math.Abs(got[0]-0xfd/255.0) > 1e-9 || math.Abs(got[2]-0x25/255.0) > 1e-9 {
		t.Errorf("viridis ends in %v", got)
	}
}

func TestAutoRange(t *testing.T) {
	for _, field := range []Field{Speed, Density, Pressure, DensityError, Vorticity, Neighbours, ID, Body, Plain} {
		for _, speed := range []float64{0, 3} {
			if low, high := AutoRange(field, Scale{RestDensity: 1000, Speed: speed}); !(high > low) {
				t.Errorf("%v at %g m/s: %g to %g", field, speed, low, high)
			}
		}
	}
	if _, high := AutoRange(Pressure, Scale{RestDensity: 1000, Speed: math.Sqrt(2 * 9.81 * 2)}); math.Abs(high-19620) > 1 {
		t.Errorf("2 m of water: up to %g Pa, want 19620", high)
	}
}

func TestGridSpacing(t *testing.T) {
	for size, want := range map[float64]float64{2: 0.1, 1: 0.1, 0.5: 0.01, 10: 1, 100: 10, 0: 1} {
		if got := gridSpacing(size); math.Abs(got-want) > 1e-12 {
			t.Errorf("lines under %g m are %g m apart, want %g", size, got, want)
		}
	}
}

func TestFrameIsFinite(t *testing.T) {
	for name, box := range map[string]view.Box{
		"empty": {}, "flat": {Max: view.Vector{1, 0, 1}}, "huge": {Min: view.Vector{-1e6, -1e6, -1e6}, Max: view.Vector{1e6, 1e6, 1e6}},
	} {
		f := fillFrame(place(box), 640, 480, 512, view.New(view.Vector{1, 2, 3}, view.Vector{}), Particles{}, Look{Low: 3, High: 3})
		v := reflect.ValueOf(*f)
		for i := range v.NumField() {
			if array := v.Field(i); array.Kind() == reflect.Array && array.Type().Elem().Kind() == reflect.Float32 {
				for k := range array.Len() {
					if x := array.Index(k).Float(); math.IsNaN(x) || math.IsInf(x, 0) {
						t.Errorf("%s: %s[%d] = %g", name, v.Type().Field(i).Name, k, x)
					}
				}
			}
		}
	}
}
