package scene

import (
	"fmt"
	"math"
)

// Warnings tells what is legal but probably not meant.
func (s *Scene) Warnings() []string {
	var all []string
	warn := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }

	for i, shape := range s.Fluid.Shapes {
		if s.Domain.cuts(shape.solid()) {
			warn("fluid.shape.%d (%s) reaches out of the domain: only the part inside is filled", i, shape.Type)
		}
		if shape.solid().thinnest() < s.Fluid.Spacing*(1-1e-6) {
			warn("fluid.shape.%d (%s) is thinner than one spacing: it may hold no particle", i, shape.Type)
		}
	}
	for i, o := range s.Obstacles {
		if low, high := o.Bounds(); s.Domain.overlap(low, high) == (Vec3{}) && !o.Motion.travels() && !o.Motion.turns() {
			warn("obstacle.%d (%s) lies outside the domain: nothing touches it", i, o.Type)
		} else if o.solid().thinnest() < s.Fluid.Spacing*(1-1e-6) {
			warn("obstacle.%d (%s) is thinner than one spacing: fast fluid may pass through it", i, o.Type)
		}
	}

	s.warnMotion(warn)

	sound, expected := s.SoundSpeed(), s.expectedSpeed()
	given := s.Fluid.SoundSpeed
	if s.Solver.Type == "wcsph" && given > 0 && given < 5*expected {
		warn("sound_speed %s m/s is less than five times the speed that the fluid may reach (%.3g m/s): it will be compressed visibly", number(given), expected)
	}
	if s.Solver.Type == "pbf" && given > 0 && given < sound {
		warn("sound_speed %s m/s is less than ten times the speed that the fluid may reach (%.3g m/s), too little for pbf: it takes %.3g m/s", number(given), expected, sound)
	}
	if expected == 0 && s.Fluid.SoundSpeed == 0 {
		warn("there is no gravity, no surface tension, no velocity and no obstacle that moves: nothing will move")
	}
	if s.Fluid.SurfaceTension == 0 && s.Fluid.ContactAngle != defaultOf("fluid.contact_angle") {
		warn("contact_angle %s degrees has no effect without surface_tension", number(s.Fluid.ContactAngle))
	}
	// The default is an upper bound that need not be reached; another value was
	// chosen by somebody who expects an effect.
	longest := s.diffusionStep()
	why := "viscosity"
	if s.Solver.Type == "wcsph" && s.flowStep() < longest {
		longest, why = s.flowStep(), "cfl "+number(s.Time.CFL)
	}
	if s.Time.MaxStep > longest && s.Time.MaxStep != defaultOf("time.max_step") {
		warn("max_step %s s has no effect: %s never allows a step above %.2g s", number(s.Time.MaxStep), why, longest)
	}
	if step := math.Min(s.flowStep(), s.diffusionStep()); step < patience {
		warn("the time step will be at most about %.1g s: more than a million steps for each second", step)
	}
	if frames := s.Record.FPS * s.Record.Seconds; frames > 100_000 {
		warn("a recording of %s s at %s frames a second has %.0f frames", number(s.Record.Seconds), number(s.Record.FPS), frames)
	}
	if s.Record.Width%2 != 0 || s.Record.Height%2 != 0 {
		warn("a size of %d x %d pixels is odd: most video players want even numbers", s.Record.Width, s.Record.Height)
	}
	if !s.Camera.Auto {
		look := Vec3{s.Camera.Target[0] - s.Camera.Position[0], 0, s.Camera.Target[2] - s.Camera.Position[2]}
		if length(look) < 1e-3*math.Abs(s.Camera.Target[1]-s.Camera.Position[1]) {
			warn("the camera looks straight up or down: which way is up in the picture is arbitrary")
		}
	}
	return all
}

// cuts tells whether a part of the solid is outside the domain.
func (d Domain) cuts(s solid) bool {
	low, high := s.bounds()
	for axis := range low {
		slack := 1e-9 * (1 + math.Abs(low[axis]) + math.Abs(high[axis]))
		if low[axis] < d.Min[axis]-slack || high[axis] > d.Max[axis]+slack {
			return true
		}
	}
	return false
}

func defaultOf(path string) any {
	for i := range table {
		if table[i].Path == path {
			return table[i].Default
		}
	}
	return nil
}
