package solver

import (
	"maps"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// pbfPasses are those of Macklin & Müller (2013), alg. 1: where would everything fly, put right what is too dense there, and
// what that took is the velocity. The sort is that of the predicted places; the state itself changes at the end only.
func pbfPasses(p *layout.SimParams, perLive Work, sort []Pass) []Pass {
	iterate := Work{"iterate", argsIterate, perLive.Most}
	passes := []Pass{
		sort[0],
		{Label: "stride", Kernel: "stride", Work: once},
		{Label: "predict", Kernel: "predict", Work: Work{"sorted", argsSorted, perLive.Most}},
	}
	for _, pass := range sort[1:] {
		buffers := map[string]string{}
		maps.Copy(buffers, pass.Buffers)
		switch pass.Kernel {
		case "reorder":
			buffers["velocity"] = "predicted_velocity"
			fallthrough
		case "count", "scatter", "carry":
			buffers["position"] = "predicted"
		}
		pass.Buffers = buffers
		passes = append(passes, pass)
	}
	passes = append(passes,
		Pass{Label: "factor", Kernel: "factor", Work: perLive},
		Pass{Label: "first_constraint", Kernel: "first_constraint", Work: perLive},
		Pass{Label: "first/pressure", Kernel: "pressure", Work: iterate},
		Pass{Label: "first/displace", Kernel: "displace", Work: iterate},
		Pass{Label: "first/relax_check", Kernel: "relax_check", Work: once},
	)
	if p.MaxIterations > 1 {
		passes = append(passes, Pass{Label: "constraint", Times: int(p.MaxIterations) - 1, Body: []Pass{
			{Label: "constraint/near_walls", Kernel: "near_walls", Work: iterate},
			{Label: "constraint", Kernel: "constraint", Work: iterate},
			{Label: "constraint/pressure", Kernel: "pressure", Work: iterate},
			{Label: "constraint/displace", Kernel: "displace", Work: iterate},
			{Label: "constraint/relax_check", Kernel: "relax_check", Work: once},
		}})
	}
	passes = append(passes,
		Pass{Label: "settle/near_walls", Kernel: "near_walls", Work: perLive},
		Pass{Label: "settle", Kernel: "settle", Work: perLive},
		Pass{Label: "non_pressure", Kernel: "non_pressure", Work: perLive},
	)
	passes = append(passes, addForces(p, perLive)...)
	passes = append(passes, viscosityForce(p, perLive)...)
	return append(passes,
		Pass{Label: "finish", Kernel: "finish", Work: once},
		Pass{Label: "commit", Kernel: "commit", Work: perLive},
	)
}
