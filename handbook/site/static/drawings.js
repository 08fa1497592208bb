// Shows drawings large, and makes PNGs of them. Without this script, the links under a drawing lead to its SVG file.

// How many pixels of a PNG show one of the drawing, and how far its ground reaches beyond it, as in the SVG file.
const SCALE = 3;
const GROUND = 12;

for (const line of document.querySelectorAll(".drawing-files")) {
  const figure = line.previousElementSibling;
  const [open, save] = line.querySelectorAll("a");

  open.setAttribute("aria-haspopup", "dialog");
  open.addEventListener("click", event => {
    // Asked for a new tab or window, a link gives one.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    showLarge(figure, line.dataset.close);
  });

  const button = document.createElement("button");
  button.type = "button";
  button.textContent = line.dataset.png;
  button.setAttribute("aria-describedby", save.getAttribute("aria-describedby"));
  button.addEventListener("click", async () => {
    const name = save.pathname.split("/").pop().replace(/svg$/, "png");
    download(await picture(figure.querySelector("svg.diagram")), name);
  });
  const item = document.createElement("li");
  item.append(button);
  line.append(item);
}

// The drawing itself moves into the dialog, and back: so its links work, its colours follow the page, and no id is there twice.
function showLarge(figure, close) {
  const drawing = figure.querySelector(".diagram-scroll");
  const { width, height } = drawing.querySelector("svg.diagram").viewBox.baseVal;
  const place = document.createElement("div");
  place.style.height = `${drawing.offsetHeight}px`;

  const title = document.createElement("p");
  title.textContent = figure.querySelector(".caption-text").textContent;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = close;
  const bar = document.createElement("div");
  bar.className = "drawing-viewer-bar";
  bar.append(title, button);

  const dialog = document.createElement("dialog");
  dialog.className = "drawing-viewer";
  dialog.setAttribute("aria-label", title.textContent);
  dialog.style.setProperty("--drawing-ratio", width / height);
  drawing.replaceWith(place);
  dialog.append(bar, drawing);
  document.body.append(dialog);

  const end = () => {
    removeEventListener("beforeprint", end);
    dialog.close();
    place.replaceWith(drawing);
    dialog.remove();
  };
  button.addEventListener("click", end);
  dialog.addEventListener("close", end);
  dialog.addEventListener("click", event => {
    // The ground around the drawing, and links, which may lead to a place in this page.
    if ([dialog, drawing].includes(event.target) || event.target.closest("a")) dialog.close();
  });
  addEventListener("beforeprint", end);
  dialog.showModal();
}

// A PNG of a drawing, on a light ground. Outside the page its variables have no values, so the colours are as drawn.
async function picture(svg) {
  const { x, y, width, height } = svg.viewBox.baseVal;
  const place = [x - GROUND, y - GROUND, width + 2 * GROUND, height + 2 * GROUND];
  const copy = svg.cloneNode(true);
  copy.setAttribute("viewBox", place.join(" "));
  copy.setAttribute("width", place[2] * SCALE);
  copy.setAttribute("height", place[3] * SCALE);
  copy.setAttribute("font-family", getComputedStyle(svg).fontFamily);
  copy.setAttributeNS("http://www.w3.org/XML/1998/namespace", "xml:lang", svg.getAttribute("lang"));
  const image = new Image();
  const loaded = new Promise((resolve, reject) => {
    image.onload = resolve;
    image.onerror = reject;
  });
  // A canvas may be read only when what is drawn on it comes from the page: a data URL does, even where pages are files.
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await loaded;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0);
  return new Promise(resolve => canvas.toBlob(resolve, "image/png"));
}

function download(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
