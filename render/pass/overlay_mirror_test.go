//go:build !js

package pass

func init() {
	mirrored = append(mirrored, struct {
		shader, name string
		mirror       any
	}{"render/overlay", "Overlay", overlayUniform{}})
}
