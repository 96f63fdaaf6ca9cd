package scene

// viewKeys are those of the table [view].
var viewKeys = []Key{
	{Path: "view.style", Type: Text, Default: "water", Enum: []string{"water", "particles"}, field: func(t *target) any { return &t.View.Style },
		Help: "What the fluid is shown as: water is a surface that mirrors and refracts, particles are balls coloured by colors.by."},
	{Path: "view.quality", Type: Text, Default: "auto", Enum: []string{"auto", "low", "medium", "high"}, field: func(t *target) any { return &t.View.Quality },
		Help: "How finely the water's surface is computed: low at half the resolution, medium at all of it, high with a wider filter. auto: medium, or low where the window could not keep its pace; high in recordings."},
	{Path: "view.environment", Type: Text, Default: "sky", Enum: []string{"sky", "studio"}, field: func(t *target) any { return &t.View.Environment },
		Help: "What stands around the water and is mirrored in it: an open sky, or a studio in the colour of colors.background with lamps overhead."},
	{Path: "view.tint", Type: Color, Default: "#84c0d4", field: func(t *target) any { return &t.View.Tint },
		Help: "Colour that white light has after view.clarity metres of the fluid."},
	{Path: "view.clarity", Type: Number, Unit: "m", Default: 0.0, Min: atLeast(0), Max: atMost(far), field: func(t *target) any { return &t.View.Clarity },
		Help: "How far one sees into the fluid: see view.tint. 0: a quarter of the domain's diagonal, in two dimensions one and a half spacings."},
	{Path: "view.cloudiness", Type: Number, Default: 0.03, Min: atLeast(0), Max: atMost(1), field: func(t *target) any { return &t.View.Cloudiness },
		Help: "Share of the light that deep fluid sends back in its own colour: 0 is clear, 0.3 honey, 1 milk."},
}
