package solver_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"testing"

	"github.com/cogentcore/webgpu/wgpu"

	"github.com/fluidsim/fluidsim/shaders"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/gpu/gputest"
	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// unit is the rounding of one float32 operation: half a unit in the last place, relative.
const unit = 0x1p-24

// world holds every buffer that a simulation kernel can name.
type world struct {
	name                      string
	params                    layout.SimParams
	control                   layout.Control
	tally                     layout.Tally
	dispatch                  layout.Dispatch
	position                  [][4]float32
	velocity                  [][4]float32
	positionSorted            [][4]float32
	velocitySorted            [][4]float32
	acceleration              [][4]float32
	densities                 [][2]float32
	factors                   []float32
	lastKappa                 []float32
	pressures                 []float32
	predicted                 [][4]float32
	predictedSpeed            [][4]float32
	pushed                    [][4]float32
	surfaces                  [][4]float32
	pulls                     [][4]float32
	spins, spinsSorted, slips [][4]float32
	shifts                    [][4]float32
	unknowns                  [][2]float32
	links                     []uint32
	linkCounts                []uint32
	marks                     []uint32
	cells                     []uint32
	slot                      []uint32
	order                     []uint32
	walls                     [][4]float32
	wallVelocities            [][4]float32 // nil where no body moves
	obstacles                 []layout.Obstacle
	motions                   []layout.Motion
	values                    []uint32
	sums                      []uint32
	partials                  []layout.Statistics
	statistics                layout.Statistics
	viscous                   viscous
	hand                      hand
	bare                      [][4]float32 // what near_walls leaves of walls, before density or factor multiplies the gradient
	collapsed                 bool         // a particle has more neighbours than its list holds
}

// buffers points at each buffer's host copy, by its WGSL name.
func (w *world) buffers() map[string]any {
	return map[string]any{
		"params": &w.params, "control": &w.control, "tally": &w.tally, "dispatch": &w.dispatch,
		"position": &w.position, "velocity": &w.velocity,
		"position_sorted": &w.positionSorted, "velocity_sorted": &w.velocitySorted,
		"acceleration": &w.acceleration, "densities": &w.densities, "factors": &w.factors, "unknowns": &w.unknowns, "last_kappa": &w.lastKappa, "pressures": &w.pressures,
		"predicted": &w.predicted, "predicted_velocity": &w.predictedSpeed, "pushed": &w.pushed,
		"surfaces": &w.surfaces, "pulls": &w.pulls,
		"spins": &w.spins, "spins_sorted": &w.spinsSorted, "slips": &w.slips, "shifts": &w.shifts,
		"links": &w.links, "link_counts": &w.linkCounts, "marks": &w.marks,
		"cells": &w.cells, "slot": &w.slot, "order": &w.order,
		"walls": &w.walls, "wall_velocities": &w.wallVelocities, "obstacles": &w.obstacles, "motions": &w.motions,
		"values": &w.values, "sums": &w.sums, "partials": &w.partials, "statistics": &w.statistics,
		"viscous_change": &w.viscous.change, "viscous_residual": &w.viscous.residual, "viscous_image": &w.viscous.image,
		"viscous_direction": &w.viscous.direction, "viscous_turned": &w.viscous.turned, "viscous_partials": &w.viscous.partials,
		"hand": &w.hand.now, "answer": &w.hand.answer, "applied": &w.hand.applied, "gifts": &w.hand.gifts,
		"carried": &w.viscous.carried, "carried_sorted": &w.viscous.carriedSorted,
	}
}

// encode and decode go through encoding/binary, which knows nothing of how the program itself copies structs.
func encode(v any) []byte {
	data, err := binary.Append(nil, binary.LittleEndian, reflect.ValueOf(v).Elem().Interface())
	if err != nil {
		panic(err)
	}
	return data
}

func decode(data []byte, v any) {
	target := v
	if e := reflect.ValueOf(v).Elem(); e.Kind() == reflect.Slice {
		target = e.Interface()
	}
	if _, err := binary.Decode(data, binary.LittleEndian, target); err != nil {
		panic(err)
	}
}

func (w *world) clone() *world {
	c := *w
	for _, v := range c.buffers() {
		if e := reflect.ValueOf(v).Elem(); e.Kind() == reflect.Slice {
			fresh := reflect.MakeSlice(e.Type(), e.Len(), e.Len())
			reflect.Copy(fresh, e)
			e.Set(fresh)
		}
	}
	return &c
}

// run uploads what the kernel binds, dispatches it once and reads everything back.
func (w *world) run(d *gpu.Device, m *shaders.Module, k *gpu.Kernel, invocations int) (*world, error) {
	r, err := m.Reflect()
	if err != nil {
		return nil, err
	}
	got := w.clone()
	host := got.buffers()
	device := map[string]*gpu.Buffer{}
	defer func() {
		for _, b := range device {
			b.Release()
		}
	}()
	for _, b := range r.Bindings {
		if host[b.Name] == nil {
			return nil, fmt.Errorf("no test world has a buffer %q", b.Name)
		}
		usage := wgpu.BufferUsageStorage | wgpu.BufferUsageCopySrc | wgpu.BufferUsageCopyDst
		if b.Space == "uniform" {
			usage = wgpu.BufferUsageUniform | wgpu.BufferUsageCopySrc | wgpu.BufferUsageCopyDst
		}
		data := encode(host[b.Name])
		if len(data) < 16 {
			return nil, fmt.Errorf("world %s: buffer %s has %d bytes; below 16 the device would see more elements", w.name, b.Name, len(data))
		}
		buffer, err := d.NewBuffer("test/"+b.Name, uint64(len(data)), usage)
		if err != nil {
			return nil, err
		}
		device[b.Name] = buffer
		if err := d.Write(buffer, 0, data); err != nil {
			return nil, err
		}
	}
	binding, err := k.Bind(device)
	if err != nil {
		return nil, err
	}
	defer binding.Release()
	e, err := d.NewEncoder("test")
	if err != nil {
		return nil, err
	}
	e.Dispatch(k, binding, uint64(invocations))
	if err := e.Submit(); err != nil {
		return nil, err
	}
	for name, buffer := range device {
		data, err := d.Read(buffer, 0, uint64(len(encode(host[name]))))
		if err != nil {
			return nil, err
		}
		decode(data, host[name])
	}
	return got, nil
}

// differences lists the buffers in which two worlds differ, bit by bit.
func differences(want, got *world) []string {
	var out []string
	a, b := want.buffers(), got.buffers()
	for name := range a {
		x, y := encode(a[name]), encode(b[name])
		if bytes.Equal(x, y) {
			continue
		}
		at := 0
		for at < len(x) && at < len(y) && x[at] == y[at] {
			at++
		}
		at &^= 3
		out = append(out, fmt.Sprintf("%s differs at byte %d: %s, want %s", name, at, word(y, at), word(x, at)))
	}
	return out
}

func word(b []byte, at int) string {
	if at+4 > len(b) {
		return "nothing"
	}
	v := binary.LittleEndian.Uint32(b[at:])
	return fmt.Sprintf("%#x (%d, %g)", v, v, math.Float32frombits(v))
}

// judge compares what a kernel made with what it should have made. Floats that are within their bound are taken
// over into the wanted world, so that the comparison of whole buffers that follows can be exact.
type judge struct{ problems []string }

func (j *judge) fail(format string, args ...any) {
	j.problems = append(j.problems, fmt.Sprintf(format, args...))
}

// near accepts a float32 within an absolute bound of the value, and anything not finite where no finite float32 is due.
func (j *judge) near(into *float32, got float32, value, bound float64, format string, args ...any) {
	*into = got
	if !fits(value) && !fits(float64(got)) {
		return
	}
	if !(math.Abs(float64(got)-value) <= bound) {
		j.fail("%s = %g, want %g +- %.2g, off by %.2g", fmt.Sprintf(format, args...), got, value, bound, float64(got)-value)
	}
}

func fits(v float64) bool { return math.Abs(v) <= math.MaxFloat32 }

// kernelCase is what a kernel is judged by.
type kernelCase struct {
	// worlds are the states to run it on, complete but for what stage does.
	worlds func() []*world
	// stage puts the kernel's outputs into the state it expects, or fills them with junk.
	stage func(w *world)
	// invocations is the size of the dispatch.
	invocations func(w *world) int
	// expect turns want, a copy of the input, into the oracle's answer.
	expect func(j *judge, want, got *world)
	// always is set for a kernel that does not ask control.running.
	always bool
	// faults are edits of the WGSL text, each of which must be noticed.
	faults []planted
}

type planted struct{ old, new string }

// forms are a kernel's texts: the plain one, and those for worlds with periodic axes or bodies that move.
type forms map[solver.Form]*shaders.Module

// form is which of them a world wants.
func (w *world) form() solver.Form {
	return solver.Form{Periodic: w.params.Period != [4]float32{}, Moving: len(w.wallVelocities) > 0}
}

// verify runs the kernel on every world that it has a form for, stopping at the first with problems.
func (c kernelCase) verify(d *gpu.Device, texts forms, worlds []*world) (problems []string, err error) {
	kernels := map[*shaders.Module]*gpu.Kernel{}
	for _, m := range texts {
		if kernels[m] != nil {
			continue
		}
		if kernels[m], err = d.NewKernelFrom(m); err != nil {
			return nil, err
		}
		defer kernels[m].Release()
	}
	for _, w := range worlds {
		m := texts[w.form()]
		if m == nil {
			continue
		}
		k := kernels[m]
		in := w.clone()
		c.stage(in)
		got, err := in.run(d, m, k, c.invocations(in))
		if err != nil {
			return nil, fmt.Errorf("world %s: %w", w.name, err)
		}
		want := in.clone()
		var j judge
		c.expect(&j, want, got)
		j.problems = append(j.problems, differences(want, got)...)
		if !c.always {
			in.control.Running = 0
			idle, err := in.run(d, m, k, c.invocations(in))
			if err != nil {
				return nil, fmt.Errorf("world %s, not running: %w", w.name, err)
			}
			for _, p := range differences(in, idle) {
				j.fail("a sub-step that does not count: %s", p)
			}
		}
		if len(j.problems) > 0 {
			for i := range j.problems {
				j.problems[i] = fmt.Sprintf("world %q: %s", w.name, j.problems[i])
			}
			return j.problems, nil
		}
	}
	return nil, nil
}

// kernelCases is the whole table, keyed by shader name.
func kernelCases() map[string]kernelCase {
	return map[string]kernelCase{
		"sim/begin":            beginCase(),
		"sim/clear_cells":      clearCellsCase(),
		"sim/count":            countCase(),
		"sim/scan_blocks":      scanBlocksCase(),
		"sim/scan_add":         scanAddCase(),
		"sim/compact":          compactCase(),
		"sim/scatter":          scatterCase(),
		"sim/reorder":          reorderCase(),
		"sim/near_walls":       nearWallsCase(),
		"sim/density":          densityCase(),
		"sim/force":            forceCase(),
		"sim/timestep":         timestepCase(),
		"sim/integrate":        integrateCase(),
		"sim/factor":           factorCase(),
		"sim/divergence_begin": divergenceBeginCase(),
		"sim/source":           sourceCase(),
		"sim/pressure":         pressureCase(),
		"sim/relax":            relaxCase(),
		"sim/relax_check":      relaxCheckCase(),
		"sim/kick":             kickCase(),
		"sim/non_pressure":     nonPressureCase(),
		"sim/cfl":              cflCase(),
		"sim/keep_impulse":     keepImpulseCase(),
		"sim/keep_pressure":    keepPressureCase(),
		"sim/even":             evenCase(),
		"sim/shift":            shiftCase(),
		"sim/stride":           strideCase(),
		"sim/predict":          predictCase(),
		"sim/first_constraint": firstConstraintCase(),
		"sim/constraint":       constraintCase(),
		"sim/displace":         displaceCase(),
		"sim/settle":           settleCase(),
		"sim/finish":           finishCase(),
		"sim/commit":           commitCase(),
		"sim/measure":          measureCase(),
		"sim/measure_total":    measureTotalCase(),

		"sim/curl":        curlCase(),
		"sim/steer":       steerCase(),
		"sim/wall_motion": wallMotionCase(),

		"sim/touch": touchCase(),
		"sim/note":  noteCase(),
		"sim/pick":  pickCase(),
		"sim/admit": admitCase(),
		"sim/emit":  emitCase(),

		"sim/surface":   surfaceCase(),
		"sim/tension":   tensionCase(),
		"sim/add_pulls": addPullsCase(),
		"sim/drag":      dragCase(),
		"sim/spin":      spinCase(),
		"sim/swirl":     swirlCase(),

		"sim/carry":              carryCase(),
		"sim/viscosity_begin":    viscosityBeginCase(),
		"sim/viscosity_residual": viscosityResidualCase(),
		"sim/viscosity_apply":    viscosityApplyCase(),
		"sim/viscosity_check":    viscosityCheckCase(),
		"sim/viscosity_update":   viscosityUpdateCase(),
		"sim/viscosity_end":      viscosityEndCase(),
		"sim/viscosity_guess":    viscosityGuessCase(),
		"sim/viscosity_add":      viscosityAddCase(),
		"sim/compress":           compressCase(),
	}
}

func compose(t *testing.T, name string) *shaders.Module {
	t.Helper()
	return composeForms(t, name)[solver.Form{}]
}

// allForms in the order in which they are made.
var allForms = []solver.Form{{}, {Periodic: true}, {Moving: true}}

// composeForms is one text several times where the form makes no difference.
func composeForms(t *testing.T, name string) forms {
	t.Helper()
	texts := forms{}
	for _, form := range allForms {
		m, err := solver.Compose(name, form)
		if err != nil {
			t.Fatal(err)
		}
		texts.add(form, m)
	}
	return texts
}

func (f forms) add(form solver.Form, m *shaders.Module) {
	if plain := f[solver.Form{}]; plain != nil && plain.Source == m.Source {
		m = plain
	}
	f[form] = m
}

// plant makes a fault in every form that has the place for it.
func (f forms) plant(fault planted) (forms, error) {
	spoilt := forms{}
	var failed error
	for _, form := range allForms {
		m, err := f[form].Replace(fault.old, fault.new)
		if err != nil {
			failed = err
			continue
		}
		spoilt.add(form, m)
	}
	if len(spoilt) == 0 {
		return nil, failed
	}
	return spoilt, nil
}

// Every kernel does what its oracle does.
func TestKernels(t *testing.T) {
	cases := kernelCases()
	for _, name := range shaders.Names("sim") {
		t.Run(name, func(t *testing.T) {
			c, ok := cases[name]
			if !ok {
				t.Fatalf("no case: add one to kernelCases")
			}
			texts := composeForms(t, name)
			gputest.Run(t, func(d *gpu.Device) {
				problems, err := c.verify(d, texts, c.worlds())
				if err != nil {
					t.Error(err)
				}
				report(t, problems)
			})
		})
	}
	for name := range cases {
		if _, err := shaders.Compose(name); err != nil {
			t.Errorf("a case for a kernel that does not exist: %v", err)
		}
	}
}

func report(t *testing.T, problems []string) {
	t.Helper()
	const most = 8
	for i, p := range problems {
		if i == most {
			t.Errorf("and %d more", len(problems)-most)
			return
		}
		t.Error(p)
	}
}

// A case that cannot fail proves nothing, so each is shown kernels that are wrong.
func TestPlantedFaults(t *testing.T) {
	for name, c := range kernelCases() {
		t.Run(name, func(t *testing.T) {
			if len(c.faults) == 0 {
				t.Fatal("no planted fault")
			}
			original := composeForms(t, name)
			worlds := c.worlds()
			gputest.Run(t, func(d *gpu.Device) {
				for _, f := range c.faults {
					texts, err := original.plant(f)
					if err != nil {
						t.Error(err)
						continue
					}
					problems, err := c.verify(d, texts, worlds)
					if err != nil {
						t.Errorf("%q -> %q: %v", f.old, f.new, err)
					} else if len(problems) == 0 {
						t.Errorf("%q -> %q: nobody noticed", f.old, f.new)
					}
				}
			})
		})
	}
}
