// Notes how long it takes from the drop of an export until photos stand in the grid and all of them are kept, which
// `isKept` tells, and that is painted.
globalThis.benchTook = null;
addEventListener("drop", event => {
    const isShown = () => [...document.querySelectorAll("[data-row]")].some(tile => tile.checkVisibility());
    onceTrue(() => isKept() && isShown(), () => {
        globalThis.benchTook = performance.now() - event.timeStamp;
    });
}, { capture: true, once: true });
return null;
