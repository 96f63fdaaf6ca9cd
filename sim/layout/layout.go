// Package layout holds the Go side of every struct that Go and WGSL share: same members, same order, same bytes.
// Tests compare each with its WGSL text and with what a kernel really writes. It contains no logic, and must not
// know wgpu, scenes or solvers.
package layout

// SimParams is what one scene fixes for all its steps (shaders/common/params.wgsl, which states the units).
type SimParams struct {
	GridOrigin          [4]float32
	CellInverse         [4]float32
	GridSize            [4]uint32
	DomainMin           [4]float32
	DomainMax           [4]float32
	Gravity             [4]float32
	Period              [4]float32
	InvPeriod           [4]float32
	SupportRadius       float32
	InvSupport          float32
	SupportSquared      float32
	Spacing             float32
	Mass                float32
	RestDensity         float32
	KernelNorm          float32
	GradientNorm        float32
	Stiffness           float32
	SoundSpeed          float32
	Viscosity           float32
	ArtificialViscosity float32
	WallFriction        float32
	SmoothingLength     float32
	EffectiveViscosity  float32
	Cfl                 float32
	MaxStep             float32
	MaxKick             float32
	Reach               uint32
	ReachZ              uint32
	OpenSides           uint32
	ClosedSides         uint32
	ObstacleCount       uint32
	Volume              float32
	DensityTolerance    float32
	DivergenceTolerance float32
	MaxIterations       uint32
	WallMargin          float32
	WallLog             float32
	WallReach           float32
	InvWallSpan         float32
	InvWallSlope        float32
	WallNeighbours      float32
	EnoughNeighbours    float32
	ViscousStrength     float32
	Omega               float32
	Full                float32
	HeadShare           float32
	ViscousFriction     float32
	Stress              float32
	WallAhead           float32
	RoundRatio          float32
	RoundHalf           float32
	RoundMost           float32
	RoundCycle          uint32
	SurfaceRadius       float32
	InvSurface          float32
	SurfaceNorm         float32
	SurfaceBulk         float32
	SurfaceGradient     float32
	SurfaceWall         float32
	SurfaceWetting      float32
	SurfaceReach        uint32
	AirDrag             float32
	InvFullNeighbours   float32
	SpinTransfer        float32
	SpinRate            float32
	CurlNorm            float32
	WarmStart           float32
	WallNear            float32
	WallDeep            float32
	Even                float32
	Pulls               float32
	Pad0                uint32
}

// Control is where a run stands (shaders/common/control.wgsl).
type Control struct {
	Live                 uint32
	Sorted               uint32
	Running              uint32
	Prime                uint32
	Step                 uint32
	StepLimit            uint32
	TimeS                uint32
	TimeFrac             uint32
	GoalS                uint32
	GoalFrac             uint32
	Dt                   float32
	Lost                 uint32
	Fault                uint32
	MaxSpeed             float32
	PreviousDt           float32
	Solve                uint32
	Iterations           uint32
	DivergenceIterations uint32
	DensityIterations    uint32
	Residual             float32
	ViscosityIterations  uint32
	ViscousStep          float32
	ViscousTurn          float32
	ViscousResidual      float32
	Born                 uint32
}

// Tally is what many threads report at once (shaders/common/tally.wgsl).
type Tally struct {
	MaxSpeedSquared        uint32
	MaxAccelerationSquared uint32
	WallClamps             uint32
	Fault                  uint32
	CountParticle          uint32
	DensityParticle        uint32
	ForceParticle          uint32
	IntegrateParticle      uint32
	Residual               uint32
	FactorParticle         uint32
	RelaxParticle          uint32
	NonPressureParticle    uint32
	AddPullsParticle       uint32
	Source                 uint32
}

// Dispatch holds the arguments of the indirect dispatches (shaders/common/dispatch.wgsl).
type Dispatch struct {
	Cells   [4]uint32
	Sorted  [4]uint32
	Live    [4]uint32
	Scan    [4]uint32
	Iterate [4]uint32
	Viscous [4]uint32
}

// Hand is what the user's hand does to the fluid (shaders/common/hand.wgsl).
type Hand struct {
	Place    [4]float32
	Motion   [4]float32
	Ray      [4]float32
	Sight    [4]float32
	Gift     [4]float32
	Push     float32
	Drains   uint32
	Sequence uint32
	Added    uint32
}

// Answer is what comes back to the hand (shaders/common/hand.wgsl).
type Answer struct {
	Depth uint32
	Pick  uint32
	Pad0  uint32
	Pad1  uint32
}

// Kinds of Obstacle, as in shaders/common/obstacle.wgsl.
const (
	SolidBox uint32 = iota
	SolidSphere
	SolidCylinder
	SolidCapsule
)

// Obstacle is a solid body (shaders/common/obstacle.wgsl).
type Obstacle struct {
	Position [4]float32
	AxisX    [4]float32
	AxisY    [4]float32
	AxisZ    [4]float32
	HalfSize [4]float32
	Velocity [4]float32
	Goal     [4]float32
	Spin     [4]float32
	Slide    [4]float32
	Kind     uint32
	Pad0     uint32
	Pad1     uint32
	Pad2     uint32
}

// Motion is how a body moves by itself (shaders/common/motion.wgsl).
type Motion struct {
	Anchor    [4]float32
	RestX     [4]float32
	RestY     [4]float32
	RestZ     [4]float32
	Arm       [4]float32
	Axis      [4]float32
	Velocity  [4]float32
	Stroke    [4]float32
	Slide     [4]float32
	StartS    uint32
	StartFrac uint32
	LastS     uint32
	LastFrac  uint32
	SwingStep uint32
	TurnStep  uint32
	Pad0      uint32
	Pad1      uint32
}

// Statistics are totals over all particles (shaders/common/statistics.wgsl).
type Statistics struct {
	Momentum        [4]float32
	KineticEnergy   float32
	DensityErrorSum float32
	DensityErrorMax float32
	NeighboursSum   float32
	SpeedMax        float32
	Particles       float32
	Pad0            float32
	Pad1            float32
}

// Particle ids travel as floats in position.w, and these are exact up to here.
const MaxParticles = 1<<24 - 1
