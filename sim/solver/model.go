package solver

import (
	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// Params are the numbers of the run as the kernels have them. Coordinates are relative to the origin of View.
func (s *Solver) Params() layout.SimParams { return s.onDevice(s.params) }

// Bodies are the scene's obstacles as the kernels have them, in its order, relative to an origin.
func Bodies(sc *scene.Scene, origin [3]float64) []layout.Obstacle { return solids(sc, origin) }
