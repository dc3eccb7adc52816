// “我的清单”: a panel beside the conversation, opened by the address (#lists, #lists/newborn, #join=CODE).
import { listed } from "./answer.js";
import { asking } from "./asking.js";
import { add, button, el, fill, list } from "./dom.js";
import { get, listPath, post } from "./door.js";
import { codes, hash, paper, rows } from "./kept.js";
import { words } from "./wording.js";

const part = (id) => document.getElementById(id);
const [panel, title, told, body, join, code] = ["lists", "lists-title", "lists-said", "lists-body", "join", "code"].map(part);
const openers = [...document.querySelectorAll("a[href='#lists']")];
let shown = 0;

/** Tell how many lists there are, on whatever opens the panel. */
export async function recount() {
  try {
    const { ok, body } = await get("/lists");
    if (ok) name(body.lists.length);
  } catch (error) {
    // Nothing is wrong with the page without the number.
  }
}

function name(n) {
  for (const one of openers) one.textContent = n ? fill(words.lists_count, { n }) : one.dataset.name;
}

async function route() {
  const at = location.hash;
  const open = at === "#lists" || at.startsWith("#lists/") || at.startsWith("#join=");
  if (!open && at && at !== "#chat") return;
  const changed = open === panel.hidden;
  panel.hidden = !open;
  document.body.classList.toggle("listing", open);
  if (open) await view(at);
  else if (changed) part("text").focus();
}

async function view(at) {
  told.textContent = "";
  join.hidden = at.startsWith("#lists/");
  if (at.startsWith("#join=")) code.value = decodeURIComponent(at.slice("#join=".length));
  if (at.startsWith("#lists/")) await one(decodeURIComponent(at.slice("#lists/".length)));
  else await all();
  (at.startsWith("#join=") ? part("join-go") : title).focus();
}

async function all() {
  const found = await fetched("/lists");
  title.textContent = title.dataset.name;
  if (!found) return;
  name(found.lists.length);
  put(rows(found.lists) || el("p", null, words.lists_none));
}

async function one(matter) {
  const found = await fetched(listPath(matter));
  if (!found) return;
  title.textContent = found.name;
  const place = el("div", { id: "shared" });
  put(el("p", null, el("a", { href: "#lists", class: "back" }, words.back_to_lists)), tools(found, place), place, listed(found),
    visit(found), ending(found, place));
}

// An answer that comes after the person has gone on to something else is not shown.
async function fetched(path) {
  const mine = (shown += 1);
  try {
    const { ok, status, body } = await get(path);
    if (mine !== shown) return null;
    if (ok) return body;
    say(status === 404 ? words.list_gone : body.said || words.not_done);
  } catch (error) {
    if (mine === shown) say(words.failed);
  }
  put();
  return null;
}

function tools({ matter, role, days }, place) {
  const papers = ["print", "pdf", days ? "ics" : ""].filter(Boolean).map((kind) => paper(matter, kind));
  const roles = role === "owner" ? ["reader", "companion"] : [];
  return el("div", { class: "tools" }, papers,
    roles.map((kind) => button(words.share_as[kind], () => share(matter, kind, place, papers))));
}

// The day of going there, chosen by the person, for their calendar.
function visit({ matter, answer }) {
  const day = el("input", { type: "date", name: "visit", required: true });
  const where = el("select", { name: "place" }, list(answer, "places").map((one, n) => el("option", { value: n }, one.name)));
  return where.length ? el("form", { class: "visit", action: listPath(matter, ".ics"), method: "get" },
    el("label", null, words.visit_day, day), el("label", null, words.visit_place, where),
    el("button", { type: "submit" }, words.paper.ics)) : null;
}

// What ends something comes last, and asks first.
function ending({ matter, role }, place) {
  const gone = () => done(listPath(matter, "/drop"), () => leave(words.dropped));
  if (role !== "owner") return el("div", { class: "tools" }, asking(words.leave, words.sure_leave, words.yes_leave, gone));
  const revoked = () => {
    place.textContent = "";
    say(words.revoked);
  };
  return el("div", { class: "tools" },
    asking(words.revoke, words.sure_revoke, words.yes_revoke, () => done(listPath(matter, "/revoke"), revoked)),
    asking(words.drop, words.sure_drop, words.yes_drop, gone));
}

// A code that is on the screen goes onto the papers as well.
async function share(matter, role, place, papers) {
  await done(listPath(matter, "/share"), (made) => {
    place.textContent = "";
    place.append(codes(made));
    for (const link of papers) link.search = `?code=${encodeURIComponent(made.code)}`;
    place.querySelector(".code").focus();
  }, { role });
}

async function done(path, then, content) {
  try {
    const { ok, body, status } = await post(path, content || {});
    if (ok) await then(body);
    else say(body.said || (status === 404 ? words.list_gone : words.not_done));
  } catch (error) {
    say(words.failed);
  }
}

async function leave(sentence) {
  history.replaceState(null, "", "#lists");
  await view("#lists");
  say(sentence);
}

function say(sentence) {
  told.textContent = sentence;
  if (sentence) told.scrollIntoView({ block: "nearest" });
}

function put(...made) {
  body.textContent = "";
  add(body, made);
}

join.addEventListener("submit", async (event) => {
  event.preventDefault();
  await done("/lists/join", async (found) => {
    code.value = "";
    history.replaceState(null, "", hash(found.matter));
    await view(location.hash);
    say(fill(words.joined, { name: found.name }));
    recount();
  }, { code: code.value });
});
window.addEventListener("hashchange", route);
recount();
route();
