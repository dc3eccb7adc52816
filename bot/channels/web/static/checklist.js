// The materials of an answer as a list to tick off; the server keeps the ticks.
import { el, fill, list, prose } from "./dom.js";
import { labels, words } from "./wording.js";
import { listPath, post } from "./door.js";

// As in bot/rendering/lines.py: a longer condition is not read, the open question decides it.
const LONGEST_CONDITION = 24;
let line = Promise.resolve();

/** Return the section of the materials in `lines`: what is surely needed open, the rest one tap away. */
export function checklist(lines, tools) {
  if (!lines.length) return null;
  const made = (some) => some.map((one) => material(one, tools));
  const bring = lines.filter((one) => !one.exempt);
  const sure = bring.filter((one) => !one.only_if);
  const needed = made(sure.filter((one) => one.needed !== "optional"));
  const optional = made(sure.filter((one) => one.needed === "optional"));
  const exempt = made(lines.filter((one) => one.exempt));
  const maybe = made(bring.filter((one) => one.only_if));
  return el("section", { class: "materials", "data-matter": tools.matter },
    el("h3", null, labels.checklist), progress(tools.progress), el("p", { class: "ticking", role: "status" }),
    needed.length ? el("ul", { class: "checklist" }, needed) : null,
    optional.length ? [el("p", null, `${labels.optional}：`), el("ul", { class: "checklist" }, optional)] : null,
    folded(fill(words.maybe, { label: labels.conditional, n: maybe.length }), maybe, !sure.length),
    folded(fill(words.exempt, { n: exempt.length }), exempt, !bring.length),
    lines.some(unstated) ? el("p", { class: "small" }, words.unstated) : null);
}

/** Set the ticks of every list of that matter on the page as an answer reports them. */
export function syncTicks(answer, found) {
  const ticked = new Map(list(answer, "checklist").map((one) => [String(one.id), Boolean(one.ticked)]));
  for (const section of document.querySelectorAll(".materials")) {
    if (section.dataset.matter !== answer.matter) continue;
    for (const box of section.querySelectorAll("input")) {
      if (ticked.has(box.dataset.line)) box.checked = ticked.get(box.dataset.line);
    }
    if (found) section.querySelector(".count").textContent = howFar(found);
  }
}

/** Return how far a list has got, in words: what may be wanted is never passed over. */
export function howFar(found) {
  const sure = !found.total ? words.nothing_to_bring : found.left ? words.to_bring : words.all_ready;
  return fill(found.maybe ? sure + words.maybe_more : sure, found);
}

/** Tell whether nobody would read through for whom a line holds. */
export function isLong(one) {
  return (one.only_if || "").length > LONGEST_CONDITION;
}

function progress(found) {
  return el("p", { class: "count" }, found ? howFar(found) : null);
}

function folded(title, items, open) {
  return items.length ? el("details", { open }, el("summary", null, title), el("ul", { class: "checklist" }, items)) : null;
}

function material(one, tools) {
  return el("li", null,
    head(one, tools),
    badges(one),
    one.only_if ? el("p", { class: "only" }, isLong(one) ? labels.unclear_yet : fill(words.only_if, { only_if: one.only_if })) : null,
    el("p", null, prose(one.reason || ""), tools.proof(one)),
    one.where_to_get ? el("p", null, prose(fill(labels.where, { where: one.where_to_get }))) : null,
    one.note ? el("p", null, prose(one.note)) : null);
}

function head(one, tools) {
  const name = el("span", { class: "name" }, one.name, " ", el("span", { class: "form" }, form(one)));
  return one.exempt ? el("p", { class: "exempt" }, name) : el("label", null, box(one, tools), name);
}

function form(one) {
  return [one.kind ? labels.kind[one.kind] : "", one.copies ? fill(labels.copies, { copies: one.copies }) : ""].filter(Boolean).join(" ");
}

function badges(one) {
  const texts = [
    one.exempt ? words.exempt_by[one.exempt] : "",
    one.needed === "later" ? labels.needed.later : "",
    one.later_days ? fill(labels.later_days, { days: one.later_days }) : "",
  ].filter(Boolean);
  return texts.length ? el("p", null, texts.map((text) => [el("span", { class: "badge good" }, text), " "])) : null;
}

function unstated(one) {
  return !one.exempt && (!one.kind || !one.copies);
}

function box(one, { progress, matter }) {
  const made = el("input", { type: "checkbox", "data-line": one.id, disabled: progress && progress.role === "reader" });
  made.checked = Boolean(one.ticked);
  // One after the other, so that two quick taps end as the second one says.
  made.addEventListener("change", () => { line = line.then(() => tick(made, one, matter, made.checked)); });
  return made;
}

async function tick(made, one, matter, wanted) {
  const told = made.closest(".materials").querySelector(".ticking");
  try {
    const { ok, status, body } = await post(listPath(matter, "/ticks"), { line: one.id, ticked: wanted });
    if (!ok) return takeBack(made, wanted, told, body.said || (status === 404 ? words.list_gone : words.tick_failed));
    syncTicks(body.answer, body);
    tell(told, `${fill(wanted ? words.ticked : words.unticked, { name: one.name })}${howFar(body)}`, "hidden");
  } catch (error) {
    takeBack(made, wanted, told, words.tick_failed);
  }
  return undefined;
}

// What the server did not keep is not shown as kept.
function takeBack(made, wanted, told, why) {
  made.checked = !wanted;
  tell(told, why, "failed");
}

// Who sees the page sees the box and the count: only what went wrong is shown, everything is read out.
function tell(told, text, name) {
  told.className = `ticking ${name}`;
  told.textContent = text;
}
