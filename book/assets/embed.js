// The type of a framed figure, read before its first line is set. Then, that a newer edition exists,
// and what it says there; where the one small file that tells it cannot be read, nothing is said.
document.fonts?.forEach((face) => face.load());
addEventListener("DOMContentLoaded", async () => {
  const { figure, edition, newest } = document.documentElement.dataset;
  const place = document.getElementById("newer");
  const parts = (name) => name.split(".").map(Number);
  const later = (one, other) => {
    const at = one.findIndex((part, index) => part !== (other[index] ?? 0));
    return at >= 0 && one[at] > (other[at] ?? 0);
  };
  const number = /\d{4}-\d\d-\d\d|[−-]?\d[\d,]*(?:\.\d+)?/g; // a day is one number
  const numbers = (words) => words.match(number) ?? [];
  const bare = (words) => words.replace(number, "#");
  const change = (before, after) => {
    const [old, now] = [before, after].map((each) => Number(each.replace("−", "-").replaceAll(",", "")));
    const percent = old ? Math.round((now / old - 1) * 100) : 0;
    return percent ? ` (${percent > 0 ? "+" : "−"}${Math.abs(percent)} %)` : "";
  };
  const moved = (before, after) => {
    const now = numbers(after);
    const all = numbers(before).map((each, at) => [each, now[at]]).filter(([one, other]) => one !== other);
    const told = all.slice(0, 3).map(([one, other]) => `${one} is now ${other}${change(one, other)}`);
    return `${told.join("; ")}${all.length > 3 ? "; and more" : ""}.`;
  };
  const differs = (title, words, after) => {
    if (after === undefined) return "This figure is not in it.";
    if (after.title !== title)
      return bare(title) === bare(after.title) ? moved(title, after.title) : `Its title there: “${after.title}”.`;
    if (after.words === words) return "This figure says the same there.";
    return bare(words) === bare(after.words)
      ? `Its title is the same; ${moved(words, after.words)}` : "Its title is the same, its data are not.";
  };
  let known;
  try {
    known = await (await fetch(newest)).json();
    if (!later(parts(known.edition), parts(edition))) return;
  } catch { return; }
  const title = document.querySelector("h1").textContent;
  const words = document.querySelector(".cc-picture")?.getAttribute("aria-label") ?? "";
  place.append(`A newer edition, ${known.edition}, exists. ${differs(title, words, known.figures[figure])} `);
  place.append(Object.assign(document.createElement("a"),
    { href: place.dataset.page, target: "_blank", rel: "noopener", textContent: "See it" }));
});
