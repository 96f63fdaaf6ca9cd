package pass

import (
	"cmp"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/layout"
)

// water is a made-up moment of a dam break: a slope, a tongue and some spray, with neighbours
// counted and speeds that grow towards the front.
type water struct {
	position, velocity [][4]float32
	density            [][2]float32
	pressure           []float32
	spacing            float64
}

// makeWater fills the shape below a height field in a box of 2 x 1 x 1 m around the origin.
func makeWater(spacing float64) *water {
	w := &water{spacing: spacing}
	random := rand.New(rand.NewPCG(7, 9))
	jitter := func() float64 { return (random.Float64() - 0.5) * 0.35 * spacing }
	add := func(x, y, z, u, v float64) {
		id := float32(len(w.position))
		w.position = append(w.position, [4]float32{float32(x), float32(y), float32(z), id})
		w.velocity = append(w.velocity, [4]float32{float32(u), float32(v), 0, 0})
	}
	height := func(x, z float64) float64 {
		s := (x + 1) / 2
		return 0.62*math.Pow(1-s, 1.6) + 0.05 + 0.03*math.Sin(9*z+4*x) + 0.03*math.Sin(5*x)
	}
	for x := -1 + spacing/2; x < 1; x += spacing {
		for z := -0.5 + spacing/2; z < 0.5; z += spacing {
			for y := spacing / 2; y < height(x, z); y += spacing {
				add(x+jitter(), y-0.5, z+jitter(), 1.2+1.8*(x+1)/2*(0.6+y), -y)
			}
		}
	}
	for range len(w.position) / 60 { // spray above the front
		x := 0.2 + 0.75*random.Float64()
		add(x, -0.5+0.12+0.45*random.Float64()*random.Float64(), random.Float64()-0.5, 3, 1)
	}
	w.sort()
	w.count()
	return w
}

// sort puts particles into the order of the solver's grid: x fastest, z slowest.
func (w *water) sort() {
	order := make([]int, len(w.position))
	for i := range order {
		order[i] = i
	}
	cell := func(i int) (c [3]int) {
		for axis := range c {
			c[axis] = int(math.Floor(float64(w.position[i][axis]) / (2 * w.spacing)))
		}
		return c
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := cell(i), cell(j)
		return cmp.Or(cmp.Compare(a[2], b[2]), cmp.Compare(a[1], b[1]), cmp.Compare(a[0], b[0]))
	})
	position, velocity := slices.Clone(w.position), slices.Clone(w.velocity)
	for to, from := range order {
		w.position[to], w.velocity[to] = position[from], velocity[from]
	}
}

// count finds the neighbours within two spacings, on a grid.
func (w *water) count() {
	h := 2 * w.spacing
	type cell [3]int
	grid := map[cell][]int{}
	of := func(p [4]float32) cell {
		return cell{int(math.Floor(float64(p[0]) / h)), int(math.Floor(float64(p[1]) / h)), int(math.Floor(float64(p[2]) / h))}
	}
	for i, p := range w.position {
		grid[of(p)] = append(grid[of(p)], i)
	}
	for i, p := range w.position {
		c, n := of(p), 0
		for dx := -1; dx <= 1; dx++ {
			for dy := -1; dy <= 1; dy++ {
				for dz := -1; dz <= 1; dz++ {
					for _, j := range grid[cell{c[0] + dx, c[1] + dy, c[2] + dz}] {
						q := w.position[j]
						a, b, d := p[0]-q[0], p[1]-q[1], p[2]-q[2]
						if j != i && float64(a*a+b*b+d*d) < h*h {
							n++
						}
					}
				}
			}
		}
		rho := 1000 * (1 + 0.02*float32(0.1-float64(p[1])))
		w.density = append(w.density, [2]float32{rho, float32(n)})
		w.pressure = append(w.pressure, max(0, 9810*(0.1-p[1])))
	}
}

// upload puts the water into buffers with some room left over, of which only live count.
func (w *water) upload(t testing.TB, d *gpu.Device, live int) Particles {
	t.Helper()
	make := func(label string, size int, data []byte) *gpu.Buffer {
		b, err := d.NewBuffer(label, uint64(size), wgpu.BufferUsageStorage)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(b.Release)
		if err := d.Write(b, 0, data); err != nil {
			t.Fatal(err)
		}
		return b
	}
	room := len(w.position) + 10
	control := layout.Control{Live: uint32(live)}
	swirl, body := make("vorticity", 16*room, nil), make("body", 4*room, nil)
	spins, bodies := [][4]float32{}, []float32{}
	for i, p := range w.position {
		spins = append(spins, [4]float32{7, 7, 7, 20 * p[0]}) // only w counts
		bodies = append(bodies, float32(3*i/len(w.position)))
	}
	if err := errors.Join(d.Write(swirl, 0, gpu.Bytes(spins)), d.Write(body, 0, gpu.Bytes(bodies))); err != nil {
		t.Fatal(err)
	}
	return Particles{
		Position:  make("position", 16*room, gpu.Bytes(w.position)),
		Velocity:  make("velocity", 16*room, gpu.Bytes(w.velocity)),
		Density:   make("density", 8*room, gpu.Bytes(w.density)),
		Pressure:  make("pressure", 4*room, gpu.Bytes(w.pressure)),
		Vorticity: swirl, Body: body,
		Control: make("control", int(controlSize), gpu.BytesOf(&control)),
		Count:   uint32(room), Radius: float32(w.spacing / 2), Origin: [3]float64{10, 0.5, 20},
	}
}

// basin is the water's domain, away from the world's origin, with one obstacle of each kind.
func basin() Scene {
	turn := func(degrees float64) [3][3]float64 { // about z
		s, c := math.Sincos(degrees * math.Pi / 180)
		return [3][3]float64{{c, -s, 0}, {s, c, 0}, {0, 0, 1}}
	}
	return Scene{
		Domain: view.Box{Min: view.Vector{9, 0, 19.5}, Max: view.Vector{11, 1, 20.5}},
		Solids: []Solid{
			{Kind: Box, Position: [3]float64{10.7, 0.2, 20.2}, Size: [3]float64{0.14, 0.4, 0.14}},
			{Kind: Sphere, Position: [3]float64{10.3, 0.17, 19.8}, Radius: 0.17, Colour: Colour{0.75, 0.32, 0.2}},
			{Kind: Cylinder, Position: [3]float64{10.7, 0.3, 19.75}, Radius: 0.06, Height: 0.6},
			{Kind: Capsule, Position: [3]float64{10.25, 0.55, 20.25}, Radius: 0.06, Height: 0.3, Rotation: turn(60), Colour: Colour{0.85, 0.7, 0.3}},
		},
	}
}

func basinCamera(aspect float64) view.Camera {
	s := basin()
	c := view.New(view.Vector{11.2, 1.6, 23}, view.Vector{10, 0.4, 20})
	return c.Fit(s.Domain, aspect)
}
