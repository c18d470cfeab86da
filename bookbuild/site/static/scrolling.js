/* What is wider than its column scrolls in a box of its own; the keyboard must reach such a box.
   Only boxes that do scroll become stops of the Tab key, and a change of width is looked at again.
   The theme does the same for code and tables of data. */
(() => {
  "use strict";

  const BOXES = ".bd-article :is(.math, mjx-container, .pst-scrollable-table-container)";

  function mark(box) {
    const scrolls = box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX !== "visible";
    if (scrolls) box.tabIndex = 0;
    else if (box.tabIndex === 0) box.removeAttribute("tabindex");
  }

  const markAll = () => document.querySelectorAll(BOXES).forEach(mark);

  addEventListener("load", async () => {
    await globalThis.MathJax?.startup?.promise;
    // The observer also calls back once at its start.
    new ResizeObserver(markAll).observe(document.querySelector(".bd-article") ?? document.body);
    addEventListener("toggle", markAll, true);
  });
})();
