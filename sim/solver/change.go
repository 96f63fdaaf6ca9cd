package solver

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// RestartError says that a run cannot take over a scene, because something in it needs other particles, passes or buffers.
type RestartError struct {
	What string // the key, or keys, that did it
}

func (e *RestartError) Error() string {
	return fmt.Sprintf("%s cannot change while the fluid moves; start the scene again", e.What)
}

// live are the keys of the physics that may change while running. Whatever is neither here nor among the shown needs a
// restart, new keys too until somebody has thought about them. Obstacles that move are not here on purpose: integrate would
// put all fluid in their way on their surface at once, many particles in one place.
var live = map[string]bool{
	"gravity":            true,
	"fluid.rest_density": true, "fluid.viscosity": true, "fluid.sound_speed": true,
	"fluid.surface_tension": true, "fluid.contact_angle": true, "fluid.air_drag": true, "fluid.vorticity": true,
	"solver.viscosity": true, "solver.density_tolerance": true, "solver.divergence_tolerance": true, "solver.max_iterations": true,
	"solver.artificial_viscosity": true, "solver.wall_viscosity": true,
	"time.cfl": true, "time.max_step": true,
}

// Shown is whether a key is no business of the solver's.
func Shown(key string) bool {
	switch key {
	case "title", "description", "probe_rate", "obstacle[].color", "obstacle[].visible", "time.max_steps", "time.speed":
		return true
	}
	table, _, _ := strings.Cut(key, ".")
	return table == "camera" || table == "view" || table == "foam" || table == "colors" || table == "data" || table == "record" || table == "probe[]"
}

// Change goes on with another scene, which may differ from the running one in what needs no other particles, passes and
// buffers: every number the kernels use is derived anew. Particles and time stay. Where the scene needs a new run the
// error is a *RestartError, and nothing has changed.
func (s *Solver) Change(sc *scene.Scene) error {
	var physics, values []string
	for _, c := range s.scene.Changes(sc) {
		switch {
		case Shown(c.Key):
		case live[c.Key]:
			physics = append(physics, c.Path)
			values = append(values, c.Path+"="+c.Text)
		default:
			return &RestartError{c.Path}
		}
	}
	if len(physics) == 0 {
		s.scene = sc
		return nil
	}
	// Reports that are under way are about the numbers before.
	if err := s.settle(); err != nil {
		return err
	}
	begun := s.stats.Step > 0
	deepest := s.deepest
	if begun && sc.Gravity != s.scene.Gravity {
		deepest = math.Max(deepest, fall(sc))
	}
	next := s.taken(sc, deepest)
	p := s.derived(next)
	n := uint64(s.room)
	if !reflect.DeepEqual(s.planLike(sc, &p).Step, s.plan.Step) ||
		!slices.Equal(account(sc.Solver.Type, &p, n, s.variant()), account(sc.Solver.Type, &s.params, n, s.variant())) {
		return &RestartError{strings.Join(physics, ", ")}
	}
	share := warmShare(&s.params, &p)
	if err := s.writeParams(p); err != nil {
		return err
	}
	s.scene, s.params, s.deepest = sc, p, deepest
	s.describe(next)
	if !begun {
		// Density and forces of the beginning follow, too: a paused window shows them.
		if err := s.Reset(); err != nil {
			return err
		}
	} else if sc.Solver.Type != "wcsph" && math.Abs(share-1) >= 0.01 {
		if err := s.scaleWarmStart(float32(share)); err != nil {
			return err
		}
	}
	s.hands.enqueue(Input{Set: values})
	return nil
}

// planLike is the plan of a scene as this run would make it.
func (s *Solver) planLike(sc *scene.Scene, p *layout.SimParams) Plan {
	plan := planFor(sc.Solver.Type, p, uint64(s.room))
	if s.hands.on {
		plan = plan.withHands(uint64(s.room))
	}
	if s.moving {
		plan = plan.withMoving(uint64(s.room), uint64(p.ObstacleCount))
	}
	return plan
}

func (s *Solver) derived(sc *scene.Scene) layout.SimParams {
	return derive(sc, s.origin, uint64(s.count), maxCells(s.device))
}

// taken is a scene as this run takes it over.
func (s *Solver) taken(sc *scene.Scene, deepest float64) *scene.Scene {
	out := *sc
	old := s.scene
	if sc.Solver.Viscosity == "auto" && old.Solver.Viscosity == "auto" &&
		sc.Fluid.Viscosity == old.Fluid.Viscosity && sc.Fluid.RestDensity == old.Fluid.RestDensity {
		// Which way is the faster may depend on gravity, too, but both are right: no reason to start again.
		out.Solver.Viscosity = "explicit"
		if s.params.ViscousStrength > 0 {
			out.Solver.Viscosity = "implicit"
		}
	}
	if sc.Solver.Type == "wcsph" && sc.Fluid.SoundSpeed == 0 {
		// The scene expects what its fluid reaches from where it is at the start. After gravity has been turned it is elsewhere,
		// and may fall as deep as the domain lets it.
		out.Fluid.SoundSpeed = math.Max(sc.SoundSpeed(), deepest)
	}
	return &out
}

// fall is the speed of sound for fluid that falls from one end of the domain to the other: ten times its speed there.
func fall(sc *scene.Scene) float64 {
	work := 0.0
	for k, g := range sc.Gravity {
		work += math.Abs(g) * (sc.Domain.Max[k] - sc.Domain.Min[k])
	}
	return 10 * math.Sqrt(2*work)
}

// warmShare is how much of the last step's kappa/rho0 is a fair first guess after a change. It holds the pressure over the
// square of the density: kappa itself, the pressure head times g, knows no density, and goes on as the gravity that it
// held up does. Too small a guess costs iterations; one that is too large would throw the fluid, since an iteration stops as
// soon as nothing is compressed: without this, water at rest jumps when its gravity is turned off.
func warmShare(old, p *layout.SimParams) float64 {
	share := 1.0
	along, square := 0.0, 0.0
	for k := range 3 {
		along += float64(old.Gravity[k]) * float64(p.Gravity[k])
		square += float64(old.Gravity[k]) * float64(old.Gravity[k])
	}
	if square > 0 {
		share = math.Min(math.Max(along/square, 0), 1)
	}
	return share * float64(old.RestDensity) / float64(p.RestDensity)
}

// scaleWarmStart multiplies velocity.w of all particles. It waits for the device, which only jumps make necessary: gravity
// that is tilted a degree a frame does not come here.
func (s *Solver) scaleWarmStart(share float32) error {
	if s.room == 0 {
		return nil
	}
	raw, err := s.device.Read(s.buffers["velocity"], 0, 16*uint64(s.room))
	if err != nil {
		return err
	}
	v := gpu.FromBytes[[4]float32](raw)
	for i := range v {
		v[i][3] *= share
	}
	return s.write("velocity", gpu.Bytes(v))
}
