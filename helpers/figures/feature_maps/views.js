/**
 * FeatureMaps' drawings: the picture with its frame, the chosen map with a point to move, the maps of all layers.
 */
import * as kit from "../kit/index.js";
import { fieldWords, rgbOf, shadeOf, widestField } from "./maths.js";

const MAP_KEY = 100; // key of a cell: layer * MAP_KEY + map
const MAP_GAP = 5;
const ROW_TITLE = 21;

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

const image = (href, place) =>
  kit.svg("image", { class: "fm-pixels", href, preserveAspectRatio: "none", ...place });

/**
 * Calls a drawing only when what it depends on has changed: a picture put in anew flickers, and dozens of cells
 * take longer than a frame. `state.picks` counts what has been picked, so that each pick draws its cells.
 */
function onChange() {
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

// ---------------------------------------------------------------- the pictures and the maps to choose from

/** Small pictures to choose from. */
export function chooserView(stage, data, choose) {
  const cells = kit.cells({
    label: "Pictures",
    touch: "pan-y",
    current: () => stage.state.picture,
    onPick: choose,
  });
  const [still, anew] = [kit.svg("g", { class: "fm-still" }), onChange()];
  const root = kit.svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "Pictures to choose from" },
    cells.root,
    still,
  );
  const draw = (width) =>
    anew([width, stage.state.picks], () => {
      const count = data.pictures.length;
      const side = Math.min(52, Math.floor((width + MAP_GAP) / count) - MAP_GAP);
      const at = (i) => i * (side + MAP_GAP) + 1.5;
      kit.set(root, { width, height: side + 3 });
      cells.draw(
        data.answers.map((answer, i) => ({
          key: i,
          x: at(i),
          y: 1.5,
          width: side,
          height: side,
          classes: i === stage.state.picture ? "bf-lit" : "",
          label: `picture ${i + 1}${answer.label ? `: ${answer.label}` : ""}`,
        })),
      );
      kit.clear(
        still,
        data.pictures.map((href, i) => centred(href, [data.height, data.width], at(i), 1.5, side)),
      );
    });
  return { root, draw };
}

/** A picture in the middle of a square cell, with room for the cell's outline. */
function centred(href, size, x, y, side) {
  const { width, height } = fitted(size, side - 8);
  return image(href, { x: x + (side - width) / 2, y: y + (side - height) / 2, width, height });
}

/** Where every map's cell stands: { layer, map, x, y }, the side of a cell and the height of all. */
export function placesOf(layers, width) {
  const most = Math.max(...layers.map(({ channels }) => channels.length));
  const side = Math.min(50, Math.floor((width - 3 + MAP_GAP) / most) - MAP_GAP);
  const step = side + ROW_TITLE + 5;
  const places = layers.flatMap(({ channels }, layer) =>
    channels.map((_, map) => ({ layer, map, x: 1.5 + map * (side + MAP_GAP), y: layer * step + ROW_TITLE }))
  );
  return { places, side, step, height: layers.length * step };
}

/** The maps of all layers, a layer a row, the strongest first. */
export function rowsView(stage, data, choose, hrefOf) {
  const { state } = stage;
  const onPick = (key) => choose({ layer: Math.floor(key / MAP_KEY), map: key % MAP_KEY });
  const cells = kit.cells({
    label: "Maps",
    touch: "pan-y",
    current: () => state.layer * MAP_KEY + state.map,
    onPick,
  });
  const still = kit.svg("g", { class: "fm-still" });
  const root = kit.svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "The strongest maps of each layer" },
    cells.root,
    still,
  );
  const [touched, shown] = [onChange(), onChange()];
  const draw = (width, colours) => {
    const { places, side, step, height } = placesOf(data.layers, width);
    kit.set(root, { width, height });
    touched(
      [width, state.picks],
      () =>
        cells.draw(
          places.map(({ layer, map, x, y }) => ({
            key: layer * MAP_KEY + map,
            x,
            y,
            width: side,
            height: side,
            classes: layer === state.layer && map === state.map ? "bf-lit" : "",
            label: cellLabel(data.layers[layer], map, state.picture),
          })),
        ),
    );
    shown(
      [width, state.picture, state.scale, ...Object.values(colours)],
      () =>
        kit.clear(
          still,
          places.map(({ layer, map, x, y }) =>
            centred(hrefOf(layer, map), data.layers[layer].size, x, y, side)
          ),
          data.layers.flatMap((layer, i) =>
            rowTitle(layer, state.picture, [data.height, data.width], i * step + 14, width)
          ),
        ),
    );
  };
  return { root, draw };
}

function cellLabel({ title, channels, count, largest }, map, picture) {
  const weakest = map === channels.length - 1 && count > channels.length ? ", the weakest" : "";
  return `${title}, map ${channels[map]}${weakest}: at most ${kit.format(largest[picture][map])}`;
}

/** What stands above a row: the layer, its maps, how many are silent on the picture, and how much one unit sees. */
function rowTitle(layer, picture, side, y, width) {
  const [rows, columns] = widestField(layer);
  const whole = rows === side[0] && columns === side[1];
  const silent = layer.silent[picture] ? `, ${layer.silent[picture]} silent` : "";
  const of = width < 420 ? "×" : "maps of"; // a phone has no room for words
  const name = kit.svg("tspan", { class: "fm-name" }, layer.title);
  const maps = kit.svg("tspan", { dx: 9 }, `${layer.count} ${of} ${layer.size.join(" × ")}${silent}`);
  return [
    kit.svg("text", { x: 2, y }, name, maps),
    kit.svg(
      "text",
      { x: width - 4, y, "text-anchor": "end" },
      whole ? "sees everything" : `sees ${rows} × ${columns}`,
    ),
  ];
}
