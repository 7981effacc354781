// Runs in the worker: notes each piece of a file that is read, as its place and its length in bytes, and the time that
// it took.
(() => {
    const { slice, arrayBuffer, bytes, stream } = Blob.prototype;
    const { readAsArrayBuffer } = FileReaderSync.prototype;
    const places = new WeakMap();
    globalThis.benchReads = [];
    const note = (piece, begun) => benchReads.push([places.get(piece) ?? 0, piece.size, performance.now() - begun]);
    Blob.prototype.slice = function (start = 0, end = this.size, ...type) {
        const piece = slice.call(this, start, end, ...type);
        const from = start < 0 ? Math.max(this.size + start, 0) : Math.min(start, this.size);
        places.set(piece, (places.get(this) ?? 0) + from);
        if (this instanceof File) {
            globalThis.benchFile = this;
        }
        return piece;
    };
    for (const [name, read] of Object.entries({ arrayBuffer, bytes })) {
        Blob.prototype[name] = async function () {
            const begun = performance.now();
            const all = await read.call(this);
            note(this, begun);
            return all;
        };
    }
    Blob.prototype.stream = function () {
        note(this, performance.now());
        return stream.call(this);
    };
    FileReaderSync.prototype.readAsArrayBuffer = function (piece) {
        const begun = performance.now();
        const all = readAsArrayBuffer.call(this, piece);
        note(piece, begun);
        return all;
    };
    globalThis.benchRead = async spans => {
        const begun = performance.now();
        for (const [from, to] of spans) {
            await arrayBuffer.call(slice.call(benchFile, from, to));
        }
        return performance.now() - begun;
    };
})()
