package pass

// A colour map is a list of sRGB colours at even distances; between them it is interpolated.
type colourMap struct {
	name    string
	anchors []uint32 // 0xrrggbb
}

var colourMaps = []colourMap{
	// Ours: deep to shallow to foam, lightness rising evenly.
	{"water", []uint32{0x0b3a78, 0x0f569d, 0x1474bd, 0x2494d3, 0x4db2e0, 0x83cdea, 0xb9e4f3, 0xeaf8fd}},
	// viridis and magma: S. van der Walt and N. Smith for matplotlib (2015), dedicated to the public
	// domain (CC0); ten samples each.
	{"viridis", []uint32{0x440154, 0x482878, 0x3e4a89, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6dcd59, 0xb4de2c, 0xfde725}},
	// turbo: A. Mikhailov, "Turbo, An Improved Rainbow Colormap for Visualization", Google AI Blog
	// (2019); ten samples.
	{"turbo", []uint32{0x30123b, 0x4662d7, 0x36aaf9, 0x1ae4b6, 0x72fe5e, 0xc7ef34, 0xfaba39, 0xf66b19, 0xcb2a04, 0x7a0403}},
	{"magma", []uint32{0x000004, 0x180f3e, 0x451077, 0x721f81, 0x9f2f7f, 0xcd4071, 0xf1605d, 0xfd9567, 0xfec98d, 0xfcfdbf}},
	// Blue to red through light grey: K. Moreland, "Diverging Color Maps for Scientific
	// Visualization", ISVC 2009, nine samples.
	{"diverging", []uint32{0x3b4cc0, 0x6282ea, 0x8db0fe, 0xb8d0f9, 0xdddddd, 0xf5c4ad, 0xf49a7b, 0xde604d, 0xb40426}},
	// Colours to tell things apart, for eyes of any kind: M. Okabe and K. Ito, Color Universal Design
	// (2008), free to use; black left out. Not blended.
	{"distinct", []uint32{0x56b4e9, 0xe69f00, 0x009e73, 0xcc79a7, 0xf0e442, 0x0072b2, 0xd55e00}},
	{"gray", []uint32{0x101010, 0xf4f4f4}},
}

const mapSize = 256

// Distinct is how many colours the map of that name has.
const Distinct = 7

func hex(v uint32) Colour {
	return Colour{float64(v>>16&0xff) / 255, float64(v>>8&0xff) / 255, float64(v&0xff) / 255}
}

// Maps lists the names of the colour maps, the default first.
func Maps() []string {
	var names []string
	for _, m := range colourMaps {
		names = append(names, m.name)
	}
	return names
}

// mapTable samples a colour map in linear light.
func mapTable(name string) (table [mapSize][4]float32) {
	for i := range table {
		table[i] = MapColour(name, float64(i)/(mapSize-1)).linear()
	}
	return table
}

// MapColour is the colour at a place from 0 to 1 of a map, for legends. An unknown name gives the
// default map.
func MapColour(name string, at float64) Colour {
	chosen := colourMaps[0]
	for _, m := range colourMaps {
		if m.name == name {
			chosen = m
		}
	}
	if name == "distinct" {
		return hex(chosen.anchors[min(int(min(max(at, 0), 1)*Distinct), Distinct-1)])
	}
	at = min(max(at, 0), 1) * float64(len(chosen.anchors)-1)
	low := min(int(at), len(chosen.anchors)-2)
	part := at - float64(low)
	var c Colour
	for i := range c {
		a := float64(chosen.anchors[low]>>(16-8*i)&0xff) / 255
		b := float64(chosen.anchors[low+1]>>(16-8*i)&0xff) / 255
		c[i] = a + (b-a)*part
	}
	return c
}
