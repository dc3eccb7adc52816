// A button that asks back before it does what cannot be undone.
import { button, el } from "./dom.js";
import { words } from "./wording.js";

/** Return a button with `text`; pressed, it asks `question` and only then does `act`. */
export function asking(text, question, yes, act) {
  const made = el("div", { class: "asking" });
  const open = button(text, () => {
    const no = button(words.no, close);
    made.textContent = "";
    const go = button(yes, () => act().then(close), { class: "danger" });
    made.append(el("p", { role: "alert" }, question), go, " ", no);
    no.focus();
  });
  function close() {
    made.textContent = "";
    made.append(open);
    open.focus();
  }
  made.append(open);
  return made;
}
