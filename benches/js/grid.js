// The grid's scroller: how many elements are in it, where it stands, and how far it still goes.
const scrolls = element => element.scrollHeight > element.clientHeight + 1
    && ["auto", "scroll"].includes(getComputedStyle(element).overflowY);
let scroller = document.querySelector("[data-row]");
while (scroller && !scrolls(scroller)) {
    scroller = scroller.parentElement;
}
if (!scroller) {
    return null;
}
const { left, top, width, height } = scroller.getBoundingClientRect();
return {
    nodes: scroller.getElementsByTagName("*").length,
    x: left + width / 2,
    y: top + height / 2,
    below_px: Math.max(0, scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop),
    rows: [...scroller.querySelectorAll("[data-row]")].filter(tile => tile.checkVisibility())
        .map(tile => Number(tile.getAttribute("data-row"))),
};
