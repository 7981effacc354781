// Notes how long it takes from the drop of an export until photos stand in the grid and all of them are kept, which
// `isKept` tells, and that is painted.
globalThis.benchTook = null;
addEventListener("drop", event => {
    const look = () => {
        const isShown = [...document.querySelectorAll("[data-row]")].some(tile => tile.checkVisibility());
        if (!isShown || !isKept()) {
            requestAnimationFrame(look);
            return;
        }
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
            globalThis.benchTook = performance.now() - event.timeStamp;
        };
        port2.postMessage(null);
    };
    requestAnimationFrame(look);
}, { capture: true, once: true });
return null;
