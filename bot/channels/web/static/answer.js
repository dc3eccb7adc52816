// An answer (the `custom` of a reply) as elements, in the order in which a person needs it.
import { checklist } from "./checklist.js";
import { button, el, fill, list, phones, prose } from "./dom.js";
import { words } from "./labels.js";

// As in bot/rendering/lines.py: a longer condition is not read, the open question decides it.
const LONGEST_CONDITION = 24;
let answers = 0;

/** Return the article of one reply; `say` sends an option as the person's message, `ask` sends a tick quietly. */
export function article(reply, { wording, say, ask }) {
  const answer = reply.custom || {};
  const tools = { labels: wording.labels, wording, ask, matter: answer.matter, proof: prover(answer, `a${(answers += 1)}`) };
  const told = content(answer, tools).filter(Boolean);
  const plain = told.length || list(answer, "questions").length ? null : paragraphs([reply.text], "plain");
  const made = el("article", { class: "reply", "aria-label": words.answer }, plain, told, options(reply, say));
  linkSources(made);
  return made;
}

function content(answer, tools) {
  const { proof, wording } = tools;
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
    fee ? section(tools.labels.fee, el("p", null, prose(fee.text), tools.proof(fee))) : null,
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

function remark(note, { labels, proof }, tag) {
  const only = onlyIf(note, labels);
  return el(tag, null, only, prose(note.text), proof(note));
}

function steps(found, entry, { labels, proof }) {
  const clear = found.filter((step) => !isUnclear(step));
  if (found.length && !clear.length) return section(labels.steps, el("p", null, labels.steps_unclear));
  const made = clear.map((step) => el("li", null,
    el("span", { class: "badge" }, labels.channel[step.channel]), " ", onlyIf(step, labels), prose(step.text),
    step.where ? el("span", { class: "small" }, `（${step.where}）`) : null, proof(step)));
  return made.length ? section(labels.steps, el("ol", null, made), entry ? el("p", null, fill(labels.entry, { entry })) : null) : null;
}

function items(lines, { labels, proof }) {
  const made = lines.map((item) => el("li", null, onlyIf(item, labels), el("strong", null, item.name), item.department ? `（${item.department}）` : "",
    "，", item.limit ? days(item.limit, labels) : words.no_limit,
    item.result ? `，${fill(labels.results, { result: item.result })}` : "", proof(item)));
  return made.length ? section(labels.items, el("ul", null, made)) : null;
}

function isUnclear(line) {
  return (line.only_if || "").length > LONGEST_CONDITION;
}

function onlyIf(line, labels) {
  if (!line.only_if) return null;
  const condition = isUnclear(line) ? labels.unclear_yet : fill(labels.only_if, { only_if: line.only_if });
  return el("span", { class: "only" }, `${condition}：`);
}

function timeLimit(line, { labels, proof }) {
  if (!line) return null;
  const starts = labels.starts[line.starts];
  return section(labels.time_limit,
    line.days ? el("p", null, el("strong", null, days(line, labels)), starts ? `，${starts}` : "", line.text ? "" : proof(line)) : null,
    line.text ? el("p", null, prose(line.text), proof(line)) : null,
    line.done_by ? el("p", null, doneBy(line, labels)) : null,
    line.statutory_days ? el("p", null, fill(labels.statutory, { days: line.statutory_days, unit: labels.unit[line.unit] })) : null);
}

function doneBy(line, labels) {
  const [year, month, day] = line.done_by.split("-").map(Number);
  return fill(labels.done_by, { date: `${month} 月 ${day} 日` }) + (line.assumed ? fill(labels.assumed, { year }) : "");
}

function days(line, labels) {
  return `${line.days} ${labels.unit[line.unit] || ""}`;
}

function places(lines, { labels, proof }) {
  const made = lines.map((place) => el("li", null, el("strong", null, place.name), proof(place),
    paragraphs([place.address, place.hours]),
    place.phone ? el("p", null, phones(fill(labels.phone, { phone: place.phone }))) : null,
    place.phone ? null : el("p", { class: "small" }, place.address ? words.no_phone : words.no_contact)));
  return made.length ? section(labels.places, el("ul", { class: "places" }, made)) : null;
}

function status(answer) {
  const found = answer.status;
  if (!found) return null;
  const title = [found.matter_name || answer.matter_name, found.application_no, found.state_name].filter(Boolean).join("，");
  const made = list(found, "items").map((item) => el("li", null,
    el("strong", null, item.name), item.department ? `（${item.department}） ` : " ",
    item.state_name ? el("span", { class: "badge" }, item.state_name) : null,
    item.since ? ` ${fill(words.since, { date: item.since })}` : "",
    paragraphs([item.sentence, item.clock || daysLeft(item.left_days)])));
  return el("section", null, title ? el("h3", null, title) : null, el("ul", { class: "places" }, made));
}

function daysLeft(left) {
  if (typeof left !== "number") return "";
  return left < 0 ? fill(words.days_over, { n: -left }) : fill(words.days_left, { n: left });
}

function sources(answer, { labels, proof }) {
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
