// Runs in the page: lets Mermaid draw one source and settles the result, or returns Mermaid's complaint.
async ({name, source, options}) => {
  const shelf = document.getElementById("shelf");
  try {
    const {svg} = await mermaid.render(name, source);
    shelf.innerHTML = svg;
    return settle(shelf.querySelector("svg"), options);
  } catch (error) {
    const hash = error?.hash;
    return {
      error: String(error?.message ?? error),
      syntax: hash !== undefined || error?.name === "UnknownDiagramError",
      line: hash?.loc?.first_line ?? (hash?.line === undefined ? null : hash.line + 1),
    };
  } finally {
    shelf.replaceChildren();
    document.querySelectorAll("body > :not(#shelf)").forEach(left => left.remove());
  }
}
