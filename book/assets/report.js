// Turns a static picture into an interactive chart, only when a reader asks for it.
(() => {
  const scriptOf = (src) => new Promise((resolve, reject) => {
    const tag = document.createElement("script");
    tag.src = src;
    tag.onload = resolve;
    tag.onerror = () => reject(new Error(`${src} could not be loaded`));
    document.head.append(tag);
  });
  const here = document.currentScript.src.replace(/report\.js.*$/, "");

  // the specification names the light colours; the page's own stand in for them
  const coloured = (spec) => {
    const style = getComputedStyle(document.documentElement);
    const now = (light) => style.getPropertyValue(window.computecycle.tones[light]).trim() || light;
    return JSON.parse(JSON.stringify(spec).replace(/#[0-9a-f]{6}\b/g, now));
  };

  const drawInto = async (picture, spec) => {
    const place = document.createElement("div");
    place.className = "cc-live";
    picture.replaceChildren(place);
    picture.removeAttribute("role");
    let view;
    const draw = async () => {
      view?.finalize();
      view = await vegaEmbed(place, { ...coloured(spec), background: null },
        { renderer: "svg", actions: false, ast: true, tooltip: { theme: "custom" } });
    };
    await draw();
    new MutationObserver(draw).observe(document.documentElement,
      { attributes: true, attributeFilter: ["data-theme"] });
  };

  const pictureOf = (id) => document.querySelector(`.cc-picture[data-figure="${id}"]`);
  let vega;  // loaded once, whichever figure is asked for first
  window.computecycle = { draw: (id, spec) => drawInto(pictureOf(id), spec) };
  for (const button of document.querySelectorAll(".cc-interact")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      button.textContent = "Loading";
      try {
        await (vega ??= scriptOf(`${here}vega.js`));
        await scriptOf(`${button.dataset.base}/figure.js`);
        button.remove();
      } catch (problem) {
        button.textContent = `Not interactive: ${problem.message}`;
      }
    });
  }
})();
