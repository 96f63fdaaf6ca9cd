package scene

// target is where values are decoded to and written from: the scene, and in a
// repeated table the body, probe or camera key that one of the tables is about.
type target struct {
	*Scene
	body  *body
	probe *Probe
	key   *CameraKey
}

// kind is the type of the body or probe; camera keys are all of one.
func (t *target) kind() string {
	switch {
	case t.probe != nil:
		return t.probe.Type
	case t.key != nil:
		return ""
	}
	return t.body.kind
}

// newRow is the target for one more of the repeated table g.
func newRow(g *group, s *Scene) *target {
	switch g.path {
	case "probe[]":
		return &target{Scene: s, probe: &Probe{}}
	case "camera.key[]":
		return &target{Scene: s, key: &CameraKey{}}
	}
	return &target{Scene: s, body: &body{}}
}

// rows are the repeated tables of g in the scene.
func (s *Scene) rows(g *group) []*target {
	var all []*target
	switch g.path {
	case "fluid.shape[]":
		for _, f := range s.Fluid.Shapes {
			all = append(all, &target{Scene: s, body: f.body()})
		}
	case "obstacle[]":
		for _, o := range s.Obstacles {
			all = append(all, &target{Scene: s, body: o.body()})
		}
	case "probe[]":
		for i := range s.Probes {
			all = append(all, &target{Scene: s, probe: &s.Probes[i]})
		}
	case "camera.key[]":
		for i := range s.CameraKeys {
			all = append(all, &target{Scene: s, key: &s.CameraKeys[i]})
		}
	}
	return all
}

// add appends a decoded row to the repeated table g of its scene.
func (t *target) add(g *group) {
	switch g.path {
	case "fluid.shape[]":
		t.Fluid.Shapes = append(t.Fluid.Shapes, t.body.shape())
	case "obstacle[]":
		t.Obstacles = append(t.Obstacles, t.body.obstacle())
	case "probe[]":
		t.Probes = append(t.Probes, *t.probe)
	case "camera.key[]":
		t.CameraKeys = append(t.CameraKeys, *t.key)
	}
}
