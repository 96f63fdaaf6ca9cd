package solver

import (
	"slices"
	"unsafe"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/layout"
)

func sizeOf[T any]() uintptr {
	var v T
	return unsafe.Sizeof(v)
}

// Where the parts of one report lie in its buffer.
const (
	reportControl    = 0
	reportTally      = 100
	reportStatistics = 156
	reportAnswer     = 204
	reportApplied    = 220
	reportSize       = reportApplied + 4*notes
)

// reportBytes is the size of a report of this run: bodies come last, where they move.
func (s *Solver) reportBytes() uint64 {
	if !s.moving {
		return reportSize
	}
	return reportSize + s.buffers["obstacles"].Size
}

// Stats describe the state after the last sub-step that came back from the device. SI units.
type Stats struct {
	Step                 uint64
	Time                 float64    // simulated [s]
	Dt                   float64    // last time step [s]
	Particles            int        // that exist
	Lost                 int        // that left through open sides, or were taken out
	MaxSpeed             float64    // [m/s]
	DensityErrorMean     float64    // mean of max(rho/rho0 - 1, 0), a fraction
	DensityErrorMax      float64    // largest rho/rho0 - 1, a fraction
	NeighboursMean       float64    // fluid neighbours within the support radius
	KineticEnergy        float64    // [J]
	PotentialEnergy      float64    // [J], zero for mass at the world's origin
	Momentum             [3]float64 // [kg m/s]
	WallClamps           uint64     // times the safety net had to put a particle back inside; PBF holds them inside in every round instead
	DivergenceIterations int        // of the last step's divergence solve (DFSPH)
	DensityIterations    int        // and of its density solve; rounds of PBF
	ViscosityIterations  int        // and of its implicit viscosity
	Residual             float64    // mean density error predicted when the density solve stopped, a fraction
	Fault                *Fault     // set once the run has stopped itself
}

// decode reads one report. mass and origin turn the device's sums into the world's.
func (s *Solver) decode(report []byte) Stats {
	control := gpu.FromBytes[layout.Control](report[reportControl : reportControl+sizeOf[layout.Control]()])[0]
	tally := gpu.FromBytes[layout.Tally](report[reportTally : reportTally+sizeOf[layout.Tally]()])[0]
	sums := gpu.FromBytes[layout.Statistics](report[reportStatistics : reportStatistics+sizeOf[layout.Statistics]()])[0]

	n := float64(max(sums.Particles, 1))
	out := Stats{
		Step:                 uint64(control.Step),
		Time:                 float64(control.TimeS) + float64(control.TimeFrac)/fractions,
		Dt:                   float64(control.Dt),
		Particles:            int(sums.Particles),
		Lost:                 int(control.Born) - int(sums.Particles),
		MaxSpeed:             float64(sums.SpeedMax),
		DensityErrorMean:     float64(sums.DensityErrorSum) / n,
		DensityErrorMax:      float64(sums.DensityErrorMax),
		NeighboursMean:       float64(sums.NeighboursSum) / n,
		KineticEnergy:        float64(sums.KineticEnergy),
		WallClamps:           uint64(tally.WallClamps),
		DivergenceIterations: int(control.DivergenceIterations), DensityIterations: int(control.DensityIterations), Residual: float64(control.Residual),
		ViscosityIterations: int(control.ViscosityIterations),
	}
	mass := float64(s.params.Mass) * float64(sums.Particles)
	out.PotentialEnergy = -float64(sums.Momentum[3])
	for k := range 3 {
		out.Momentum[k] = float64(sums.Momentum[k])
		out.PotentialEnergy -= mass * float64(s.params.Gravity[k]) * s.origin[k]
	}
	if s.moving {
		s.bodies = slices.Clone(gpu.FromBytes[layout.Obstacle](report[reportSize:]))
	}
	s.learn(report)
	if bits := control.Fault | tally.Fault; bits != 0 {
		out.Fault = newFault(bits, &tally, out.Step)
	}
	return out
}
