// The neighbours of every particle, found once a step: entry k of particle i is links[k * stride + i], with room for
// stride particles, so that neighbouring invocations read neighbouring words.
const LINKS = 80u;
