// Frame: every particle in a cell that a ball around x: vec3<f32> touches. square: its radius squared [m^2], reach: i32, how many
// cells that is at the most. The body finds the particle's number j among the sorted, and seen: x as that particle sees it.
//frame common/each_row.wgsl
    if (first < past) {
        let end = cells[past];
        for (var j = cells[first]; j < end; j++) {
            //body
        }
    }
//end
