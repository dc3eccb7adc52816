// The conversation: what is typed goes out in order, what comes back is shown.
import { article } from "./answer.js";
import { syncTicks } from "./checklist.js";
import { button, el, fill, list } from "./dom.js";
import { words } from "./labels.js";

const COUNT_FROM = 50;
const PATIENCE_MS = 30000;
// The part of the screen that the composer may keep covered.
const MOST_COMPOSER = 0.4;

const part = (id) => document.getElementById(id);
const [log, chips, state, field, text, send, counter, composer] =
  ["log", "chips", "state", "field", "text", "send", "counter", "composer"].map(part);
const meta = (page, name) => page.querySelector(`meta[name=yjs-${name}]`).content;
const wording = JSON.parse(meta(document, "wording"));
let token = meta(document, "token");
let waiting = 0;
let line = Promise.resolve();

/** Show `shown` as the person's message and send `message`; the reply follows it. */
function say(message, shown) {
  const bubble = el("div", { class: "me" }, el("p", null, el("span", { class: "hidden" }, words.you), shown || message));
  log.append(bubble);
  bubble.scrollIntoView({ block: "end" });
  deliver(bubble, message, newId());
}

async function deliver(bubble, message, id) {
  try {
    const replies = await inOrder(() => post(message, id));
    for (const reply of replies) show(reply);
    bubble.scrollIntoView({ block: "start" });
  } catch (error) {
    offerRetry(bubble, message, id);
  }
}

function offerRetry(bubble, message, id) {
  const failed = el("p", { class: "failed", role: "alert" }, words.failed, " ", button(words.retry, () => {
    failed.remove();
    deliver(bubble, message, id);
  }));
  bubble.append(failed);
  bubble.scrollIntoView({ block: "nearest" });
}

function show(reply) {
  const made = article(reply, { wording, say, ask });
  log.append(made);
  syncTicks(reply.custom || {});
  const question = made.querySelector(".question");
  if (question && made.offsetHeight > window.innerHeight) made.prepend(jump(question));
  offerMore(reply.custom || {});
}

function offerMore(answer) {
  if (answer.type !== "answer" || !answer.matter) return;
  const chips = Object.entries(wording.labels.chips).filter(([aspect]) => !list(answer, "aspects").includes(aspect));
  offer(chips.map(([, words]) => words));
}

function jump(question) {
  return button(words.jump, () => {
    question.scrollIntoView({ block: "center" });
    question.focus({ preventScroll: true });
  }, { class: "jump" });
}

/** Send a tick without showing it as a message; return the answer and what it says. */
async function ask(message) {
  try {
    const [reply] = await inOrder(() => post(message, newId()));
    const answer = reply.custom || {};
    return { answer, said: list(answer, "said").join("") || reply.text };
  } catch (error) {
    return { answer: {}, said: words.failed };
  }
}

// One message at a time, so that replies come in the order of the questions.
function inOrder(work) {
  busy(1);
  const done = line.then(work);
  line = done.catch(() => {}).then(() => busy(-1));
  return done;
}

function busy(change) {
  waiting += change;
  state.textContent = waiting ? words.busy : "";
}

async function post(message, id) {
  let response = await request(message, id);
  if (response.status === 403) {
    await freshToken();
    response = await request(message, id);
  }
  const body = await response.json();
  return response.ok ? body : [{ text: body.said || words.stale }];
}

async function request(message, id) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    return await fetch("/chat/messages", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-YJS-Token": token },
      body: JSON.stringify({ text: message, message_id: id }),
      signal: stop.signal,
    });
  } finally {
    clearTimeout(timer);
  }
}

// The cookie may have been lost or renewed since the page came; its page knows the token that belongs to it.
async function freshToken() {
  const page = await (await fetch("/")).text();
  token = meta(new DOMParser().parseFromString(page, "text/html"), "token");
}

function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function offer(texts) {
  chips.textContent = "";
  for (const chip of texts) chips.append(button(chip, () => say(chip)));
  fit();
}

function typed() {
  const length = [...text.value].length;
  const over = length > wording.longest;
  counter.textContent = over ? fill(words.over, { n: length - wording.longest }) : length >= wording.longest - COUNT_FROM ? fill(words.left, { n: wording.longest - length }) : "";
  counter.className = over ? "failed" : "small";
  send.disabled = over;
  text.style.height = "auto";
  if (length) text.style.height = `${text.scrollHeight + 2}px`;
  fit();
}

function fit() {
  composer.classList.remove("tall");
  composer.classList.toggle("tall", composer.offsetHeight > window.innerHeight * MOST_COMPOSER);
}

function submit() {
  const message = text.value.trim();
  if (!message || send.disabled) return;
  text.value = "";
  typed();
  say(message);
}

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
text.addEventListener("input", typed);
window.addEventListener("resize", fit);
text.addEventListener("keydown", (event) => {
  // While an input method is composing, Enter picks a word (229: what older browsers say instead of isComposing).
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  submit();
});
field.disabled = false;
offer(wording.examples);
if (window.matchMedia("(pointer: fine)").matches) text.focus();
