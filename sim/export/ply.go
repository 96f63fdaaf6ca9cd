package export

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
)

// writePLY writes vertices only (G. Turk, "The PLY Polygon File Format", 1994). Positions keep
// double precision, for a domain may lie far from the origin; the rest is as precise as the
// simulation.
func writePLY(w io.Writer, title string, f *Frame) error {
	_, err := fmt.Fprintf(w, `ply
format binary_little_endian 1.0
comment %s (made by fluidsim)
comment time %g s
comment units: m, m/s, kg/m^3, Pa
element vertex %d
property double x
property double y
property double z
property float vx
property float vy
property float vz
property float density
property float pressure
property int id
end_header
`, title, f.Time, len(f.ID))
	if err != nil {
		return err
	}
	var row []byte
	for i := range f.ID {
		row = row[:0]
		for _, v := range f.Position[i] {
			row = binary.LittleEndian.AppendUint64(row, math.Float64bits(v))
		}
		for _, v := range f.Velocity[i] {
			row = single(row, v)
		}
		row = single(row, f.Density[i])
		row = single(row, f.Pressure[i])
		row = binary.LittleEndian.AppendUint32(row, uint32(int32(f.ID[i])))
		if _, err := w.Write(row); err != nil {
			return err
		}
	}
	return nil
}

func single(row []byte, v float64) []byte {
	return binary.LittleEndian.AppendUint32(row, math.Float32bits(float32(v)))
}
