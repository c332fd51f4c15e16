
/** What `explore` adds to the viewer above: Python hears what is chosen, and an edit goes there to be read. */
const SHARED = Symbol.for("story-timeline.plotly");

/** plotly.js: asked of Python, once for all views of a page. */
async function askPlotly(model) {
  globalThis[SHARED] ||= await new Promise((found) => {
    const hear = (message) => {
      if (!message.plotly) return;
      model.off("msg:custom", hear);
      found(unpackText(message.plotly).then((text) => {
        const module = { exports: {} };
        new Function("module", "exports", "define", text)(module, module.exports, undefined);
        return module.exports;
      }));
    };
    model.on("msg:custom", hear);
    model.send({ ask: "plotly" });
  });
  return globalThis[SHARED];
}

/** Whether the notebook is dark: JupyterLab, VS Code and Colab each say so in their own way. */
function isDark() {
  const { body, documentElement } = document, said = body.dataset.jpThemeLight;
  if (said) return said === "false";
  if (/vscode-(dark|light|high)/.test(body.className)) return !/vscode-(high-contrast-)?light/.test(body.className);
  return documentElement.getAttribute("theme") === "dark" || matchMedia("(prefers-color-scheme: dark)").matches;
}

function render({ model, el }) {
  const parts = ["filters form", "notice p", "strip div", "figure div", "count p", "list ol events"].map((one) => {
    const [part, tag, name = part] = one.split(" ");
    return h(tag, { className: name, "data-part": part });
  });
  const root = h("div", { className: "timeline-explorer", "data-lm-suppress-shortcuts": "true" }, ...parts);
  let viewer = null, told = "", edited = "";
  const note = (id) => (id === edited ? model.get("message") : "");
  el.append(root);

  function begin(view) {
    viewer?.destroy();
    viewer = mount(root, model.get("data"), { Plotly: () => askPlotly(model), dark: isDark, onSelect: choose, onOpen: addFields });
    viewer.listing.then(() => (view ? viewer.set(view) : follow()));
  }
  function choose({ ids }) {
    told = JSON.stringify(ids);
    model.set("selected", ids);
    model.save_changes();
  }
  /** Python chose: all of it is seen, and the list stands at its first. */
  function follow() {
    const ids = model.get("selected");
    if (JSON.stringify(ids) === told) return;
    told = JSON.stringify(ids);
    viewer.select(ids);
    const list = root.querySelector("[data-part=list]"), first = list.querySelector(".chosen");
    if (first) list.scrollTop += first.getBoundingClientRect().top - list.getBoundingClientRect().top;
  }

  /** Two fields above what the sources say. */
  function addFields(id, body) {
    const item = body.closest("li"), was = { title: item.querySelector(".what").textContent, date: item.dataset.edtf || item.querySelector(".when").textContent };
    const enter = (event) => { if (event.key === "Enter") keep(event); }; // notebooks keep it from submitting
    const [title, date] = ["title", "date"].map((name) => h("input", { type: "text", name, value: was[name], "aria-label": name, spellcheck: name === "title", onkeydown: enter }));
    const keep = (event) => {
      event.preventDefault();
      const edit = { event_id: id };
      for (const { name, value } of [title, date]) if (value.trim() && value.trim() !== was[name]) edit[name] = value.trim();
      if (!edit.title && !edit.date) return;
      edited = id;
      model.send(edit);
    };
    body.querySelector(".edit")?.remove();
    body.prepend(h("form", { className: "edit", onsubmit: keep }, title, date, h("button", { type: "submit" }, "Keep"), h("p", { className: "note", role: "status" }, note(id))));
  }
  function tell() {
    for (const line of root.querySelectorAll(".edit .note")) line.textContent = note(line.closest("li").dataset.id);
  }
  function reload() {
    told = "";
    begin(viewer.get());
  }

  function light() {
    root.classList.toggle("dark", isDark());
    viewer?.redraw();
  }
  /** A saved notebook keeps a still figure before the view; while the view lives, one of the two is enough. */
  function hideStill() {
    const before = el.closest(".jp-OutputArea-child, .output_area")?.previousElementSibling;
    if (before?.querySelector(".js-plotly-plot, .jp-RenderedPlotly, [data-mime-type='application/vnd.plotly.v1+json']")) before.style.display = "none";
  }
  const theme = new MutationObserver(light), size = new ResizeObserver(hideStill);
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "class"] });
  size.observe(root);
  model.on("change:data", reload);
  model.on("change:selected", follow);
  model.on("change:message", tell);
  light();
  begin();
  return () => {
    theme.disconnect();
    size.disconnect();
    model.off("change:data", reload);
    model.off("change:selected", follow);
    model.off("change:message", tell);
    viewer.destroy();
  };
}

export default { render };
