package scene

const (
	noZ        = "with dimensions = 2 there is no z"
	noCylinder = "with dimensions = 2 it is a sphere seen from its end, and a box seen from the side"
)

const far = 1e4 // m: beyond it, single precision is too coarse for any fluid

var (
	boxOnly   = []string{"box"}
	round     = []string{"sphere", "cylinder", "capsule"}
	elongated = []string{"cylinder", "capsule"}
	axisNames = []string{"x", "y", "z"}
	sides     = []string{"-x", "+x", "-y", "+y", "-z", "+z"}
)

// table is the description of the format, in the order of the documentation.
var table = join(
	[]Key{
		{Path: "format", Type: Integer, Required: true, Min: atLeast(1), Max: atMost(1), Example: "1", field: func(t *target) any { return &t.Format },
			Help: "Version of the scene format. This program reads format 1."},
		{Path: "title", Type: Text, Default: "", field: func(t *target) any { return &t.Title },
			Help: "Short name for the window title and the list of scenes. Empty: the file name."},
		{Path: "description", Type: Text, Default: "", field: func(t *target) any { return &t.Description },
			Help: "One line about what there is to see."},
		{Path: "dimensions", Type: Integer, Default: 3, Min: atLeast(2), Max: atMost(3), field: func(t *target) any { return &t.Dimensions },
			Help: "3, or 2 for a simulation in the plane: vectors are then written [x, y], a rotation is one angle, and masses, forces and energies are per metre of depth."},
		{Path: "gravity", Type: Vector, Unit: "m/s²", Default: Vec3{0, -9.81, 0}, Min: atLeast(-1000), Max: atMost(1000), field: func(t *target) any { return &t.Gravity },
			Help: "Acceleration of everything; y is up. Tilt it to tilt the tank."},
		{Path: "probe_rate", Type: Number, Unit: "1/s", Default: 100.0, Min: atLeast(0.001), Max: atMost(1e6), field: func(t *target) any { return &t.ProbeRate },
			Help: "How often the probes are read per simulated second. Never more often than once a time step."},

		{Path: "domain.min", Type: Vector, Unit: "m", Required: true, Min: atLeast(-far), Max: atMost(far), Example: "[0, 0, 0]", field: func(t *target) any { return &t.Domain.Min },
			Help: "Lowest corner of the box that holds the fluid. In two dimensions it is one spacing deep, from -spacing/2 to spacing/2 in z."},
		{Path: "domain.max", Type: Vector, Unit: "m", Required: true, Min: atLeast(-far), Max: atMost(far), Example: "[1.6, 0.9, 0.5]", field: func(t *target) any { return &t.Domain.Max },
			Help: "Highest corner. Every side must be at least 4 spacings long."},
		{Path: "domain.open", Type: Sides, Absent: "all closed", Enum: sides, Plane: sides[:4], PlaneHint: noZ, field: func(t *target) any { return &t.Domain.Open },
			Help: "Sides without a wall. Particles that cross one leave the scene and are counted."},
		{Path: "domain.periodic", Type: Axes, Absent: "none", Enum: axisNames, Plane: axisNames[:2], PlaneHint: noZ, field: func(t *target) any { return &t.Domain.Periodic },
			Help: "Axes without an end: fluid that leaves on one side enters on the other. Such a side of the domain must be at least 6 spacings long, with surface tension 12, and cannot be open."},

		{Path: "fluid.rest_density", Type: Number, Unit: "kg/m³", Default: 1000.0, Min: atLeast(1), Max: atMost(1e5), field: func(t *target) any { return &t.Fluid.RestDensity },
			Help: "Density of the fluid at rest; water has 1000."},
		{Path: "fluid.spacing", Type: Number, Unit: "m", Required: true, Min: atLeast(1e-5), Max: atMost(1000), Example: "0.02", field: func(t *target) any { return &t.Fluid.Spacing },
			Help: "Distance between neighbouring particles. Half of it gives eight times the particles (in two dimensions four), and half the time step."},
		{Path: "fluid.viscosity", Type: Number, Unit: "Pa s", Default: 0.001, Min: atLeast(0), Max: atMost(1e4), field: func(t *target) any { return &t.Fluid.Viscosity },
			Help: "Dynamic viscosity; water has 0.001, olive oil 0.08, honey 10. See solver.viscosity for what large values cost."},
		{Path: "fluid.surface_tension", Type: Number, Unit: "N/m", Default: 0.0, Min: atLeast(0), Max: atMost(100), field: func(t *target) any { return &t.Fluid.SurfaceTension },
			Help: "Surface tension; water against air has 0.072. It matters where drops and films are millimetres to centimetres large. 0: none."},
		{Path: "fluid.contact_angle", Type: Number, Unit: "degrees", Default: 90.0, Min: atLeast(0), Max: atMost(180), field: func(t *target) any { return &t.Fluid.ContactAngle },
			Help: "Angle between a wall and the surface of the fluid on it, measured in the fluid: below 90 it wets the wall, above it beads. Only with surface_tension."},
		{Path: "fluid.vorticity", Type: Number, Default: 0.0, Min: atLeast(0), Max: atMost(1), field: func(t *target) any { return &t.Fluid.Vorticity },
			Help: "Lets particles spin, and how strongly spin and flow act on each other (micropolar fluid), as an alpha like solver.artificial_viscosity: small eddies live longer. 0: particles do not spin."},
		{Path: "fluid.air_drag", Type: Number, Default: 0.0, Min: atLeast(0), Max: atMost(1000), field: func(t *target) any { return &t.Fluid.AirDrag },
			Help: "Drag coefficient of particles in still air of 1.2 kg/m³, each taken for a ball; a ball has 0.47. Spray feels all of it, a surface some, fluid inside none. More slows spray for show; 0: none."},
		{Path: "fluid.sound_speed", Type: Number, Unit: "m/s", Default: 0.0, Min: atLeast(0), Max: atMost(1e5), field: func(t *target) any { return &t.Fluid.SoundSpeed },
			Help: "Speed of sound of the model. 0: ten times the fastest speed expected, from the height of the fluid and its speed at the start; pbf never takes less. Higher is stiffer and slower to compute."},
		{Path: "fluid.jitter", Type: Number, Unit: "spacings", Default: 0.002, Min: atLeast(0), Max: atMost(0.2), field: func(t *target) any { return &t.Fluid.Jitter },
			Help: "How far particles are moved at random (always the same way) from their places in the lattice at the start."},
	},
	shapeKeys, obstacleKeys,
	[]Key{
		{Path: "solver.type", Type: Text, Default: "dfsph", Enum: []string{"dfsph", "pbf", "wcsph"}, field: func(t *target) any { return &t.Solver.Type },
			Help: "Method: dfsph keeps the density constant and takes long steps; pbf does so roughly, with a few rounds and still longer steps, for pictures rather than numbers; wcsph lets the fluid be a little compressible, with many short steps that cost little each."},
		{Path: "solver.viscosity", Type: Text, Default: "auto", Enum: []string{"auto", "explicit", "implicit"}, field: func(t *target) any { return &t.Solver.Viscosity },
			Help: "How fluid.viscosity is computed: explicit is cheap and shortens the time step of thick fluid, implicit solves a system of equations and leaves the step alone; it also keeps the spin of thick drops. auto: implicit where explicit would shorten the step, with wcsph to less than a quarter."},
		{Path: "solver.density_tolerance", Type: Number, Default: 0.0001, Min: atLeast(1e-5), Max: atMost(0.1), field: func(t *target) any { return &t.Solver.DensityTolerance },
			Help: "Mean density error, as a fraction, at which dfsph is content with a step."},
		{Path: "solver.divergence_tolerance", Type: Number, Default: 0.001, Min: atLeast(1e-5), Max: atMost(0.1), field: func(t *target) any { return &t.Solver.DivergenceTolerance },
			Help: "Mean change of density during a step, as a fraction, that dfsph lets the velocities have before forces act."},
		{Path: "solver.max_iterations", Type: Integer, Unit: "rounds", Default: 0, Min: atLeast(0), Max: atMost(200), field: func(t *target) any { return &t.Solver.MaxIterations },
			Help: "Most rounds that dfsph spends on either of its two systems in a step, at least 2 (on its first, the divergence, no more than 20, unless its tolerance is below 0.001 or the fluid has no surface); pbf does all of them unless nothing is compressed any more, and with more of them it is stiffer (twice as many: four times) and takes longer steps. 0: the solver's own, 50 for dfsph and 5 for pbf."},
		{Path: "solver.artificial_viscosity", Type: Number, Default: 0.05, Min: atLeast(0), Max: atMost(1), field: func(t *target) any { return &t.Solver.ArtificialViscosity },
			Help: "Monaghan's alpha between fluid particles; calms noise, too much makes syrup."},
		{Path: "solver.wall_viscosity", Type: Number, Default: 0.0, Min: atLeast(0), Max: atMost(1), field: func(t *target) any { return &t.Solver.WallViscosity },
			Help: "The same alpha between fluid and walls or obstacles. 0 lets the fluid slip, as water does past a boundary layer thinner than a particle; more makes walls rough."},

		{Path: "time.cfl", Type: Number, Default: 0.4, Min: moreThan(0), Max: atMost(1), field: func(t *target) any { return &t.Time.CFL },
			Help: "Time step as a fraction of the largest stable one: what sound and particles need to cross a spacing, and what acceleration and viscosity allow. With pbf, compression grows with its square."},
		{Path: "time.max_step", Type: Number, Unit: "s", Default: 0.005, Min: atLeast(1e-7), Max: atMost(1), field: func(t *target) any { return &t.Time.MaxStep },
			Help: "Longest time step, whatever the fraction above allows."},
		{Path: "time.max_steps", Type: Integer, Unit: "steps", Default: 100, Min: atLeast(1), Max: atMost(10000), field: func(t *target) any { return &t.Time.MaxSteps },
			Help: "Steps that the window computes for one picture at most; when more are needed, the scene runs in slow motion."},
		{Path: "time.speed", Type: Number, Default: 1.0, Min: atLeast(0.001), Max: atMost(1000), field: func(t *target) any { return &t.Time.Speed },
			Help: "Playback speed: 1 is real time, 0.25 is slow motion."},

		{Path: "camera.position", Type: Vector, Space: true, Unit: "m", Absent: "fits the domain", Min: atLeast(-far), Max: atMost(far), field: func(t *target) any { return &t.Camera.Position },
			Help: "Where the camera is. Give position and target, or neither."},
		{Path: "camera.target", Type: Vector, Space: true, Unit: "m", Absent: "fits the domain", Min: atLeast(-far), Max: atMost(far), field: func(t *target) any { return &t.Camera.Target },
			Help: "What the camera looks at, and turns around."},
		{Path: "camera.fov", Type: Number, Unit: "degrees", Default: 40.0, Min: atLeast(5), Max: atMost(120), field: func(t *target) any { return &t.Camera.FOV },
			Help: "Vertical angle of view."},
		{Path: "camera.key[].time", Type: Number, Unit: "s", Required: true, Min: atLeast(0), Max: atMost(1e6), Example: "1.5", field: func(t *target) any { return &t.key.Time },
			Help: "Simulated time at which the camera is there; later than that of the key before."},
		{Path: "camera.key[].position", Type: Vector, Space: true, Unit: "m", Required: true, Min: atLeast(-far), Max: atMost(far), Example: "[1, 1, 3]", field: func(t *target) any { return &t.key.Position },
			Help: "Where the camera is."},
		{Path: "camera.key[].target", Type: Vector, Space: true, Unit: "m", Required: true, Min: atLeast(-far), Max: atMost(far), Example: "[0.5, 0.3, 0.2]", field: func(t *target) any { return &t.key.Target },
			Help: "What it looks at."},
		{Path: "camera.key[].fov", Type: Number, Unit: "degrees", Default: 0.0, Min: atLeast(0), Max: atMost(120), field: func(t *target) any { return &t.key.FOV },
			Help: "Vertical angle of view, at least 5; 0: camera.fov."},
	},
	viewKeys,
	[]Key{
		{Path: "colors.by", Type: Text, Default: "speed", Enum: []string{"speed", "density", "pressure", "density_error", "vorticity", "neighbours", "id", "fluid", "plain"}, field: func(t *target) any { return &t.Colors.By },
			Help: "What colours the particles. density_error is in per cent of the density at rest; vorticity is how fast the fluid spins, in two dimensions with the sign (counterclockwise is positive); neighbours are those that the solver sees; id is the number of the particle, so that one sees where it came from; fluid is the [[fluid.shape]] it began in; plain is one colour for all. Rounds of the solver belong to a step, not to a particle; --stats tells them."},
		{Path: "colors.map", Type: Text, Default: "water", Enum: []string{"water", "viridis", "turbo", "magma", "diverging", "distinct", "gray"}, field: func(t *target) any { return &t.Colors.Map },
			Help: "Colour map from the smallest value to the largest. viridis and magma are perceptually uniform; diverging has its middle at zero for quantities with a sign, distinct tells things apart. With water, quantities that want one of the last two have it."},
		{Path: "colors.fluid", Type: Color, Default: "#2f8fd8", field: func(t *target) any { return &t.Colors.Fluid },
			Help: "Colour of the particles when they are plain."},
		{Path: "colors.background", Type: Color, Default: "#12181f", field: func(t *target) any { return &t.Colors.Background },
			Help: "Colour behind everything."},
		{Path: "colors.obstacle", Type: Color, Default: "#a7adb5", field: func(t *target) any { return &t.Colors.Obstacle },
			Help: "Colour of obstacles that have none of their own."},
		{Path: "colors.range", Type: Text, Default: "scene", Enum: []string{"scene", "frame"}, field: func(t *target) any { return &t.Colors.Range },
			Help: "Where the map's ends are when min and max do not say: scene is a range that suits the whole scene, so that colours always mean the same; frame follows the values that there are."},
		{Path: "colors.min", Type: Number, Unit: "of the quantity", Default: 0.0, Min: atLeast(-1e12), Max: atMost(1e12), field: func(t *target) any { return &t.Colors.Min },
			Help: "Value at the low end of the colour map: m/s, kg/m³, Pa, %, 1/s or a number. 0 with max 0: see range."},
		{Path: "colors.max", Type: Number, Unit: "of the quantity", Default: 0.0, Min: atLeast(-1e12), Max: atMost(1e12), field: func(t *target) any { return &t.Colors.Max },
			Help: "Value at the high end of the colour map."},
	},
	dataKeys,
	[]Key{
		{Path: "record.fps", Type: Number, Unit: "1/s", Default: 60.0, Min: atLeast(1), Max: atMost(1000), field: func(t *target) any { return &t.Record.FPS },
			Help: "Frames per simulated second."},
		{Path: "record.seconds", Type: Number, Unit: "s", Default: 4.0, Min: moreThan(0), Max: atMost(3600), field: func(t *target) any { return &t.Record.Seconds },
			Help: "Simulated time of a recording."},
		{Path: "record.width", Type: Integer, Unit: "pixels", Default: 1280, Min: atLeast(16), Max: atMost(8192), field: func(t *target) any { return &t.Record.Width },
			Help: "Width of a recorded frame; even for videos."},
		{Path: "record.height", Type: Integer, Unit: "pixels", Default: 720, Min: atLeast(16), Max: atMost(8192), field: func(t *target) any { return &t.Record.Height },
			Help: "Height of a recorded frame; even for videos."},
	},
	probeKeys,
)

var shapeKeys = join(
	[]Key{{Path: "fluid.shape[].type", Type: Text, Required: true, Enum: []string{"box", "sphere", "cylinder"}, Plane: []string{"box", "sphere"}, PlaneHint: noCylinder, field: func(t *target) any { return &t.body.kind },
		Help: "Form of this body of fluid. In two dimensions a box is a rectangle and a sphere a disc; there is no cylinder."}},
	bodyKeys("fluid.shape[]."),
	[]Key{{Path: "fluid.shape[].velocity", Type: Vector, Unit: "m/s", Default: Vec3{}, Min: atLeast(-1000), Max: atMost(1000), field: func(t *target) any { return &t.body.velocity },
		Help: "Velocity at the start."}},
)

var obstacleKeys = join(
	[]Key{{Path: "obstacle[].type", Type: Text, Required: true, Enum: []string{"box", "sphere", "cylinder", "capsule"}, Plane: []string{"box", "sphere", "capsule"}, PlaneHint: noCylinder, field: func(t *target) any { return &t.body.kind },
		Help: "Form of this solid. In two dimensions a box is a rectangle, a sphere a disc and a capsule a bar with round ends; there is no cylinder."}},
	bodyKeys("obstacle[]."),
	[]Key{
		{Path: "obstacle[].color", Type: Color, Absent: "colors.obstacle", field: func(t *target) any { return &t.body.color },
			Help: "Colour of this solid."},
		{Path: "obstacle[].visible", Type: Boolean, Default: true, field: func(t *target) any { return &t.body.visible },
			Help: "false hides the solid from the picture; the fluid still feels it."},
	},
	motionKeys,
)

// bodyKeys are the keys that fluid shapes and obstacles share.
func bodyKeys(prefix string) []Key {
	return []Key{
		{Path: prefix + "position", Type: Vector, Unit: "m", Required: true, Min: atLeast(-far), Max: atMost(far), Example: "[0.5, 0.5, 0.5]", field: func(t *target) any { return &t.body.position },
			Help: "Centre. A box may give min and max instead of position and size."},
		{Path: prefix + "size", Type: Vector, Unit: "m", Required: true, For: boxOnly, Min: moreThan(0), Max: atMost(2 * far), Example: "[0.5, 0.5, 0.5]", field: func(t *target) any { return &t.body.size },
			Help: "Full size along the box's own x, y and z."},
		{Path: prefix + "min", Type: Vector, Unit: "m", Absent: "use position and size", For: boxOnly, Min: atLeast(-far), Max: atMost(far), field: func(t *target) any { return &t.body.min },
			Help: "Lowest corner of a box, before its rotation; together with max, instead of position and size."},
		{Path: prefix + "max", Type: Vector, Unit: "m", Absent: "use position and size", For: boxOnly, Min: atLeast(-far), Max: atMost(far), field: func(t *target) any { return &t.body.max },
			Help: "Highest corner of a box, before its rotation."},
		{Path: prefix + "radius", Type: Number, Unit: "m", Required: true, For: round, Min: moreThan(0), Max: atMost(far), Example: "0.1", field: func(t *target) any { return &t.body.radius },
			Help: "Radius of a sphere, cylinder or capsule."},
		{Path: prefix + "height", Type: Number, Unit: "m", Required: true, For: elongated, Min: moreThan(0), Max: atMost(2 * far), Example: "0.3", field: func(t *target) any { return &t.body.height },
			Help: "Full height of a cylinder along its own y; of a capsule, the distance between the centres of its round ends."},
		{Path: prefix + "rotation", Type: Vector, Turn: true, Unit: "degrees", Default: Vec3{}, Min: atLeast(-360), Max: atMost(360), field: func(t *target) any { return &t.body.rotation },
			Help: "Turn about the body's own x axis, then its own y axis, then its own z axis. In two dimensions one angle, counterclockwise."},
	}
}

func join(lists ...[]Key) []Key {
	var all []Key
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// Keys describes every key of the format, in the order of the documentation.
func Keys() []Key { return append([]Key(nil), table...) }
