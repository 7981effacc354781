// Streams files into the browser's downloads: none but a service worker can answer a request of the browser's own with
// bytes as they come. It answers for the addresses that a page of ours has just told it of, below `download/`, and for no
// others; it keeps nothing.
//
// A page posts `{ address, name, type }` with a port. "ready" says that the address may be asked for, "begun" that it was.
// Then the page posts bytes, and gets each array back, to be filled again, when the browser has taken what is in it; `null`
// ends the file, which "whole" confirms, and "abort" breaks it off, as does the end of the page. "cancelled" says that the
// browser wants no more. "still there" is answered with "here".
const awaited = new Map();
// How often it is looked whether the page is still there: a port does not tell of a page that has died.
const LOOKED_FOR_EVERY_MS = 2000;

const stream = ({ port, page }) => {
  const arrived = [];
  let given;
  let more = () => {};
  let watch;
  const over = (words) => {
    clearInterval(watch);
    port.postMessage(words);
  };
  return new ReadableStream(
    {
      start(controller) {
        const breakOff = () => {
          controller.error(new Error("broken off"));
          over("cancelled");
        };
        port.onmessage = ({ data }) => {
          if (data === "abort") return breakOff();
          if (data === "still there") return port.postMessage("here");
          arrived.push(data);
          more();
        };
        watch = setInterval(async () => (await clients.get(page)) || breakOff(), LOOKED_FOR_EVERY_MS);
        port.postMessage("begun");
      },
      async pull(controller) {
        if (given) port.postMessage(given, [given.buffer]);
        given = undefined;
        while (arrived.length === 0) await new Promise((resolve) => { more = resolve; });
        given = arrived.shift() ?? undefined;
        if (given) return controller.enqueue(given);
        controller.close();
        over("whole");
      },
      cancel: () => over("cancelled"),
    },
    // The browser asks for a piece when it is done with the one before.
    { highWaterMark: 0 },
  );
};

addEventListener("install", () => skipWaiting());
// What comes without a port only keeps the browser from ending this worker for having nothing to do.
addEventListener("message", ({ data, ports: [port], source }) => {
  if (!port) return;
  awaited.set(data.address, { ...data, port, page: source.id });
  port.postMessage("ready");
});
addEventListener("fetch", (event) => {
  const file = awaited.get(event.request.url);
  if (!file) return;
  awaited.delete(event.request.url);
  const headers = {
    "Content-Type": file.type,
    "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    "X-Content-Type-Options": "nosniff",
  };
  event.respondWith(new Response(stream(file), { headers }));
});
