// Keeps the reader's place when the language changes: the anchors are the same in every language.
for (const link of document.querySelectorAll(".language-switch a")) {
  link.addEventListener("click", () => {
    link.hash = location.hash;
  });
}

// A definition shown at a term can be put away with Escape, and kept on the screen at the edge of it.
const terms = document.querySelectorAll(".term-use");
addEventListener("keydown", event => {
  if (event.key === "Escape") for (const term of terms) term.classList.toggle("dismissed", term.matches(":hover, :focus"));
});
for (const term of terms) {
  for (const leaving of ["mouseleave", "blur"]) {
    term.addEventListener(leaving, () => term.classList.remove("dismissed"));
  }
}
