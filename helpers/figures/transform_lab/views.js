/**
 * TransformLab's views: the picture with its divider, the chips, and the steps in between.
 */
import * as kit from "../kit/index.js";
import { arrow, moved } from "./figure.js";

export function pictureView(stage, sheets) {
  const clipId = `tl-clip-${pictureView.count++}`;
  const clip = kit.svg("rect", { x: 0, y: 0 });
  const [right, left, over] = [kit.svg("g"), kit.svg("g", { "clip-path": `url(#${clipId})` }), kit.svg("g")];
  const line = kit.svg("line", { class: "tl-divider" });
  const picture = kit.svg(
    "svg",
    { class: "bf-panel-svg tl-picture", role: "img" },
    kit.svg("defs", {}, kit.svg("clipPath", { id: clipId }, clip)),
    right,
    left,
    line,
    over,
  );
  const names = [kit.html("span", {}), kit.html("span", {})];
  const root = kit.html(
    "div",
    { class: "bf-panel tl-view" },
    kit.html("div", { class: "tl-names" }, names),
    picture,
  );
  const box = {
    root,
    svg: picture,
    over,
    x: null,
    y: null,
    toData: (event) => [box.x.invert(event.clientX - picture.getBoundingClientRect().left), 50],
  };
  const handle = kit.handle(box, {
    x: { label: "divider", min: 0, max: 100, step: 1 },
    role: "model",
    get: () => [stage.state.divider, 50],
    onInput: ([divider]) => stage.set({ divider }),
  });

  function draw(size, { order, angle, divider, against }) {
    [box.x, box.y] = [kit.scale([0, 100], [0, size]), kit.scale([0, 100], [0, size])];
    const other = order.toReversed();
    kit.set(picture, {
      width: size,
      height: size,
      viewBox: `0 0 ${size} ${size}`,
      "aria-label": `Left of the divider ${arrow(order)}, right of it ${
        against === "reverse" ? arrow(other) : "the original"
      }`,
    });
    kit.clear(left, sheets.result(order, angle, { size }));
    kit.clear(
      right,
      against === "reverse" ? sheets.result(other, angle, { size }) : sheets.original({ size }),
    );
    const x = box.x(divider);
    kit.set(clip, { width: Math.max(x, 0), height: size });
    kit.set(line, { x1: x, x2: x, y1: 0, y2: size });
    names[0].textContent = `◂ ${arrow(order)}`;
    names[1].textContent = `${against === "reverse" ? arrow(other) : "original"} ▸`;
    root.style.width = `${size}px`;
    handle.place();
  }
  return { root, draw };
}
pictureView.count = 0;

/** Chips to be dragged past each other; arrow keys and taps move them too, Escape takes a drag back. */
export function chipRow(stage, change) {
  const root = kit.html("div", {
    class: "tl-chips",
    role: "group",
    "aria-label": "order of the transforms: drag one past another",
  });
  let [held, before, dragged] = [-1, null, false];
  const order = () => stage.state.order;
  const move = (to) => {
    if (held < 0 || to === held || to < 0 || to >= order().length) return;
    change({ order: moved(order(), held, to) });
    [held, dragged] = [to, true];
  };
  const chipAt = (x) => [...root.children].findIndex((chip) => x < chip.getBoundingClientRect().right);
  kit.set(root, {
    onpointerdown: (event) => {
      held = [...root.children].indexOf(event.target.closest("button"));
      [before, dragged] = [order(), false];
      if (held >= 0) root.setPointerCapture(event.pointerId);
    },
    onpointermove: (event) => {
      if (root.hasPointerCapture(event.pointerId)) move(chipAt(event.clientX));
    },
    onpointerup: () => {
      if (held >= 0 && !dragged) move((held + 1) % order().length);
      held = -1;
    },
    onkeydown: (event) => {
      const pace = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (event.key === "Escape" && before) change({ order: before });
      if (!pace) return;
      held = [...root.children].indexOf(event.target);
      before = order();
      move(held + pace);
      draw(stage.state);
      /** @type {HTMLElement} */ (root.children[held]).focus();
      held = -1;
      event.preventDefault();
    },
  });

  function draw({ order: names, angle }) {
    while (root.children.length > names.length) root.lastChild.remove();
    while (root.children.length < names.length) {
      root.append(kit.html("button", { type: "button", class: "tl-chip" }));
    }
    names.forEach((name, i) => {
      root.children[i].textContent = name === "rotate" ? `rotate ${angle}°` : name;
      kit.set(root.children[i], {
        "data-name": name,
        "aria-label": `${name}, number ${i + 1} of ${names.length}; arrow keys move it`,
      });
    });
  }
  return { root, draw };
}

export function stepsView(sheets) {
  const picture = kit.svg("svg", { class: "tl-steps", role: "img" });
  const draw = (width, { order, angle }) => {
    const size = Math.min(76, Math.floor((width - 16 * order.length) / (order.length + 1)));
    const stops = Array.from({ length: order.length + 1 }, (_, i) => order.slice(0, i));
    kit.set(picture, {
      width,
      height: size + 20,
      viewBox: `0 0 ${width} ${size + 20}`,
      "aria-label": `From the original through ${arrow(order)}`,
    });
    kit.clear(
      picture,
      stops.flatMap((done, i) => {
        const x = i * (size + 16);
        return [
          sheets.step(done, angle, { x, size }),
          i ? kit.svg("path", { class: "tl-arrow", d: `M${x - 13},${size / 2}h8m-4,-4l4,4l-4,4` }) : null,
          kit.svg(
            "text",
            { x: x + size / 2, y: size + 15, "text-anchor": "middle" },
            i ? order[i - 1] : "original",
          ),
        ].filter(Boolean);
      }),
    );
  };
  return { root: picture, draw };
}
