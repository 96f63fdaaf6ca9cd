// Frame: the values of a workgroup's invocations come together in that of its first, in a fixed order. The body adds to, or compares with, that
// of invocation `lane` that of invocation `other`, in an array that every invocation has written. Twice eight steps, so that
// all wait for each other twice: on processors that stand in for a GPU waiting is dear. Once in a kernel, since nobody waits at the end.
workgroupBarrier();
if (lane < 8u) {
    for (var other = lane + 8u; other < WORKGROUP; other += 8u) {
        //body
    }
}
workgroupBarrier();
if (lane == 0u) {
    for (var other = 1u; other < min(8u, WORKGROUP); other++) {
        //body
    }
}
