// Frame: every particle within the support radius of x: vec3<f32>, one at x itself too. The body finds what that of around.wgsl finds.
{
    let square = params.support_squared;
    let reach = i32(params.reach);
    //frame common/around.wgsl
    //body
    //end
}
