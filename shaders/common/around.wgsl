// Frame: every particle nearer to x: vec3<f32> than the root of square [m^2], which are reach: i32 cells at the most. The body finds
// the particle's number j among the sorted, away = x - x_j, and r2 = |away|^2.
//frame common/candidates.wgsl
    let away = seen - position_sorted[j].xyz;
    let r2 = dot(away, away);
    if (r2 < square) {
        //body
    }
//end
