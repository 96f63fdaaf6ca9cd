package scene

// Data is what a picture tells beyond the fluid.
type Data struct {
	Legend, Clock, Marks bool
	Walls, Wireframe     bool
	Arrows               bool
	Cut                  string  // the side that is cut away: none, -x, +x, -y, +y, -z, +z
	CutAt                float64 // where, from 0 at the low side of the domain to 1 at the high one
}

var cuts = append([]string{"none"}, sides...)

var dataKeys = []Key{
	{Path: "data.legend", Type: Boolean, Default: false, field: func(t *target) any { return &t.Data.Legend },
		Help: "Show what the colours of particles mean: the map with its values and unit."},
	{Path: "data.clock", Type: Boolean, Default: false, field: func(t *target) any { return &t.Data.Clock },
		Help: "Show the simulated time."},
	{Path: "data.marks", Type: Boolean, Default: false, field: func(t *target) any { return &t.Data.Marks },
		Help: "Show lengths along three edges of the domain, in metres."},
	{Path: "data.walls", Type: Boolean, Default: true, field: func(t *target) any { return &t.Data.Walls },
		Help: "Show the closed sides of the domain that stand behind the fluid as thin glass."},
	{Path: "data.wireframe", Type: Boolean, Default: false, field: func(t *target) any { return &t.Data.Wireframe },
		Help: "Draw obstacles as wire frames, to see the fluid behind them."},
	{Path: "data.cut", Type: Text, Default: "none", Enum: cuts, Plane: cuts[:5], PlaneHint: noZ, field: func(t *target) any { return &t.Data.Cut },
		Help: "Cut the fluid open: what is beyond a plane towards this side is not shown."},
	{Path: "data.cut_at", Type: Number, Default: 0.5, Min: atLeast(0), Max: atMost(1), field: func(t *target) any { return &t.Data.CutAt },
		Help: "Where the plane of the cut is: 0 is the low side of the domain, 1 the high one."},
	{Path: "data.arrows", Type: Boolean, Default: false, field: func(t *target) any { return &t.Data.Arrows },
		Help: "Show the velocities of the particles at the cut as arrows; without a cut, of those halfway through z, where fluid in front may hide them."},
}
