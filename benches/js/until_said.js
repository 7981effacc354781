// Notes how long it takes from the next event of this kind until one of the elements `where` says `words` and that is
// painted; and when that event was, in milliseconds since the epoch.
globalThis.benchTook = null;
addEventListener(kind, event => {
    globalThis.benchBegan = performance.timeOrigin + event.timeStamp;
    const isSaid = () => [...document.querySelectorAll(where)].some(one => one.textContent.includes(words));
    onceTrue(isSaid, () => {
        globalThis.benchTook = performance.now() - event.timeStamp;
    });
}, { capture: true, once: true });
