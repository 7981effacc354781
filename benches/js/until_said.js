// Notes how long it takes from the next event of this kind until one of the elements `where` says `words` and that is
// painted.
globalThis.benchTook = null;
addEventListener(kind, event => {
    const isSaid = () => [...document.querySelectorAll(where)].some(one => one.textContent.includes(words));
    onceTrue(isSaid, () => {
        globalThis.benchTook = performance.now() - event.timeStamp;
    });
}, { capture: true, once: true });
