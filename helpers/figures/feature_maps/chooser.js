/**
 * FeatureMaps' rows to choose from: the pictures, and the maps of all layers.
 */
import * as kit from "../kit/index.js";
import { widestField } from "./maths.js";
import { fitted, image, onChange } from "./views.js";

const MAP_KEY = 100; // key of a cell: layer * MAP_KEY + map
const MAP_GAP = 5;
const ROW_TITLE = 21;

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
