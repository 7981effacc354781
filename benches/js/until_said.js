// Notes how long it takes from the next event of this kind until one of the elements `where` says `words` and that is
// painted.
globalThis.benchTook = null;
addEventListener(kind, event => {
    const look = () => {
        const said = [...document.querySelectorAll(where)].some(one => one.textContent.includes(words));
        if (!said) {
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
