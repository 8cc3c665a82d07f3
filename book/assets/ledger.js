// The search and the choices above a list of claims, and above that of figures; without a script a
// list is whole. What an item can be chosen by may hold several values, parted by |.
(() => {
  const shown = [];
  const filtered = (list) => {
    const parts = [...list.querySelectorAll("section")];
    const rows = [...(list.tBodies?.[0].rows ?? (parts.length ? list.querySelectorAll("li") : list.children))];
    const bar = list.previousElementSibling;
    const [search, ...choices] = bar.querySelectorAll("input, select");
    const told = bar.querySelector("[role=status]");
    const filter = () => {
      const words = search.value.toLowerCase().split(/\s+/);
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word))
          || choices.some((select) => select.value !== "" && !row.dataset[select.name]?.split("|").includes(select.value));
      }
      for (const part of parts) part.hidden = !part.querySelector("li:not([hidden])");
      told.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length}`;
    };
    for (const field of [search, ...choices]) field.addEventListener("input", filter);
    filter();
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
