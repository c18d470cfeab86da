/**
 * FeatureMaps: what each layer of a network makes of a picture, and how much of it a unit sees.
 *
 * torch has computed the maps and the receptive fields; this script looks them up and shades them.
 */
// joined with feature_maths.js
// joined with feature_views.js

const SENT = ["height", "width", "pictures", "answers", "layers", "maps"]; // the traits that nobody changes
const SCALES = [["map", "each map by itself"], ["layer", "all maps of a layer alike"]];

/** The value of a unit in the network's own units. */
export function valueAt(shares, { size: [, columns], largest }, picture, map, [row, column]) {
  return shares[row * columns + column] * largest[picture][map];
}

function makeControls(stage, change, reset) {
  const scale = kit.choice({ label: "Shade", value: stage.state.scale, options: SCALES.map(([value, label]) => ({ value, label })),
    onChange: (value) => change({ scale: value }) });
  const again = kit.button({ label: "Reset", icon: "reset", onClick: reset });
  const refresh = () => scale.root.querySelectorAll("input").forEach((input, i) => { input.checked = SCALES[i][0] === stage.state.scale; });
  return { root: kit.controls(scale.root, again.root), refresh };
}

function render({ model, el }) {
  const data = Object.fromEntries(SENT.map((name) => [name, model.get(name)]));
  const maps = data.maps.map((text) => mapsOf(text, data.layers));
  const side = [data.height, data.width];
  const strongest = ({ picture, layer, map }) => strongestUnit(maps[picture][layer][map], data.layers[layer].size);
  const first = Object.fromEntries(["picture", "layer", "map", "scale"].map((name) => [name, model.get(name)]));
  const opening = { ...first, unit: strongest(first) };
  const stage = kit.stage({ model, el, name: "FeatureMaps", label: "What the layers of a network make of a picture", state: opening });
  const { state } = stage;

  /** Another map or picture is looked at where it is strongest. */
  const choose = (patch) => stage.set({ ...patch, unit: strongest({ ...state, ...patch }) });
  const toUnit = (unit) => stage.set({ unit });
  const shaded = shadedPictures();
  let colours = null;
  const hrefOf = (layer, map) => shaded([state.picture, layer, map, state.scale].join("-"),
    shades(maps[state.picture][layer][map], data.layers[layer], state.picture, map, state.scale), data.layers[layer].size, colours);
  const words = () => {
    const layer = data.layers[state.layer];
    const value = valueAt(maps[state.picture][state.layer][state.map], layer, state.picture, state.map, state.unit);
    return [unitWords(layer, state.map, state.unit, value, side), `${layer.title}: ${silenceWords(layer, state.picture, data.pictures.length)}`];
  };

  const [picture, map, legend] = [pictureView(data, (place) => toUnit(unitAt(data.layers[state.layer], place))), mapView(stage, toUnit), legendView()];
  const [chooser, rows] = [chooserView(stage, data, (chosen) => choose({ picture: chosen })), rowsView(stage, data, choose, hrefOf)];
  const [answer, unit, silence] = [kit.html("p", { class: "fm-answer" }), kit.html("p", { class: "fm-unit" }), kit.html("p", { class: "fm-silence" })];
  const use = makeControls(stage, (patch) => stage.set(patch), () => stage.set({ ...opening }));
  const large = kit.html("div", { class: "fm-large" }, picture.root, kit.html("div", {}, map.root, legend.root));
  const small = kit.html("div", { class: "fm-small" }, chooser.root, answer, rows.root);
  stage.body.append(kit.row(large, small), unit, silence, use.root);

  stage.onDraw(({ width }) => {
    const narrow = width < 600;
    const square = narrow ? Math.floor((width - 14) / 2) : 228;
    const room = narrow ? width : width - square - 24;
    const layer = data.layers[state.layer];
    colours = coloursOf(stage.root);
    kit.set(large, { style: narrow ? null : `width: ${square}px` });
    small.style.width = `${room}px`;
    picture.draw(square, state, fieldOf(layer, state.unit));
    map.draw(square, layer, state, hrefOf(state.layer, state.map));
    legend.draw(square, colours, layer, state.scale === "map" ? layer.largest[state.picture][state.map] : layer.extents[state.picture]);
    chooser.draw(room);
    rows.draw(room, colours);
    answer.textContent = answerWords(data.answers[state.picture]);
    [unit.textContent, silence.textContent] = words();
    use.refresh();
  });
  stage.say(() => words().join(" "));
  return stage.start();
}

export default { render };
