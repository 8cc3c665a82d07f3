// The search page: a question, answers as they come. The index is made by Pagefind at build.
(() => {
  const field = document.getElementById("query");
  const told = document.getElementById("told");
  const list = document.getElementById("found");
  const site = document.currentScript.src.replace(/_static\/search\.js.*$/, "");
  const parted = (words) => words.replace(/([\u3400-\u9fff])/g, " $1 ").replaceAll("’", "'")
    .replace(/\bfig(?:ure|\.)?\s*(\d+)\.(\d+)/gi, "figure$1x$2").trim();
  const han = "[\\u2e80-\\u9fff\\uff00-\\uffef]";
  const joined = (words) => words.replace(/\bfigure(\d+)x(\d+)/g, "Figure $1.$2")
    .replace(new RegExp(`(${han}(?:</?mark>)?) +(?=(?:</?mark>)?(?:${han}|[),.;]))`, "g"), "$1")
    .replace(new RegExp(`\\( +(?=(?:<mark>)?${han})`, "g"), "(");
  const SHOWN = 12, FEW = 4;
  if (location.protocol === "file:") return;
  let ready;
  const opened = async () => {  // what is not asked need not come
    const index = await import(`${site}pagefind/pagefind.js`);
    await index.options({
      noWorker: true, // a worker of its own would weigh as much as the program
      ranking: { pageLength: 0.4 }, // or a long chapter stands behind each row that has its words
    });
    await index.init();
    return index;
  };
  let asked = 0;
  const marked = (excerpt) => {  // an excerpt is text with <mark>; nothing else in it is markup
    const line = document.createElement("p");
    joined(excerpt.replace(/^[\s·:.,;)]+/, "")).replace(/(\w(?:<\/?mark>)?)(?:'|&#39;|&#x27;)(?=(?:<\/?mark>)?\w)/g, "$1’").split(/<\/?mark>/).forEach((part, at) => {
      const page = new DOMParser().parseFromString(`<p>${part.replaceAll("<", "&lt;")}</p>`, "text/html");
      const words = page.body.textContent;  // within an element blanks at its ends stay
      line.append(at % 2 ? Object.assign(document.createElement("mark"), { textContent: words }) : words);
    });
    return line;
  };
  const item = (found) => {
    const link = Object.assign(document.createElement("a"), { href: site + found.meta.address, textContent: found.meta.title.replace(/(\w)'(?=\w)/g, "$1’") });
    const kind = Object.assign(document.createElement("span"), { className: "cc-kind", textContent: found.meta.kind });
    const line = document.createElement("li");
    if (found.meta.image) {
      line.append(Object.assign(document.createElement("img"), { src: site + found.meta.image, alt: "", width: 120, loading: "lazy" }));
    }
    line.append(kind, link, marked(found.excerpt));
    return line;
  };
  const small = /^(?:an?|and|are|by|can|did|does|do|for|from|has|how|in|is|it|of|on|or|that|the|this|to|was|what|when|where|which|who|why|with|you|your)$/i;
  const search = async (index, words) => {  // what has all words and, where that is little, half of them
    const all = (await index.search(words)).results;
    const parts = [...new Set(words.split(/\s+/))].filter((each) => !small.test(each));
    if (all.length >= FEW || parts.join(" ") === words && parts.length < 2) return { all, some: [] };
    const found = new Map(), has = new Set(all.map((each) => each.id));
    for (const part of parts) {
      for (const result of (await index.search(part)).results) {
        const { count, score } = found.get(result.id) ?? { count: 0, score: 0 };
        found.set(result.id, { result, count: count + 1, score: score + result.score });
      }
    }
    const some = [...found.values()]
      .filter((each) => 2 * each.count >= parts.length && !has.has(each.result.id))
      .sort((one, other) => other.count - one.count || other.score - one.score);
    return { all, some: some.map((each) => each.result) };
  };
  const counted = ({ all, some }) => {
    const more = all.length + some.length > SHOWN ? `, the first ${SHOWN} of them` : "";
    if (some.length) return `${all.length || "None"} found with all words, ${some.length} with some of them${more}.`;
    return all.length ? `${all.length} found${more}.` : "Nothing found; try fewer words.";
  };
  const ask = async () => {
    const words = field.value.trim();
    const turn = ++asked;
    if (!words) { told.textContent = "Write what you look for."; list.replaceChildren(); return; }
    const index = await (ready ??= opened());
    const found = await search(index, parted(words));
    const first = await Promise.all([...found.all, ...found.some].slice(0, SHOWN).map((each) => each.data()));
    if (turn !== asked) return;
    list.replaceChildren(...first.map(item));
    told.textContent = counted(found);
    history.replaceState(null, "", `?q=${encodeURIComponent(words)}`);
  };
  let waiting;
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 120); });
  field.form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  told.textContent = "Write what you look for.";
  if (field.value) ask();
  field.focus();
})();
