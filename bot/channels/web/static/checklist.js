// The materials of an answer as a list to tick off.
import { el, fill, list, prose } from "./dom.js";
import { words } from "./labels.js";

/** Return the section of the materials in `lines`: what is surely needed open, the rest one tap away. */
export function checklist(lines, tools) {
  if (!lines.length) return null;
  const { labels, matter } = tools;
  const made = (some) => some.map((line) => material(line, tools));
  const bring = lines.filter((line) => !line.exempt);
  const sure = bring.filter((line) => !line.only_if);
  const needed = made(sure.filter((line) => line.needed !== "optional"));
  const optional = made(sure.filter((line) => line.needed === "optional"));
  const exempt = made(lines.filter((line) => line.exempt));
  const maybe = made(bring.filter((line) => line.only_if));
  const section = el("section", { class: "materials", "data-matter": matter },
    el("h3", null, labels.checklist), el("p", { class: "count small" }), el("p", { class: "small", role: "status" }),
    needed.length ? el("ul", { class: "checklist needed" }, needed) : null,
    optional.length ? [el("p", null, `${labels.optional}：`), el("ul", { class: "checklist" }, optional)] : null,
    folded(fill(words.maybe, { label: labels.conditional, n: maybe.length }), maybe, !sure.length),
    folded(fill(words.exempt, { n: exempt.length }), exempt, !bring.length),
    lines.some(unstated) ? el("p", { class: "small" }, words.unstated) : null);
  count(section);
  return section;
}

/** Set the ticks of every list of that matter on the page as an answer reports them. */
export function syncTicks(answer) {
  const ticked = new Map(list(answer, "checklist").map((line) => [String(line.id), Boolean(line.ticked)]));
  for (const section of document.querySelectorAll(".materials")) {
    if (section.dataset.matter !== answer.matter) continue;
    for (const box of section.querySelectorAll("input")) {
      if (ticked.has(box.dataset.line)) box.checked = ticked.get(box.dataset.line);
    }
    count(section);
  }
}

function folded(title, items, open) {
  return items.length ? el("details", { open }, el("summary", null, title), el("ul", { class: "checklist" }, items)) : null;
}

function material(line, tools) {
  const { labels, proof } = tools;
  return el("li", null,
    head(line, tools),
    badges(line, tools),
    line.only_if ? el("p", { class: "only" }, fill(words.only_if, { only_if: line.only_if })) : null,
    el("p", null, prose(line.reason || ""), proof(line)),
    line.where_to_get ? el("p", null, prose(fill(labels.where, { where: line.where_to_get }))) : null,
    line.note ? el("p", null, prose(line.note)) : null);
}

function head(line, tools) {
  const name = el("span", { class: "name" }, line.name, " ", el("span", { class: "form" }, form(line, tools.labels)));
  return line.exempt ? el("p", { class: "exempt" }, name) : el("label", null, box(line, tools), name);
}

function form(line, { kind, copies }) {
  return [line.kind ? kind[line.kind] : "", line.copies ? fill(copies, { copies: line.copies }) : ""].filter(Boolean).join(" ");
}

function badges(line, { labels }) {
  const texts = [
    line.exempt ? words.exempt_by[line.exempt] : "",
    line.needed === "later" ? labels.needed.later : "",
    line.later_days ? fill(labels.later_days, { days: line.later_days }) : "",
  ].filter(Boolean);
  return texts.length ? el("p", null, texts.map((text) => [el("span", { class: "badge good" }, text), " "])) : null;
}

function unstated(line) {
  return !line.exempt && (!line.kind || !line.copies);
}

function box(line, tools) {
  const made = el("input", { type: "checkbox", "data-line": line.id });
  made.checked = Boolean(line.ticked);
  made.addEventListener("change", () => tick(made, line, tools));
  return made;
}

// The assistant keeps the list: a tick that it did not understand is taken back.
async function tick(made, line, { ask }) {
  const section = made.closest(".materials");
  const wanted = made.checked;
  count(section);
  made.disabled = true;
  const { answer, said } = await ask(fill(wanted ? words.got : words.not_got, { name: line.name }));
  made.disabled = false;
  made.checked = !wanted;
  syncTicks(answer);
  count(section);
  section.querySelector("[role=status]").textContent = said;
}

function count(section) {
  const boxes = [...section.querySelectorAll(".needed input")];
  const ready = boxes.filter((one) => one.checked).length;
  section.querySelector(".count").textContent = boxes.length ? fill(words.ready, { ready, all: boxes.length }) : "";
}
