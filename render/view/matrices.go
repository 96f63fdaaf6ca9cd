package view

import "github.com/g3n/engine/math32"

// Matrices takes points of the camera's coordinates to WebGPU clip space. All are column-major.
type Matrices struct {
	View       [16]float32 // world to eye: x right, y up, -z forward
	Projection [16]float32 // eye to clip, z from 0 (near) to 1 (far)
	Combined   [16]float32 // Projection * View
	Inverse    [16]float32 // of Combined
}

// Matrices returns the camera's matrices for a picture of the given width-to-height ratio.
func (c Camera) Matrices(aspect float64) Matrices {
	if !(aspect > 0) {
		aspect = 1
	}
	right, up, back := c.Axes()
	// LookAt of math32 writes only a rotation and wants single precision; the axes are already
	// known, so the view matrix is their transpose with the position taken out.
	var view math32.Matrix4
	view.Set(
		float32(right[0]), float32(right[1]), float32(right[2]), float32(-dot(right, c.Position)),
		float32(up[0]), float32(up[1]), float32(up[2]), float32(-dot(up, c.Position)),
		float32(back[0]), float32(back[1]), float32(back[2]), float32(-dot(back, c.Position)),
		0, 0, 0, 1,
	)
	near, far := c.Planes()
	var perspective, correction, projection, combined, inverse math32.Matrix4
	perspective.MakePerspective(float32(c.lens()), float32(aspect), float32(near), float32(far))
	correction.Set( // z' = (z + w)/2: from [-w, w] to [0, w]
		1, 0, 0, 0,
		0, 1, 0, 0,
		0, 0, 0.5, 0.5,
		0, 0, 0, 1,
	)
	projection.MultiplyMatrices(&correction, &perspective)
	combined.MultiplyMatrices(&projection, &view)
	if inverse.GetInverse(&combined) != nil {
		inverse.Identity()
	}
	return Matrices{View: view, Projection: projection, Combined: combined, Inverse: inverse}
}

// Orthographic returns a column-major matrix that looks along direction and maps the sphere around
// centre into clip space, z from 0 to 1: the sun's view, for shadows.
func Orthographic(direction, centre Vector, radius float64) [16]float32 {
	if !(radius > 0) {
		radius = 1
	}
	sun := Camera{Position: sub(centre, normalize(direction, Vector{0, -1, 0})), Target: centre, Up: Vector{0, 1, 0}}
	right, up, back := sun.Axes()
	s := 1 / radius
	var m math32.Matrix4
	m.Set(
		float32(right[0]*s), float32(right[1]*s), float32(right[2]*s), float32(-dot(right, centre)*s),
		float32(up[0]*s), float32(up[1]*s), float32(up[2]*s), float32(-dot(up, centre)*s),
		float32(-back[0]*s/2), float32(-back[1]*s/2), float32(-back[2]*s/2), float32(dot(back, centre)*s/2+0.5),
		0, 0, 0, 1,
	)
	return m
}
