/**
 * SoftmaxLab: logits to drag, the probabilities they give, the loss and its gradient.
 */
import * as kit from "../kit/index.js";
import { afterStep, crossEntropy, lossFloor, lossGradient, oneHot, readByLoss, softmax } from "./maths.js";
import { logitsView, lossView, probabilitiesView, tableView } from "./views.js";

export const SPAN = 6; // the logits' axis, as in softmax_lab.py
const RATE = 1; // learning rate of the Step button

/** All that the views draw, from what the reader can change. */
export function seen({ logits, target, twice }) {
  const read = readByLoss(logits, twice);
  return {
    p: softmax(logits),
    q: softmax(read), // the probabilities the loss works with: p itself unless softmax is applied twice
    y: oneHot(logits.length, target),
    loss: crossEntropy(logits, target, twice),
    slopes: lossGradient(logits, target, twice),
    floor: lossFloor(logits.length, twice),
  };
}

function sentence({ classes, now }) {
  const { target, twice, q, loss, slopes } = { ...now(), ...seen(now()) };
  return `True class ${classes[target]}: probability ${kit.format(q[target])}, loss ${kit.format(loss)}, ` +
    `gradient of its logit ${kit.format(slopes[target])}${twice ? ", with softmax applied twice" : ""}.`;
}

function makeControls({ classes, now, change }, opening) {
  const truth = kit.choice({
    label: "True class",
    value: now().target,
    options: classes.map((label, value) => ({ value, label })),
    onChange: (target) => change({ target }),
  });
  const twice = kit.toggle({
    label: "mistake: softmax before the loss",
    checked: now().twice,
    onChange: (checked) => change({ twice: checked }),
  });
  const step = kit.button({
    label: "Step of descent",
    icon: "step",
    onClick: () =>
      change({ logits: afterStep(now().logits, now().target, { twice: now().twice, lr: RATE, span: SPAN }) }),
  });
  const reset = kit.button({ label: "Reset", icon: "reset", onClick: () => change(opening) });
  const refresh = ({ target, twice: on }) => {
    truth.root.querySelectorAll("input").forEach((input, i) => {
      input.checked = i === target;
    });
    twice.input.checked = on;
  };
  return {
    refresh,
    root: kit.controls(
      truth.root,
      twice.root,
      kit.html("div", { class: "bf-buttons" }, step.root, reset.root),
    ),
  };
}

function render({ model, el }) {
  const classes = model.get("classes");
  const traits = kit.traits(model, ["logits", "target", "twice"]);
  const stage = kit.stage({
    model,
    el,
    name: "SoftmaxLab",
    label: "Logits, probabilities, cross-entropy loss and its gradient",
    state: traits,
  });
  // The trait names the true class; here it is a place in the lists.
  const now = () => ({ ...stage.state, target: classes.indexOf(stage.state.target) });
  const change = ({ target = now().target, ...patch }) => stage.set({ ...patch, target: classes[target] });
  const lab = { classes, now, change };
  const [logits, probabilities, table, loss] = [
    logitsView(lab),
    probabilitiesView(lab),
    tableView(lab),
    lossView(lab),
  ];
  const inputs = makeControls(lab, now());
  stage.body.append(
    kit.row(logits.panel.root, probabilities.panel.root),
    table.root,
    inputs.root,
    kit.html("div", { class: "sm-losses" }, loss.panel.root),
  );
  for (const name of Object.keys(traits)) model.on?.(`change:${name}`, () => follow(name));

  /** A setting that Python changed. */
  function follow(name) {
    if (JSON.stringify(model.get(name)) !== JSON.stringify(stage.state[name])) {
      stage.set({ [name]: model.get(name) });
    }
  }

  stage.onDraw(({ width }) => {
    const stacked = width < 560;
    const half = stacked ? width : (width - 24) / 2;
    logits.layout(half, stacked ? 250 : 270);
    probabilities.layout(half, stacked ? 200 : 270);
    loss.layout(width, 170);
    const drawn = { ...now(), ...seen(now()), width };
    for (const view of [logits, probabilities, table, loss]) view.draw(drawn);
    inputs.refresh(drawn);
  });
  stage.say(() => sentence(lab));
  return stage.start();
}

export default { render };
