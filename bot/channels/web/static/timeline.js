// What goes on elsewhere, as time lines: an application by department, a ticket by event.
import { el, fill, list, prose } from "./dom.js";
import { day, words } from "./wording.js";

/** Return the section of an application: every department's item, its days, and what happened when. */
export function status(answer) {
  const found = answer.status;
  if (!found) return null;
  const title = [found.matter_name || answer.matter_name, found.application_no].filter(Boolean).join("，");
  return el("section", { class: "status" },
    title || found.state_name ? el("h3", null, title, " ", badge(found.state_name, found.state)) : null,
    list(found, "items").map(item));
}

/** Return the section of a ticket: its state, by when it is answered, what was done. */
export function ticket(answer) {
  const found = answer.ticket;
  if (!found) return null;
  const events = list(found, "events").map((event) => ({ on: event.on, state_name: event.text }));
  return el("section", { class: "status" },
    el("h3", null, fill(words.ticket, { number: found.number }), " ", badge(found.state_name, found.state)),
    found.promised_by ? el("p", null, fill(words.ticket_by, { date: day(found.promised_by) })) : null,
    line(events, words.ticket_events));
}

function item(one) {
  const name = one.department ? `${one.department}：${one.name}` : one.name;
  const stretch = used(one);
  return el("div", { class: `item ${{ good: "done", warn: "stuck" }[kind(one.state)] || ""}` },
    el("h4", null, name, " ", badge(one.state_name, one.state)),
    stretch,
    one.clock || typeof one.left_days === "number" ? el("p", null, el("strong", null, prose(one.clock || left(one.left_days)))) : null,
    one.sentence ? el("p", null, prose(one.sentence)) : null,
    list(one, "timeline").length ? line(one.timeline, fill(words.timeline, { name })) : since(one));
}

// How much of the promised time has gone, as a bar; its words stand below it.
function used(one) {
  if (typeof one.left_days !== "number" || !one.limit_days) return null;
  const gone = Math.max(0, one.limit_days - one.left_days);
  const label = fill(words.days_used, { limit: one.limit_days, used: gone });
  return el("progress", { max: one.limit_days, value: Math.min(gone, one.limit_days), "aria-label": label, class: one.left_days < 0 ? "over" : null });
}

function line(events, label) {
  return el("ol", { class: "timeline", "aria-label": label }, events.map((event) => el("li", null,
    el("time", { datetime: event.on }, day(event.on)), " ", event.state_name, event.note ? `：${event.note}` : "")));
}

function since(one) {
  return one.since ? el("p", { class: "small" }, fill(words.since, { date: day(one.since) })) : null;
}

function left(days) {
  return days < 0 ? fill(words.days_over, { n: -days }) : fill(words.days_left, { n: days });
}

function badge(text, state) {
  return text ? el("span", { class: `badge ${kind(state)}` }, text) : null;
}

function kind(state) {
  if (["finished", "delivered", "producing", "answered", "closed"].includes(state)) return "good";
  return ["supplement", "refused", "returned", "suspended"].includes(state) ? "warn" : "";
}
