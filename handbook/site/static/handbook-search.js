// Ranks and shows what the search index holds: titles, headings, names of records and words of pages.
//
// Sphinx's own script sorts pages that merely hold the words by their titles, and fetches every page that it found.
// This one puts first what is called as the query says, leads to the section, and fetches the pages of ten results.
// How text is cut into terms is Sphinx's: `splitQuery`, `stopwords` and `Stemmer` come from its language_data.js.
"use strict";

{
  const WORDS = JSON.parse(document.getElementById("search-words").textContent);
  const SHOWN = 10;
  const QUERY = new URLSearchParams(location.search).get("q")?.trim() ?? "";
  // How much of a page a summary shows, before the hit and after it.
  const BEFORE = 40, AFTER = 90;
  // What a hit counts for; `detail` is for a record whose name, place and date hold all words.
  // A name or heading counts by how much of it the query is.
  const WEIGHT = { title: 100, name: 50, heading: 40, titleWord: 20, description: 15, detail: 30, word: 1 };

  const flat = text => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  // The share of `whole` that `part` is, or 0 if it is no part of it.
  const share = (whole, part) => (part && whole.includes(part) ? part.length / whole.length : 0);

  const stemmer = new Stemmer();

  /** Return the terms of a query, each once, as the index has them. */
  function termsOf(query) {
    const words = splitQuery(query.trim()).map(word => word.toLowerCase());
    return [...new Set(words.filter(word => !stopwords.has(word)).map(word => stemmer.stemWord(word)))];
  }

  /** Load a script that stands beside the index; from a folder on a disk, nothing else can be loaded. */
  function load(file) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(file, document.querySelector('script[src*="handbook-index.js"]').src);
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.head.append(script);
    });
  }

  /** Return the numbers of the files that hold terms with the first characters of `terms` (see search_index.py). */
  function rangesOf(terms, ranges) {
    const code = text => text.codePointAt(0);
    const places = terms.map(term => ranges.findLastIndex(first => code(first) <= code(term)));
    return [...new Set(places)].filter(place => place >= 0);
  }

  /** Return the index with terms: the numbers of the pages that hold each (see search_index.py). */
  function unpacked(index, packedTerms) {
    const terms = new Map();
    for (const [first, packed] of packedTerms.flatMap(Object.entries)) {
      const parts = packed.split(" ");
      for (let i = 0; i < parts.length; i += 2) {
        terms.set(first + parts[i], [...parts[i + 1]].map(page => page.codePointAt(0) - "0".codePointAt(0)));
      }
    }
    const titleTerms = index.pages.map(() => new Set());
    for (const [heading, places] of Object.entries(index.headings)) {
      const words = termsOf(heading);
      for (const [page] of places) for (const word of words) titleTerms[page].add(word);
    }
    return { ...index, terms, titleTerms, own: new Set(index.own.flatMap(termsOf)) };
  }

  /** Return the pages that hold `term`; in longer words, too, if nowhere by itself. */
  function pagesWith(term, terms) {
    const found = terms.get(term) ?? [];
    if (found.length || term.length < 3 || term.startsWith("#")) return new Set(found);
    return new Set([...terms].flatMap(([word, pages]) => (word.startsWith(term) ? pages : [])));
  }

  /** Return the results of a query, best first: { page, anchor, section, score }. */
  function search(query, { pages, headings, names, terms: holders, titleTerms, lists, own }) {
    const wanted = flat(query);
    const terms = termsOf(query);
    // Every page is about ICLEI; the other words tell which one is meant.
    const others = terms.filter(term => !own.has(term));
    const telling = others.length ? others : terms;
    const found = new Map();
    const add = (page, score, anchor, section) => {
      const known = found.get(page) ?? { page, score: 0, best: 0, anchor: "", section: "" };
      known.score += score;
      if (anchor !== undefined && score > known.best) Object.assign(known, { best: score, anchor, section });
      found.set(page, known);
    };

    if (terms.length) {
      const holding = terms.map(term => pagesWith(term, holders));
      for (const page of holding[0]) if (holding.every(pages => pages.has(page))) add(page, WEIGHT.word);
      for (const page of found.keys()) {
        for (const term of telling) if (titleTerms[page].has(term)) add(page, WEIGHT.titleWord / telling.length);
      }
    }
    for (const [heading, places] of Object.entries(headings)) {
      const text = flat(heading);
      const words = new Set(termsOf(heading));
      const part = share(text, wanted);
      const all = telling.length > 0 && telling.every(term => words.has(term));
      if (!part && !all) continue;
      const score = part + (all ? telling.join("").length / Math.max(1, [...words].join("").length) : 0);
      for (const [page, anchor] of places) {
        if (pages[page][1] === heading) add(page, score * WEIGHT.title, "", "");
        // Anchors that Sphinx counts are those of tables; they are others tomorrow.
        else add(page, score * WEIGHT.heading, /^id\d+$/.test(anchor) ? undefined : anchor ?? "", heading);
      }
    }
    for (const result of found.values()) {
      const words = new Set(termsOf(pages[result.page][2]));
      for (const term of telling) if (words.has(term)) result.score += WEIGHT.description / telling.length;
    }
    for (const [page, anchor, name, details] of names) {
      const part = share(flat(name), wanted);
      if (part) add(page, part * WEIGHT.name, anchor, name);
      else if (telling.length > 1) {
        // Where and when something was: the congress of 2015 in Seoul.
        const words = new Set(termsOf(`${name} ${details}`));
        if (telling.every(term => words.has(term))) add(page, WEIGHT.detail, anchor, name);
      }
    }
    for (const result of found.values()) {
      // Pages that list everything hold every word; they are the last resort.
      if (lists.includes(result.page) && result.score < WEIGHT.heading / 2) result.score /= 10;
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
    for (const noise of article.querySelectorAll(".headerlink, .record-tools, script, style, .bibtex-citation, .page-sources, .mentions, .drawing-files, title, desc"))
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

  function show(result, query, pages) {
    const [name, title] = pages[result.page];
    const address = `${name}.html`;
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = address + (result.anchor ? `#${result.anchor}` : "");
    link.textContent = title;
    if (result.section) {
      const section = document.createElement("span");
      section.className = "section";
      section.textContent = result.section;
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

  // The page of results, which says that it waits until the index has come.
  const heading = document.createElement("h2");
  heading.textContent = WORDS.waiting;
  const status = document.createElement("p");
  status.setAttribute("aria-live", "polite");
  const list = document.createElement("ul");
  list.className = "search";
  for (const field of document.querySelectorAll('input[name="q"]')) field.value = QUERY;
  if (QUERY) document.getElementById("search-results").append(heading, status, list);

  const packedTerms = [];
  let asked = false;

  /** Keep terms; their files call this. */
  globalThis.handbookTerms = terms => packedTerms.push(terms);

  /** Load the terms that the query needs, then show the results; the index calls this. */
  globalThis.handbookSearch = async index => {
    if (!QUERY) return;
    const needed = rangesOf(termsOf(QUERY), index.ranges);
    try {
      await Promise.all(needed.map(number => load(`handbook-terms-${index.edition}-${number}.js`)));
    } catch {
      // The browser had kept an index of another day: ask for the one of today, once.
      packedTerms.length = 0;
      if (!asked) load(`handbook-index.js?${Date.now()}`);
      asked = true;
      return;
    }
    showResults(unpacked(index, packedTerms));
  };

  function showResults(index) {
    const results = search(QUERY, index);
    heading.textContent = WORDS.results;
    status.setAttribute("role", "status");
    status.textContent = results.length ? WORDS.found.replace("{count}", results.length) : WORDS.nothing;
    const more = document.createElement("button");
    more.type = "button";
    more.className = "more-results";
    more.textContent = WORDS.more;
    const next = () => {
      const items = results.splice(0, SHOWN).map(result => show(result, QUERY, index.pages));
      list.append(...items);
      more.remove();
      if (results.length) list.after(more);
      return items;
    };
    more.addEventListener("click", () => next()[0]?.querySelector("a").focus());
    next();
  }

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
