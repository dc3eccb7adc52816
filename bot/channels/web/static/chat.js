// The conversation: what is typed goes out in order, what comes back is shown.
import { article } from "./answer.js";
import { syncTicks } from "./checklist.js";
import { post } from "./door.js";
import { button, el, fill, list } from "./dom.js";
import { recount } from "./lists.js";
import { labels, wording, words } from "./wording.js";

const COUNT_FROM = 50;
// The part of the screen that the composer may keep covered.
const MOST_COMPOSER = 0.4;

const part = (id) => document.getElementById(id);
const [log, chips, state, field, text, send, counter, composer] =
  ["log", "chips", "state", "field", "text", "send", "counter", "composer"].map(part);
const rated = new Set();
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
    for (const reply of await inOrder(() => replies(message, id))) show(reply);
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
  const answer = reply.custom || {};
  const made = article(reply, say);
  log.append(made);
  syncTicks(answer, answer.progress);
  const question = made.querySelector(".question");
  if (question && made.offsetHeight > window.innerHeight) made.prepend(jump(question));
  if (answer.type === "answer" && answer.matter) offerMore(answer);
  if (answer.progress || answer.lists) recount();
}

function offerMore(answer) {
  const chips = Object.entries(labels.chips).filter(([aspect]) => !list(answer, "aspects").includes(aspect));
  offer(chips.map(([, words]) => words));
  // Offered once a matter, as the last of the chips; nobody is asked.
  if (!rated.has(answer.matter)) chip(words.rate);
  rated.add(answer.matter);
}

function jump(question) {
  return button(words.jump, () => {
    question.scrollIntoView({ block: "center" });
    question.focus({ preventScroll: true });
  }, { class: "jump" });
}

async function replies(message, id) {
  const { ok, body } = await post("/chat/messages", { text: message, message_id: id });
  return ok ? body : [{ text: body.said || words.stale }];
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

function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function offer(texts) {
  chips.textContent = "";
  texts.forEach(chip);
  fit();
}

function chip(text) {
  chips.append(button(text, () => say(text)));
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
