/**
 * A multiple-choice question. Choosing is free; "Check" explains the chosen options and can be repeated.
 * Nothing the reader does is saved: the page always opens on the bare question.
 */
import * as kit from "../kit/index.js";

/**
 * Judge a choice. `correct`: one boolean an option; `picked`: indices.
 * Returns "none" (nothing picked), "right", "wrong" (a picked option is wrong) or "incomplete".
 */
export function judge(correct, picked) {
  if (picked.length === 0) return "none";
  if (picked.some((index) => !correct[index])) return "wrong";
  return picked.length === correct.filter(Boolean).length ? "right" : "incomplete";
}

const VERDICTS = {
  none: "Choose an answer first.",
  right: "Right.",
  wrong: "Not yet. Read why, and choose again.",
  incomplete: "Right so far, but something is missing.",
};

/** Nodes for `[kind, content]` pieces: words and code as text, maths as the MathML that Python made. */
function richNodes(pieces) {
  return pieces.map(([kind, content]) => {
    if (kind === "code") return kit.html("code", {}, content);
    if (kind === "math") return mathNode(content);
    return document.createTextNode(content);
  });
}

function mathNode(markup) {
  const parsed = new DOMParser().parseFromString(markup, "application/xml");
  return document.importNode(parsed.documentElement, true);
}

/** A tick or a cross, drawn, since fonts differ. */
function mark(right) {
  const shape = right ? "M3,9 L7,13 L14,4" : "M4,4 L13,13 M13,4 L4,13";
  return kit.svg(
    "svg",
    { viewBox: "0 0 17 17", class: "bf-mark", "aria-hidden": "true" },
    kit.svg("path", { d: shape }),
  );
}

/** An option and the place of its explanation: a live region, so that a screen reader reads what arrives there. */
function answerNode(option, { type, group, onChange }) {
  const input = kit.html("input", { type, name: group, onchange: onChange });
  const words = kit.html("span", {}, richNodes(option.text));
  const place = kit.html("div", { "aria-live": "polite" });
  const root = kit.html(
    "div",
    { class: "bf-answer" },
    kit.html("label", { class: "bf-answer-choice" }, input, words),
    place,
  );
  const explain = () => {
    if (!place.firstChild) place.append(explanationNode(option));
  };
  return { root, input, explain };
}

function explanationNode({ correct, explanation }) {
  const verdict = kit.html("strong", {}, correct ? "Right. " : "Not this one. ");
  return kit.html(
    "p",
    { class: `bf-explanation ${correct ? "bf-right" : "bf-wrong"}` },
    mark(correct),
    kit.html("span", {}, verdict, richNodes(explanation)),
  );
}

function render({ model, el }) {
  const options = model.get("options");
  const several = model.get("choose") === "several";
  const stage = kit.stage({
    model,
    el,
    name: "Question",
    label: "Quick question",
    state: { verdict: "", shown: [] },
  });
  const group = `bf-question-${render.count++}`;
  const onChange = () => stage.set({ verdict: "" }, { quiet: true });
  const answers = options.map((option) =>
    answerNode(option, { type: several ? "checkbox" : "radio", group, onChange })
  );
  const picked = () => answers.flatMap(({ input }, index) => (input.checked ? [index] : []));

  const check = () => {
    const verdict = judge(options.map(({ correct }) => correct), picked());
    stage.set({ verdict, shown: [...new Set([...stage.state.shown, ...picked()])] });
  };
  const showAll = () => stage.set({ shown: options.map((_, index) => index) });
  const checkButton = kit.button({ label: "Check", onClick: check });
  const restButton = kit.button({ label: "Explain the other options", onClick: showAll });
  const verdictLine = kit.html("p", { class: "bf-verdict" });

  const hint = several ? " (choose all that are true)" : "";
  stage.body.append(
    kit.html(
      "fieldset",
      { class: "bf-question" },
      kit.html("legend", { class: "bf-prompt" }, kit.html("span", {}, richNodes(model.get("prompt"))), hint),
      answers.map(({ root }) => root),
    ),
    kit.html("div", { class: "bf-question-actions" }, checkButton.root, restButton.root, verdictLine),
  );

  stage.onDraw(({ state: { verdict, shown } }) => {
    shown.forEach((index) => answers[index].explain());
    verdictLine.textContent = VERDICTS[verdict] ?? "";
    restButton.root.hidden = verdict !== "right" || shown.length === options.length;
  });
  stage.say(() => VERDICTS[stage.state.verdict] ?? "");
  return stage.start();
}
render.count = 0; // radio buttons exclude each other by name, which must be unique on the page

export default { render };
