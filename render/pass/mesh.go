package pass

import "math"

// vertex of a unit mesh. Place is scaled by the solid's size; its w, -1 or 1 at a capsule's caps,
// moves them apart by half the height.
type vertex struct {
	Place  [4]float32
	Normal [4]float32
}

const (
	roundSteps = 64 // around a sphere, cylinder or capsule
	capSteps   = 32 // from pole to pole
)

// span is the part of the shared vertex buffer that holds one kind.
type span struct{ first, count uint32 }

// meshes builds the unit meshes of all kinds, triangles counter-clockwise from outside.
func meshes() (all []vertex, spans [4]span) {
	for kind, build := range []func() []vertex{boxMesh, sphereMesh, cylinderMesh, capsuleMesh} {
		mesh := build()
		spans[kind] = span{uint32(len(all)), uint32(len(mesh))}
		all = append(all, mesh...)
	}
	return all, spans
}

func boxMesh() (out []vertex) {
	for axis := range 3 {
		for _, side := range []float32{-1, 1} {
			var normal [4]float32
			normal[axis] = side
			corner := func(u, v float32) vertex {
				var place [4]float32
				place[axis] = side
				place[(axis+1)%3] = u * side // mirrored with the side, so that the winding stays
				place[(axis+2)%3] = v
				return vertex{place, normal}
			}
			out = append(out, quad(corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1))...)
		}
	}
	return out
}

func quad(a, b, c, d vertex) []vertex { return []vertex{a, b, c, a, c, d} }

// ring is a point on the unit sphere, latitude from -90 to 90 degrees.
func ring(latitude, longitude float64, split float32) vertex {
	r := math.Cos(latitude)
	p := [4]float32{float32(r * math.Sin(longitude)), float32(math.Sin(latitude)), float32(r * math.Cos(longitude)), 0}
	place := p
	place[3] = split
	return vertex{place, p}
}

func sphereMesh() []vertex { return roundMesh(false) }

func capsuleMesh() []vertex { return roundMesh(true) }

// roundMesh is a sphere; split in halves with a wall between them it is a capsule.
func roundMesh(split bool) (out []vertex) {
	for lat := range capSteps {
		low := math.Pi * (float64(lat)/capSteps - 0.5)
		high := math.Pi * (float64(lat+1)/capSteps - 0.5)
		var side float32
		if split {
			side = 1
			if lat < capSteps/2 {
				side = -1
			}
		}
		for lon := range roundSteps {
			west := 2 * math.Pi * float64(lon) / roundSteps
			east := 2 * math.Pi * float64(lon+1) / roundSteps
			out = append(out, quad(ring(low, west, side), ring(low, east, side), ring(high, east, side), ring(high, west, side))...)
			if split && lat == capSteps/2 {
				out = append(out, quad(ring(0, west, -1), ring(0, east, -1), ring(0, east, 1), ring(0, west, 1))...)
			}
		}
	}
	return out
}

func cylinderMesh() (out []vertex) {
	at := func(angle float64, y float32, normalY float32) vertex {
		x, z := float32(math.Sin(angle)), float32(math.Cos(angle))
		v := vertex{Place: [4]float32{x, y, z, 0}, Normal: [4]float32{x, 0, z, 0}}
		if normalY != 0 {
			v.Normal = [4]float32{0, normalY, 0, 0}
		}
		return v
	}
	centre := func(y float32) vertex {
		return vertex{Place: [4]float32{0, y, 0, 0}, Normal: [4]float32{0, y, 0, 0}}
	}
	for lon := range roundSteps {
		west := 2 * math.Pi * float64(lon) / roundSteps
		east := 2 * math.Pi * float64(lon+1) / roundSteps
		out = append(out, quad(at(west, -1, 0), at(east, -1, 0), at(east, 1, 0), at(west, 1, 0))...)
		out = append(out, at(west, 1, 1), at(east, 1, 1), centre(1))
		out = append(out, at(east, -1, -1), at(west, -1, -1), centre(-1))
	}
	return out
}
