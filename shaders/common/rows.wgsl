// What the frame candidates.wgsl calls: no more than the grid.
//import common/grid.wgsl
