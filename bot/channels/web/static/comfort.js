// Large print and high contrast: set on the page at once, kept in a cookie so that the next page comes with them.
const KEEP_SECONDS = 365 * 24 * 3600;
const root = document.documentElement;
const buttons = [...document.querySelectorAll("button[data-comfort]")];
const isOn = (name) => root.classList.contains(name);

function show() {
  for (const one of buttons) one.setAttribute("aria-pressed", String(isOn(one.dataset.comfort)));
}

for (const one of buttons) {
  one.addEventListener("click", () => {
    root.classList.toggle(one.dataset.comfort);
    const chosen = buttons.map((each) => each.dataset.comfort).filter(isOn);
    document.cookie = `yjs_comfort=${chosen.join(".")};path=/;max-age=${KEEP_SECONDS};samesite=lax`;
    show();
    window.dispatchEvent(new Event("resize"));
  });
}
show();
for (const group of document.querySelectorAll(".switches")) group.hidden = false;
