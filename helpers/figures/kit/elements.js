/** Elements: HTML and SVG nodes with attributes and children. */

function fill(node, attributes, children) {
  set(node, attributes);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Set attributes; `onclick: f` listens, `false`/`null`/`undefined` removes. */
export function set(node, attributes = {}) {
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else if (value === false || value === null || value === undefined) node.removeAttribute(key);
    else node.setAttribute(key, value === true ? "" : value);
  }
  return node;
}

export function html(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/** Remove a node's children and put `children` in their place. */
export function clear(node, ...children) {
  node.replaceChildren(...children.flat());
  return node;
}

/**
 * A number for ids and radio groups, never saved. Each kind of figure brings its own copy of this kit, so
 * the count is kept by the page: two copies that both began at 0 would clip each other's drawings.
 */
export function serial() {
  window.bookFigureParts = (window.bookFigureParts ?? 0) + 1;
  return window.bookFigureParts;
}

export function row(...children) {
  return html("div", { class: "bf-row" }, children);
}

export function controls(...children) {
  return html("div", { class: "bf-controls" }, children);
}
