// An answer (the `custom` of a reply) as elements, in the order in which a person needs it.
import { checklist, isLong } from "./checklist.js";
import { button, el, fill, list, phones, prose } from "./dom.js";
import { after, codes, rows } from "./kept.js";
import { status, ticket } from "./timeline.js";
import { day, labels, wording, words } from "./wording.js";

let answers = 0;

/** Return the article of one reply; `say` sends an option as the person's message. */
export function article(reply, say) {
  const answer = reply.custom || {};
  const told = content(answer).filter(Boolean);
  const plain = told.length || list(answer, "questions").length ? null : paragraphs([reply.text], "plain");
  const made = el("article", { class: "reply", "aria-label": words.answer }, plain, told, options(reply, say));
  linkSources(made);
  return made;
}

/** Return everything that a kept list holds, its ticks included. */
export function listed(found) {
  const made = el("div", null, content(Object.assign({}, found.answer, { type: "list", progress: found })));
  linkSources(made);
  return made;
}

function content(answer) {
  const tools = { matter: answer.matter, progress: answer.progress, proof: prover(answer, `a${(answers += 1)}`) };
  const { proof } = tools;
  const notes = list(answer, "notes");
  return [
    headline(answer),
    ...paragraphs(list(answer, "notices").filter((text) => text !== wording.first_notice), "notice"),
    ...paragraphs(list(answer, "said")),
    ...list(answer, "elsewhere").map((line) => el("p", null, prose(line.text), proof(line))),
    ...notes.filter((note) => note.blocks).map((note) => blocking(note, tools)),
    answer.faq ? el("p", { class: "faq" }, prose(answer.faq), proof(answer.faq_proof || {})) : null,
    ...guide(answer, tools, false),
    remarks(notes.filter((note) => !note.blocks), tools),
    ...paragraphs([answer.heading], "notice"),
    ...guide(answer, tools, true),
    ...paragraphs(list(answer, "missing")),
    status(answer),
    ticket(answer),
    rows(list(answer, "lists")),
    answer.share ? codes(answer.share) : null,
    after(answer),
    sources(answer, tools),
    review(answer),
  ];
}

// The blocks that are the place's own, or those borrowed from another place, which come under a heading that says so.
function guide(answer, tools, borrowed) {
  const here = (line) => Boolean(line.borrowed) === borrowed;
  const [limit, fee] = [answer.time_limit, answer.fee].map((line) => (line && here(line) ? line : null));
  const lines = (key) => list(answer, key).filter(here);
  return [
    checklist(lines("checklist"), tools),
    steps(lines("steps"), borrowed ? null : answer.entry, tools),
    items(lines("items"), tools),
    timeLimit(limit, tools),
    fee ? section(labels.fee, el("p", null, prose(fee.text), tools.proof(fee))) : null,
    places(lines("places"), tools),
  ];
}

function headline(answer) {
  if (!answer.matter_name || !["answer", "checklist"].includes(answer.type)) return null;
  const whole = list(answer, "aspects").includes("overview");
  return el("div", null,
    el("h2", null, answer.matter_name, answer.region_name ? el("span", { class: "place" }, ` ${answer.region_name}`) : null),
    whole && answer.summary ? el("p", null, answer.summary) : null);
}

function blocking(note, tools) {
  return el("div", { class: "blocks" }, el("strong", null, words.blocks), remark(note, tools, "p"));
}

function remarks(notes, tools) {
  return notes.length ? section(words.note, el("ul", null, notes.map((note) => remark(note, tools, "li")))) : null;
}

function remark(note, { proof }, tag) {
  const only = onlyIf(note);
  return el(tag, null, only, prose(note.text), proof(note));
}

function steps(found, entry, { proof }) {
  const clear = found.filter((step) => !isLong(step));
  if (found.length && !clear.length) return section(labels.steps, el("p", null, labels.steps_unclear));
  const made = clear.map((step) => el("li", null,
    el("span", { class: "badge" }, labels.channel[step.channel]), " ", onlyIf(step), prose(step.text),
    step.where ? el("span", { class: "small" }, `（${step.where}）`) : null, proof(step)));
  return made.length ? section(labels.steps, el("ol", null, made), entry ? el("p", null, fill(labels.entry, { entry })) : null) : null;
}

function items(lines, { proof }) {
  const made = lines.map((item) => el("li", null, onlyIf(item), el("strong", null, item.name), item.department ? `（${item.department}）` : "",
    "，", item.limit ? days(item.limit) : words.no_limit,
    item.result ? `，${fill(labels.results, { result: item.result })}` : "", proof(item)));
  return made.length ? section(labels.items, el("ul", null, made)) : null;
}

function onlyIf(line) {
  if (!line.only_if) return null;
  const condition = isLong(line) ? labels.unclear_yet : fill(labels.only_if, { only_if: line.only_if });
  return el("span", { class: "only" }, `${condition}：`);
}

function timeLimit(line, { proof }) {
  if (!line) return null;
  const starts = labels.starts[line.starts];
  return section(labels.time_limit,
    line.days ? el("p", null, el("strong", null, days(line)), starts ? `，${starts}` : "", line.text ? "" : proof(line)) : null,
    line.text ? el("p", null, prose(line.text), proof(line)) : null,
    line.done_by ? el("p", null, doneBy(line)) : null,
    line.statutory_days ? el("p", null, fill(labels.statutory, { days: line.statutory_days, unit: labels.unit[line.unit] })) : null);
}

function doneBy(line) {
  const assumed = line.assumed ? fill(labels.assumed, { year: line.done_by.slice(0, 4) }) : "";
  return fill(labels.done_by, { date: day(line.done_by) }) + assumed;
}

function days(line) {
  return `${line.days} ${labels.unit[line.unit] || ""}`;
}

function places(lines, { proof }) {
  const made = lines.map((place) => el("li", null, el("strong", null, place.name), proof(place),
    paragraphs([place.address, place.hours]),
    place.phone ? el("p", null, phones(fill(labels.phone, { phone: place.phone }))) : null,
    place.phone ? null : el("p", { class: "small" }, place.address ? words.no_phone : words.no_contact)));
  return made.length ? section(labels.places, el("ul", { class: "places" }, made)) : null;
}

function sources(answer, { proof }) {
  const found = list(answer, "sources");
  const facts = (source) => [source.issuer, source.number, source.date,
    source.verified_on ? fill(labels.verified, { date: source.verified_on }) : ""].filter(Boolean);
  const made = found.map((source, n) => el("li", { id: proof.id(n), tabindex: "-1" },
    sourceTitle(source), facts(source).map((fact) => `，${fact}`)));
  return made.length ? el("details", { class: "sources" }, el("summary", null, `${labels.sources}（${made.length}）`), el("ol", null, made)) : null;
}

function review(answer) {
  const asOf = answer.matter && answer.as_of ? `${fill(words.as_of, { date: answer.as_of })}。` : "";
  return asOf || answer.review ? el("p", { class: "small" }, asOf, answer.review) : null;
}

function sourceTitle(source) {
  const official = /^https?:\/\//.test(source.url || "");
  return official ? el("a", { href: source.url, rel: "noopener noreferrer", target: "_blank" }, source.title) : source.title;
}

// Behind a line: the number of its source and how sure it is.
function prover(answer, prefix) {
  const id = (n) => `${prefix}-source-${n}`;
  const mark = ({ source }) => (typeof source === "number"
    ? el("a", { class: "mark", href: `#${id(source)}`, "aria-label": fill(words.cite, { n: source + 1 }) }, `[${source + 1}]`) : null);
  const badge = ({ confidence }) => {
    const place = answer.reference_name;
    if (confidence === "reference" && place) return el("span", { class: "badge warn" }, fill(words.practice, { place }));
    return confidence === "unverified" ? el("span", { class: "badge warn" }, words.unverified) : null;
  };
  return Object.assign((line) => [mark(line), badge(line)], { id });
}

function linkSources(made) {
  const details = made.querySelector(".sources");
  for (const link of details ? made.querySelectorAll(".mark") : []) {
    link.addEventListener("click", () => { details.open = true; });
  }
}

function options(reply, say) {
  const question = list(reply.custom, "questions")[0];
  const chips = !question && reply.custom && reply.custom.type === "answer";
  const choices = question ? list(question, "options").map((option) => ({ title: option, payload: option })) : list(reply, "buttons");
  if (chips || (!question && !choices.length)) return null;
  const pick = (event, choice) => {
    event.currentTarget.setAttribute("aria-pressed", "true");
    say(choice.payload, choice.title);
  };
  const title = question ? question.text : words.answer;
  return el("div", { class: "question", role: "group", "aria-label": title, tabindex: "-1" }, question ? el("p", null, question.text) : null,
    el("div", { class: "options" }, choices.map((choice) => button(choice.title, (event) => pick(event, choice), { "aria-pressed": "false" }))));
}

function section(title, ...children) {
  return el("section", null, el("h3", null, title), children);
}

function paragraphs(texts, name) {
  return texts.filter(Boolean).map((text) => el("p", { class: name }, prose(text)));
}
