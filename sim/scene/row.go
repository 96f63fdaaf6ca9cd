package scene

// target is where values are decoded to and written from: the scene, and in a
// repeated table the body or probe that one of the tables is about.
type target struct {
	*Scene
	body  *body
	probe *Probe
}

// kind is the type of the body or probe.
func (t *target) kind() string {
	if t.probe != nil {
		return t.probe.Type
	}
	return t.body.kind
}

// newRow is the target for one more of the repeated table g.
func newRow(g *group, s *Scene) *target {
	if g.path == "probe[]" {
		return &target{Scene: s, probe: &Probe{}}
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
	}
}
