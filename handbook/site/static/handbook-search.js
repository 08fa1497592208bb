// Ranks and shows what Sphinx's search index holds: titles, headings, names of records and words of pages.
//
// Sphinx's own script sorts pages that merely hold the words by their titles, and fetches every page that it found.
// This one puts first what is called as the query says, leads to the section, and fetches the pages of ten results.
"use strict";

{
  const WORDS = JSON.parse(document.getElementById("search-words").textContent);
  const SHOWN = 10;
  // How much of a page a summary shows, before the hit and after it.
  const BEFORE = 40, AFTER = 90;
  // What a hit counts for; `detail` is for a record whose name, place and date hold all words.
  // A name or heading counts by how much of it the query is.
  const WEIGHT = { title: 100, name: 50, heading: 40, titleWord: 20, description: 15, detail: 30, word: 1 };

  const flat = text => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  const plain = html => new DOMParser().parseFromString(html, "text/html").body.textContent;
  const listed = files => (files === undefined ? [] : [].concat(files));

  // The share of `whole` that `part` is, or 0 if it is no part of it.
  const share = (whole, part) => (part && whole.includes(part) ? part.length / whole.length : 0);

  /** Return the terms of a query as the index has them. */
  function termsOf(query) {
    const [, terms] = Search._parseQuery(query);
    return [...terms];
  }

  /** Return the pages that hold `term`, in titles or in their text; in longer words, too, if nowhere by itself. */
  function pagesWith(term) {
    const { terms, titleterms } = Search._index;
    const own = word => [...listed(terms[word]), ...listed(titleterms[word])];
    const found = Object.hasOwn(terms, term) || Object.hasOwn(titleterms, term) ? own(term) : [];
    if (found.length || term.length < 3 || term.startsWith("#")) return new Set(found);
    return new Set(Object.keys(terms).filter(word => word.startsWith(term)).flatMap(own));
  }

  const OWN = new Set(WORDS.own.flatMap(name => termsOf(name)));

  /** Return the results of a query, best first: { page, anchor, section, score }. */
  function search(query) {
    const { docnames, titles, alltitles, titleterms } = Search._index;
    const wanted = flat(query);
    const terms = termsOf(query);
    // Every page is about ICLEI; the other words tell which one is meant.
    const others = terms.filter(term => !OWN.has(term));
    const telling = others.length ? others : terms;
    const found = new Map();
    const add = (page, score, anchor, section) => {
      const known = found.get(page) ?? { page, score: 0, best: 0, anchor: "", section: "" };
      known.score += score;
      if (anchor !== undefined && score > known.best) Object.assign(known, { best: score, anchor, section });
      found.set(page, known);
    };

    if (terms.length) {
      const holding = terms.map(pagesWith);
      for (const page of holding[0]) if (holding.every(pages => pages.has(page))) add(page, WEIGHT.word);
      for (const term of telling) {
        for (const page of listed(titleterms[term])) if (found.has(page)) add(page, WEIGHT.titleWord / telling.length);
      }
    }
    for (const [heading, places] of Object.entries(alltitles)) {
      const text = flat(heading);
      const words = new Set(termsOf(heading));
      const part = share(text, wanted);
      const all = telling.length > 0 && telling.every(term => words.has(term));
      if (!part && !all) continue;
      const score = part + (all ? telling.join("").length / Math.max(1, [...words].join("").length) : 0);
      for (const [page, anchor] of places) {
        if (titles[page] === heading) add(page, score * WEIGHT.title, "", "");
        // Anchors that Sphinx counts are those of tables; they are others tomorrow.
        else add(page, score * WEIGHT.heading, /^id\d+$/.test(anchor) ? undefined : anchor ?? "", heading);
      }
    }
    for (const result of found.values()) {
      const words = new Set(termsOf(WORDS.descriptions[docnames[result.page]] ?? ""));
      for (const term of telling) if (words.has(term)) result.score += WEIGHT.description / telling.length;
    }
    const pages = new Map(docnames.map((name, page) => [name, page]));
    for (const [name, docname, anchor, details] of WORDS.names) {
      const part = share(flat(name), wanted);
      if (part) add(pages.get(docname), part * WEIGHT.name, anchor, name);
      else if (telling.length > 1) {
        // Where and when something was: the congress of 2015 in Seoul.
        const words = new Set(termsOf(`${name} ${details}`));
        if (telling.every(term => words.has(term))) add(pages.get(docname), WEIGHT.detail, anchor, name);
      }
    }
    const lists = new Set(WORDS.lists);
    for (const result of found.values()) {
      // Pages that list everything hold every word; they are the last resort.
      if (lists.has(docnames[result.page]) && result.score < WEIGHT.heading / 2) result.score /= 10;
    }
    return [...found.values()].sort((one, other) => other.score - one.score || one.page - other.page);
  }

  /** Return where in `text` the query is, or else one of its words. */
  function placeOf(text, query) {
    const lower = text.toLowerCase();
    for (const word of [flat(query), ...flat(query).split(" "), ...termsOf(query).map(term => term.replace("#", ""))]) {
      const at = word ? lower.indexOf(word) : -1;
      if (at >= 0) return [at, word.length];
    }
    return [0, 0];
  }

  /** Return a paragraph that shows the query in the text of a page, marked. */
  function summaryOf(html, anchor, query) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const article = page.querySelector('[role="main"]');
    if (!article) return null;
    for (const noise of article.querySelectorAll(".headerlink, .record-tools, script, style, .bibtex-citation, .page-sources, .mentions, title, desc"))
      noise.remove();
    const section = anchor ? page.getElementById(anchor) : null;
    const within = [section?.closest("section, dl, div"), article].find(part => part && placeOf(part.textContent, query)[1]);
    const text = (within ?? article).textContent.replace(/\s+/g, " ").trim();
    const [at, length] = placeOf(text, query);
    const from = Math.max(0, at - BEFORE), to = at + length + AFTER;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(at, at + length);
    const summary = document.createElement("p");
    summary.className = "context";
    summary.append((from ? "…" : "") + text.slice(from, at), mark, text.slice(at + length, to) + (to < text.length ? "…" : ""));
    return summary;
  }

  function show(result, query) {
    const { docnames, titles } = Search._index;
    const address = docnames[result.page] + DOCUMENTATION_OPTIONS.FILE_SUFFIX;
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = address + (result.anchor ? `#${result.anchor}` : "");
    link.textContent = plain(titles[result.page]);
    if (result.section) {
      const section = document.createElement("span");
      section.className = "section";
      section.textContent = plain(result.section);
      link.append(" › ", section);
    }
    item.append(link);
    // A page opened from a folder may not fetch others, so results there come without summaries.
    if (location.protocol !== "file:") {
      fetch(address)
        .then(answer => (answer.ok ? answer.text() : ""))
        .then(html => {
          const summary = html && summaryOf(html, result.anchor, query);
          if (summary) item.append(summary);
        })
        .catch(() => {});
    }
    return item;
  }

  Search.query = query => {
    const results = search(query);
    Search.stopPulse();
    Search.title.textContent = WORDS.results;
    Search.status.setAttribute("role", "status");
    Search.status.textContent = results.length ? WORDS.found.replace("{count}", results.length) : WORDS.nothing;
    const more = document.createElement("button");
    more.type = "button";
    more.className = "more-results";
    more.textContent = WORDS.more;
    const next = () => {
      const items = results.splice(0, SHOWN).map(result => show(result, query));
      Search.output.append(...items);
      more.remove();
      if (results.length) Search.output.after(more);
      return items;
    };
    more.addEventListener("click", () => next()[0]?.querySelector("a").focus());
    next();
  };
  Documentation.addTranslations({ messages: WORDS.messages });

  // Arrows go through the results, Escape goes back to the field.
  addEventListener("keydown", event => {
    const links = [...document.querySelectorAll("#search-results a")];
    const field = document.querySelector('#search-form input[name="q"]');
    const here = document.activeElement;
    const at = links.indexOf(here);
    if (!field || (at < 0 && here !== field)) return;
    const target = { ArrowDown: links[at + 1], ArrowUp: at ? links[at - 1] : field, Escape: at < 0 ? null : field }[event.key];
    if (!target) return;
    event.preventDefault();
    target.focus();
  });
}
