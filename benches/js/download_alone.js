// Downloads a file of `size` bytes that are there already, in pieces about as large as those of an export and by the same
// service worker, which an export has left at work; milliseconds.
const [{ active, scope }] = await navigator.serviceWorker.getRegistrations();
const { port1, port2 } = new MessageChannel();
const heard = [];
let wake = () => {};
port1.onmessage = ({ data }) => {
    heard.push(data);
    wake();
};
const hear = async () => {
    while (heard.length === 0) await new Promise(resolve => { wake = resolve; });
    return heard.shift();
};
const pieces = [1, 2].map(() => new Uint8Array(1 << 23).fill(7));
const address = `${scope}alone`;
const frame = document.createElement("iframe");
frame.hidden = true;
frame.src = address;
const began = performance.now();
active.postMessage({ address, name: "alone", type: "text/csv" }, [port2]);
await hear();
document.body.append(frame);
await hear();
for (let left = size; left > 0;) {
    const { buffer } = pieces.pop() ?? await hear();
    const piece = new Uint8Array(buffer, 0, Math.min(left, buffer.byteLength));
    left -= piece.length;
    port1.postMessage(piece, [buffer]);
}
port1.postMessage(null);
while (await hear() !== "whole");
const took = performance.now() - began;
frame.remove();
return took;
