// Keeps the reader's place when the language changes: the anchors are the same in every language.
for (const link of document.querySelectorAll(".language-switch a")) {
  link.addEventListener("click", () => {
    link.hash = location.hash;
  });
}
