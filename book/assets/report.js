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
    const tones = [...document.styleSheets].flatMap((sheet) => {
      try { return [...sheet.cssRules]; } catch { return []; }
    }).filter((rule) => rule.selectorText === ":root").flatMap((rule) => [...rule.style])
      .filter((name) => name.startsWith("--cc-light-"));
    let text = JSON.stringify(spec);
    for (const name of tones) {
      const light = style.getPropertyValue(name).trim();
      const now = style.getPropertyValue(name.replace("--cc-light-", "--cc-")).trim();
      text = text.replaceAll(light, now);
    }
    return JSON.parse(text);
  };

  const drawInto = (picture) => async (spec) => {
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

  window.computecycle = {};
  for (const button of document.querySelectorAll(".cc-interact")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      button.textContent = "Loading";
      const picture = document.querySelector(`.cc-picture[data-figure="${button.dataset.id}"]`);
      try {
        if (!window.vegaEmbed) await scriptOf(`${here}vega.js`);
        window.computecycle.draw = drawInto(picture);
        await scriptOf(`${button.dataset.base}/figure.js`);
        button.remove();
      } catch (problem) {
        button.textContent = `Not interactive: ${problem.message}`;
      }
    });
  }
})();
