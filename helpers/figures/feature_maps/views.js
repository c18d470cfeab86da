/**
 * FeatureMaps' large drawings: the picture with its frame, the chosen map with a point to move, the legend.
 */
import * as kit from "../kit/index.js";
import { fieldWords, rgbOf, shadeOf } from "./maths.js";

/** Height and width in pixels of something `rows` x `columns` that fits into a square of `side`. */
export function fitted([rows, columns], side) {
  const unit = side / Math.max(rows, columns);
  return { unit, width: columns * unit, height: rows * unit };
}

/** A map as the address of a picture with one pixel a unit, kept for the next time it is asked for. */
export function shadedPictures() {
  const made = new Map();
  return (key, shares, [rows, columns], colours) => {
    const name = `${key} ${Object.values(colours).join()}`;
    if (!made.has(name)) made.set(name, shadedPicture(shares, rows, columns, colours));
    return made.get(name);
  };
}

function shadedPicture(shares, height, width, colours) {
  const canvas = kit.html("canvas", { width, height });
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(width, height);
  shares.forEach((share, place) => pixels.data.set([...shadeOf(share, colours), 255], 4 * place));
  context.putImageData(pixels, 0, 0);
  return canvas.toDataURL();
}

export const image = (href, place) =>
  kit.svg("image", { class: "fm-pixels", href, preserveAspectRatio: "none", ...place });

/**
 * Calls a drawing only when what it depends on has changed: a picture put in anew flickers, and dozens of cells
 * take longer than a frame. `state.picks` counts what has been picked, so that each pick draws its cells.
 */
export function onChange() {
  let before = null;
  return (parts, draw) => {
    const now = parts.join();
    if (now !== before) draw();
    before = now;
  };
}

/** The figure's colours as lists of red, green and blue. */
export function coloursOf(root) {
  const style = getComputedStyle(root);
  return Object.fromEntries(
    ["ground", "model", "data", "ink"].map((
      role,
    ) => [role, rgbOf(style.getPropertyValue(`--bf-${role}`).trim())]),
  );
}

// ---------------------------------------------------------------- the picture, and what a unit sees of it

/** The picture with a frame around what the unit sees; a finger on it finds the unit that looks there. */
export function pictureView(data, look) {
  const [shot, shade, frames] = [
    kit.svg("g"),
    kit.svg("path", { class: "fm-unseen", "fill-rule": "evenodd" }),
    kit.svg("g"),
  ];
  const picture = kit.svg("svg", { class: "bf-panel-svg fm-picture", role: "img" }, shot, shade, frames);
  const title = kit.html("div", { class: "bf-title" }, "the picture");
  const anew = onChange();
  let unit = 1;
  const drag = (event) => {
    const box = picture.getBoundingClientRect();
    look([(event.clientY - box.top) / unit, (event.clientX - box.left) / unit]);
  };
  kit.dragging(picture, { drag, grab: () => {} });
  picture.addEventListener("pointerdown", drag); // a tap is a drag that does not move

  function draw(side, { picture: chosen }, field) {
    const size = fitted([data.height, data.width], side);
    ({ unit } = size);
    kit.set(picture, {
      width: size.width,
      height: size.height,
      "aria-label": pictureLabel(data, chosen, field),
    });
    anew(
      [chosen, side],
      () => kit.clear(shot, image(data.pictures[chosen], { width: size.width, height: size.height })),
    );
    const seen = {
      x: field.left * unit,
      y: field.top * unit,
      width: field.columns * unit,
      height: field.rows * unit,
    };
    const inside = field.rows > 0 && field.columns > 0;
    const hole = inside ? `M${seen.x},${seen.y}h${seen.width}v${seen.height}h${-seen.width}z` : "";
    kit.set(shade, { d: `M0,0H${size.width}V${size.height}H0z${hole}` });
    kit.clear(
      frames,
      inside ? ["fm-halo", "fm-frame"].map((name) => kit.svg("rect", { class: name, ...seen })) : [],
    );
  }
  return { root: kit.html("div", { class: "bf-panel" }, title, picture), draw };
}

function pictureLabel({ answers, height, width }, chosen, field) {
  const { label } = answers[chosen];
  const where = field.rows > 0 && field.columns > 0
    ? `, from row ${field.top} and column ${field.left} on`
    : "";
  return `Picture ${chosen + 1}${label ? `, ${label}` : ""}; the unit sees ${
    fieldWords(field, [height, width])
  }${where}`;
}

// ---------------------------------------------------------------- the chosen map, and a point to move on it

/** The chosen map, large; the point on it is the unit. */
export function mapView(stage, onUnit) {
  const [shot, frames, over] = [kit.svg("g"), kit.svg("g"), kit.svg("g")];
  const picture = kit.svg("svg", { class: "bf-panel-svg fm-map", role: "img" }, shot, frames, over);
  const title = kit.html("div", { class: "bf-title" });
  const root = kit.html("div", { class: "bf-panel" }, title, picture);
  const anew = onChange();
  let unit = 1;
  const box = {
    root,
    svg: picture,
    over,
    x: (column) => (column + 0.5) * unit,
    y: (up) => (0.5 - up) * unit,
    toData(event) {
      const { left, top } = picture.getBoundingClientRect();
      return [(event.clientX - left) / unit - 0.5, 0.5 - (event.clientY - top) / unit];
    },
  };
  // Rows count downwards and the handle's y grows upwards: it is given minus the row.
  const [x, y] = [{ label: "column of the unit", min: 0, max: 1, step: 1 }, {
    label: "row of the unit",
    min: -1,
    max: 0,
    step: 1,
  }];
  const handle = kit.handle(box, {
    x,
    y,
    role: "path",
    get: () => [stage.state.unit[1], -stage.state.unit[0]],
    onInput: ([column, up]) => onUnit([Math.abs(up), column]),
  });

  function draw(side, layer, { map, unit: [row, column] }, href) {
    const size = fitted(layer.size, side);
    ({ unit } = size);
    [x.max, y.min] = [layer.size[1] - 1, 1 - layer.size[0]];
    kit.set(handle.inputs[0], { max: x.max });
    kit.set(handle.inputs[1], { min: y.min });
    title.textContent = `map ${layer.channels[map]} of ${layer.title}`;
    kit.set(picture, {
      width: size.width,
      height: size.height,
      "aria-label": `Map ${layer.channels[map]} of ${layer.title}, ${layer.size.join(" × ")} units`,
    });
    anew(
      [href, layer.size, side],
      () => kit.clear(shot, image(href, { width: size.width, height: size.height })),
    );
    kit.clear(
      frames,
      kit.svg("rect", { class: "fm-edge", width: size.width, height: size.height }),
      ...["fm-halo", "fm-frame"].map((name) =>
        kit.svg("rect", { class: name, x: column * unit, y: row * unit, width: unit, height: unit })
      ),
    );
    handle.place();
    kit.set(handle.inputs[1], { "aria-valuetext": String(row) });
  }
  return { root, draw };
}

/** A bar from the least to the largest shade, with the numbers it stands for. */
export function legendView() {
  const picture = kit.svg("svg", { class: "bf-panel-svg fm-legend", role: "img" });
  const anew = onChange();
  const draw = (width, colours, { signed }, extent) =>
    anew([width, signed, extent, ...Object.values(colours)], () => {
      const [left, right] = [signed ? -1 : 0, 1];
      const steps = Array.from({ length: 40 }, (_, i) => left + ((right - left) * (i + 0.5)) / 40);
      const bar = steps.map((share, i) =>
        kit.svg("rect", {
          x: (i * width) / 40,
          width: width / 40 + 0.5,
          height: 10,
          fill: `rgb(${shadeOf(share, colours)})`,
        })
      );
      const ends = [[0, "start", left * extent], [width, "end", extent]];
      kit.set(picture, {
        width,
        height: 26,
        "aria-label": `Shades from ${kit.format(left * extent)} to ${kit.format(extent)}`,
      });
      kit.clear(
        picture,
        bar,
        kit.svg("rect", { class: "fm-edge", width, height: 10 }),
        ends.map(([x, anchor, value]) =>
          kit.svg("text", { class: "bf-tick", x, y: 24, "text-anchor": anchor }, kit.format(value))
        ),
      );
    });
  return { root: picture, draw };
}
