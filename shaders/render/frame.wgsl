//import render/field.wgsl

// What one picture fixes for all its passes, in scene coordinates (world minus the domain's centre).
// Colours are linear. Mirror: render/pass frame.
struct Frame {
    clip: mat4x4<f32>,          // scene to the camera's clip space
    sun_clip: mat4x4<f32>,      // scene to the shadow map's
    eye: vec4<f32>,             // camera position
    right: vec4<f32>,           // camera axes
    up: vec4<f32>,
    back: vec4<f32>,
    sun: vec4<f32>,             // xyz: towards the sun; w: how much of its light a shadow takes
    sun_view: vec4<f32>,        // the same along the camera's axes
    up_view: vec4<f32>,         // world up along the camera's axes
    gloss_view: vec4<f32>,      // xyz: halfway between the sun and the eye, along the camera's axes; w: 1 for obstacles that water mirrors
    sun_color: vec4<f32>,
    sky_color: vec4<f32>,       // ambient light from above
    ground_color: vec4<f32>,    // and from below
    background_top: vec4<f32>,
    background_bottom: vec4<f32>,
    floor_color: vec4<f32>,     // w: how much brighter its lines are, or tiles inside the domain
    floor: vec4<f32>,           // xy: centre (x, z); z: height; w: distance at which it has faded
    grid: vec4<f32>,            // x: fine spacing [m]; y: coarse; zw: scene origin's place in the world (x, z)
    domain_min: vec4<f32>,      // w: walls that are there, bits -x +x -y +y -z +z
    domain_max: vec4<f32>,
    fluid_color: vec4<f32>,
    edge_color: vec4<f32>,
    cut: vec4<f32>,             // fluid beyond this plane is not shown: dot(cut.xyz, point) > cut.w
    slice: vec4<f32>,           // plane whose velocities are shown, likewise
    arrow: vec4<f32>,           // x: length of the arrow of a metre a second [s]; y: half the slice's thickness [m]
    offset: vec4<f32>,          // xyz: particle coordinates to scene coordinates; w: particle radius [m]
    range: vec4<f32>,           // x: low end of the colour map; y: 1/(high - low); z: least coverage of a pixel at a ball's edge; w: 1 / density at rest [m^3/kg]
    screen: vec4<f32>,          // xy: size [pixels]; z: pixels a metre covers at distance 1; w: side of the shadow map
    lens: vec4<f32>,            // xy: slopes of the view at the picture's right and upper edge; zw: a clip depth d lies at w / (d - z) before the eye
    zenith: vec4<f32>,          // sky overhead; w: 0 for clouds, 1 for lamps, 2 for the environment's picture
    horizon: vec4<f32>,         // and where it meets the floor; w: brightness of clouds or lamps
    absorption: vec4<f32>,      // xyz: what a metre of fluid takes of light [1/m]; w: share of the light that its surface mirrors besides
    glow: vec4<f32>,            // xyz: light that the fluid scatters back where it is deep; w: air's refractive index over the fluid's
    water: vec4<f32>,           // x: particle spacing [m]; y: reach of the filter [m]; z: narrow range [m]; w: nearest distance of the surface [m]
    layer: vec4<f32>,           // x: texels of the surface a pixel; y: most texels that the filter reaches; z: sun map texels on a side; w: strength of caustics
    field: u32,                 // see FIELD_
    reverse: u32,               // 1: draw the particles last to first; they are sorted by z, and near ones first saves time
    ahead: f32,                 // how much later the particles' state is than the moment to show [s]
    fine: f32,                  // pixels that are drawn for one of the finished picture, along a side
    map: array<vec4<f32>, 256>, // colour map
}

@group(0) @binding(0) var<uniform> frame: Frame;

// A step of the 8-bit sRGB output, in linear light at this colour, times -1/2 to 1/2 in a fixed
// pattern: smooth gradients then show no bands, and the same picture has the same pixels.
fn dither(color: vec3<f32>, pixel: vec2<f32>) -> vec3<f32> {
    let x = u32(pixel.x);
    let y = u32(pixel.y);
    let q = x ^ y;
    let rank = ((q & 1u) << 3u) | ((y & 1u) << 2u) | (q & 2u) | ((y >> 1u) & 1u);
    let slope = 2.1 * sqrt(max(color, vec3<f32>(1e-4)));
    return max(color + slope * ((f32(rank) + 0.5) / 16.0 - 0.5) / 255.0, vec3<f32>(0.0));
}

// The backdrop at a height of the picture, 0 at the bottom to 1 at the top.
fn backdrop(pixel: vec2<f32>) -> vec3<f32> {
    let height = 1.0 - pixel.y / frame.screen.y;
    let at = smoothstep(0.0, 1.0, height);
    let across = (pixel.x / frame.screen.x - 0.5) * 2.0;
    return mix(frame.background_bottom.rgb, frame.background_top.rgb, at) * (1.0 - 0.18 * across * across);
}
