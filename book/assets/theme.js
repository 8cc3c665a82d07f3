// Before anything is painted: what only scripts can work is there, the light or the dark that a reader
// chose here before, and the type, which lies in the style sheet and would else be read only when the
// first line is set. Chinese letters are files of their own, for those whose machines have none.
document.documentElement.dataset.scripts = "";
try {
  const chosen = localStorage.getItem("theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch { /* a browser that keeps nothing follows the system */ }
document.fonts?.forEach((face) => { if (!face.family.includes("Han")) face.load(); });
