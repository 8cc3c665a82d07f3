// Says in a framed figure that a newer edition exists, and what it says there. Where the one small
// file that tells it cannot be read, nothing is said.
(async () => {
  const { figure, edition, newest } = document.documentElement.dataset;
  const place = document.getElementById("newer");
  const parts = (name) => name.split(".").map(Number);
  const later = (one, other) => {
    const at = one.findIndex((part, index) => part !== (other[index] ?? 0));
    return at >= 0 && one[at] > (other[at] ?? 0);
  };
  const numbers = (title) => title.match(/[−-]?\d[\d,]*(?:\.\d+)?/g) ?? [];
  const bare = (title) => title.replace(/[−-]?\d[\d,]*(?:\.\d+)?/g, "#");
  const change = (before, after) => {
    const [old, now] = [before, after].map((each) => Number(each.replace("−", "-").replaceAll(",", "")));
    const percent = old ? Math.round((now / old - 1) * 100) : 0;
    return percent ? ` (${percent > 0 ? "+" : "−"}${Math.abs(percent)} %)` : "";
  };
  const differs = (before, after) => {
    if (after === undefined) return "This figure is not in it.";
    if (after === before) return "Its title is the same.";
    const [old, now] = [numbers(before), numbers(after)];
    if (bare(before) !== bare(after)) return `Its title there: “${after}”.`;
    return `${old.map((each, at) => [each, now[at]]).filter(([one, other]) => one !== other)
      .map(([one, other]) => `${one} is now ${other}${change(one, other)}`).join("; ")}.`;
  };
  let known;
  try {
    known = await (await fetch(newest)).json();
    if (!later(parts(known.edition), parts(edition))) return;
  } catch { return; }
  const title = document.querySelector("h1").textContent;
  place.append(`A newer edition, ${known.edition}, exists. ${differs(title, known.figures[figure])} `);
  place.append(Object.assign(document.createElement("a"),
    { href: place.dataset.page, target: "_blank", rel: "noopener", textContent: "See it" }));
})();
