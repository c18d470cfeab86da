/**
 * A number as several floating-point formats store it: sign, exponent, fraction; every bit can be flipped.
 * What the bits are worth is worked out in `formats.js`.
 */
import * as kit from "../kit/index.js";
import { exactDecimal, patternShown } from "./formats.js";
import { POWERS, rowPart, tradePart } from "./views.js";
import { numberText } from "./formats.js";
import { shortened, shortText } from "./words.js";

const TRY = ["1e-40", "1e-8", "0.1", "1", "257", "2049", "70000", "Infinity", "NaN"];

/** Ten to a power, to three digits: a number a reader would write. */
function roundNumber(power) {
  return Number((10 ** power).toPrecision(3));
}

function numberField(onNumber) {
  const input = kit.html("input", {
    type: "text",
    class: "bf-fb-input",
    inputmode: "text",
    "aria-label": "number to store",
    size: 8,
    spellcheck: "false",
  });
  const read = () => {
    const number = Number(input.value.trim().replace("−", "-").replace(/^(-?)inf$/i, "$1Infinity"));
    const meant = input.value.trim() !== "" && (!Number.isNaN(number) || /^nan$/i.test(input.value.trim()));
    input.setAttribute("aria-invalid", String(!meant));
    if (meant) onNumber(number);
  };
  input.addEventListener("change", read);
  return { root: kit.html("label", { class: "bf-fb-field" }, "number ", input), input };
}

function sentence(formats, state) {
  const each = formats.map((format) =>
    `${format.name} stores ${shortened(exactDecimal(format, patternShown(format, state)), 24)}`
  );
  return `${shortText(Number(state.number))}: ${each.join("; ")}.`;
}

function render({ model, el }) {
  const formats = model.get("formats");
  const stage = kit.stage({
    model,
    el,
    name: "FloatBits",
    label: "The bits of floating-point numbers",
    state: { number: model.get("number"), pinned: model.get("pinned") ?? {} },
  });
  const show = (number) => stage.set({ number: numberText(number), pinned: {} });
  const field = numberField(show);
  const tries = kit.html(
    "div",
    { class: "bf-fb-tries" },
    TRY.map((text) => kit.button({ label: shortText(Number(text)), onClick: () => show(Number(text)) }).root),
  );
  const size = kit.slider({
    label: "size of the number",
    min: POWERS[0],
    max: POWERS[1],
    step: 0.25,
    value: 0,
    format: () => shortText(Number(stage.state.number)),
    onInput: (power) => show(roundNumber(power)),
  });
  const trade = tradePart(stage, formats, (power) => show(roundNumber(power)));
  const rows = formats.map((format) => rowPart(stage, format));
  stage.body.append(
    kit.html("div", { class: "bf-fb-top" }, field.root, tries),
    trade.root,
    kit.controls(size.root),
    kit.html("div", { class: "bf-fb-rows" }, rows.map(({ root }) => root)),
  );
  stage.onDraw(({ width: room, state }) => {
    if (document.activeElement !== field.input) field.input.value = shortText(Number(state.number));
    const number = Math.abs(Number(state.number));
    size.value = number > 0 && number < Infinity
      ? kit.clamp(Math.log10(number), ...POWERS)
      : number === Infinity
      ? POWERS[1]
      : POWERS[0];
    for (const part of [...rows, trade]) {
      part.draw({ width: room, size: room >= 640 ? Math.min(26, Math.floor((room - 16) / 32)) : 28 });
    }
  });
  stage.say(() => sentence(formats, stage.state));
  return stage.start();
}

export default { render };
