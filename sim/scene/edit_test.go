package scene_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/fluidsim/fluidsim/scenes"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// edit changes a text and checks what always holds: it loads as the wanted scene.
func edit(t *testing.T, text string, sets ...string) (edited string, kept bool) {
	t.Helper()
	before, err := scene.Parse("a.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	want, err := before.Set(sets...)
	if err != nil {
		t.Fatal(err)
	}
	out, kept, err := scene.Edit([]byte(text), want)
	if err != nil {
		t.Fatal(err)
	}
	after, err := scene.Parse("a.toml", out)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if after.Hash() != want.Hash() {
		t.Fatalf("%v: it loads as another scene: %v\n%s", sets, want.Changes(after), out)
	}
	return string(out), kept
}

// drop stands for "@" in the texts below: every scene has some fluid.
const drop = "[[fluid.shape]]\ntype = \"sphere\"\nposition = [0.5, 0.5, 0.5]\nradius = 0.2\n"

// crlf gives every line the end that Windows likes.
func crlf(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
}

func dropped(text string) string { return strings.ReplaceAll(text, "@", drop) }

const head = "format = 1\n[domain]\nmin = [0, 0, 0]\nmax = [1, 1, 1]\n"

// Each form that a text may have keeps everything but what has changed.
func TestEditKeeps(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		sets []string
		want string
	}{
		"a value, with a comment at its end": {
			head + "[fluid]\nspacing   =  0.05 # coarse\nviscosity=1# thick\n@", []string{"fluid.viscosity=0.25"},
			head + "[fluid]\nspacing   =  0.05 # coarse\nviscosity=0.25# thick\n@"},
		"a key that is missing in its table": {
			head + "[fluid] # material\nspacing = 0.05 # coarse\n\n# the end\n[solver]\n@", []string{"fluid.viscosity=0.25"},
			head + "[fluid] # material\nspacing = 0.05 # coarse\nviscosity = 0.25\n\n# the end\n[solver]\n@"},
		"a table without keys": {
			head + "[fluid]\nspacing = 0.05\n[solver] # to be filled\n\n[time]\ncfl = 0.3\n@", []string{"solver.type=pbf"},
			head + "[fluid]\nspacing = 0.05\n[solver] # to be filled\ntype = \"pbf\"\n\n[time]\ncfl = 0.3\n@"},
		"a table that is missing": {
			head + "[fluid]\nspacing = 0.05\n@# no end of line", []string{"solver.type=pbf", "solver.max_iterations=8", "time.cfl=0.3"},
			head + "[fluid]\nspacing = 0.05\n@# no end of line\n\n[solver]\ntype = \"pbf\"\nmax_iterations = 8\n\n[time]\ncfl = 0.3\n"},
		"a key at the top": {
			"# a scene\n" + head + "[fluid]\nspacing = 0.05\n@", []string{"gravity=[0, -1, 0]"},
			"# a scene\nformat = 1\ngravity = [0, -1, 0]\n" + strings.TrimPrefix(head, "format = 1\n") + "[fluid]\nspacing = 0.05\n@"},
		"an inline table": {
			"format = 1\nfluid = { spacing = 0.05, shape = [{type = \"sphere\", position = [0.5, 0.5, 0.5], radius = 0.2}] } # here\ndomain = {min=[0,0,0],max=[1,1,1]}\nsolver = {}\n", []string{"fluid.viscosity=1", "fluid.jitter=0", "solver.type=wcsph"},
			"format = 1\nfluid = { spacing = 0.05, shape = [{type = \"sphere\", position = [0.5, 0.5, 0.5], radius = 0.2}], viscosity = 1, jitter = 0 } # here\ndomain = {min=[0,0,0],max=[1,1,1]}\nsolver = { type = \"wcsph\"}\n"},
		"keys with dots": {
			"format = 1\nfluid.shape = [{type = \"sphere\", position = [0.5, 0.5, 0.5], radius = 0.2}]\nfluid.spacing = 0.05 # s\ndomain.min = [0,0,0]\ndomain.max = [1,1,1]\n", []string{"fluid.viscosity=1", "fluid.spacing=0.06"},
			"format = 1\nfluid.shape = [{type = \"sphere\", position = [0.5, 0.5, 0.5], radius = 0.2}]\nfluid.spacing = 0.06 # s\nfluid.viscosity = 1\ndomain.min = [0,0,0]\ndomain.max = [1,1,1]\n"},
		"names in quotes, and tabs": {
			head + "[\"fluid\"]\n\t'spacing' = 0.05\n\t\"viscosity\" = 1\n@", []string{"fluid.viscosity=2", "fluid.jitter=0"},
			head + "[\"fluid\"]\n\t'spacing' = 0.05\n\t\"viscosity\" = 2\n\tjitter = 0\n@"},
		"line ends of Windows": {
			strings.ReplaceAll(head+"[fluid]\nspacing = 0.05 # s\n@", "\n", "\r\n"), []string{"fluid.viscosity=2", "time.cfl=0.2"},
			strings.ReplaceAll(head+"[fluid]\nspacing = 0.05 # s\nviscosity = 2\n@\n[time]\ncfl = 0.2\n", "\n", "\r\n")},
		"a mark of bytes": {
			"\ufeff" + head + "[fluid]\nspacing = 0.05\n@", []string{"fluid.spacing=0.04"},
			"\ufeff" + head + "[fluid]\nspacing = 0.04\n@"},
		"a list over several lines": {
			"format = 1\ngravity = [ # down\n  0,\n  -9, # weak\n  0,\n] # that was it\n[domain]\nmin = [0,0,0]\nmax = [1,1,1]\n[fluid]\nspacing = 0.05\n@", []string{"gravity=[0, 1, 0]"},
			"format = 1\ngravity = [0, 1, 0] # that was it\n[domain]\nmin = [0,0,0]\nmax = [1,1,1]\n[fluid]\nspacing = 0.05\n@"},
		"a text with signs in it": {
			"format = 1\ntitle = \"a = [b] # c\"\ndescription = '''x = 1'''\n" + strings.TrimPrefix(head, "format = 1\n") + "[fluid]\nspacing = 0.05\n@", []string{`title="[fluid] \"new\" # = 2"`, "fluid.viscosity=3"},
			"format = 1\ntitle = \"[fluid] \\\"new\\\" # = 2\"\ndescription = '''x = 1'''\n" + strings.TrimPrefix(head, "format = 1\n") + "[fluid]\nspacing = 0.05\nviscosity = 3\n@"},
		"the second of three bodies": {
			head + "[fluid]\nspacing = 0.05\n@[[obstacle]]\ntype = \"sphere\"\nposition = [0.5,0.5,0.5]\nradius = 0.1\n[[obstacle]] # two\ntype = \"sphere\"\nposition = [0.2,0.5,0.5] # left\nradius = 0.1\n[[obstacle]]\ntype = \"sphere\"\nposition = [0.8,0.5,0.5]\nradius = 0.1\n",
			[]string{"obstacle.1.position=[0.3, 0.5, 0.5]", `obstacle.1.color="#ff0000"`},
			head + "[fluid]\nspacing = 0.05\n@[[obstacle]]\ntype = \"sphere\"\nposition = [0.5,0.5,0.5]\nradius = 0.1\n[[obstacle]] # two\ntype = \"sphere\"\nposition = [0.3, 0.5, 0.5] # left\nradius = 0.1\ncolor = \"#ff0000\"\n[[obstacle]]\ntype = \"sphere\"\nposition = [0.8,0.5,0.5]\nradius = 0.1\n"},
		"bodies written inline": {
			head + "[fluid]\nspacing = 0.05\nshape = [{type = \"sphere\", position = [0.5, 0.5, 0.5], radius = 0.2}]\n", []string{"fluid.shape.0.radius=0.3", "fluid.shape.0.velocity=[1, 0, 0]"},
			head + "[fluid]\nspacing = 0.05\nshape = [{type = \"sphere\", position = [0.5, 0.5, 0.5], radius = 0.3, velocity = [1, 0, 0]}]\n"},
		"a box by its corners": {
			head + "[fluid]\nspacing = 0.05\n[[fluid.shape]]\ntype = \"box\"\nmin = [0, 0, 0] # low\nmax = [0.4, 0.4, 0.4] # high\n", []string{"fluid.shape.0.position=[0.3, 0.2, 0.2]", "fluid.shape.0.size=[0.4, 0.4, 0.2]"},
			head + "[fluid]\nspacing = 0.05\n[[fluid.shape]]\ntype = \"box\"\nmin = [0.1, 0, 0.1] # low\nmax = [0.5, 0.4, 0.3] # high\n"},
		"a box between nanometres": {
			head + "[fluid]\nspacing = 0.05\n[[fluid.shape]]\ntype = \"box\"\nmin = [0, 0, 0] # low\nmax = [0.4, 0.4, 0.4] # high\n", []string{"fluid.shape.0.position=[0.20000000001, 0.2, 0.2]"},
			head + "[fluid]\nspacing = 0.05\n[[fluid.shape]]\ntype = \"box\"\nposition = [0.20000000001, 0.2, 0.2] # low\nsize = [0.4, 0.4, 0.4] # high\n"},
		"nothing": {head + "[fluid]\nspacing = 0.05 #\n@", nil, head + "[fluid]\nspacing = 0.05 #\n@"},
	} {
		t.Run(name, func(t *testing.T) {
			text, want := dropped(c.text), dropped(c.want)
			if strings.Contains(text, "\r\n") {
				text, want = crlf(text), crlf(want)
			}
			got, kept := edit(t, text, c.sets...)
			if got != want || !kept {
				t.Errorf("kept %v; got\n%q\nwant\n%q", kept, got, want)
			}
		})
	}
}

// What no longer has a value leaves its line, and its comment stays.
func TestEditRemoves(t *testing.T) {
	text := head + "[fluid]\nspacing = 0.05\n" + drop + "[camera]\nposition = [0, 0, 3]\ntarget = [0, 0, 0] # middle\nfov = 30\n"
	to, err := scene.Parse("a.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	auto := *to
	auto.Camera.Auto, auto.Camera.Position, auto.Camera.Target = true, scene.Vec3{}, scene.Vec3{}
	got, kept, err := scene.Edit([]byte(text), &auto)
	want := head + "[fluid]\nspacing = 0.05\n" + drop + "[camera]\n# middle\nfov = 30\n"
	if err != nil || !kept || string(got) != want {
		t.Errorf("%v, kept %v:\n%s", err, kept, got)
	}
}

// Where the form does not allow it the scene is written anew, below its opening comment, and says so.
func TestEditAnew(t *testing.T) {
	text := "# my scene\n# of two lines\n\n" + head + "[fluid]\nspacing = 0.05\n" + drop + "[[obstacle]]\ntype = \"sphere\"\nposition = [0.5,0.5,0.5]\nradius = 0.1\n"
	s, err := scene.Parse("a.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	fewer := *s
	fewer.Obstacles = nil
	got, kept, err := scene.Edit([]byte(text), &fewer)
	if err != nil || kept || !strings.HasPrefix(string(got), "# my scene\n# of two lines\n\nformat = 1\n") {
		t.Errorf("%v, kept %v:\n%s", err, kept, got)
	}
	after, err := scene.Parse("a.toml", got)
	if err != nil || after.Hash() != fewer.Hash() {
		t.Errorf("it loads as %v, %v", after, err)
	}
	if _, _, err := scene.Edit([]byte("format = "), s); err == nil {
		t.Error("a text that is none was edited")
	}
}

// Every shipped scene can be changed in each of its values, one after another and all at once, with all of its
// comments kept.
func TestEditShippedScenes(t *testing.T) {
	for _, name := range scenes.Names() {
		t.Run(name, func(t *testing.T) {
			raw, err := scenes.Text(name)
			if err != nil {
				t.Fatal(err)
			}
			text := string(raw)
			s, err := scene.Parse(name, raw)
			if err != nil {
				t.Fatal(err)
			}
			var all []string
			for _, set := range variations(s) {
				if _, err := s.Set(set); err != nil {
					continue // another value contradicts it
				}
				got, kept := edit(t, text, set)
				if !kept || comments(got) != comments(text) {
					t.Errorf("%s: the text is not kept", set)
				}
				if _, err := s.Set(append(all, set)...); err == nil {
					all = append(all, set)
				}
			}
			if len(all) < 20 {
				t.Errorf("only %d values could be changed", len(all))
			}
			got, kept := edit(t, text, all...)
			if !kept || comments(got) != comments(text) {
				t.Errorf("after %d changes the text is not kept:\n%s", len(all), got)
			}
		})
	}
}

// comments are all comments of a text.
func comments(text string) string {
	var all []string
	for line := range strings.Lines(text) {
		if at := strings.IndexByte(line, '#'); at >= 0 && strings.Count(line[:at], `"`)%2 == 0 {
			all = append(all, strings.TrimSpace(line[at:]))
		}
	}
	return strings.Join(all, "\n")
}

// variations is an assignment for each value of the scene that may be another.
func variations(s *scene.Scene) []string {
	random := rand.New(rand.NewPCG(1, 2))
	var all []string
	each := func(path string, k scene.Key) {
		v, _, ok := s.Value(path)
		if !ok || k.Path == "format" || k.Path == "dimensions" || k.Name() == "type" || k.Name() == "name" {
			return
		}
		switch v := v.(type) {
		case float64:
			low, high, _ := k.Usual(v)
			next := low + (high-low)*random.Float64()
			if k.Type == scene.Integer {
				next = float64(int(next))
			}
			all = append(all, path+"="+scene.Format(next))
		case []float64:
			next := append([]float64(nil), v...)
			for i := range next {
				next[i] *= 1 + 0.01*random.Float64()
			}
			all = append(all, path+"="+scene.Format(next))
		case bool:
			all = append(all, path+"="+scene.Format(!v))
		case string:
			words := s.Words(&k)
			switch {
			case k.Type == scene.Color:
				all = append(all, path+`="#123456"`)
			case len(words) > 1:
				all = append(all, path+"="+scene.Format(words[random.IntN(len(words))]))
			default:
				all = append(all, path+"="+scene.Format(v+" # \"more\""))
			}
		}
	}
	for _, k := range scene.Keys() {
		table, name, repeated := strings.Cut(k.Path, "[].")
		if !repeated {
			each(k.Path, k)
			continue
		}
		for i := range s.Rows(table + "[]") {
			each(table+"."+string(rune('0'+i%10))+"."+name, k)
		}
	}
	return all
}
