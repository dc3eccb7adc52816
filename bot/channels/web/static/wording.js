// What the page says comes with it, from knowledge/content/wording and bot/rendering/labels.yml.
import { fill } from "./dom.js";

export const wording = JSON.parse(document.querySelector("meta[name=yjs-wording]").content);
export const { labels, words } = wording;

/** Return a date (2026-11-18) in words, with its year where that is not this one. */
export function day(text) {
  const [year, month, date] = String(text).split("T")[0].split("-").map(Number);
  if (!date) return String(text);
  return fill(year === new Date().getFullYear() ? words.day : words.day_of_year, { year, month, date });
}
