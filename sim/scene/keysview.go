package scene

// viewKeys are those of the tables [view] and [foam].
var viewKeys = []Key{
	{Path: "view.style", Type: Text, Default: "water", Enum: []string{"water", "particles"}, field: func(t *target) any { return &t.View.Style },
		Help: "What the fluid is shown as: water is a surface that mirrors and refracts, particles are balls coloured by colors.by."},
	{Path: "view.quality", Type: Text, Default: "auto", Enum: []string{"auto", "low", "medium", "high"}, field: func(t *target) any { return &t.View.Quality },
		Help: "How finely the water's surface is computed: low at half the resolution, medium at all of it, high with a wider filter. auto: medium, or low while the window could not keep its pace otherwise; high in recordings."},
	{Path: "view.environment", Type: Text, Default: "sky", Enum: []string{"sky", "studio"}, field: func(t *target) any { return &t.View.Environment },
		Help: "What stands around the water and is mirrored in it: an open sky, or a studio in the colour of colors.background with lamps overhead."},
	{Path: "view.image", Type: Text, Default: "", field: func(t *target) any { return &t.View.Image },
		Help: "Radiance picture (.hdr, twice as wide as high, as HDRI sites offer them) of what stands around instead, from the folder of the scene. Water mirrors it and is lit by it, as bright as the sky would be; its brightest spot is the sun. Empty: none."},
	{Path: "view.tint", Type: Color, Default: "#84c0d4", field: func(t *target) any { return &t.View.Tint },
		Help: "Colour that white light has after view.clarity metres of the fluid."},
	{Path: "view.clarity", Type: Number, Unit: "m", Default: 0.0, Min: atLeast(0), Max: atMost(far), field: func(t *target) any { return &t.View.Clarity },
		Help: "How far one sees into the fluid: see view.tint. 0: a sixth of the domain's diagonal, in two dimensions one and a half spacings."},
	{Path: "view.cloudiness", Type: Number, Default: 0.03, Min: atLeast(0), Max: atMost(1), field: func(t *target) any { return &t.View.Cloudiness },
		Help: "Share of the light that deep fluid sends back in its own colour: 0 is clear, 0.3 honey, 1 milk."},

	{Path: "foam.mode", Type: Text, Default: "auto", Enum: []string{"auto", "on", "off"}, field: func(t *target) any { return &t.Foam.Mode },
		Help: "Whether water carries spray, foam and bubbles, which are for the eye and do not act on it. auto: in three dimensions with at least 10,000 particles of a fluid as thin as water."},
	{Path: "foam.amount", Type: Number, Default: 1.0, Min: atLeast(0), Max: atMost(100), field: func(t *target) any { return &t.Foam.Amount },
		Help: "How much of it there is; 2 gives twice as much."},
	{Path: "foam.lifetime", Type: Number, Unit: "s", Default: 1.2, Min: atLeast(0.01), Max: atMost(1000), field: func(t *target) any { return &t.Foam.Lifetime },
		Help: "How long it lasts at most."},
	{Path: "foam.particles", Type: Integer, Default: 1000000, Min: atLeast(1), Max: atMost(10000000), field: func(t *target) any { return &t.Foam.Particles },
		Help: "Particles of it at most; each of the fluid has room for up to 8."},
}
