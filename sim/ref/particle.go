package ref

// Particle is all that the kernels know of one particle, in float64.
type Particle struct {
	ID           int
	Gone         bool // left through an open side
	X, V         Vec
	Density      float64
	Neighbours   int     // fluid neighbours within the support radius, itself not counted
	PressureTerm float64 // N p / rho^2
	Pressure     float64 // mechanical [Pa]; on the way, dt kappa of the divergence solve [m^2/s]
	Acceleration Vec
	Factor       float64 // k of DFSPH's relaxation [m^2]
	Kappa        float64 // rho0 N p / rho^2, which its two systems are solved for [m^2/s^2]
	LastKappa    float64 // kappa after the last iteration, without momentum
	Source       float64 // and their right-hand side
	Lambda       float64 // of PBF: kappa dt^2, of which Kappa is a round's change there [m^2]
	Pushed       Vec     // and what its rounds have moved the particle by
	Viscous      Viscous // the system of the implicit viscosity
	Interface    Interface
	Pulled       Vec   // acceleration by surface tension, wetting and spin
	Spin         Vec   // angular velocity of its own [1/s]
	Slip         Vec   // how much faster than the fluid around it turns
	Shift        Vec   // to where there is room
	Wall         Share // what walls and obstacles do to the density here
}

// Particles reads n particles from the arrays that the GPU keeps: position
// with the id in w (-1 - id once it has left), velocity with p/rho^2 in w.
func Particles(position, velocity [][4]float32, n int) []Particle {
	out := make([]Particle, n)
	for i := range out {
		id, gone := Tag(position[i][3])
		out[i] = Particle{
			ID: id, Gone: gone,
			X: xyz(position[i]), V: xyz(velocity[i]), PressureTerm: float64(velocity[i][3]),
		}
	}
	return out
}

// Tag decodes position.w.
func Tag(w float32) (id int, gone bool) {
	if w < 0 {
		return int(-1 - w), true
	}
	return int(w), false
}

// Feel reads what the walls are to each particle from the array that the GPU keeps: the gradient, and the factor in w.
func Feel(particles []Particle, walls [][4]float32) {
	for i := range particles {
		particles[i].Wall = Share{N: float64(walls[i][3]), Slope: xyz(walls[i])}
	}
}
