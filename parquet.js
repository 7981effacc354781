// Makes Parquet files in a worker of its own. Columns are posted to it as bytes, and it answers each with the bytes of the
// file that are ready; `null` ends the file, and the next begins another; a text says why it cannot go on. As in engine.js,
// the build id in this module's address is handed on to what it loads.
const { search } = new URL(import.meta.url);
const { default: start, ParquetWriter } = await import(`./parquet-writer.js${search}`);
await start({ module_or_path: new URL(`./parquet-writer_bg.wasm${search}`, import.meta.url) });

let writer;
const file = () => (writer ??= new ParquetWriter());
const end = () => {
  const bytes = file().end();
  writer.free();
  writer = undefined;
  return bytes;
};
const say = (bytes) => postMessage(bytes, [bytes.buffer]);
onmessage = ({ data }) => {
  try {
    say(data === null ? end() : file().write(data));
  } catch (error) {
    postMessage(String(error));
  }
};

// It can be written to.
say(new Uint8Array());
