// A page made for paper: its button opens the browser's own printing.
const start = document.getElementById("print");
start.hidden = false;
start.addEventListener("click", () => window.print());
