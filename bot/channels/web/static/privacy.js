// “全部删掉” on the page about privacy.
import { asking } from "./asking.js";
import { post } from "./door.js";
import { words } from "./wording.js";

const [place, told] = ["forget", "told"].map((id) => document.getElementById(id));

async function forget() {
  try {
    const { ok, body } = await post("/forget", {});
    told.textContent = ok ? words.forgotten : body.said || words.not_done;
  } catch (error) {
    told.textContent = words.failed;
  }
}

place.append(asking(words.forget, words.sure_forget, words.yes_forget, forget));
