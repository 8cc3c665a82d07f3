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
    .replace(new RegExp(`(${han}(?:</?mark>)?) +(?=(?:</?mark>)?(?:${han}|[),.]))`, "g"), "$1")
    .replace(new RegExp(`\\( +(?=(?:<mark>)?${han})`, "g"), "(");
  const SHOWN = 12;
  if (location.protocol === "file:") return;
  let ready;
  const opened = async () => {  // what is not asked need not come
    const index = await import(`${site}pagefind/pagefind.js`);
    await index.options({ noWorker: true }); // a worker of its own would weigh as much as the program
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
  const ask = async () => {
    const words = field.value.trim();
    const turn = ++asked;
    if (!words) { told.textContent = "Write what you look for."; list.replaceChildren(); return; }
    const index = await (ready ??= opened());
    const found = await index.search(parted(words));
    const first = await Promise.all(found.results.slice(0, SHOWN).map((each) => each.data()));
    if (turn !== asked) return;
    list.replaceChildren(...first.map(item));
    told.textContent = found.results.length
      ? `${found.results.length} found${found.results.length > SHOWN ? `, the first ${SHOWN} of them` : ""}.`
      : "Nothing found; try fewer words.";
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
