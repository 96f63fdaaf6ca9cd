package scene

var (
	atPoint  = []string{"height", "profile", "pressure", "velocity"}
	onFront  = []string{"front"}
	probings = []string{
		"height", "profile", "pressure", "velocity", "front", "force",
		"kinetic_energy", "potential_energy", "centre_of_mass", "max_speed", "density_error", "particles",
	}
)

var probeKeys = []Key{
	{Path: "probe[].name", Type: Text, Required: true, Example: `"level"`, field: func(t *target) any { return &t.probe.Name },
		Help: "Name of the column in the table of results; no two probes share one, and commas and quotes cannot be in it."},
	{Path: "probe[].type", Type: Text, Required: true, Example: `"height"`, Enum: probings, field: func(t *target) any { return &t.probe.Type },
		Help: "What is measured. height [m]: the y of the surface on the vertical line through position. profile [m]: the same at samples places from position to end. pressure [Pa]: mean around position. velocity [m/s]: of the fluid at position. front [m]: how far the fluid has come along axis. force [N, N m]: force and torque of the fluid on an obstacle, about its centre. kinetic_energy and potential_energy [J]; the latter is zero at the origin. centre_of_mass [m]. max_speed [m/s]. density_error [%]: mean and largest. particles: how many there are."},
	{Path: "probe[].position", Type: Vector, Unit: "m", Required: true, For: atPoint, Min: atLeast(-far), Max: atMost(far), Example: "[0.5, 0, 0.25]", field: func(t *target) any { return &t.probe.Position },
		Help: "Where it is measured; the y of a height or profile does not matter."},
	{Path: "probe[].end", Type: Vector, Unit: "m", Required: true, For: []string{"profile"}, Min: atLeast(-far), Max: atMost(far), Example: "[1.5, 0, 0.25]", field: func(t *target) any { return &t.probe.End },
		Help: "Other end of the line that begins at position."},
	{Path: "probe[].samples", Type: Integer, Default: 101, For: []string{"profile"}, Min: atLeast(2), Max: atMost(1000), field: func(t *target) any { return &t.probe.Samples },
		Help: "Number of places along the line, both ends among them."},
	{Path: "probe[].radius", Type: Number, Unit: "m", Default: 0.0, For: []string{"pressure"}, Min: atLeast(0), Max: atMost(far), field: func(t *target) any { return &t.probe.Radius },
		Help: "Radius of the ball over which the pressure is averaged. 0: as far as particles feel each other, a little more than two spacings."},
	{Path: "probe[].axis", Type: Text, Required: true, For: onFront, Enum: sides, Plane: sides[:4], PlaneHint: noZ, Example: `"+x"`, field: func(t *target) any { return &t.probe.Axis },
		Help: "Direction in which the front moves; the result is a coordinate of the domain, and falls along a negative axis."},
	{Path: "probe[].thickness", Type: Number, Unit: "m", Default: 0.0, For: onFront, Min: atLeast(0), Max: atMost(far), field: func(t *target) any { return &t.probe.Thickness },
		Help: "Height above the floor up to which fluid counts, so that spray in the air is not taken for the front; a front along y counts all fluid. 0: one spacing."},
	{Path: "probe[].obstacle", Type: Integer, Required: true, For: []string{"force"}, Min: atLeast(1), Max: atMost(maxRepeats), Example: "1", field: func(t *target) any { return &t.probe.Obstacle },
		Help: "Which obstacle: 1 is the first in the file."},
	{Path: "probe[].reference", Type: Text, Default: "", field: func(t *target) any { return &t.probe.Reference },
		Help: "CSV file with measured data, its path beginning in the folder of the scene; plots show it beside the result."},
}
