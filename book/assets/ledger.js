// A search and choices above each list of claims, and above that of figures; without a script a list
// is whole. What an item can be chosen by may hold several values, parted by |.
(() => {
  const asked = ["document", "chapter", "verdict", "importance", "source", "topic"];
  const valuesOf = (row, name) => row.dataset[name]?.split("|") ?? [];
  const shown = [];
  const choice = (name, rows) => {
    const values = [...new Set(rows.flatMap((row) => valuesOf(row, name)))];
    if (["source", "topic"].includes(name)) values.sort((one, other) => one.localeCompare(other));
    const select = Object.assign(document.createElement("select"), { ariaLabel: name });
    select.append(new Option(`every ${name}`, ""));
    for (const value of values) select.append(new Option(value));
    select.hidden = values.length < 2;
    return select;
  };
  const filtered = (list) => {
    const parts = [...list.querySelectorAll("section")];
    const rows = [...(list.tBodies?.[0].rows ?? (parts.length ? list.querySelectorAll("li") : list.children))];
    const words = `Search these ${list.dataset.what ?? "statements"}`;
    const search = Object.assign(document.createElement("input"),
      { type: "search", placeholder: words, ariaLabel: words });
    const choices = asked.map((name) => choice(name, rows));
    const told = Object.assign(document.createElement("span"), { role: "status" });
    const filter = () => {
      const words = search.value.toLowerCase().split(/\s+/);
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word))
          || choices.some((select, n) => select.value !== "" && !valuesOf(row, asked[n]).includes(select.value));
      }
      for (const part of parts) part.hidden = !part.querySelector("li:not([hidden])");
      told.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length}`;
    };
    const bar = document.createElement("p");
    bar.className = "cc-filter";
    bar.append(search, ...choices, told);
    for (const field of [search, ...choices]) field.addEventListener("input", filter);
    filter();
    list.before(bar);
    shown.push(() => {
      for (const field of [search, ...choices]) field.value = "";
      filter();
    });
  };
  const open = () => {  // whoever follows a link to a row must see it, with its arithmetic
    const row = document.querySelector("tr:target");
    if (!row) return;
    for (const reset of shown) reset();
    row.querySelector("details").open = true;
    row.scrollIntoView();
  };
  document.querySelectorAll(".cc-filtered").forEach(filtered);
  window.addEventListener("hashchange", open);
  open();
})();
