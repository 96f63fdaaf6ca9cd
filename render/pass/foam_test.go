package pass

import (
	"bytes"
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/layout"
)

// tank is fluid in cells, as the solver leaves it after a step: a flat pool and a jet of particles that goes up out of it.
type tank struct {
	t       *testing.T
	device  *gpu.Device
	params  layout.SimParams
	control layout.Control
	place   [][4]float32
	speed   [][4]float32
	source  Source
}

const tankSpacing = 0.05

// newTank fills a box of 1 m with particles up to half of it; move gives each its velocity.
func newTank(t *testing.T, s *studio, move func(x, y, z float64) [3]float64) *tank {
	t.Helper()
	const h = 2 * tankSpacing
	k := &tank{t: t, device: s.device}
	p := &k.params
	p.SupportRadius, p.InvSupport, p.SupportSquared, p.Spacing = h, 1/h, h*h, tankSpacing
	p.Volume = tankSpacing * tankSpacing * tankSpacing
	p.KernelNorm = 21 / (2 * math.Pi * h * h * h)
	p.GradientNorm = -20 * p.KernelNorm / (h * h)
	p.Gravity = [4]float32{0, -10, 0, 0}
	p.DomainMax = [4]float32{1, 1, 1, 0}
	p.CellInverse = [4]float32{1 / h, 1 / h, 1 / h, 0}
	p.GridSize = [4]uint32{10, 10, 10, 1000}
	p.Reach, p.ReachZ = 1, 1
	cells := make([]uint32, 1002)
	for cell := range 1000 {
		cells[cell] = uint32(len(k.place))
		for part := range 8 {
			at := [3]int{cell % 10 * 2, cell / 10 % 10 * 2, cell / 100 * 2}
			for axis := range at {
				at[axis] += part >> axis & 1
			}
			x, y, z := (float64(at[0])+0.5)*tankSpacing, (float64(at[1])+0.5)*tankSpacing, (float64(at[2])+0.5)*tankSpacing
			if y > 0.5 {
				continue
			}
			v := move(x, y, z)
			k.place = append(k.place, [4]float32{float32(x), float32(y), float32(z), float32(len(k.place))})
			k.speed = append(k.speed, [4]float32{float32(v[0]), float32(v[1]), float32(v[2]), 0})
		}
	}
	cells[1000], cells[1001] = uint32(len(k.place)), uint32(len(k.place))
	k.control = layout.Control{Live: uint32(len(k.place)), Step: 1}
	make := func(label string, data []byte, usage gpu.Usage) *gpu.Buffer {
		b, err := s.device.NewBuffer(label, uint64(len(data)), usage|gpu.UsageCopyDst|gpu.UsageCopySrc)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(b.Release)
		if err := s.device.Write(b, 0, data); err != nil {
			t.Fatal(err)
		}
		return b
	}
	k.source = Source{
		Params: make("params", gpu.BytesOf(p), gpu.UsageUniform), Control: make("control", gpu.BytesOf(&k.control), gpu.UsageStorage),
		PositionSorted: make("sorted", gpu.Bytes(k.place), gpu.UsageStorage), Velocity: make("velocity", gpu.Bytes(k.speed), gpu.UsageStorage),
		Cells: make("cells", gpu.Bytes(cells), gpu.UsageStorage), Count: len(k.place),
	}
	return k
}

// particles are those of the tank to be drawn.
func (k *tank) particles() Particles {
	k.t.Helper()
	w := &water{spacing: tankSpacing, position: k.place, velocity: k.speed, density: make([][2]float32, len(k.place)), pressure: make([]float32, len(k.place))}
	for i := range w.density {
		w.density[i] = [2]float32{1000, 20}
	}
	p := w.upload(k.t, k.device, len(w.position))
	p.Spacing, p.Origin = tankSpacing, [3]float64{}
	return p
}

func (k *tank) foam(amount float64) *Foam {
	k.t.Helper()
	f, err := NewFoam(k.device, k.source, FoamLook{Speed: 2, Amount: amount, Lifetime: 1, Most: 8 * len(k.place)})
	if err != nil {
		k.t.Fatal(err)
	}
	k.t.Cleanup(f.Release)
	return f
}

// at moves simulated time on to so many milliseconds and the foam with it.
func (k *tank) at(f *Foam, ms int) {
	k.t.Helper()
	k.control.TimeS, k.control.TimeFrac = uint32(ms/1000), uint32(float64(ms%1000)/1000*(1<<32))
	if err := k.device.Write(k.source.Control, 0, gpu.BytesOf(&k.control)); err != nil {
		k.t.Fatal(err)
	}
	e, err := k.device.NewEncoder("foam")
	if err != nil {
		k.t.Fatal(err)
	}
	f.Step(e)
	if err := e.Submit(); err != nil {
		k.t.Fatal(err)
	}
}

func (k *tank) read(b *gpu.Buffer) []byte {
	k.t.Helper()
	data, err := k.device.Read(b, 0, b.Size)
	if err != nil {
		k.t.Fatal(err)
	}
	return append([]byte(nil), data...)
}

func (k *tank) alive(f *Foam) (all [][4]float32) {
	for _, p := range gpu.FromBytes[[4]float32](k.read(f.place)) {
		if p[3] > 0 {
			all = append(all, p)
		}
	}
	return all
}

// splash moves a part of the surface up fast and at random, and the rest not at all.
func splash(x, y, z float64) [3]float64 {
	if x < 0.4 || x > 0.6 || y < 0.4 {
		return [3]float64{}
	}
	return [3]float64{1.2 * math.Sin(400*x+130*z), 1.6 + math.Sin(170*z+90*y), 1.2 * math.Cos(310*z+70*x)}
}

func TestFoamComesWhereWaterBreaks(t *testing.T) {
	s := newStudio(t, 1)
	k := newTank(t, s, splash)
	f := k.foam(1)
	k.at(f, 10)
	k.at(f, 40)
	all := k.alive(f)
	if len(all) < 20 {
		t.Fatalf("a splash makes %d particles of foam", len(all))
	}
	for _, p := range all {
		if p[0] < 0.3 || p[0] > 0.7 || p[1] < 0.3 {
			t.Fatalf("foam at %v, where nothing moves", p)
		}
	}
	still := newTank(t, s, func(x, y, z float64) [3]float64 { return [3]float64{} })
	smooth := newTank(t, s, func(x, y, z float64) [3]float64 { return [3]float64{1.5, 0, 0} })
	for name, k := range map[string]*tank{"still": still, "in one piece": smooth} {
		f := k.foam(1)
		k.at(f, 10)
		k.at(f, 40)
		if n := len(k.alive(f)); n != 0 {
			t.Errorf("water that is %s makes %d particles of foam", name, n)
		}
	}
	less := k.foam(0.2)
	k.control.TimeS = 0
	k.at(less, 10)
	k.at(less, 40)
	if few := len(k.alive(less)); few == 0 || few > len(all)/2 {
		t.Errorf("a fifth of the amount gives %d instead of %d", few, len(all))
	}
}

// The same run has the same foam, to the bit, and the fluid does not notice.
func TestFoamIsTheSameEachTimeAndTouchesNothing(t *testing.T) {
	s := newStudio(t, 1)
	k := newTank(t, s, splash)
	var first []byte
	before := [][]byte{k.read(k.source.PositionSorted), k.read(k.source.Velocity), k.read(k.source.Cells), k.read(k.source.Params)}
	for round := range 3 {
		f := k.foam(1)
		for ms := 10; ms <= 100; ms += 30 {
			k.at(f, ms)
		}
		state := append(k.read(f.place), k.read(f.speed)...)
		if round == 0 {
			first = state
		} else if !bytes.Equal(first, state) {
			t.Fatal("the same steps give other foam")
		}
		k.at(f, 100)
		if again := append(k.read(f.place), k.read(f.speed)...); !bytes.Equal(state, again) {
			t.Fatal("foam moves although no time has passed")
		}
	}
	for i, b := range []*gpu.Buffer{k.source.PositionSorted, k.source.Velocity, k.source.Cells, k.source.Params} {
		if !bytes.Equal(before[i], k.read(b)) {
			t.Errorf("%s has changed", b.Label)
		}
	}
}

// foam_clock: time that has passed, none at the first step of a run, and what is to be cleared when time goes back.
func TestFoamClock(t *testing.T) {
	s := newStudio(t, 1)
	k := newTank(t, s, splash)
	f := k.foam(1)
	clock := func() foamTime {
		for _, b := range f.owned {
			if b.Label == "foam time" {
				return gpu.FromBytes[foamTime](k.read(b))[0]
			}
		}
		t.Fatal("no clock")
		return foamTime{}
	}
	for _, each := range []struct {
		ms    int
		dt    float64
		round uint32
		clear uint32
	}{{990, 0.1, 1, 0}, {1010, 0.02, 2, 0}, {1010, 0, 2, 0}, {5000, 0.1, 3, 0}, {200, 0, 0, 1}, {230, 0.03, 1, 0}} {
		k.at(f, each.ms)
		if c := clock(); math.Abs(float64(c.Dt)-each.dt) > 1e-6 || c.Round != each.round || c.Clear != each.clear {
			t.Errorf("at %d ms: %+v, want dt %g, round %d, clear %d", each.ms, c, each.dt, each.round, each.clear)
		}
		if each.clear == 1 && len(k.alive(f)) != 0 {
			t.Error("foam outlives the run")
		}
	}
}

// foam_move: spray falls as a stone does, foam goes with the water, bubbles rise in it, and all dry in the end.
func TestFoamFliesAndFalls(t *testing.T) {
	s := newStudio(t, 1)
	k := newTank(t, s, func(x, y, z float64) [3]float64 { return [3]float64{0.2, 0, 0} })
	f := k.foam(0)
	put := func(at int, place, speed [4]float32) {
		for b, v := range map[*gpu.Buffer][4]float32{f.place: place, f.speed: speed} {
			if err := s.device.Write(b, uint64(16*at), gpu.Bytes(v[:])); err != nil {
				t.Fatal(err)
			}
		}
	}
	k.at(f, 10)
	put(0, [4]float32{0.5, 0.9, 0.5, 1}, [4]float32{0.3, 1, 0, 0.5}) // in the air
	put(1, [4]float32{0.5, 0.5, 0.5, 1}, [4]float32{0, 0, 0, 0.5})   // at the surface
	put(2, [4]float32{0.5, 0.2, 0.5, 1}, [4]float32{0, 0, 0, 0.5})   // deep
	put(3, [4]float32{0.5, 0.9, 0.5, 0.01}, [4]float32{0, 0, 0, 0})  // about to dry
	put(4, [4]float32{0.99, 0.9, 0.5, 1}, [4]float32{5, 0, 0, 0})    // about to strike a wall
	k.at(f, 30)
	place, speed := gpu.FromBytes[[4]float32](k.read(f.place)), gpu.FromBytes[[4]float32](k.read(f.speed))
	const dt = 0.02
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 2e-5 {
			t.Errorf("%s is %g, want %g", what, got, want)
		}
	}
	near("the fall of spray", float64(speed[0][1]), 1-10*dt)
	near("the height of spray", float64(place[0][1]), 0.9+(1-10*dt)*dt)
	near("the age of spray", float64(place[0][3]), 1-dt/2)
	near("the drift of foam", float64(place[1][0]), 0.5+0.2*dt)
	near("the age of foam", float64(place[1][3]), 1-dt)
	near("the rise of a bubble", float64(speed[2][1]), 1.5*10*dt)
	near("the drift of a bubble", float64(speed[2][0]), 0.8*0.2)
	if place[3][3] != 0 {
		t.Errorf("what has dried has %g s left", place[3][3])
	}
	if place[4][0] != 1 || speed[4] != [4]float32{} {
		t.Errorf("spray went through the wall: %v, %v", place[4], speed[4])
	}
}

// foam_normal: at a flat surface normals point up, and inside there are none to speak of.
func TestFoamKnowsTheSurface(t *testing.T) {
	s := newStudio(t, 1)
	k := newTank(t, s, splash)
	f := k.foam(0)
	k.at(f, 10)
	k.at(f, 20)
	var normals [][4]float32
	for _, b := range f.owned {
		if b.Label == "foam normals" {
			normals = gpu.FromBytes[[4]float32](k.read(b))
		}
	}
	for i, p := range k.place {
		if math.Abs(float64(p[0])-0.5) > 0.2 || math.Abs(float64(p[2])-0.5) > 0.2 {
			continue
		}
		n := normals[i]
		switch {
		case p[1] > 0.45:
			if n[1] < 0.3 || math.Abs(float64(n[0])) > 1e-3 || math.Abs(float64(n[2])) > 1e-3 {
				t.Fatalf("the normal at the surface is %v", n)
			}
		case p[1] > 0.15 && p[1] < 0.35:
			if math.Abs(float64(n[1])) > 1e-3 {
				t.Fatalf("the normal inside is %v", n)
			}
		}
	}
}

func TestFoamIsSeen(t *testing.T) {
	s := newStudio(t, 1)
	k := newTank(t, s, splash)
	s.scene(Scene{Domain: view.Box{Max: view.Vector{1, 1, 1}}})
	p := k.particles()
	f := k.foam(3)
	k.at(f, 10)
	k.at(f, 40)
	k.at(f, 70)
	camera := view.New(view.Vector{1.6, 1.5, 2.2}, view.Vector{0.5, 0.4, 0.5})
	look := Look{Style: Water, Quality: Medium}
	clear := s.draw(camera, p, look)
	p.Foam = f
	white := s.draw(camera, p, look)
	if again := s.draw(camera, p, look); !bytes.Equal(again.Pix, white.Pix) {
		t.Error("the same picture, drawn again, has other pixels")
	}
	if mean, _ := difference(clear, white); mean < 0.5 {
		t.Errorf("foam changes the picture by %.2f of 255 only", mean)
	}
	golden(t, "water-foam", white)
}
