/** Elements: HTML and SVG nodes with attributes and children. */

/**
 * @typedef {string | number | null | undefined} Value
 * @typedef {Value | boolean | ((event: any) => unknown)} Attribute
 * @typedef {{ [name: string]: Attribute, [name: `aria-${string}`]: Value | false }} Attributes
 *   `true` is an empty text, which ARIA takes for no answer: it wants "true".
 * @typedef {Node | string | null | undefined} Part
 * @typedef {Part | Part[]} Child
 */

/**
 * @template {Element} E
 * @param {E} node
 * @param {Attributes} attributes
 * @param {Child[]} children
 */
function fill(node, attributes, children) {
  set(node, attributes);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/**
 * Set attributes; `onclick: f` listens, `false`/`null`/`undefined` removes.
 *
 * @template {Element} E
 * @param {E} node
 * @param {Attributes | null} attributes
 */
export function set(node, attributes = {}) {
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else if (value === false || value === null || value === undefined) node.removeAttribute(key);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  return node;
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {Child[]} children
 */
export function html(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {Child[]} children
 */
export function svg(tag, attributes, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/**
 * Remove a node's children and put `children` in their place.
 *
 * @template {Element} E
 * @param {E} node
 * @param {Child[]} children
 */
export function clear(node, ...children) {
  node.replaceChildren(...children.flat());
  return node;
}

/**
 * A number for ids and radio groups, never saved. Each kind of figure brings its own copy of this kit, so
 * the count is kept by the page: two copies that both began at 0 would clip each other's drawings.
 */
export function serial() {
  globalThis.bookFigureParts = (globalThis.bookFigureParts ?? 0) + 1;
  return globalThis.bookFigureParts;
}

/** @param {Child[]} children */
export function row(...children) {
  return html("div", { class: "bf-row" }, ...children);
}

/** @param {Child[]} children */
export function controls(...children) {
  return html("div", { class: "bf-controls" }, ...children);
}
