// What a script adds to a page that is whole without it: theme, cards, values of marks, old addresses.
(() => {
  const root = document.documentElement;
  const all = (what, from = document) => [...from.querySelectorAll(what)];
  const site = document.currentScript.src.replace(/_static\/report\.js.*$/, "");

  // the theme: as the system has it, light, dark
  const button = document.querySelector(".cc-theme");
  const themes = ["", "light", "dark"];
  const tell = () => {
    button.querySelector("b").textContent = root.dataset.theme || "auto";
    button.disabled = false;
  };
  button.addEventListener("click", () => {
    const next = themes[(themes.indexOf(root.dataset.theme ?? "") + 1) % themes.length];
    if (next) root.dataset.theme = next;
    else delete root.dataset.theme;
    try { localStorage.setItem("theme", next); } catch { /* it holds for this page */ }
    tell();
  });
  tell();

  // cards: a click opens one and leaves it open, Escape or a click elsewhere closes it
  const holders = ".cc-value, .cc-mark";
  const close = () => all(".cc-open").forEach((each) => each.classList.remove("cc-open"));
  document.addEventListener("click", (event) => {
    const holder = event.target.closest(holders);
    const card = event.target.closest(".cc-card");
    if (card) return;
    const open = holder?.classList.contains("cc-open");
    close();
    if (!holder || !holder.querySelector(".cc-card")) return;
    event.preventDefault();
    holder.classList.toggle("cc-open", !open);
    holder.classList.toggle("cc-shut", open);
    if (!open) holder.firstElementChild.scrollIntoView({ block: "nearest" });  // from behind its card
  });
  const menu = document.getElementById("menu");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (menu.checked) { menu.checked = false; menu.focus(); }
    close();
    all(`:is(${holders}):is(:hover, :focus-within)`).forEach((each) => each.classList.add("cc-shut"));
  });
  for (const kind of ["pointerover", "focusin"]) {
    document.addEventListener(kind, (event) => all(".cc-shut")
      .filter((each) => !each.contains(event.target) && !each.contains(document.activeElement))
      .forEach((each) => each.classList.remove("cc-shut")));
  }

  // how a number or a sentence is cited: in its card, once it is opened
  const form = document.querySelector('meta[name="cc-citation"]')?.content;
  const base = document.querySelector('link[rel="canonical"]')?.href ?? location.href;
  const made = (name, given) => Object.assign(document.createElement(name), given);
  const about = (holder) => {
    if (holder.matches(".cc-value")) {
      const name = holder.querySelector(".cc-card span").textContent;
      const number = `${holder.firstElementChild.textContent}${holder.dataset.unit ?? ""}`;
      return `${name[0].toUpperCase()}${name.slice(1)}: ${number}`;
    }
    const sentence = holder.closest(".cc-claim").cloneNode(true);
    all(".cc-card, .cc-mark, strong", sentence).forEach((each) => each.remove());
    return sentence.textContent.trim().replace(/\.+$/, "");
  };
  const cite = (holder) => {
    const card = holder?.querySelector(".cc-card");
    if (!form || !card || card.querySelector("button")) return;
    const whole = new URL(card.querySelector("a").getAttribute("href"), base).href;
    const link = whole.startsWith("file:") ? whole.slice(site.length) : whole;
    const [, chapter, kind, id] = /(\w+)\/numbers\.html#(value|claim)-(.+)$/.exec(link);
    const genre = `${kind[0].toUpperCase()}${kind.slice(1)} ${chapter}.${id}`;
    const parts = { title: about(holder).replace(/\s+/g, " ").replaceAll("’", "'"), genre, address: link };
    const text = form.replace(/\{(\w+)\}/g, (_, name) => parts[name]).replace(/([?!…])\./g, "$1");
    card.append(made("span", { textContent: text, className: "cc-cite" }));
    for (const [words, copied] of [["Copy citation", text], ["Copy address", link]]) {
      const button = made("button", { type: "button", textContent: words });
      button.dataset.text = copied;
      card.append(button);
    }
    card.append(made("span", { role: "status" }));
  };
  for (const kind of ["pointerover", "focusin", "click"]) {
    document.addEventListener(kind, (event) => cite(event.target.closest(holders)), true);
  }

  // a text to take away gets a button that copies it, and in it an address that is whole
  for (const place of all(".cc-copy")) {
    const row = place.querySelector(".cc-files");
    const text = place.querySelector("pre"), { name, at } = place.dataset;
    const button = made("button", { type: "button", textContent: `Copy ${name}` });
    if (at && site.startsWith("http")) text.textContent = text.textContent.replaceAll(at, site + at);
    button.dataset.text = text.textContent;
    row.append(button, made("span", { role: "status" }));  // behind what stands, which stays there
  }

  // buttons that copy say what they did; the status behind them is read out
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-text]");
    if (!button) return;
    const status = [...button.parentElement.children].find((each) => each.role === "status");
    try {
      await navigator.clipboard.writeText(button.dataset.text);
      status.textContent = `${button.textContent.replace("Copy", "Copied the")}.`;
    } catch { status.textContent = "This browser lets nothing be copied; select the text."; }
  });

  // values of marks: by pointer, touch and arrow keys; what they say is fetched when first asked
  const said = {};
  const tip = Object.assign(document.createElement("div"), { className: "cc-tip", hidden: true, role: "status" });
  document.body.append(tip);
  const layout = (picture) => all(":scope > div", picture).findIndex((each) => each.offsetParent);
  const marksOf = (picture) => all("[data-m]", picture.children[layout(picture)]);
  const show = (picture, mark) => {
    const texts = said[picture.dataset.figure]?.[layout(picture)];
    all(".cc-now", picture).forEach((each) => each.classList.remove("cc-now"));
    const text = mark && texts?.[marksOf(picture).indexOf(mark)];
    tip.hidden = !text;
    if (!text) return;
    mark.classList.add("cc-now");
    tip.textContent = text.split("; ").join("\n");
    const box = mark.getBoundingClientRect();
    const left = Math.min(Math.max(box.left + box.width / 2 - tip.offsetWidth / 2, 8), root.clientWidth - tip.offsetWidth - 8);
    tip.style.transform = `translate(${left}px, ${Math.max(box.top - tip.offsetHeight - 8, 8)}px)`;
  };
  const dim = (picture, name) => {
    const texts = said[picture.dataset.figure]?.[layout(picture)] ?? [];
    const of = (text) => text.split("; ").some((part) => part === name || part.endsWith(`: ${name}`));
    const some = name && texts.some(of);
    marksOf(picture).forEach((mark, at) => mark.classList.toggle("cc-dim", Boolean(some && !of(texts[at] ?? ""))));
  };
  window.computecycle = { marks: ([id, ...texts]) => { said[id] = texts; } };
  for (const picture of all(".cc-figure .cc-picture:has([data-m])")) {
    picture.tabIndex = 0;
    const ask = () => {
      if (picture.dataset.asked) return;
      picture.dataset.asked = "yes";
      document.head.append(Object.assign(document.createElement("script"),
        { src: `${site}figures/${picture.dataset.figure}/marks.js` }));
    };
    picture.addEventListener("pointerenter", ask);
    picture.addEventListener("focus", ask);
    picture.addEventListener("pointermove", (event) => {
      show(picture, event.target.closest("[data-m]"));
      dim(picture, event.target.closest("text")?.textContent);
    });
    picture.addEventListener("pointerdown", (event) => show(picture, event.target.closest("[data-m]")));
    picture.addEventListener("pointerleave", () => { show(picture); dim(picture); });
    picture.addEventListener("blur", () => show(picture));
    picture.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") show(picture);
      const marks = step ? marksOf(picture) : [];
      if (!marks.length) return;
      event.preventDefault();
      const now = marks.indexOf(picture.querySelector(".cc-now"));
      show(picture, marks[(now + step + marks.length + (now < 0 && step < 0)) % marks.length]);
    });
  }

  // addresses that pages had before: rows by their line, sources on one page, numbers and figures on the chapter's page
  const forward = () => {
    const asked = decodeURIComponent(location.hash.slice(1));
    if (!asked || document.getElementById(asked)) return;
    const line = Number(/^L(\d+)$/.exec(asked)?.[1]);
    if (line) {
      const row = document.querySelector(`tr[data-line="${line}"]`);
      if (row) { location.replace(`#${row.id}`); return; }
      const part = all(".cc-parts a").find((each) => {
        const [from, to] = each.dataset.holds.split("-").map(Number);
        return from <= line && line <= to;
      });
      if (part) location.replace(`${part.href}#L${line}`);
    }
    const parts = asked.startsWith("source-") ? all(".cc-parts a") : []; // of the list of sources
    const part = parts.find((each) => each.dataset.holds.split(" ").includes(asked)) ?? parts[0];
    if (part && !part.ariaCurrent) location.replace(`${part.href}#${asked}`);
    const chapter = /\/book\/chapters\/(\w+)\.html$/.exec(location.pathname)?.[1];
    if (chapter && /^(value|claim)-/.test(asked)) location.replace(`${chapter}/numbers.html#${asked}`);
    if (chapter && asked.startsWith("fig-")) location.replace(`${site}figures/${asked.slice(4)}.html`);
  };
  window.addEventListener("hashchange", forward);
  forward();

  // where a reader is in a chapter
  const links = all(".cc-side a[href^='#']").filter((each) => each.hash.length > 1);
  const places = links.map((each) => document.getElementById(decodeURIComponent(each.hash.slice(1))));
  const mark = () => {
    const passed = places.filter((each) => each && each.getBoundingClientRect().top < 120).length;
    links.forEach((each, at) => each.classList.toggle("cc-here", at === passed - 1));
  };
  if (links.length) { document.addEventListener("scroll", mark, { passive: true }); mark(); }
})();
