package solver

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"sort"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/layout"
)

// State is what the device holds, one entry a live particle, ordered by particle number.
type State struct {
	ID         []int        // number in seeding order
	Position   [][3]float64 // world coordinates [m]
	Velocity   [][3]float64 // [m/s]
	Density    []float64    // [kg/m^3], of the last sub-step
	Pressure   []float64    // [Pa], likewise: the force by area that the fluid passes on here
	Neighbours []int        // fluid neighbours, likewise
}

// particle is one row of the buffers, as read.
type particle struct {
	position, velocity [4]float32
	density            [2]float32
	pressure           float32
}

// read fetches the live particles, ordered by number. It waits for the device: not for the frame loop.
func (s *Solver) read() ([]particle, error) {
	n := uint64(s.room)
	if n == 0 {
		return nil, nil
	}
	position, err := s.device.Read(s.buffers["position"], 0, 16*n)
	if err != nil {
		return nil, err
	}
	velocity, err := s.device.Read(s.buffers["velocity"], 0, 16*n)
	if err != nil {
		return nil, err
	}
	density, err := s.device.Read(s.buffers["densities"], 0, 8*n)
	if err != nil {
		return nil, err
	}
	pressure, err := s.device.Read(s.buffers["pressures"], 0, 4*n)
	if err != nil {
		return nil, err
	}
	p := gpu.FromBytes[float32](pressure)
	x, v, rho := gpu.FromBytes[[4]float32](position), gpu.FromBytes[[4]float32](velocity), gpu.FromBytes[[2]float32](density)
	control, err := s.device.Read(s.buffers["control"], 0, s.buffers["control"].Size)
	if err != nil {
		return nil, err
	}
	live := min(int(gpu.FromBytes[layout.Control](control)[0].Live), len(x))
	list := make([]particle, 0, live)
	for i := range live {
		if x[i][3] >= 0 {
			list = append(list, particle{x[i], v[i], rho[i], p[i]})
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].position[3] < list[j].position[3] })
	return list, nil
}

// State reads the particles back.
func (s *Solver) State() (*State, error) {
	list, err := s.read()
	if err != nil {
		return nil, err
	}
	st := &State{}
	for _, p := range list {
		var x, v [3]float64
		for k := range 3 {
			x[k] = float64(p.position[k]) + s.origin[k]
			v[k] = float64(p.velocity[k])
		}
		rho := float64(p.density[0])
		st.ID = append(st.ID, int(p.position[3]))
		st.Position = append(st.Position, x)
		st.Velocity = append(st.Velocity, v)
		st.Density = append(st.Density, rho)
		st.Pressure = append(st.Pressure, float64(p.pressure))
		st.Neighbours = append(st.Neighbours, int(p.density[1]))
	}
	return st, nil
}

// Hash is the SHA-256 of every live particle's number, position and velocity, to the last bit. Two runs with the
// same hash are in the same state.
func (s *Solver) Hash() (string, error) {
	list, err := s.read()
	if err != nil {
		return "", err
	}
	h := sha256.New()
	var row [28]byte
	for _, p := range list {
		binary.LittleEndian.PutUint32(row[0:], uint32(p.position[3]))
		for k := range 3 {
			binary.LittleEndian.PutUint32(row[4+4*k:], math.Float32bits(p.position[k]))
			binary.LittleEndian.PutUint32(row[16+4*k:], math.Float32bits(p.velocity[k]))
		}
		h.Write(row[:])
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// View is what a renderer needs: the buffers it may read while nothing is encoded that writes them.
type View struct {
	Position    *gpu.Buffer // vec4: xyz relative to Origin [m], w = number, below zero once gone
	Velocity    *gpu.Buffer // vec4: xyz [m/s]
	Density     *gpu.Buffer // vec2: rho [kg/m^3], fluid neighbours
	Pressure    *gpu.Buffer // f32 [Pa]
	Vorticity   *gpu.Buffer // vec4: w = vorticity [1/s], after EncodeVorticity
	Control     *gpu.Buffer // layout.Control
	Params      *gpu.Buffer // layout.SimParams, uniform
	Sorted      *gpu.Buffer // vec4: position as the last sort saw it, in the order of the cells
	Cells       *gpu.Buffer // u32: where each cell begins in that order
	Count       int         // particles that the buffers hold; control.live says how many there are
	Origin      [3]float64  // [m]
	Spacing     float64     // [m]
	RestDensity float64     // [kg/m^3]
	SoundSpeed  float64     // [m/s]
}

// View returns the buffers to draw from. They stay the same for the life of the solver.
func (s *Solver) View() View {
	return View{
		Position: s.buffers["position"], Velocity: s.buffers["velocity"],
		Density: s.buffers["densities"], Pressure: s.buffers["pressures"],
		Vorticity: s.buffers["acceleration"], Control: s.buffers["control"],
		Params: s.buffers["params"], Sorted: s.buffers["position_sorted"], Cells: s.buffers["cells"],
		Count: s.room, Origin: s.origin, Spacing: float64(s.params.Spacing),
		RestDensity: float64(s.params.RestDensity), SoundSpeed: float64(s.params.SoundSpeed),
	}
}
