package scene

import (
	"slices"
	"testing"
)

// Changes finds every value that Set has changed, and nothing else.
func TestChanges(t *testing.T) {
	const text = `
format = 1
[domain]
min = [0, 0, 0]
max = [1, 1, 1]
[fluid]
spacing = 0.05
[[fluid.shape]]
type = "box"
min = [0, 0, 0]
max = [0.5, 0.5, 0.5]
[[obstacle]]
type = "sphere"
position = [0.8, 0.2, 0.5]
radius = 0.1
[[probe]]
name = "level"
type = "height"
position = [0.5, 0, 0.5]
`
	s, err := Parse("a.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ set, path, key string }{
		{"gravity=[0, -9, 0]", "gravity", "gravity"},
		{"title=other", "title", "title"},
		{"fluid.viscosity=0.002", "fluid.viscosity", "fluid.viscosity"},
		{"fluid.shape.0.size=[0.4, 0.5, 0.5]", "fluid.shape.0.size", "fluid.shape[].size"},
		{"obstacle.0.radius=0.11", "obstacle.0.radius", "obstacle[].radius"},
		{`obstacle.0.color="#ffffff"`, "obstacle.0.color", "obstacle[].color"},
		{"probe.0.name=other", "probe.0.name", "probe[].name"},
		{`domain.open=["+y"]`, "domain.open", "domain.open"},
		{"camera.fov=50", "camera.fov", "camera.fov"},
		{"record.width=640", "record.width", "record.width"},
	} {
		other, err := s.Set(c.set)
		if err != nil {
			t.Fatal(err)
		}
		got := s.Changes(other)
		if len(got) != 1 || got[0].Path != c.path || got[0].Key != c.key {
			t.Errorf("%s: %v", c.set, got)
			continue
		}
		if again, err := s.Set(got[0].Path + "=" + got[0].Text); err != nil || again.Hash() != other.Hash() {
			t.Errorf("%s: setting %s to %s is another change: %v", c.set, got[0].Path, got[0].Text, err)
		}
		if got := other.Changes(other); got != nil {
			t.Errorf("%s: %v from itself", c.set, got)
		}
	}
	fewer := *s
	fewer.Name, fewer.Obstacles = "other", nil
	fewer.Camera.Auto = false
	var keys []string
	for _, c := range s.Changes(&fewer) {
		keys = append(keys, c.Path+" "+c.Key)
	}
	if want := []string{"obstacle obstacle[]", "camera.position camera.position", "camera.target camera.target"}; !slices.Equal(keys, want) {
		t.Errorf("without the obstacle and with a camera: %v, want %v", keys, want)
	}
}
