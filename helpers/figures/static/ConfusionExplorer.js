// helpers/figures/kit/elements.js
function fill(node, attributes, children) {
  set(node, attributes);
  node.append(...children.flat().filter((child) => child !== null && child !== void 0));
  return node;
}
function set(node, attributes = {}) {
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else if (value === false || value === null || value === void 0) node.removeAttribute(key);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  return node;
}
function html(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}
function svg(tag, attributes, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}
function clear(node, ...children) {
  node.replaceChildren(...children.flat());
  return node;
}
function serial() {
  globalThis.bookFigureParts = (globalThis.bookFigureParts ?? 0) + 1;
  return globalThis.bookFigureParts;
}
function controls(...children) {
  return html("div", { class: "bf-controls" }, ...children);
}

// helpers/figures/kit/numbers.js
function percent(fraction) {
  return `${(100 * fraction).toFixed(1)} %`;
}
function plural(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

// helpers/figures/kit/handles.js
function keepTouches(node) {
  node.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
}

// helpers/figures/kit/cells.js
var ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function cells({ label, current, onPick, onPress = () => {
}, touch = "none" }) {
  const root = svg("g", { class: "bf-cells", role: "group", "aria-label": label });
  const nodes = /* @__PURE__ */ new Map();
  let list = [];
  let last = null;
  let wantsFocus = false;
  const pick = (key, by) => {
    if (key === null) return;
    last = key;
    wantsFocus = true;
    onPick(key, by);
  };
  const under = (event) => {
    const box = root.ownerSVGElement.getBoundingClientRect();
    return cellUnder(list, event.clientX - box.left, event.clientY - box.top);
  };
  const drag = (event) => {
    const key = under(event);
    if (key !== last) pick(key, "drag");
  };
  root.addEventListener("pointerdown", (event) => {
    root.setPointerCapture(event.pointerId);
    root.addEventListener("pointermove", drag);
    event.preventDefault();
    const key = under(event);
    if (key === null) return;
    pick(key, "press");
    onPress(key);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    root.addEventListener(end, () => root.removeEventListener("pointermove", drag));
  }
  if (touch === "none") keepTouches(root);
  root.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") onPress(current());
    else if (event.key in ARROWS || event.key === "Home" || event.key === "End") {
      pick(cellTowards(list, current(), event.key), "key");
    } else return;
    event.preventDefault();
  });
  const draw = (wanted) => {
    list = wanted;
    if (touch !== "none") root.ownerSVGElement.style.touchAction = touch;
    drawCells(root, nodes, list, current());
    if (wantsFocus) nodes.get(current())?.focus({ preventScroll: true });
    wantsFocus = false;
  };
  return { root, draw };
}
function cellUnder(list, x, y) {
  const away = ({ x: left, y: top, width, height }) => Math.hypot(x - clamp(x, left, left + width), y - clamp(y, top, top + height));
  const nearest = closest(list, away);
  return nearest && away(nearest) <= 12 ? nearest.key : null;
}
function cellTowards(list, key, arrow) {
  const open = list.filter(({ skip }) => !skip);
  if (arrow === "Home") return open.at(0)?.key ?? null;
  if (arrow === "End") return open.at(-1)?.key ?? null;
  const way = ARROWS[arrow];
  const middle = (cell) => [cell.x + cell.width / 2, cell.y + cell.height / 2];
  const from = middle(list.find((cell) => cell.key === key));
  const along = (cell) => (middle(cell)[0] - from[0]) * way[0] + (middle(cell)[1] - from[1]) * way[1];
  const across = (cell) => Math.abs((middle(cell)[0] - from[0]) * way[1]) + Math.abs((middle(cell)[1] - from[1]) * way[0]);
  const found = closest(open.filter((cell) => along(cell) > 1), (cell) => along(cell) + 3 * across(cell));
  return found ? found.key : null;
}
function closest(list, distance) {
  return list.reduce((best, cell) => best === null || distance(cell) < distance(best) ? cell : best, null);
}
function drawCells(root, nodes, list, current) {
  const keys = new Set(list.map(({ key }) => key));
  for (const [key, node] of nodes) {
    if (!keys.has(key)) {
      node.remove();
      nodes.delete(key);
    }
  }
  list.forEach((cell, place) => {
    if (!nodes.has(cell.key)) nodes.set(cell.key, svg("g", {}, svg("rect"), svg("text")));
    const node = nodes.get(cell.key);
    paintCell(node, cell, cell.key === current);
    if (root.children[place] !== node) root.insertBefore(node, root.children[place] ?? null);
  });
}
function paintCell(node, { x, y, width, height, text: text2 = "", label, classes = "", fill: fill2 = null, pressed = null }, isCurrent) {
  set(node, {
    class: `bf-cell ${classes}`,
    role: "button",
    tabindex: isCurrent ? 0 : -1,
    "aria-label": label ?? text2,
    "aria-pressed": String(pressed ?? isCurrent),
    style: `transform: translate(${x}px, ${y}px)`
  });
  set(node.firstChild, { width, height, rx: 4, style: fill2 ? `fill: ${fill2}` : null });
  set(node.lastChild, { x: width / 2, y: height / 2 + 4.5, "text-anchor": "middle" });
  node.lastChild.textContent = text2;
}

// helpers/figures/kit/stage.js
function pageTheme() {
  const { documentElement: page, body } = document;
  const named = page.dataset.theme ?? page.getAttribute("theme");
  if (named === "dark" || named === "light") return named;
  if (body.dataset.jpThemeLight) return body.dataset.jpThemeLight === "false" ? "dark" : "light";
  if (body.dataset.vscodeThemeKind) return body.dataset.vscodeThemeKind.includes("dark") ? "dark" : "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
function traits(model, names) {
  const values = (
    /** @type {Record<K, any>} */
    {}
  );
  for (const name of names) values[name] = model.get(name);
  return values;
}
function stage({ model, el, name, label, state }) {
  const body = html("div", { class: "bf-body" });
  const live = html("p", { class: "bf-hidden", "aria-live": "polite" });
  const caption = html("figcaption", { class: "bf-caption" }, model.get("caption") ?? "");
  const root = html(
    "figure",
    { class: "book-figure", "data-figure": name, "aria-label": label },
    body,
    live,
    caption
  );
  const draws = [];
  const cleanups = [];
  let frame = 0;
  let sentence2 = null;
  let timer = 0;
  const drawNow = () => {
    frame = 0;
    self.width = Math.round(body.getBoundingClientRect().width) || 700;
    for (const draw of draws) draw({ width: self.width, state: self.state });
    root.dataset.ready = "true";
  };
  const speak = () => {
    clearTimeout(timer);
    timer = setTimeout(() => sentence2 && (live.textContent = sentence2()), 500);
  };
  const self = {
    root,
    body,
    model,
    state: { ...state },
    width: 0,
    invalidate() {
      if (!frame) frame = requestAnimationFrame(drawNow);
    },
    set(patch, { quiet = false } = {}) {
      Object.assign(self.state, patch);
      sendToPython(model, patch);
      self.invalidate();
      if (!quiet) speak();
    },
    onDraw: (draw) => draws.push(draw),
    onCleanup: (cleanup) => cleanups.push(cleanup),
    say(makeSentence) {
      sentence2 = makeSentence;
    },
    start() {
      el.append(root);
      keepKeys(self);
      followTheme(self);
      followWidth(self);
      drawNow();
      self.onCleanup(() => {
        cancelAnimationFrame(frame);
        clearTimeout(timer);
        root.remove();
      });
      return () => cleanups.splice(0).forEach((cleanup) => cleanup());
    }
  };
  return self;
}
function sendToPython(model, patch) {
  const synced = Object.entries(patch).filter(([key]) => model.get(key) !== void 0);
  for (const [key, value] of synced) model.set(key, value);
  if (synced.length) model.save_changes();
}
function keepKeys({ root, onCleanup }) {
  const mark = ({ target, key, ctrlKey, metaKey }) => {
    const saves = (ctrlKey || metaKey) && key.toLowerCase() === "s";
    if (root.contains(target)) set(target, { "data-lm-suppress-shortcuts": saves ? null : "true" });
  };
  root.addEventListener("focusin", mark);
  addEventListener("keydown", mark, true);
  onCleanup(() => removeEventListener("keydown", mark, true));
}
function followTheme({ root, invalidate, onCleanup }) {
  const apply = () => {
    root.dataset.theme = pageTheme();
    invalidate();
  };
  const observer = new MutationObserver(apply);
  for (const node of [document.documentElement, document.body]) observer.observe(node, { attributes: true });
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", apply);
  onCleanup(() => {
    observer.disconnect();
    system.removeEventListener("change", apply);
  });
  root.dataset.theme = pageTheme();
}
function followWidth(self) {
  const observer = new ResizeObserver(([entry]) => {
    if (Math.round(entry.contentRect.width) !== self.width) self.invalidate();
  });
  observer.observe(self.body);
  self.onCleanup(() => observer.disconnect());
}

// helpers/figures/kit/controls.js
var ICONS = {
  play: "M4,2 L14,8 L4,14 Z",
  pause: "M4,2 H7 V14 H4 Z M9,2 H12 V14 H9 Z",
  step: "M3,2 L10,8 L3,14 Z M11,2 H13 V14 H11 Z",
  reset: "M8,2 A6,6 0 1 0 14,8 H12 A4,4 0 1 1 8,4 V6.5 L12,3.2 L8,0 Z"
};
function button({ label, icon = null, onClick }) {
  const shape = svg("path", { d: ICONS[icon] ?? "" });
  const text2 = html("span", {}, label);
  const picture = icon ? svg("svg", { viewBox: "0 0 16 16", class: "bf-icon", "aria-hidden": "true" }, shape) : null;
  const root = html("button", { type: "button", class: "bf-button", onclick: onClick }, picture, text2);
  const relabel = (name, newIcon = null) => {
    text2.textContent = name;
    if (newIcon) set(shape, { d: ICONS[newIcon] });
  };
  return { root, relabel };
}
function toggle({ label, checked = false, onChange }) {
  const input = html("input", { type: "checkbox", onchange: () => onChange(input.checked) });
  input.checked = checked;
  return { root: html("label", { class: "bf-toggle" }, input, html("span", {}, label)), input };
}
function choice({ label, options, value, onChange }) {
  const group = `bf-choice-${serial()}`;
  const radios = options.map((option) => {
    const input = html("input", { type: "radio", name: group, onchange: () => onChange(option.value) });
    input.checked = option.value === value;
    return html("label", { class: "bf-option" }, input, html("span", {}, option.label));
  });
  return {
    root: html("fieldset", { class: "bf-choice" }, html("legend", { class: "bf-label" }, label), radios)
  };
}

// helpers/figures/confusion_explorer/maths.js
var sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
var ratio = (part, whole) => whole ? part / whole : null;
function rowShares(counts) {
  return counts.map((row) => row.map((count) => ratio(count, sum(row)) ?? 0));
}
function scores(counts) {
  const right = counts.map((row, i) => row[i]);
  return {
    total: sum(counts.flat()),
    accuracy: ratio(sum(right), sum(counts.flat())),
    recall: counts.map((row, i) => ratio(right[i], sum(row))),
    precision: counts.map((_, i) => ratio(right[i], sum(counts.map((row) => row[i]))))
  };
}
function mistakes(counts) {
  const cells2 = counts.flatMap(
    (row, i) => row.map((count, j) => ({ cell: [i, j], count: i === j ? 0 : count }))
  );
  return cells2.filter(({ count }) => count).sort((a, b) => b.count - a.count).map(({ cell }) => cell);
}
function darkest(shares) {
  return Math.max(...shares.flatMap((row, i) => row.filter((_, j) => i !== j)));
}
function nextMistake(counts, [label, answer]) {
  const all = mistakes(counts);
  const place = all.findIndex(([i, j]) => i === label && j === answer);
  return all.length ? all[(place + 1) % all.length] : [label, answer];
}
function picturesOf(pictures, [label, answer], { columns, block_width: width, block_height: height }) {
  let first = 0;
  for (const [i, j, found] of pictures) {
    if (i === label && j === answer) {
      return found.map(([place, sure, truth], k) => ({
        place,
        sure,
        truth,
        x: (first + k) % columns * width,
        y: Math.floor((first + k) / columns) * height
      }));
    }
    first += found.length;
  }
  return [];
}
function shareText(share) {
  if (!share) return "";
  const percents = 100 * share;
  if (percents < 0.05) return "<.1";
  return percents < 9.95 ? percents.toFixed(1) : percents.toFixed(0);
}
function sureText(probability) {
  return probability >= 0.9995 && probability < 1 ? "> 99.9 %" : percent(probability);
}
function scoreText(score) {
  if (score === null) return "–";
  return score >= 0.995 && score < 1 ? ">99" : (100 * score).toFixed(0);
}
function shortened(name, longest) {
  return name.length > longest ? `${name.slice(0, longest - 1).trimEnd()}…` : name;
}
function cellWords(counts, classes, [label, answer]) {
  const count = counts[label][answer];
  const row = sum(counts[label]);
  const part = row ? `, ${percent(count / row)} of the ${row.toLocaleString("en")} with this label` : "";
  const title = label === answer ? `${classes[label]}, named correctly` : `${classes[label]}, called ${classes[answer]}`;
  return {
    title,
    count: `${plural(count, "picture")}${part}.`,
    twin: label === answer ? null : counts[answer][label]
  };
}
function picturesWords(shown, count, answer) {
  if (!count) return "It never happened.";
  const how = count === 1 ? "" : shown < count ? `${shown} of ${count}, the surest first. ` : `All ${count}, the surest first. `;
  return `${how}Below: the probability of ${answer}.`;
}

// helpers/figures/confusion_explorer/views.js
var STRONGEST = 68;
function matrixGeometry(width, classes) {
  const room = Math.min(width, 420);
  const wanted = Math.min(11, Math.max(...classes.map((name) => name.length)));
  const fitting = (margin2) => Math.min(wanted, Math.floor((room - margin2 - 24 * classes.length - 10) / 6.8));
  const margin = fitting(34) >= Math.min(wanted, 9) ? 34 : 0;
  const longest = Math.max(4, fitting(margin));
  const left = Math.max(10 + 6.8 * longest, margin ? 72 : 48);
  const side = Math.min(44, (room - left - margin) / classes.length);
  const top = 22;
  const foot = top + side * classes.length;
  return {
    margin,
    longest,
    left,
    side,
    top,
    right: left + side * classes.length,
    foot,
    height: foot + (margin ? 22 : 0) + 14 + 5.6 * longest
  };
}
function cellFill(share, most) {
  return share ? `color-mix(in srgb, var(--bf-loss) ${(STRONGEST * (share / most) ** 0.7).toFixed(1)}%, var(--bf-ground))` : null;
}
function matrixView(stage2, { counts, classes }) {
  const shares = rowShares(counts);
  const most = darkest(shares);
  const { recall, precision } = scores(counts);
  const key = ([label, answer]) => `${label},${answer}`;
  const cells2 = cells({
    label: "Confusion matrix: rows are labels, columns are answers",
    touch: "pan-y",
    current: () => key(stage2.state.selected),
    onPick: (picked) => stage2.set({ selected: picked.split(",").map(Number) })
  });
  const words = svg("g", { "aria-hidden": "true" });
  const picture = svg(
    "svg",
    { class: "bf-panel-svg", role: "group", "aria-label": "Rows are labels, columns are answers" },
    words,
    cells2.root
  );
  const root = html("div", { class: "bf-panel" }, picture);
  let last = "";
  function cellOf(label, answer, row, column, g, { selected, numbers }) {
    const count = counts[label][answer];
    const [lit, twin] = [[label, answer], [answer, label]].map((cell) => key(cell) === key(selected));
    const text2 = numbers === "count" ? String(count || "") : shareText(shares[label][answer]);
    const muted = label === answer ? "ce-right" : "";
    return {
      key: key([label, answer]),
      x: g.left + g.side * column + 1,
      y: g.top + g.side * row + 1,
      width: g.side - 2,
      height: g.side - 2,
      text: text2,
      fill: lit || muted ? null : cellFill(shares[label][answer], most),
      classes: `${muted} ${text2.length > 3 ? "ce-long" : ""} ${lit ? "bf-lit" : twin ? "bf-also" : ""}`,
      label: `label ${classes[label]}, answer ${classes[answer]}: ${count}, ${percent(shares[label][answer])} of the row`
    };
  }
  function draw(width, state) {
    const { order } = state;
    const g = matrixGeometry(width, classes);
    root.classList.toggle("bf-moving", last === String(width));
    last = String(width);
    set(picture, { width: g.right + g.margin, height: g.height });
    clear(words, names(g, state), g.margin ? margins(g, state) : []);
    cells2.draw(
      order.flatMap(
        (label, row) => order.map((answer, column) => cellOf(label, answer, row, column, g, state))
      )
    );
  }
  const bold = (chosen) => chosen ? "ce-chosen" : "";
  function names(g, { order, selected: [label, answer] }) {
    const below = g.foot + (g.margin ? 22 : 0) + 12;
    return [
      text(g.left, 14, "answer →", "bf-tick"),
      text(g.left - 6, 14, "label ↓", "bf-tick ce-end"),
      order.map(
        (name, k) => text(
          g.left - 6,
          g.top + g.side * (k + 0.5) + 4.5,
          shortened(classes[name], g.longest),
          `ce-end ${bold(name === label)}`
        )
      ),
      order.map((name, k) => {
        const x = g.left + g.side * (k + 0.5) + 4;
        return set(
          text(x, below, shortened(classes[name], g.longest), `ce-end ${bold(name === answer)}`),
          { transform: `rotate(-50 ${x} ${below})` }
        );
      })
    ].flat();
  }
  function margins(g, { order, selected: [label, answer] }) {
    const [x, y] = [g.right + g.margin, g.foot + 16];
    return [
      text(x, 14, "recall %", "bf-tick ce-end"),
      text(g.left - 6, y, "precision %", "bf-tick ce-end"),
      order.map(
        (name, k) => text(
          x - 8,
          g.top + g.side * (k + 0.5) + 4.5,
          scoreText(recall[name]),
          `ce-end ${bold(name === label)}`
        )
      ),
      order.map(
        (name, k) => text(g.left + g.side * (k + 0.5), y, scoreText(precision[name]), `ce-middle ${bold(name === answer)}`)
      )
    ].flat();
  }
  return {
    root,
    draw,
    width: (available) => {
      const g = matrixGeometry(available, classes);
      return g.right + g.margin;
    }
  };
}
var text = (x, y, words, classes) => svg("text", { x, y, class: classes }, words);
function pictureItem({ x, y, sure, truth, place }, { width, height, block_width: wide, block_height: high, columns, rows }, names, side) {
  const zoom = side / Math.max(width, height);
  const style = `width: ${width * zoom}px; height: ${height * zoom}px; background-position: ${-x * zoom}px ${-y * zoom}px; background-size: ${columns * wide * zoom}px ${rows * high * zoom}px`;
  const doubt = names.label === names.answer ? "" : `, ${names.label} ${sureText(truth)}`;
  const label = `Picture ${place}: ${names.answer} ${sureText(sure)}${doubt}`;
  return html(
    "li",
    {},
    html("span", { class: "ce-picture", role: "img", "aria-label": label, title: label, style }),
    html("span", { "aria-hidden": "true" }, sureText(sure))
  );
}
function picturesView(stage2, { counts, classes, pictures, sizes }) {
  const title = html("div", { class: "bf-title" });
  const count = html("p", {});
  const twin = button({
    label: "",
    onClick: () => stage2.set({ selected: stage2.state.selected.toReversed() })
  });
  const list = html("ul", { class: "ce-pictures" });
  const heading = html("p", { class: "ce-heading" });
  const root = html(
    "div",
    { class: "ce-side", role: "region", "aria-label": "Pictures of the chosen cell" },
    title,
    count,
    twin.root,
    heading,
    list
  );
  function draw(width, { selected }) {
    const [label, answer] = selected;
    const words = cellWords(counts, classes, selected);
    const shown = picturesOf(pictures, selected, sizes);
    const found = counts[label][answer];
    title.textContent = words.title;
    count.textContent = words.count;
    twin.root.hidden = words.twin === null;
    twin.relabel(`The other way round: ${words.twin}`);
    heading.textContent = picturesWords(shown.length, found, classes[answer]);
    const columns = width >= 340 ? 6 : 4;
    const side = Math.min(60, Math.floor(width / columns) - 7);
    clear(
      list,
      shown.map(
        (picture) => pictureItem(picture, sizes, { label: classes[label], answer: classes[answer] }, side)
      )
    );
    list.style.gridTemplateColumns = `repeat(${columns}, 1fr)`;
  }
  return { root, draw };
}

// helpers/figures/confusion_explorer/figure.js
function render({ model, el }) {
  const data = traits(model, ["counts", "classes", "pictures", "sizes", "neighbours", "sheet"]);
  const numbered = data.classes.map((_, i) => i);
  const opening = { selected: model.get("selected"), numbers: "count", order: numbered };
  const stage2 = stage({
    model,
    el,
    name: "ConfusionExplorer",
    label: "Confusion matrix: which class is taken for which",
    state: { ...opening }
  });
  stage2.root.style.setProperty("--ce-sheet", `url("${data.sheet}")`);
  const matrix = matrixView(stage2, data);
  const side = picturesView(stage2, data);
  const inputs = makeControls(stage2, data, opening);
  const title = html("div", { class: "bf-title ce-total" }, totalText(data.counts));
  stage2.body.append(
    title,
    html("div", { class: "bf-row" }, html("div", {}, matrix.root, legend(data.counts)), side.root),
    inputs.root
  );
  model.on?.("change:selected", () => {
    if (String(model.get("selected")) !== String(stage2.state.selected)) {
      stage2.set({ selected: model.get("selected") });
    }
  });
  stage2.onDraw(({ width, state }) => {
    const taken = matrix.width(width);
    const room = width - taken - 24;
    matrix.draw(width, state);
    side.root.style.width = `${room < 240 ? width : room}px`;
    side.draw(room < 240 ? width : room, state);
    inputs.refresh(state);
  });
  stage2.say(() => sentence(data, stage2.state));
  return stage2.start();
}
function totalText(counts) {
  const { total, accuracy } = scores(counts);
  const wrong = mistakes(counts).reduce((sum2, [i, j]) => sum2 + counts[i][j], 0);
  return `Accuracy ${percent(accuracy)}: ${wrong.toLocaleString("en")} of ${total.toLocaleString("en")} pictures are named wrongly`;
}
function legend(counts) {
  const most = darkest(rowShares(counts));
  const steps = [0, 0.25, 0.5, 0.75, 1].map(
    (part) => html("span", {
      class: "ce-step",
      style: `background: ${cellFill(part * most, most) ?? "var(--bf-panel)"}`
    })
  );
  return html(
    "p",
    { class: "ce-legend", hidden: most === 0 },
    "colour: share of the row, 0 ",
    html("span", { class: "ce-steps", "aria-hidden": "true" }, steps),
    ` ${percent(most)}`
  );
}
function sentence({ counts, classes }, { selected }) {
  const { title, count, twin } = cellWords(counts, classes, selected);
  const { recall, precision } = scores(counts);
  const [label, answer] = selected;
  const named = (score) => score === null ? "not defined" : percent(score);
  return `${title}: ${count} ${twin === null ? "" : `The other way round: ${twin}. `}Recall of ${classes[label]} ${named(recall[label])}, precision of ${classes[answer]} ${named(precision[answer])}.`;
}
function makeControls(stage2, { counts, neighbours }, opening) {
  const numbers = choice({
    label: "Numbers",
    value: opening.numbers,
    onChange: (value) => stage2.set({ numbers: value }),
    options: [{ value: "count", label: "counts" }, { value: "share", label: "% of the row" }]
  });
  const sorted = toggle({
    label: "confused classes side by side",
    onChange: (on) => stage2.set({ order: on ? neighbours : opening.order })
  });
  const next = button({
    label: "Next mistake",
    icon: "step",
    onClick: () => stage2.set({ selected: nextMistake(counts, stage2.state.selected) })
  });
  const reset = button({ label: "Reset", icon: "reset", onClick: () => stage2.set({ ...opening }) });
  next.root.disabled = mistakes(counts).length === 0;
  const radios = [...numbers.root.querySelectorAll("input")];
  const refresh = (state) => {
    radios.forEach((radio, i) => {
      radio.checked = state.numbers === "count" === (i === 0);
    });
    sorted.input.checked = state.order === neighbours;
  };
  return {
    refresh,
    root: controls(
      html("div", { class: "bf-buttons" }, next.root, reset.root),
      numbers.root,
      sorted.root
    )
  };
}
var figure_default = { render };
export {
  figure_default as default
};
