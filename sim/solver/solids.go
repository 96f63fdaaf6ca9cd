package solver

import (
	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// solids converts the scene's obstacles for the kernels near_walls and integrate.
func solids(sc *scene.Scene, origin [3]float64) []layout.Obstacle {
	kinds := map[string]uint32{
		"box": layout.SolidBox, "sphere": layout.SolidSphere,
		"cylinder": layout.SolidCylinder, "capsule": layout.SolidCapsule,
	}
	out := make([]layout.Obstacle, 0, len(sc.Obstacles))
	for _, o := range sc.Obstacles {
		body := layout.Obstacle{Kind: kinds[o.Type]}
		m := scene.RotationMatrix(o.Rotation)
		axes := [3]*[4]float32{&body.AxisX, &body.AxisY, &body.AxisZ}
		for k := range 3 {
			body.Position[k] = float32(o.Position[k] - origin[k])
			body.HalfSize[k] = float32(o.Size[k] / 2)
			var unit scene.Vec3
			unit[k] = 1
			world := m.Mul(unit)
			for l := range 3 {
				axes[k][l] = float32(world[l])
			}
		}
		if sc.Plane() {
			// Every body reaches through the plane.
			body.HalfSize[2] = 1e6
		}
		if o.Type != "box" {
			body.HalfSize[1] = float32(o.Height / 2)
			body.HalfSize[3] = float32(o.Radius)
		}
		out = append(out, body)
	}
	return out
}
