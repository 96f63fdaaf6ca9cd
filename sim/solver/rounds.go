package solver

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
	"github.com/fluidsim/fluidsim/sim/scene"
)

const (
	// roundMargin is by how much disorder may raise the largest eigenvalue of the rounds, which is 1/omega on the lattice.
	roundMargin = 1.15
	// warmStart is what share of a step's lambda the next begins with. A mode of which a step leaves the share r goes from step to
	// step by the roots of z^3 - r (2 + w) z^2 + r (1 + 2w) z - r w: those of deep water, r near 1, grow from w = 1/2 on, and
	// where rounds turn an error round from r = -1 / (3 + 4w) on. What compresses water at rest is 1 - w of what it would be.
	warmStart = 0.4
	// roundRest is what the rounds leave of an error, one over it: see warmStart, with room for disorder.
	roundRest = 7
	// roundsMost is how many rounds can build on each other. With 50, a crowd at a wall explodes.
	roundsMost = 16
	// roundMost is how much lambda can grow to in a step by compression that the rounds cannot overcome, in units of k.
	roundMost = 0.55
	// sinking is how much of its depth's worth of pressure compresses the water at the bottom, with a cfl of 0.4: see step.
	sinking = 0.0107
	// farthest is how many spacings fluid as fast as expected may move in a step, in units of cfl.
	farthest = 4
	// heaviest is the longest step, in units of the time in which sound crosses a spacing. Longer ones, and the
	// displacements that hold up the weight of a step would bend the arrangement of the particles that they were found for.
	heaviest = 12
	// softest is the largest cfl that counts here: with more, a crowd at a wall is not pushed apart any more.
	softest = 0.6
)

// rounds says how PBF iterates: shaders/common/constraint.wgsl says why.
type rounds struct {
	count, cycle int     // of all rounds, and after how many the weights begin anew
	ratio, half  float64 // centre of the interval of eigenvalues over its half, and its half
}

func newRounds(count int, lattice *ref.Calibration) rounds {
	cycles := (count + roundsMost - 1) / roundsMost
	r := rounds{count: count, cycle: (count + cycles - 1) / cycles}
	r.ratio = math.Cosh(math.Acosh(roundRest) / float64(r.cycle))
	// What lies beyond the interval grows the more, the more rounds there are.
	largest := roundMargin / lattice.Omega * math.Sqrt(max(1, float64(r.cycle)/8))
	r.half = largest / (1 + r.ratio)
	return r
}

// gain is how large lambda gets, in units of k times the constraint, where it moves next to nothing, as at the bottom of
// deep water: the slope at zero of the polynomial that the rounds leave of an error.
func (r rounds) gain() float64 {
	rest := math.Sqrt(roundRest*roundRest-1) / roundRest
	return float64(r.count) * rest / math.Sqrt(r.ratio*r.ratio-1) / r.half
}

// step is the longest step [s], which PBF makes always. Its rounds resist compression C with a pressure of
// rho gain k C / dt^2, as a fluid would in which sound travels at sqrt(gain k) / dt. Water as deep as to fall at a tenth of
// the scene's speed of sound, c^2/(200 g), then is compressed by c^2 dt^2 / (200 gain k) at its bottom, less what the steps
// begin with.
func (r rounds) step(cfl, spacing, sound float64, lattice *ref.Calibration) float64 {
	deep := math.Sqrt(200*sinking*r.gain()*lattice.Factor/(1-warmStart)) / 0.4
	return min(min(cfl, softest)*deep, cfl*10*farthest, heaviest) * spacing / sound
}

func derivePBF(p *layout.SimParams, sc *scene.Scene, lattice *ref.Calibration) {
	r := newRounds(sc.Solver.Iterations(), lattice)
	p.RoundRatio, p.RoundHalf, p.RoundCycle = float32(r.ratio), float32(r.half), uint32(r.cycle)
	p.RoundMost = float32(roundMost / r.gain())
	diffusion := 0.125 * float64(p.SmoothingLength) * float64(p.SmoothingLength) / max(float64(p.EffectiveViscosity), 1e-12)
	p.MaxStep = float32(min(sc.Time.MaxStep, diffusion, r.step(sc.Time.CFL, sc.Fluid.Spacing, sc.SoundSpeed(), lattice)))
	// Steps do not hang on the pressure, and its walls are asked where the particles are.
	p.HeadShare, p.WallAhead = 0, 0
	p.WarmStart = warmStart
}
