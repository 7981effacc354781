// Calls `note` after the frame in which `isTrue` has become true. It looks only when the page has changed: to look in every
// frame would keep the browser painting, which costs a small machine as much as what is measured.
const onceTrue = (isTrue, note) => {
    let isNoted = false;
    const look = () => {
        if (isNoted || !isTrue()) {
            return;
        }
        isNoted = true;
        observer.disconnect();
        requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = note;
            port2.postMessage(null);
        });
    };
    const observer = new MutationObserver(look);
    observer.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true });
    // It may be true already.
    requestAnimationFrame(look);
};
