package scene

// body is a fluid shape or an obstacle while it is decoded or written.
type body struct {
	kind           string
	position, size Vec3
	min, max       Vec3
	radius, height float64
	rotation       Vec3
	velocity       Vec3
	color          *[3]float64
	visible        bool
	motion         Motion
}

func (b *body) shape() FluidShape {
	return FluidShape{Type: b.kind, Position: b.position, Size: b.size, Radius: b.radius, Height: b.height, Rotation: b.rotation, Velocity: b.velocity}
}

func (b *body) obstacle() Obstacle {
	return Obstacle{Type: b.kind, Position: b.position, Size: b.size, Radius: b.radius, Height: b.height, Rotation: b.rotation, Color: b.color, Visible: b.visible, Motion: b.motion}
}

func (f FluidShape) body() *body {
	return &body{kind: f.Type, position: f.Position, size: f.Size, radius: f.Radius, height: f.Height, rotation: f.Rotation, velocity: f.Velocity}
}

func (o Obstacle) body() *body {
	return &body{kind: o.Type, position: o.Position, size: o.Size, radius: o.Radius, height: o.Height, rotation: o.Rotation, color: o.Color, visible: o.Visible, motion: o.Motion}
}
