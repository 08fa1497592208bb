// Keeps the reader's place when the language changes: the anchors are the same in every language.
for (const link of document.querySelectorAll(".language-switch a")) {
  link.addEventListener("click", () => {
    link.hash = location.hash;
  });
}

// Copies the text that a button names, and says so. Where a page may not write to the clipboard, it selects the text.
for (const button of document.querySelectorAll("button[data-copies]")) {
  const text = document.getElementById(button.dataset.copies);
  const status = button.parentElement.querySelector('[role="status"]');
  button.hidden = false;
  button.addEventListener("click", async () => {
    status.textContent = "";
    try {
      await navigator.clipboard.writeText(text.textContent);
      status.textContent = status.dataset.done;
    } catch {
      getSelection().selectAllChildren(text);
      status.textContent = status.dataset.marked;
    }
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

// Escape closes a menu that covers the page.
addEventListener("keydown", event => {
  if (event.key === "Escape") for (const menu of document.querySelectorAll(".sidebar-toggle:checked")) {
    menu.checked = false;
    menu.focus();
  }
});

// `/` and Ctrl-K go to the search field, Escape leaves it.
addEventListener("keydown", event => {
  const here = document.activeElement;
  const typing = here.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const asked = (event.key === "/" && !typing) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey));
  if (asked) {
    const fields = [...document.querySelectorAll('#search-form input, .sidebar-search')];
    // The search page has a field of its own, which comes last in the page.
    const field = fields.reverse().find(input => input.checkVisibility({ visibilityProperty: true }));
    event.preventDefault();
    // On a phone the field is in the drawer.
    if (!field) document.getElementById("__navigation").checked = true;
    (field ?? document.querySelector(".sidebar-search")).select();
  } else if (event.key === "Escape" && here.matches(".sidebar-search")) here.blur();
});

// A table that scrolls sideways can be reached with the keyboard.
const wide = new ResizeObserver(entries => {
  for (const { target } of entries) {
    const reachable = target.scrollWidth <= target.clientWidth || target.querySelector("a[href], button");
    target.toggleAttribute("tabindex", !reachable);
    if (!reachable) target.tabIndex = 0;
  }
});
for (const wrapper of document.querySelectorAll(".table-wrapper")) wide.observe(wrapper);
