// What the user's hand does to the fluid. Mirror: layout.Hand.
struct Hand {
    place: vec4<f32>,   // xyz: its centre [m]; w: its radius [m], 0: it does not touch the fluid
    motion: vec4<f32>,  // xyz: its velocity, which it gives to what it touches [m/s]; w: how fast [1/s]
    ray: vec4<f32>,     // xyz: a point of a line of sight [m]; w: how close to it a particle is on it [m], 0: none is looked for
    sight: vec4<f32>,   // xyz: the line's direction, of length 1
    gift: vec4<f32>,    // xyz: velocity of added fluid [m/s]
    push: f32,          // acceleration away from the centre, below zero towards it [m/s^2]
    drains: u32,        // 1: what it touches is gone
    sequence: u32,      // number of the last input that changed something
    added: u32,         // candidates in gifts
}

// What comes back. Mirror: layout.Answer.
struct Answer {
    depth: atomic<u32>,  // of the nearest particle on the line of sight: bits of a float >= 0 [m]; all ones: none
    pick: u32,           // sequence of the hand whose line that was
    _pad0: u32,
    _pad1: u32,
}
