/**
 * LoaderLab: the samples stay, the sampler's indices move, and the loader cuts them into batches.
 * The orders are torch's own, recorded when the figure was made; here they are only cut and drawn.
 */
import * as kit from "../kit/index.js";
import { describe } from "./maths.js";
import { loaderPicture, patterns } from "./views.js";
import { factLines, sentence } from "./words.js";

// ---------------------------------------------------------------- the figure

const OPENING = /** @type {const} */ (["batch_size", "drop_last", "sampler", "seed", "epoch"]);

function render({ model, el }) {
  const labels = model.get("labels");
  const orders = model.get("orders");
  const opening = { ...kit.traits(model, OPENING), place: 0 };
  const stage = kit.stage({
    model,
    el,
    name: "LoaderLab",
    label: "How a loader orders samples and cuts them into batches",
    state: opening,
  });
  const now = () => describe(stage.state, orders, labels);

  /** Change what forms the order; the sample that was lit stays lit, wherever it is now. */
  const change = (patch) => {
    const sample = now().order[stage.state.place];
    const next = { ...stage.state, ...patch };
    const place = describe(next, orders, labels).order.indexOf(sample);
    stage.set({ ...patch, place: place < 0 ? stage.state.place : place });
    refresh();
  };
  const picture = loaderPicture(stage, { labels, now, change, fills: patterns(model.get("images")) });
  const inputs = makeControls(stage, { orders, change, count: labels.length });
  const player = kit.player(stage, {
    label: "batch by batch",
    length: () => orders.shuffle[0].length * now().batches.length,
    at: () => stage.state.epoch * now().batches.length + now().current,
    onMove: (position) =>
      stage.set({
        epoch: Math.floor(position / now().batches.length),
        place: (position % now().batches.length) * stage.state.batch_size,
      }),
    onReset: () => {
      stage.set(opening);
      inputs.refresh();
    },
    describe: (position) =>
      `epoch ${Math.floor(position / now().batches.length)}, batch ${position % now().batches.length}`,
  });
  function refresh() {
    inputs.refresh();
    player.refresh();
  }
  const facts = kit.html("div", { class: "bf-facts" });
  stage.body.append(picture.root, facts, player.root, inputs.root);

  stage.onDraw(({ width }) => {
    picture.draw(width);
    kit.clear(
      facts,
      factLines(now(), stage.state).map(([name, words]) =>
        kit.html("div", {}, kit.html("strong", {}, name), ` ${words}`)
      ),
    );
  });
  stage.say(() => sentence(now(), stage.state));
  return stage.start();
}

// ---------------------------------------------------------------- controls

function makeControls(stage, { orders, change, count }) {
  const state = () => stage.state;
  const size = kit.slider({
    label: "batch_size",
    min: 1,
    max: count,
    step: 1,
    value: state().batch_size,
    format: String,
    onInput: (value) => change({ batch_size: value }),
  });
  const seed = kit.slider({
    label: "seed of the generator",
    min: 0,
    max: orders.shuffle.length - 1,
    step: 1,
    value: state().seed,
    format: String,
    onInput: (value) => change({ seed: value }),
  });
  const drop = kit.toggle({
    label: "drop_last",
    checked: state().drop_last,
    onChange: (checked) => change({ drop_last: checked }),
  });
  const sampler = kit.choice({
    label: "Order",
    value: state().sampler,
    onChange: (value) => change({ sampler: value }),
    options: [{ value: "sequential", label: "as stored" }, { value: "shuffle", label: "shuffle=True" }, {
      value: "weighted",
      label: "weighted sampler",
    }],
  });
  const radios = [...sampler.root.querySelectorAll("input")];
  const refresh = () => {
    size.value = state().batch_size;
    seed.value = state().seed;
    drop.input.checked = state().drop_last;
    radios.forEach((radio, i) => {
      radio.checked = ["sequential", "shuffle", "weighted"][i] === state().sampler;
    });
  };
  return { root: kit.controls(sampler.root, drop.root, size.root, seed.root), refresh };
}

export default { render };
