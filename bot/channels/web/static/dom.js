// Elements made from data: everything that comes from outside becomes text, never markup.
// Only syntax that browsers of 2018 know: many phones here never update theirs.

/** Return an element; strings among the children become text, empty children are left out. */
export function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  add(made, children);
  return made;
}

/** Append children, lists of children and nothing at all for what is empty. */
export function add(parent, children) {
  for (const child of children) {
    if (Array.isArray(child)) add(parent, child);
    else if (child !== null && child !== undefined && child !== "" && child !== false) parent.append(child);
  }
}

/** Return `template` with its {gaps} filled. */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (gap, name) => (name in values ? String(values[name]) : gap));
}

/** Return the list at `key`, an empty one where there is none. */
export function list(from, key) {
  return from && Array.isArray(from[key]) ? from[key] : [];
}

/** Return a sentence as text with the public service numbers in it made callable. */
export function prose(text) {
  return String(text).split(/\b(12345|12356|12333|12393|12366|96110)\b/).map((part, n) => (n % 2 ? call(part) : part));
}

/** Return the text of a place's phones with every number in it made callable. */
export function phones(text) {
  return String(text).split(/(\+?\d[\d-]{2,}\d)/).map((part, n) => (n % 2 ? call(part) : part));
}

/** Return a button that does `act`. */
export function button(text, act, attributes) {
  const made = el("button", Object.assign({ type: "button" }, attributes), text);
  made.addEventListener("click", act);
  return made;
}

function call(number) {
  return el("a", { href: `tel:${number.replace(/-/g, "")}` }, number);
}
