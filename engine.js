// Starts the engine in its worker. Trunk does not hash the worker's file names, so the build id, which the page puts
// into this module's address (`engine.js?v=…`), is handed on to everything that it loads.
const { search } = new URL(import.meta.url);

const { default: start } = await import(`./worker.js${search}`);
await start({ module_or_path: new URL(`./worker_bg.wasm${search}`, import.meta.url) });
