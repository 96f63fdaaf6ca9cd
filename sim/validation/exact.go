package validation

import "math"

// poiseuilleStartUp is the velocity at y of a fluid between plates at 0 and L that rest, driven by the acceleration F
// from rest at t = 0 (Morris et al. 1997, eq. 21, with the first terms of the series that matter).
func poiseuilleStartUp(y, t, length, nu, force float64) float64 {
	u := force / (2 * nu) * y * (length - y)
	for n := 0; n < 200; n++ {
		k := math.Pi * float64(2*n+1) / length
		term := 4 * force / (nu * length * k * k * k) * math.Exp(-nu*k*k*t)
		u -= term * math.Sin(k*y)
		if term < 1e-12*force*length*length/nu {
			break
		}
	}
	return u
}

// couetteStartUp is the velocity at y of a fluid between a plate at 0 that rests and one at L that moves with speed V from t = 0
// on (Morris et al. 1997, eq. 23).
func couetteStartUp(y, t, length, nu, speed float64) float64 {
	u := speed * y / length
	for n := 1; n < 400; n++ {
		k := math.Pi * float64(n) / length
		term := 2 * speed / (math.Pi * float64(n)) * math.Exp(-nu*k*k*t)
		if n%2 == 1 {
			term = -term
		}
		u += term * math.Sin(k*y)
		if math.Abs(term) < 1e-14*math.Abs(speed) {
			break
		}
	}
	return u
}

// taylorGreen is the velocity of the vortices of the unit square at t = 0, U = 1.
func taylorGreen(x, y float64) (u, v float64) {
	sx, cx := math.Sincos(2 * math.Pi * x)
	sy, cy := math.Sincos(2 * math.Pi * y)
	return -cx * sy, sx * cy
}

// standingWave is the velocity of the first mode in a tank of this length and depth at the moment in which the surface
// is flat and rises at x = 0 with the given speed (linear theory: Lamb, Hydrodynamics, art. 228). y counts from the floor.
func standingWave(x, y, length, depth, speed float64) (u, v float64) {
	k := math.Pi / length
	sin, cos := math.Sincos(k * x)
	return -speed * math.Cosh(k*y) / math.Sinh(k*depth) * sin, speed * math.Sinh(k*y) / math.Sinh(k*depth) * cos
}
