// Lays out the boxes whose aspect ratios come on the standard input by npm's justified-layout, as often as told, and
// prints how many milliseconds each run took.
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

const justified = createRequire(import.meta.url)("justified-layout");
const ratios = JSON.parse(await text(process.stdin));
const times = [];
for (let run = 0; run < Number(process.argv[2]); run += 1) {
    const start = performance.now();
    const { boxes } = justified(ratios, { containerWidth: 1180, targetRowHeight: 200, boxSpacing: 3 });
    times.push(performance.now() - start);
    if (boxes.length !== ratios.length) {
        throw new Error(`it laid out ${boxes.length} of ${ratios.length} boxes`);
    }
}
console.log(JSON.stringify(times));
