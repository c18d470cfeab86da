/** Panel: a framed plot with axes and layers. */
import { clear, html, serial, set, svg } from "./elements.js";
import { format, SUPERSCRIPT } from "./numbers.js";
import { linePath, scale } from "./scales.js";

/**
 * @typedef {object} Axis
 * @property {string} [label]
 * @property {boolean} [log]
 * @property {number} [ticks] how many
 * @property {(value: number, axis: Axis) => string} [format]
 *
 * @typedef {{ clientX: number, clientY: number }} Pointer
 *
 * @typedef {object} Panel
 * @property {HTMLElement} root
 * @property {HTMLElement | null} title
 * @property {SVGSVGElement} svg
 * @property {SVGGElement} marks
 * @property {SVGGElement} over
 * @property {{ top: number, right: number, bottom: number, left: number }} margin
 * @property {import("./scales.js").Scale} x
 * @property {import("./scales.js").Scale} y
 * @property {(size: { width: number, height: number, x: number[], y: number[] }) => Panel} layout
 * @property {(event: Pointer) => number[]} toData
 * @property {(points: number[][]) => string} line
 */

/**
 * A framed plot. `layout({ width, height, x, y })` sets its size and its domains ([low, high] each) and
 * redraws the axes; with `equal: true` one unit is the same number of pixels on both axes (right angles
 * stay right). Draw into `marks` (clipped to the frame) or `over` (not clipped), with `panel.x(...)`,
 * `panel.y(...)` in pixels. `toData(event)` gives a pointer's place in data units.
 * `x.log`, `y.log`: logarithmic axes; `x.ticks`: how many.
 *
 * @param {{ title?: string, x?: Axis, y?: Axis, equal?: boolean, describe?: string }} options
 * @returns {Panel}
 */
export function panel({ title = "", x = {}, y = {}, equal = false, describe = "" }) {
  const margin = { top: 22, right: 10, bottom: 36, left: 46 };
  const clipId = `bf-clip-${serial()}`;
  const clip = svg("rect");
  const axes = svg("g", { "aria-hidden": "true" });
  const marks = svg("g", { "clip-path": `url(#${clipId})` });
  const over = svg("g");
  const picture = svg(
    "svg",
    { class: "bf-panel-svg", role: "img", "aria-label": describe || title },
    svg("defs", {}, svg("clipPath", { id: clipId }, clip)),
    axes,
    marks,
    over,
  );
  const heading = title ? html("div", { class: "bf-title" }, title) : null;
  /** @type {Panel} */
  const self = {
    root: html("div", { class: "bf-panel" }, heading, picture),
    title: heading,
    svg: picture,
    marks,
    over,
    margin,
    x: null,
    y: null,
    layout({ width, height, x: xDomain, y: yDomain }) {
      const right = width - margin.right;
      const bottom = height - margin.bottom;
      if (equal) [xDomain, yDomain] = equalUnits(xDomain, yDomain, right - margin.left, bottom - margin.top);
      self.x = scale(xDomain, [margin.left, right], x);
      self.y = scale(yDomain, [bottom, margin.top], y);
      set(picture, { width, height, viewBox: `0 0 ${width} ${height}` });
      set(clip, { x: margin.left, y: margin.top, width: right - margin.left, height: bottom - margin.top });
      drawAxes(axes, self, { x, y, right, bottom, margin });
      return self;
    },
    toData(event) {
      const box = picture.getBoundingClientRect();
      return [self.x.invert(event.clientX - box.left), self.y.invert(event.clientY - box.top)];
    },
    line: (points) => linePath(points.map(([a, b]) => [self.x(a), self.y(b)])),
  };
  return self;
}

/** Widen the tighter of two domains about its middle, so that a unit has one length on both axes. */
export function equalUnits(xDomain, yDomain, width, height) {
  const unit = Math.max((xDomain[1] - xDomain[0]) / width, (yDomain[1] - yDomain[0]) / height);
  const about = ([low, high], pixels) => {
    const middle = (low + high) / 2;
    return [middle - (unit * pixels) / 2, middle + (unit * pixels) / 2];
  };
  return [about(xDomain, width), about(yDomain, height)];
}

function drawAxes(group, { x: xScale, y: yScale }, { x, y, right, bottom, margin }) {
  const columns = xScale.ticks(x.ticks ?? Math.max(2, Math.round((right - margin.left) / 70)));
  const rows = yScale.ticks(y.ticks ?? Math.max(2, Math.round((bottom - margin.top) / 50)));
  const name = (value, axis) => (axis.format ?? tickName)(value, axis);
  clear(
    group,
    columns.map((value) =>
      svg("line", { class: "bf-grid", x1: xScale(value), x2: xScale(value), y1: margin.top, y2: bottom })
    ),
    rows.map((value) =>
      svg("line", { class: "bf-grid", x1: margin.left, x2: right, y1: yScale(value), y2: yScale(value) })
    ),
    svg("path", { class: "bf-axis", d: `M${margin.left},${margin.top}V${bottom}H${right}` }),
    columns.map((value) =>
      svg(
        "text",
        { class: "bf-tick", x: xScale(value), y: bottom + 15, "text-anchor": "middle" },
        name(value, x),
      )
    ),
    rows.map((value) =>
      svg(
        "text",
        { class: "bf-tick", x: margin.left - 6, y: yScale(value) + 4, "text-anchor": "end" },
        name(value, y),
      )
    ),
    svg("text", { class: "bf-axis-label", x: right, y: bottom + 31, "text-anchor": "end" }, x.label ?? ""),
    svg("text", { class: "bf-axis-label", x: 2, y: margin.top - 9 }, y.label ?? ""),
  );
}

function tickName(value, { log = false }) {
  if (log && (value >= 1e3 || value < 1e-1)) {
    return `10${[...String(Math.round(Math.log10(value)))].map((sign) => SUPERSCRIPT[sign]).join("")}`;
  }
  return Math.abs(value) >= 1e4 ? format(value, 2) : String(value).replace("-", "−");
}
