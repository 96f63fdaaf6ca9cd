package scene

// FormatVersion is the scene format that this package reads and writes.
const FormatVersion = 1

// Vec3 is a point, a size or a direction; x, y (up), z.
type Vec3 [3]float64

// Scene is a whole, checked scene. It is a value to read: nothing changes a
// Scene after it was made, and Set and WithSpacing return a new one.
type Scene struct {
	// Name is the file name without folder and ending, or the built-in name. It
	// is not part of the text, so that a renamed file is still the same scene.
	Name        string
	Title       string
	Description string
	Format      int
	// Dimensions is 3, or 2 for fluid in the plane z = 0.
	Dimensions int
	Domain     Domain
	Gravity    Vec3 // m/s²
	Fluid      Fluid
	Obstacles  []Obstacle
	Solver     Solver
	Time       Time
	Camera     Camera
	CameraKeys []CameraKey // in the order of their times; empty: the camera stands still
	View       View
	Foam       Foam
	Colors     Colors
	Data       Data
	Record     Record
	Probes     []Probe
	ProbeRate  float64 // samples per simulated second
}

// Plane tells whether the fluid is two-dimensional: in the plane z = 0.
func (s *Scene) Plane() bool { return s.Dimensions == 2 }

// axes are the names of the axes along which there is something.
func (s *Scene) axes() []string {
	if s.Plane() {
		return axisNames[:2]
	}
	return axisNames
}

// Domain is the box the fluid lives in.
type Domain struct {
	Min, Max Vec3
	// Open lists the sides without a wall, in the order of the sides list.
	Open []string
	// Periodic lists the axes along which what leaves on one side enters on the
	// other: x, y, z, in this order.
	Periodic []string
}

// Fluid is the material and where it is at the start.
type Fluid struct {
	RestDensity    float64 // kg/m³
	Spacing        float64 // m
	Viscosity      float64 // dynamic, Pa s
	SurfaceTension float64 // N/m
	ContactAngle   float64 // degrees, measured inside the fluid
	Vorticity      float64 // alpha of the transfer between spins and fluid
	AirDrag        float64 // drag coefficient of particles in air
	SoundSpeed     float64 // m/s; 0: derived, see Scene.SoundSpeed
	Jitter         float64 // fraction of the spacing
	Shapes         []FluidShape
}

// FluidShape is a body of fluid at the start.
type FluidShape struct {
	Type           string // box, sphere, cylinder
	Position       Vec3   // centre
	Size           Vec3   // box: full size
	Radius, Height float64
	Rotation       Vec3 // degrees, see RotationMatrix; in two dimensions about z only
	Velocity       Vec3 // m/s
	// Flat is a shape of two dimensions: what the body cuts out of the plane
	// z = 0. Its Size along z is the depth of the domain, whatever the type.
	Flat bool
}

// Obstacle is a solid.
type Obstacle struct {
	Type     string // box, sphere, cylinder, capsule
	Position Vec3   // centre
	Size     Vec3   // box: full size
	Radius   float64
	Height   float64     // cylinder: full height; capsule: between the centres of its caps
	Rotation Vec3        // degrees, see RotationMatrix
	Color    *[3]float64 // sRGB 0..1; nil: the colour of all obstacles
	Visible  bool
	Motion   Motion
	Flat     bool // see FluidShape
}

// Solver is how the fluid is solved.
type Solver struct {
	Type                string  // dfsph, pbf, wcsph
	Viscosity           string  // auto, explicit, implicit; see Scene.ImplicitViscosity
	DensityTolerance    float64 // fraction
	DivergenceTolerance float64 // fraction a step
	MaxIterations       int     // 0: the solver's own, see Iterations
	ArtificialViscosity float64 // alpha, between fluid particles
	WallViscosity       float64 // alpha, between fluid and walls
}

// Iterations is the largest number of rounds in a step: the one given, or what
// suits the type of solver. Rounds end earlier where the solver has a tolerance
// to meet.
func (s Solver) Iterations() int {
	switch {
	case s.MaxIterations > 0:
		return s.MaxIterations
	case s.Type == "pbf":
		return 5
	}
	return 50
}

// Time is how time passes.
type Time struct {
	CFL      float64
	MaxStep  float64 // s
	MaxSteps int     // sub-steps per displayed frame, at most
	Speed    float64 // 1: real time
}

// Camera is the first view of the window, and the view of a recording.
type Camera struct {
	Position, Target Vec3
	FOV              float64 // vertical, degrees
	// Auto is true when the file gives no position and target: whoever draws
	// fits the domain into the picture.
	Auto bool
}

// CameraKey is where the camera is at a moment of a camera path.
type CameraKey struct {
	Time             float64 // s
	Position, Target Vec3
	FOV              float64 // vertical, degrees; 0: that of the camera
}

// View is how the fluid is shown.
type View struct {
	Style       string     // water, particles
	Quality     string     // auto, low, medium, high
	Environment string     // sky, studio
	Image       string     // path of an HDR picture of what stands around, from the folder of the scene; "": none
	Tint        [3]float64 // of white light after Clarity metres of fluid, sRGB 0..1
	Clarity     float64    // m; 0: found from the scene
	Cloudiness  float64    // share of the light that deep fluid sends back
}

// Foam is spray, foam and bubbles, which the fluid carries and does not feel.
type Foam struct {
	Mode      string // auto, on, off
	Amount    float64
	Lifetime  float64 // s
	Particles int     // at most
}

// Foams tells whether a scene with so many particles has foam.
func (s *Scene) Foams(particles int) bool {
	switch s.Foam.Mode {
	case "on":
		return particles > 0
	case "off":
		return false
	}
	return !s.Plane() && particles >= 10_000 && s.Fluid.Viscosity < 0.05
}

// Colors is what things look like; colours are sRGB 0..1.
type Colors struct {
	By, Map                     string
	Fluid, Background, Obstacle [3]float64
	Range                       string  // scene, frame
	Min, Max                    float64 // 0, 0: see Range
}

// Record is what a recording does unless the command line says otherwise.
type Record struct {
	FPS, Seconds  float64
	Width, Height int
}
