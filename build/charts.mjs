// Bundles charts.js with the pinned ECharts into one module, `charts.js` beside the page. Trunk runs this as a hook.
import { join } from "node:path";
import { build } from "esbuild";

const folder = process.env.TRUNK_STAGING_DIR;
if (!folder) {
  console.error("build/charts.mjs is a Trunk hook: run `trunk build`, or `cargo xtask serve`.");
  process.exit(1);
}

await build({
  entryPoints: ["build/charts.js"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "eof",
  logLevel: "warning",
  outfile: join(folder, "charts.js"),
});
