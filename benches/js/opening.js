// Runs before the page: notes when everything that `isThere` looks for has been painted.
{
    globalThis.benchLooks = 0;
    const look = () => {
        globalThis.benchLooks += 1;
        if (!isThere()) {
            requestAnimationFrame(look);
            return;
        }
        // The frame is painted when this message arrives.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
            globalThis.benchOpened = performance.now();
        };
        port2.postMessage(null);
    };
    requestAnimationFrame(look);
    // A page that holds a lock is thrown away when another wants it: kept for the back button it would weigh on the next.
    navigator.locks.request("bench", () => new Promise(() => {}));
}
