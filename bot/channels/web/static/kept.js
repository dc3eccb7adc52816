// What a kept list shows outside of its own lines: its row among the others, its code, where to find it again.
import { button, el, fill, list } from "./dom.js";
import { howFar } from "./checklist.js";
import { listPath } from "./door.js";
import { day, words } from "./wording.js";

/** Return a person's lists as rows, each a link to the list. */
export function rows(lists) {
  return lists.length ? el("ul", { class: "rows" }, lists.map(row)) : null;
}

/** Return the link that opens a list in the panel. */
export function hash(matter) {
  return `#lists/${encodeURIComponent(matter)}`;
}

/** Return a code to pass on: to read, to scan, to copy. */
export function codes(share) {
  const url = `${location.origin}/c/${encodeURIComponent(share.code)}`;
  const copied = el("p", { class: "small", role: "status" });
  const copy = button(words.copy, async () => {
    await navigator.clipboard.writeText(url);
    copied.textContent = words.copied;
  });
  return el("section", { class: "share" },
    el("p", null, words.share_for[share.role]),
    el("p", null, `${words.share_code} `, el("strong", { class: "code", tabindex: "-1" }, share.code)),
    el("img", { src: `/c/${encodeURIComponent(share.code)}.svg`, width: 168, height: 168, alt: fill(words.share_qr, { url }) }),
    el("p", null, el("a", { href: url }, url)),
    // Browsers hand out the clipboard over TLS and on this machine only.
    navigator.clipboard ? copy : null, copied,
    el("p", { class: "small" }, fill(words.share_until, { date: day(share.expires_on) })));
}

/** Return where the list of an answer is kept, and the papers that can be had of it. */
export function after(answer) {
  if (!answer.progress || !answer.matter || answer.type === "list") return null;
  return el("p", { class: "after" },
    el("a", { href: hash(answer.matter) }, words.kept),
    list(answer, "files").map((kind) => paper(answer.matter, kind)));
}

/** Return the link to one of a list's papers: “print”, “pdf” or “ics”. */
export function paper(matter, kind) {
  return el("a", { href: listPath(matter, `.${kind}`), target: kind === "print" ? "_blank" : null }, words.paper[kind]);
}

function row(one) {
  return el("li", null,
    el("a", { href: hash(one.matter), "aria-label": fill(words.open_named, { name: one.name }) },
      el("strong", null, one.name), one.region_name ? el("span", { class: "place" }, ` ${one.region_name}`) : null,
      el("span", { class: one.left || one.maybe ? "badge warn" : "badge good" }, howFar(one))),
    el("p", { class: "small" }, [words.role[one.role], fill(words.touched, { date: day(one.touched_on) })].filter(Boolean).join("，")));
}
