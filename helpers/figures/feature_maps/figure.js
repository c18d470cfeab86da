/**
 * FeatureMaps: what each layer of a network makes of a picture, and how much of it a unit sees.
 *
 * torch has computed the maps and the receptive fields; this script looks them up and shades them.
 */
import * as kit from "../kit/index.js";
import {
  answerWords,
  fieldOf,
  mapsOf,
  shades,
  silenceWords,
  strongestUnit,
  unitAt,
  unitWords,
} from "./maths.js";
import { chooserView, rowsView } from "./chooser.js";
import { coloursOf, legendView, mapView, pictureView, shadedPictures } from "./views.js";

const SENT = /** @type {const} */ (["height", "width", "pictures", "answers", "layers", "maps"]); // the traits that nobody changes
const SCALES = [["map", "each map by itself"], ["layer", "all maps of a layer alike"]];

/** The value of a unit in the network's own units. */
export function valueAt(shares, { size: [, columns], largest }, picture, map, [row, column]) {
  return shares[row * columns + column] * largest[picture][map];
}

function makeControls(stage, change, reset) {
  const scale = kit.choice({
    label: "Shade",
    value: stage.state.scale,
    options: SCALES.map(([value, label]) => ({ value, label })),
    onChange: (value) => change({ scale: value }),
  });
  const again = kit.button({ label: "Reset", icon: "reset", onClick: reset });
  const refresh = () =>
    scale.root.querySelectorAll("input").forEach((input, i) => {
      input.checked = SCALES[i][0] === stage.state.scale;
    });
  return { root: kit.controls(scale.root, again.root), refresh };
}

/** What there is to read off in a state: the strongest unit, a shaded map, the end of the scale, the words. */
function readingsOf(data, colours) {
  const maps = data.maps.map((text) => mapsOf(text, data.layers));
  const shaded = shadedPictures();
  return {
    strongest: ({ picture, layer, map }) => strongestUnit(maps[picture][layer][map], data.layers[layer].size),
    href({ picture, scale }, layer, map) {
      const shares = shades(maps[picture][layer][map], data.layers[layer], picture, map, scale);
      return shaded([picture, layer, map, scale].join("-"), shares, data.layers[layer].size, colours());
    },
    extent({ picture, layer, map, scale }) {
      const { largest, extents } = data.layers[layer];
      return scale === "map" ? largest[picture][map] : extents[picture];
    },
    words({ picture, layer, map, unit }) {
      const chosen = data.layers[layer];
      const value = valueAt(maps[picture][layer][map], chosen, picture, map, unit);
      return [
        unitWords(chosen, map, unit, value, [data.height, data.width]),
        `${chosen.title}: ${silenceWords(chosen, picture, data.pictures.length)}`,
      ];
    },
  };
}

/** The page's colours, read again when its theme changes. */
function themedColours(root) {
  let [theme, colours] = [null, null];
  return () => {
    if (theme !== root.dataset.theme) colours = coloursOf(root);
    theme = root.dataset.theme;
    return colours;
  };
}

function render({ model, el }) {
  const data = kit.traits(model, SENT);
  const opening = kit.traits(model, ["picture", "layer", "map", "scale"]);
  const stage = kit.stage({
    model,
    el,
    name: "FeatureMaps",
    label: "What the layers of a network make of a picture",
    state: { ...opening, unit: /** @type {[number, number]} */ ([0, 0]), picks: 0 },
  });
  const { state } = stage;
  const colours = themedColours(stage.root);
  const read = readingsOf(data, colours);
  state.unit = read.strongest(state);

  /** Another map or picture is looked at where it is strongest. */
  const choose = (patch) =>
    stage.set({ ...patch, unit: read.strongest({ ...state, ...patch }), picks: state.picks + 1 });
  const toUnit = (unit) => stage.set({ unit });
  const [picture, map, legend] = [
    pictureView(data, (place) => toUnit(unitAt(data.layers[state.layer], place))),
    mapView(stage, toUnit),
    legendView(),
  ];
  const chooser = chooserView(stage, data, (chosen) => choose({ picture: chosen }));
  const rows = rowsView(stage, data, choose, (layer, at) => read.href(state, layer, at));
  const [answer, unit, silence] = ["answer", "unit", "silence"].map((name) =>
    kit.html("p", { class: `fm-${name}` })
  );
  const use = makeControls(stage, (patch) => stage.set(patch), () => choose(opening));
  const large = kit.html(
    "div",
    { class: "fm-large" },
    picture.root,
    kit.html("div", {}, map.root, legend.root),
  );
  const small = kit.html("div", { class: "fm-small" }, chooser.root, answer, rows.root);
  stage.body.append(kit.row(large, small), unit, silence, use.root);

  stage.onDraw(({ width }) => {
    const narrow = width < 600;
    const square = narrow ? Math.floor((width - 14) / 2) : 228;
    const room = narrow ? width : width - square - 24;
    const layer = data.layers[state.layer];
    large.style.width = `${narrow ? width : square}px`;
    small.style.width = `${room}px`;
    picture.draw(square, state, fieldOf(layer, state.unit));
    map.draw(square, layer, state, read.href(state, state.layer, state.map));
    legend.draw(square, colours(), layer, read.extent(state));
    chooser.draw(room);
    rows.draw(room, colours());
    answer.textContent = answerWords(data.answers[state.picture]);
    [unit.textContent, silence.textContent] = read.words(state);
    use.refresh();
  });
  stage.say(() => read.words(state).join(" "));
  return stage.start();
}

export default { render };
