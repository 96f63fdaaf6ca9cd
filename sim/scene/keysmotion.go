package scene

// motionKeys are how an obstacle moves by itself.
var motionKeys = part("motion", []Key{
	{Path: "obstacle[].velocity", Type: Vector, Unit: "m/s", Default: Vec3{}, Min: atLeast(-1000), Max: atMost(1000), field: func(t *target) any { return &t.body.motion.Velocity },
		Help: "Velocity of the solid between start and stop: a gate that is drawn up, a block that is pushed through the water."},
	{Path: "obstacle[].stroke", Type: Vector, Unit: "m", Default: Vec3{}, Min: atLeast(-far), Max: atMost(far), field: func(t *target) any { return &t.body.motion.Stroke },
		Help: "How far the solid goes from its position, and back, in every period, as a piston does: softly at both ends."},
	{Path: "obstacle[].rock", Type: Number, Unit: "degrees", Default: 0.0, Min: atLeast(-360), Max: atMost(360), field: func(t *target) any { return &t.body.motion.Rock },
		Help: "How far the solid turns about its axis, and back, in every period, as the flap of a wave maker does."},
	{Path: "obstacle[].period", Type: Number, Unit: "s", Default: 0.0, Min: atLeast(0), Max: atMost(1e6), field: func(t *target) any { return &t.body.motion.Period },
		Help: "How long stroke and rock take there and back."},
	{Path: "obstacle[].phase", Type: Number, Unit: "degrees", Default: 0.0, Min: atLeast(-360), Max: atMost(360), field: func(t *target) any { return &t.body.motion.Phase },
		Help: "Where in its period the solid is when it starts: 0 at rest at one end, 90 in the middle and at its fastest, 180 at rest at the other end. At the start it is at its position in any case."},
	{Path: "obstacle[].rpm", Type: Number, Unit: "1/min", Default: 0.0, Min: atLeast(-60000), Max: atMost(60000), field: func(t *target) any { return &t.body.motion.RPM },
		Help: "Turns a minute about the axis, counterclockwise as seen from where the axis points to; below zero clockwise."},
	{Path: "obstacle[].axis", Type: Vector, Space: true, Default: Vec3{0, 0, 1}, Min: atLeast(-far), Max: atMost(far), field: func(t *target) any { return &t.body.motion.Axis },
		Help: "Direction of the axis that rpm and rock turn about, in the world: [0, 1, 0] is an upright shaft. In two dimensions it is always z."},
	{Path: "obstacle[].pivot", Type: Vector, Unit: "m", Default: Vec3{}, Min: atLeast(-far), Max: atMost(far), field: func(t *target) any { return &t.body.motion.Pivot },
		Help: "A point of that axis, from the centre of the solid at the start: [0, -0.2, 0] is the hinge at the lower edge of a flap 0.4 m high. It goes where velocity and stroke take the solid."},
	{Path: "obstacle[].surface_velocity", Type: Vector, Unit: "m/s", Default: Vec3{}, Min: atLeast(-1000), Max: atMost(1000), field: func(t *target) any { return &t.body.motion.SurfaceVelocity },
		Help: "Velocity of the surface where the solid itself stays, as of a conveyor belt or a sliding lid: what of it is along each face. The fluid feels it by friction: see fluid.viscosity and solver.wall_viscosity."},
	{Path: "obstacle[].start", Type: Number, Unit: "s", Default: 0.0, Min: atLeast(0), Max: atMost(1e6), field: func(t *target) any { return &t.body.motion.Start },
		Help: "When the solid begins to move."},
	{Path: "obstacle[].stop", Type: Number, Unit: "s", Default: 0.0, Min: atLeast(0), Max: atMost(1e6), field: func(t *target) any { return &t.body.motion.Stop },
		Help: "When it stops where it is then. 0: never."},
})

// part gives the keys the name of their part of the table.
func part(name string, keys []Key) []Key {
	for i := range keys {
		keys[i].Part = name
	}
	return keys
}
