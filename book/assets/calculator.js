// A calculator: what its controls say goes through the formulas (formulas.js) to answers, a sentence,
// an address, a citation and a command. The page holds all words; numbers are written as `told` does.
for (const root of document.querySelectorAll(".cc-calculator")) {
  const all = (what, from = root) => [...from.querySelectorAll(what)];
  const one = (what) => root.querySelector(what);
  const { calculator, chapter, cite, report } = root.dataset;
  const controls = all("input");
  const firsts = Object.fromEntries(controls.map((each) => [each.name, each.value]));
  const title = document.querySelector("h1").firstChild.textContent.trim();
  const [verdict, status, list] = [one(".cc-verdict"), one("[role=status]"), one("select")];
  const dash = "—";

  const plain = (number) => {
    const short = Number(number.toPrecision(12));
    return Math.abs(short) >= 1e21 ? String(short) : short.toLocaleString("en-US", { useGrouping: false, maximumFractionDigits: 12 });
  };
  const told = ({ before, after, scale, kind }, number) => {
    if (Number.isNaN(number)) return dash;
    if (!Number.isFinite(number)) return "never";
    if (kind === "date") {
      const rounding = 0.005; // years: by so much a time of two places may fall short of its month's first day
      const year = Math.floor(number + rounding);
      const place = 3 * Math.floor((number - year + rounding) * 12);
      return `${"JanFebMarAprMayJunJulAugSepOctNovDec".slice(place, place + 3)} ${year}`;
    }
    const short = Number((Math.abs(number) / scale).toPrecision(3));
    return `${number < 0 ? "−" : ""}${before}${short.toLocaleString("en-US", { maximumFractionDigits: 12 })}${after}`;
  };
  const words = (each) => root.querySelector(`label[for="${each.id}"]`).firstChild.textContent.trim();
  const unit = (each) => root.querySelector(`label[for="${each.id}"] small`).textContent;
  const wrong = () => {
    for (const each of controls) each.setAttribute("aria-invalid", !each.checkValidity() || each.value === "");
    const first = controls.find((each) => each.ariaInvalid === "true");
    const long = (number) => Number(number).toLocaleString("en-US", { maximumFractionDigits: 12, useGrouping: number >= 10000 });
    return first && `${words(first)}: give a number from ${long(first.min)} to ${long(first.max)}.`;
  };
  const numbers = () => Object.fromEntries(controls.map((each) => [each.name, Number(each.value) * each.dataset.factor]));
  const moved = () => controls.filter((each) => each.value !== firsts[each.name]);

  // how a scenario is kept: its address, how to cite it, the commands that compute it again
  const address = () => {
    const query = new URLSearchParams(moved().map((each) => [each.name, each.value]));
    return `${location.href.split(/[?#]/)[0]}${query.size ? `?${query}` : ""}`;
  };
  const citation = () => {
    const changes = moved().map((each) => `${words(each)} ${each.value} ${unit(each)}`.replace(" %", "%").trim()).join("; ");
    return `${cite}. ${title} ${report}. ${changes || "The report’s numbers"}. ${address()}`;
  };
  const command = () => {
    const given = numbers();
    const set = moved().map((each) => `${each.dataset.parameter}=${plain(given[each.name])}`);
    const said = Object.entries(given).map(([name, number]) => `${name}=${plain(number)}`).join(", ");
    const formulas = `.venv/bin/python -c "from computecycle.quantities import formulas; print(formulas.evaluate('${calculator}', ${said}))"`;
    const alike = set.length && moved().every((each) => each.dataset.parameter); // the chapter says the same
    return alike ? `make rerun CHAPTER=${chapter} SET="${set.join(" ")}"\n${formulas}` : formulas;
  };

  let waiting;
  const say = () => { // once the reader has paused
    clearTimeout(waiting);
    waiting = setTimeout(() => { status.textContent = verdict.textContent; }, 700);
  };
  const show = () => {
    const problem = wrong();
    const given = numbers();
    const found = problem ? {} : { ...given, ...computecycleFormulas[calculator](given) };
    if (problem) verdict.textContent = problem;
    else verdict.replaceChildren(all("template")[found.verdict].content.cloneNode(true));
    for (const each of all("[data-of]")) each.textContent = told(each.dataset, found[each.dataset.of] ?? NaN);
    const kept = problem ? [dash, dash, dash] : [address(), citation(), command()];
    all("output").forEach((each, at) => { each.textContent = kept[at]; });
    all("[data-copy]").forEach((each) => { each.disabled = Boolean(problem); });
    if (!problem) try { history.replaceState(null, "", address()); } catch { /* a page from a file has no other address */ }
  };
  const set = (given) => {
    for (const each of controls) if (each.name in given) each.value = given[each.name];
  };
  for (const each of controls) {
    each.addEventListener("input", () => { show(); say(); });
    each.addEventListener("keydown", (event) => { // arrows: a tenth of the number's order, years one by one
      const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      const [now, low, high] = [each.value, each.min, each.max].map(Number);
      if (!way || each.value === "") return;
      event.preventDefault();
      const step = now && !("years" in each.dataset) ? 10 ** (Math.floor(Math.log10(Math.abs(now))) - 1) : 1;
      each.value = plain(Math.min(Math.max(now + way * step, low), high));
      show();
      say();
    });
  }
  list.addEventListener("change", () => { set(JSON.parse(list.value || JSON.stringify(firsts))); show(); say(); });
  all("[data-copy]").forEach((button, at) => button.addEventListener("click", async () => {
    const output = all("output")[at];
    getSelection().selectAllChildren(output); // what can be copied by hand where a script may not
    try {
      await navigator.clipboard.writeText(output.textContent);
      status.textContent = "Copied.";
      button.dataset.done = "";
      setTimeout(() => delete button.dataset.done, 1500);
    } catch { status.textContent = "Selected; copy it with the keyboard."; }
  }));
  set(Object.fromEntries(new URLSearchParams(location.search)));
  show();
}
