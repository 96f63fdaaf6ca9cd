package solver_test

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/fluidsim/fluidsim/shaders"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/gpu/gputest"
	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
)

// mirrors are the structs that Go and WGSL share.
var mirrors = map[string]any{
	"SimParams":  layout.SimParams{},
	"Control":    layout.Control{},
	"Tally":      layout.Tally{},
	"Dispatch":   layout.Dispatch{},
	"Obstacle":   layout.Obstacle{},
	"Motion":     layout.Motion{},
	"Statistics": layout.Statistics{},
	"Hand":       layout.Hand{},
	"Answer":     layout.Answer{},
}

// goTypes is what each WGSL type is in Go.
var goTypes = map[string]reflect.Type{
	"u32": reflect.TypeFor[uint32](), "i32": reflect.TypeFor[int32](), "f32": reflect.TypeFor[float32](),
	"atomic<u32>": reflect.TypeFor[uint32](),
	"vec2<f32>":   reflect.TypeFor[[2]float32](), "vec2<u32>": reflect.TypeFor[[2]uint32](),
	"vec4<f32>": reflect.TypeFor[[4]float32](), "vec4<u32>": reflect.TypeFor[[4]uint32](),
	"mat4x4<f32>": reflect.TypeFor[[16]float32](),
}

// sharedStructs are those that some kernel binds, each with a kernel that does.
func sharedStructs(t *testing.T) map[string]*shaders.Module {
	t.Helper()
	found := map[string]*shaders.Module{}
	layouts := map[string]shaders.Struct{}
	for _, name := range shaders.Names("sim") {
		m := compose(t, name)
		r, err := m.Reflect()
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range r.Bindings {
			kind := strings.TrimSuffix(strings.TrimPrefix(compatible(b.Type), "array<"), ">")
			s, ok := r.Structs[kind]
			if !ok {
				continue
			}
			if old, seen := layouts[kind]; seen && !reflect.DeepEqual(old, s) {
				t.Errorf("%s has another layout in %s than elsewhere", kind, name)
			}
			layouts[kind], found[kind] = s, m
		}
	}
	return found
}

// First witness: the WGSL text against the Go type, member by member.
func TestStructsAgree(t *testing.T) {
	found := sharedStructs(t)
	for name, m := range found {
		mirror, ok := mirrors[name]
		if !ok {
			t.Errorf("%s is shared with the device but has no mirror in this test", name)
			continue
		}
		r, err := m.Reflect()
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range compareLayout(r.Structs[name], reflect.TypeOf(mirror)) {
			t.Error(p)
		}
	}
	for name := range mirrors {
		if found[name] == nil {
			t.Errorf("no kernel binds a %s", name)
		}
	}
}

func compareLayout(s shaders.Struct, mirror reflect.Type) (problems []string) {
	fail := func(format string, args ...any) {
		problems = append(problems, s.Name+": "+fmt.Sprintf(format, args...))
	}
	if s.Name != mirror.Name() {
		fail("called %s in Go", mirror.Name())
	}
	if s.Size != uint64(mirror.Size()) {
		fail("%d bytes in WGSL, %d in Go", s.Size, mirror.Size())
	}
	if len(s.Members) != mirror.NumField() {
		fail("%d members in WGSL, %d in Go", len(s.Members), mirror.NumField())
		return problems
	}
	for k, member := range s.Members {
		field := mirror.Field(k)
		if field.Name != camelCase(member.Name) {
			fail("member %d is %s in WGSL, %s in Go", k, member.Name, field.Name)
		}
		if want := goTypes[strings.ReplaceAll(member.Type, " ", "")]; want != field.Type {
			fail("%s is a %s, which is %v in Go, not %v", member.Name, member.Type, want, field.Type)
		}
		if member.Offset != uint64(field.Offset) || member.Size != uint64(field.Type.Size()) {
			fail("%s: offset %d, size %d in WGSL; offset %d, size %d in Go",
				member.Name, member.Offset, member.Size, field.Offset, field.Type.Size())
		}
	}
	return problems
}

// The first witness must notice what it is there for.
func TestStructsAgreeNotices(t *testing.T) {
	good := func() shaders.Struct {
		r, err := compose(t, "sim/begin").Reflect()
		if err != nil {
			t.Fatal(err)
		}
		s := r.Structs["Control"]
		s.Members = append([]shaders.Member(nil), s.Members...)
		return s
	}
	mirror := reflect.TypeFor[layout.Control]()
	if p := compareLayout(good(), mirror); len(p) > 0 {
		t.Fatalf("problems where there are none: %v", p)
	}
	for name, spoil := range map[string]func(s *shaders.Struct){
		"two members swapped": func(s *shaders.Struct) { s.Members[0].Name, s.Members[1].Name = s.Members[1].Name, s.Members[0].Name },
		"another type":        func(s *shaders.Struct) { s.Members[10].Type = "u32" },
		"another offset":      func(s *shaders.Struct) { s.Members[3].Offset += 4 },
		"another size":        func(s *shaders.Struct) { s.Size += 16 },
		"a member less":       func(s *shaders.Struct) { s.Members = s.Members[1:] },
	} {
		s := good()
		spoil(&s)
		if len(compareLayout(s, mirror)) == 0 {
			t.Errorf("%s: nobody noticed", name)
		}
	}
}

// components is how many numbers a WGSL type holds, and of what kind.
func components(kind string) (n int, scalar string, write string) {
	switch kind = strings.ReplaceAll(kind, " ", ""); {
	case kind == "atomic<u32>":
		return 1, "u32", "atomicStore(&%s, %s)"
	case strings.HasPrefix(kind, "vec"):
		return int(kind[3] - '0'), kind[5:8], "%s = " + kind + "(%s)"
	default:
		return 1, kind, "%s = %s"
	}
}

// probe is a kernel that writes 1, 2, 3… into the members of a struct, in their order.
func probe(s shaders.Struct, declaration string) *shaders.Module {
	var body strings.Builder
	next := 1
	for _, member := range s.Members {
		n, scalar, write := components(member.Type)
		var list []string
		for range n {
			list = append(list, fmt.Sprintf("%s(%d)", scalar, next))
			next++
		}
		fmt.Fprintf(&body, "    "+write+";\n", "probed."+member.Name, strings.Join(list, ", "))
	}
	return &shaders.Module{Name: "test/probe", Source: declaration + `
@group(0) @binding(0) var<storage, read_write> probed: ` + s.Name + `;
@compute @workgroup_size(1)
fn probe() {
` + body.String() + "}\n"}
}

// declarationOf cuts a struct's declaration out of a module's text.
func declarationOf(t *testing.T, m *shaders.Module, name string) string {
	t.Helper()
	_, rest, ok := strings.Cut(m.Source, "struct "+name+" {")
	body, _, closed := strings.Cut(rest, "\n}")
	if !ok || !closed {
		t.Fatalf("%s: no declaration of %s", m.Name, name)
	}
	return "struct " + name + " {" + body + "\n}\n"
}

// Second witness: what a kernel writes into each member is what Go finds in its field.
func TestProbesWrite(t *testing.T) {
	found := sharedStructs(t)
	gputest.Run(t, func(d *gpu.Device) {
		for name, mirror := range mirrors {
			m := found[name]
			if m == nil {
				continue // TestStructsAgree says so
			}
			r, err := m.Reflect()
			if err != nil {
				t.Fatal(err)
			}
			value := reflect.New(reflect.TypeOf(mirror))
			h := gputest.NewFrom(t, d, probe(r.Structs[name], declarationOf(t, m, name)))
			h.Set("probed", value.Interface())
			h.Run(1)
			decode(gputest.Get[byte](h, "probed")[:value.Elem().Type().Size()], value.Interface())
			for k, got := range numbersOf(value.Elem()) {
				if got.value != float64(k+1) {
					t.Errorf("%s.%s holds %v, want %d", name, got.field, got.value, k+1)
				}
			}
		}
	})
}

// The parameters live in uniform memory, whose layout rules are others: a kernel copies each member, as it finds it,
// into a list.
func TestProbeReadsUniform(t *testing.T) {
	m := sharedStructs(t)["SimParams"]
	r, err := m.Reflect()
	if err != nil {
		t.Fatal(err)
	}
	var body strings.Builder
	next := 0
	for _, member := range r.Structs["SimParams"].Members {
		n, scalar, _ := components(member.Type)
		for c := range n {
			from := "params." + member.Name
			if n > 1 {
				from += fmt.Sprintf("[%d]", c)
			}
			if scalar != "f32" {
				from = "f32(" + from + ")"
			}
			fmt.Fprintf(&body, "    list[%d] = %s;\n", next, from)
			next++
		}
	}
	kernel := &shaders.Module{Name: "test/probe", Source: declarationOf(t, m, "SimParams") + `
@group(0) @binding(0) var<uniform> params: SimParams;
@group(0) @binding(1) var<storage, read_write> list: array<f32>;
@compute @workgroup_size(1)
fn probe() {
` + body.String() + "}\n"}

	var p layout.SimParams
	k := 0
	visit(reflect.ValueOf(&p).Elem(), func(_ string, v reflect.Value) {
		k++
		if v.Kind() == reflect.Float32 {
			v.SetFloat(float64(k))
		} else {
			v.SetUint(uint64(k))
		}
	})
	gputest.Run(t, func(d *gpu.Device) {
		h := gputest.NewFrom(t, d, kernel)
		h.Set("params", &p)
		h.Set("list", make([]float32, next))
		h.Run(1)
		for k, got := range gputest.Get[float32](h, "list")[:next] {
			if got != float32(k+1) {
				t.Errorf("number %d of SimParams reads %v, want %d", k, got, k+1)
			}
		}
	})
}

type number struct {
	field string
	value float64
}

// numbersOf lists the numbers in a struct in order.
func numbersOf(v reflect.Value) (list []number) {
	visit(v, func(field string, v reflect.Value) {
		if v.Kind() == reflect.Float32 {
			list = append(list, number{field, v.Float()})
		} else {
			list = append(list, number{field, float64(v.Uint())})
		}
	})
	return list
}

func visit(v reflect.Value, f func(field string, v reflect.Value)) {
	for k := range v.NumField() {
		name, field := v.Type().Field(k).Name, v.Field(k)
		if field.Kind() == reflect.Array {
			for c := range field.Len() {
				f(fmt.Sprintf("%s[%d]", name, c), field.Index(c))
			}
			continue
		}
		f(name, field)
	}
}

// The names that Go knows for kinds of solids and faults are the numbers in WGSL.
func TestConstantsAgree(t *testing.T) {
	wgsl := map[string]float64{}
	for _, name := range shaders.Names("sim") {
		r, err := compose(t, name).Reflect()
		if err != nil {
			t.Fatal(err)
		}
		for constant, value := range r.Consts {
			wgsl[constant] = value
		}
	}
	want := map[string]float64{
		"SOLID_BOX": float64(layout.SolidBox), "SOLID_SPHERE": float64(layout.SolidSphere),
		"SOLID_CYLINDER": float64(layout.SolidCylinder), "SOLID_CAPSULE": float64(layout.SolidCapsule),
		"FAULT_COUNT_OUT_OF_DOMAIN": float64(ref.FaultCountOutOfDomain), "FAULT_COUNT_OVERFLOW": float64(ref.FaultCountOverflow),
		"FAULT_DENSITY_NON_FINITE": float64(ref.FaultDensityNonFinite), "FAULT_FORCE_NON_FINITE": float64(ref.FaultForceNonFinite),
		"FAULT_INTEGRATE_NON_FINITE": float64(ref.FaultIntegrateNonFinite), "FAULT_INTEGRATE_TOO_FAST": float64(ref.FaultIntegrateTooFast),
		"FAULT_FACTOR_NON_FINITE": float64(ref.FaultFactorNonFinite), "FAULT_RELAX_NON_FINITE": float64(ref.FaultRelaxNonFinite),
		"FAULT_NON_PRESSURE_NON_FINITE": float64(ref.FaultNonPressureNonFinite), "FAULT_FACTOR_OVERFLOW": float64(ref.FaultFactorOverflow),
		"FAULT_PREDICT_TOO_FAST": float64(ref.FaultPredictTooFast), "FAULT_ADD_PULLS_NON_FINITE": float64(ref.FaultAddPullsNonFinite), "NEARLY_NOTHING": ref.NearlyNothing, "MOST_STRIDES": ref.MostStrides,
		"SOLVE_DIVERGENCE": float64(ref.SolveDivergence), "SOLVE_DENSITY": float64(ref.SolveDensity),
		"CELL_CAPACITY": ref.CellCapacity, "RESIDUAL_UNIT": ref.ResidualUnit,
		"NOTHING": ref.Nothing, "SOURCE_UNIT": ref.SourceUnit, "WARM_SHARE": ref.WarmShare, "CATCH_UP": ref.CatchUp, "MOST_AT_ONCE": ref.MostAtOnce, "LEAST_TOLERANCE": ref.LeastTolerance, "LINKS": ref.LinksMost, "MARK_WORDS": ref.MarkWords, "MARK_BITS": ref.MarkBits, "MARK_WHOLE": ref.MarkWhole,
	}
	for name, value := range want {
		if got, ok := wgsl[name]; !ok || got != value {
			t.Errorf("%s is %v in WGSL (there: %v) and %v in Go", name, got, ok, value)
		}
	}
	bits := uint32(0)
	for name, value := range wgsl {
		if !strings.HasPrefix(name, "FAULT_") && !strings.HasPrefix(name, "SOLID_") {
			continue
		}
		if _, ok := want[name]; !ok {
			t.Errorf("%s is not known in Go", name)
		}
		if bit := uint32(value); strings.HasPrefix(name, "FAULT_") {
			if value != math.Trunc(value) || bit&(bit-1) != 0 || bits&bit != 0 {
				t.Errorf("%s = %v is no bit of its own", name, value)
			}
			bits |= bit
		}
	}
}
