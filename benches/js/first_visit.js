// Runs before the page: presses "Try it now" as soon as it is there, again and again until the page changes at once,
// as it does when a program hears the press.
{
    let isPressed = false;
    const observer = new MutationObserver(() => {
        if (isPressed && !globalThis.benchAnswered) {
            globalThis.benchAnswered = performance.now();
        }
    });
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    const look = () => {
        isPressed = false;
        if (globalThis.benchAnswered) {
            return;
        }
        const button = [...document.querySelectorAll("button")].find(one => one.textContent.trim() === "Try it now");
        if (button) {
            globalThis.benchSeen ??= performance.now();
            isPressed = true;
            globalThis.benchPressed = performance.now();
            button.click();
        }
        setTimeout(look, 0);
    };
    look();
}
