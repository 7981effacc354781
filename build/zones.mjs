// Makes `zones.bin` beside the page: which time zone is where on Earth, from the pinned tz-lookup. Trunk runs this as a
// hook. The package's program reads files, which no page can; so its data alone are taken, and the core reads them
// (core/src/takeout/zones/map.rs).
//
// Later versions than 6.0.2 are made from OpenStreetMap's borders (ODbL), whatever license they name; this one is from
// Eric Muller's maps, who has waived his rights (CC0), as the package's authors have.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const folder = process.env.TRUNK_STAGING_DIR;
if (!folder) {
  console.error("build/zones.mjs is a Trunk hook: run `trunk build`, or `cargo xtask serve`.");
  process.exit(1);
}

const from = "node_modules/tz-lookup";
const { version } = JSON.parse(await readFile(join(from, "package.json"), "utf8"));
if (version !== "6.0.2") {
  console.error(`build/zones.mjs knows the data of tz-lookup 6.0.2 only, and this is ${version}: run npm ci.`);
  process.exit(1);
}
const names = JSON.parse(await readFile(join(from, "tz.json"), "utf8"));
const tree = await readFile(join(from, "tz.bin"));
const head = Buffer.from(`albumen zones 1\n${names.join("\n")}\0`);
await writeFile(join(folder, "zones.bin"), Buffer.concat([head, tree]));
