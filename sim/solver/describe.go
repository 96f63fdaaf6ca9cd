package solver

import (
	"fmt"
	"strings"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/seed"
)

// DefaultLimits are the smallest limits any WebGPU device offers: what a plan is made for when none is at hand.
func DefaultLimits() gpu.Limits {
	return gpu.Limits{MaxBinding: 128 << 20, MaxBuffer: 256 << 20, MaxStorageBuffers: 8}
}

// PlanFor says what New would do with these limits, without a device.
func PlanFor(sc *scene.Scene, set *seed.Set, limits gpu.Limits) Plan {
	n := uint64(len(set.Position))
	p := derive(sc, set.Origin, n, min(limits.MaxBinding, limits.MaxBuffer)/4-2)
	plan := planFor(sc.Solver.Type, &p, n)
	memory := total(account(sc.Solver.Type, &p, n, variant{split: splits(n, limits), marked: marks(sc.Solver.Type, &p, n, limits)}))
	if sc.Moves() {
		bodies := uint64(p.ObstacleCount)
		plan = plan.withMoving(n, bodies)
		memory += total(movingBuffers(n, bodies))
	}
	plan.Memory = memory
	plan.Title = planTitle(sc, &p, n, memory)
	return plan
}

func planTitle(sc *scene.Scene, p *layout.SimParams, particles, memory uint64) []string {
	more := fmt.Sprintf(", sound speed %.4g m/s", p.SoundSpeed)
	switch sc.Solver.Type {
	case pbf:
		more = fmt.Sprintf(", at most %d rounds", p.MaxIterations)
	case dfsph:
		more = fmt.Sprintf(", density error below %.3g %%, at most %d iterations", 100*p.DensityTolerance, p.MaxIterations)
	}
	perParticle := float64(memory) / float64(max(particles, 1))
	return []string{
		fmt.Sprintf("scene     %s: %d particles, spacing %.4g m, support radius %.4g m", sc.Name, particles, p.Spacing, p.SupportRadius),
		fmt.Sprintf("solver    %s: particle mass %.6g kg, step at most %.4g s%s", sc.Solver.Type, p.Mass, largestStep(sc.Solver.Type, p), more),
		fmt.Sprintf("grid      %d x %d x %d cells of %.4g m, %d on each side looked at", p.GridSize[0], p.GridSize[1], p.GridSize[2], 1/p.CellInverse[0], p.Reach),
		fmt.Sprintf("walls     %s, %d obstacles%s", wallsText(p), p.ObstacleCount, movingText(sc)),
		viscosityText(sc, p) + forcesText(sc),
		fmt.Sprintf("memory    %.1f MiB on the device, %.0f bytes a particle", float64(memory)/(1<<20), perParticle),
	}
}

// movingText says how many of the obstacles move by themselves, and how fast.
func movingText(sc *scene.Scene) string {
	n := 0
	for _, o := range sc.Obstacles {
		if o.Motion.Moves() {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", %d moving at up to %.3g m/s", n, sc.WallSpeed())
}

// wallsText says which sides of the domain are closed, open and periodic.
func wallsText(p *layout.SimParams) string {
	var closed, open, periodic []string
	for side, name := range []string{"-x", "+x", "-y", "+y", "-z", "+z"} {
		switch {
		case p.ClosedSides>>side&1 == 1:
			closed = append(closed, name)
		case p.OpenSides>>side&1 == 1:
			open = append(open, name)
		case p.Period[side/2] > 0 && side%2 == 0:
			periodic = append(periodic, name[1:])
		}
	}
	text := "none closed"
	if len(closed) > 0 {
		text = "closed " + strings.Join(closed, " ")
	}
	if len(open) > 0 {
		text += ", open " + strings.Join(open, " ")
	}
	if len(periodic) > 0 {
		text += ", periodic " + strings.Join(periodic, " ")
	}
	return text
}

// largestStep is the time step of a fluid at rest: nothing moves, nothing is accelerated.
func largestStep(solver string, p *layout.SimParams) float64 {
	length := float64(p.SmoothingLength)
	if solver != wcsph {
		return min(0.125*length*length/max(float64(p.EffectiveViscosity), 1e-12), float64(p.MaxStep))
	}
	limit := min(length/float64(p.SoundSpeed), 0.125*length*length/max(float64(p.EffectiveViscosity), 1e-12))
	return min(float64(p.Cfl)*limit, float64(p.MaxStep))
}

func (s *Solver) describe(sc *scene.Scene) {
	s.plan.Memory = s.memory
	s.plan.Title = planTitle(sc, &s.params, uint64(s.count), s.memory)
}
