// The explorer's view: draws a story's events, lets people zoom, filter, brush and edit, and tells Python.
// It works out no date: every moment and every word comes from Python, and an edit goes back there to be read.
const SVG = "http://www.w3.org/2000/svg", DAY = 86400, ROW = 26, MOST_ROWS = 7;
const STEPS = [3600, 6 * 3600, DAY, 2 * DAY, 7 * DAY];
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const LANES = ["none", "source", "kind", "status"];

/** An HTML or SVG element with attributes (on…: listeners) and children; text is always text. */
function make(tag, props = {}, ...children) {
  const svg = ["svg", "g", "circle", "rect", "path", "line", "text", "title"].includes(tag);
  const node = svg ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && !svg && typeof value !== "string") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** Seconds <-> share of the whole width: chapters side by side, silences cut to a narrow break. */
function makeScale(chapters) {
  const gap = 0.05, weights = chapters.map(([, , n]) => Math.sqrt(n) + 1);
  const room = 1 - gap * (chapters.length - 1), sum = weights.reduce((a, b) => a + b, 0);
  let u = 0;
  const pieces = chapters.map(([t0, t1], i) => {
    const air = Math.max((t1 - t0) * 0.06, DAY / 2), width = (room * weights[i]) / sum;
    const piece = { t0: t0 - air, t1: t1 + air, u0: u, u1: u + width };
    u += width + gap;
    return piece;
  });
  const knots = pieces.flatMap((p) => [[p.t0, p.u0], [p.t1, p.u1]]);
  const along = (x, a, b) => {
    let i = 1;
    while (i < knots.length - 1 && x > knots[i][a]) i++;
    const [p, q] = [knots[i - 1], knots[i]];
    return p[b] + ((x - p[a]) / (q[a] - p[a] || 1)) * (q[b] - p[b]);
  };
  return { pieces, u: (t) => along(t, 0, 1), t: (x) => along(x, 1, 0) };
}

/** Round moments between two, about as many as fit, with their words. */
function ticks(t0, t1, most) {
  const out = [], step = STEPS.find((s) => (t1 - t0) / s <= most);
  if (step) {
    for (let t = Math.ceil(t0 / step) * step; t <= t1; t += step) {
      const d = new Date(t * 1000), day = `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]}`;
      out.push([t, step < DAY && d.getUTCHours() ? `${d.getUTCHours()}:00` : day]);
    }
    return out;
  }
  const month = (t) => { const d = new Date(t * 1000); return d.getUTCFullYear() * 12 + d.getUTCMonth(); };
  const start = (m) => { const d = new Date(0); d.setUTCFullYear(Math.floor(m / 12), m - 12 * Math.floor(m / 12), 1); return d / 1000; };
  const [a, b] = [month(t0) + 1, month(t1)];
  const by = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000, 60000, 120000].find((n) => (b - a) / n <= most) || 600000;
  for (let m = Math.ceil(a / by) * by; m <= b; m += by) {
    const year = Math.floor(m / 12), name = year > 0 ? `${year}` : `${1 - year} BCE`;
    out.push([start(m), by < 12 && m - 12 * year ? MONTHS[m - 12 * year] : name]);
  }
  return out;
}

function render({ model, el }) {
  const pen = document.createElement("canvas").getContext("2d");
  let scale = makeScale([[0, DAY, 1]]), view = [0, 1], drawn = [], opened = "", brush = null, width = 640;
  const rows = () => model.get("rows");
  const chosen = () => new Set(model.get("selected"));

  const search = make("input", { type: "search", placeholder: "find words", "aria-label": "find words", oninput: draw });
  const pick = (name, options, change) => make("select", { "aria-label": name, onchange: change }, ...options.map((o) => make("option", { value: o[0] }, o[1])));
  const lane = pick("lanes", LANES.map((l) => [l, l === "none" ? "no lanes" : `lanes: ${l}`]), draw);
  const source = pick("source", [["", "every source"]], draw), kind = pick("kind", [["", "every kind"]], draw);
  const button = (sign, name, act) => make("button", { type: "button", title: name, "aria-label": name, onclick: act }, sign);
  const count = make("span", { class: "count", "aria-live": "polite" });
  const bar = make("div", { class: "bar" }, search, source, kind, lane,
    button("+", "zoom in", () => zoom(0.5)), button("−", "zoom out", () => zoom(2)), button("all", "show all", () => look([0, 1])), count);
  const stage = make("svg", { class: "stage", tabindex: "0", role: "group", "aria-label": "timeline; drag to choose events, plus and minus to zoom, arrows to move",
    onpointerdown: down, onpointermove: move, onpointerup: up, onwheel: wheel, onkeydown: key, ondblclick: () => look([0, 1]) });
  const undated = make("div", { class: "undated" }), card = make("div", { class: "card" });
  const root = make("div", { class: "timeline-explorer" }, bar, stage, undated, card);
  el.append(root);

  function passes(row) {
    const text = search.value.trim().toLowerCase();
    return (!text || row.words.includes(text)) && (!source.value || row.sources.includes(source.value)) && (!kind.value || row.kind === kind.value);
  }
  const px = (t) => ((scale.u(t) - view[0]) / (view[1] - view[0])) * width;
  const toTime = (x) => scale.t(view[0] + (x / width) * (view[1] - view[0]));

  /** The view moved: at least a 512th of the story, never off its ends. */
  function look([a, b]) {
    const size = Math.min(1, Math.max(1 / 512, b - a)), from = Math.max(0, Math.min(1 - size, (a + b) / 2 - size / 2));
    view = [from, from + size];
    draw();
  }
  /** Where zooming leads: to what is chosen, else into the thick of what is in sight. */
  function heart() {
    const picked = chosen(), near = (some) => some.map((d) => view[0] + ((d.a + d.b) / 2 / width) * (view[1] - view[0])).sort((a, b) => a - b);
    const found = near(drawn.filter((d) => picked.has(d.id))), all = found.length ? found : near(drawn);
    return all.length ? all[all.length >> 1] : (view[0] + view[1]) / 2;
  }
  const zoom = (by, at = heart()) => look([at - (at - view[0]) * by, at + (view[1] - at) * by]);

  /** Left and right of a mark in pixels; an open side runs 40 px on. */
  function span(row) {
    const a = row.start === null ? px(row.stop) - 40 : px(row.start);
    return [a, row.stop === null ? px(row.start) + 40 : Math.max(px(row.stop), a)];
  }
  function lanesOf(row) {
    return lane.value === "none" ? [""] : lane.value === "source" ? row.sources : [row[lane.value]];
  }

  function draw() {
    pen.font = "12px system-ui, sans-serif";
    stage.replaceChildren();
    drawn = [];
    const shown = rows().filter(passes), dated = shown.filter((r) => r.dated), picked = chosen();
    const names = [...new Set(dated.flatMap(lanesOf))].sort();
    let y = 34;
    const back = make("g", {}), front = make("g", {});
    for (const name of names) {
      if (name) { front.append(make("text", { class: "lane", x: 4, y: y + 12 }, name)); y += 20; }
      const here = dated.filter((r) => lanesOf(r).includes(name)), levels = [];
      /** The first level on which a box meets no other, from `first` to `last`, or -1. */
      const place = (box, first, last) => {
        for (let level = first; level <= last; level++) {
          if ((levels[level] || []).some(([c, d]) => box[0] < d + 6 && c < box[1] + 6)) continue;
          (levels[level] ||= []).push(box);
          return level;
        }
        return -1;
      };
      const bare = [];
      for (const row of [...here].sort((a, b) => b.salience - a.salience || (a.id < b.id ? -1 : 1))) {
        const [a, b] = span(row);
        if (b < -2 || a > width + 2) continue;
        drawn.push({ id: row.id, a, b });
        const left = row.day ? (a + b) / 2 - 6 : a, right = row.day ? left + 12 : b, from = Math.max(right, 0) + 5;
        const room = pen.measureText(row.title).width + 3, sides = [[[left, from + room], [from, "start"]], [[left - room - 5, right], [left - 5, "end"]]];
        const fits = sides.filter(([box]) => box[0] > -2 && box[1] <= width || box[0] === left && left < 0 && box[1] <= width);
        const level = fits.length ? place(fits[0][0], 0, MOST_ROWS - 1) : -1;
        if (level < 0) bare.push([row, left, right]);
        else front.append(mark(row, left, right, y + level * ROW + 13, fits[0][1], picked.has(row.id)));
      }
      const deepest = levels.length;
      for (const [row, left, right] of bare) {
        const level = place([left, right], deepest, deepest + 9);
        front.append(mark(row, left, right, y + deepest * ROW + 7 + ((level < 0 ? deepest : level) - deepest) * 14, null, picked.has(row.id)));
      }
      y += Math.max(deepest * ROW + (levels.length - deepest) * 14, ROW) + 8;
    }
    axis(back, y);
    stage.append(back, front);
    stage.setAttribute("viewBox", `0 0 ${width} ${y + 6}`);
    stage.style.height = `${y + 6}px`;
    const loose = shown.filter((r) => !r.dated);
    undated.replaceChildren(...(loose.length ? [make("b", {}, "No words date these: "), ...loose.map((row) =>
      make("button", { type: "button", class: picked.has(row.id) ? "chip on" : "chip", onclick: () => open(row.id) }, `${row.title} (${row.when})`))] : []));
    count.textContent = `${shown.length} of ${rows().length} events${picked.size ? `, ${picked.size} chosen` : ""}`;
    drawCard();
  }

  function axis(back, bottom) {
    scale.pieces.forEach((piece, i) => {
      const [a, b] = [px(piece.t0), px(piece.t1)];
      if (i) back.append(make("path", { class: "break", d: `M${(px(scale.pieces[i - 1].t1) + a) / 2} 4V${bottom}` }));
      if (b < 0 || a > width) return;
      back.append(make("line", { class: "axis", x1: Math.max(a, 0), x2: Math.min(b, width), y1: 26, y2: 26 }));
      const [from, to] = [Math.max(piece.t0, toTime(0)), Math.min(piece.t1, toTime(width))];
      let free = -1e9, told = "";
      for (const [t, name] of ticks(from, to, Math.max(1, (Math.min(b, width) - Math.max(a, 0)) / 62))) {
        const x = px(t), year = `${new Date(t * 1000).getUTCFullYear()}`, words = told === year || /\d{4}|BCE/.test(name) ? name : `${name} ${year}`;
        const half = pen.measureText(words).width / 2 + 4;
        back.append(make("line", { class: "tick", x1: x, x2: x, y1: 22, y2: bottom }));
        if (x - half < Math.max(free, 0) || x + half > width) continue;
        back.append(make("text", { class: "date", x, y: 15, "text-anchor": "middle" }, words));
        free = x + half;
        told = year;
      }
    });
  }

  function mark(row, a, b, y, label, on) {
    const hollow = ["planned", "conditional"].includes(row.status), broken = ["denied", "unconfirmed", "claimed"].includes(row.status);
    const shape = row.kind === "deadline" && row.day ? make("path", { class: "shape", d: `M${(a + b) / 2} ${y + 8}v-16l10 5l-10 5` })
      : row.day ? make("circle", { class: "shape", cx: (a + b) / 2, cy: y, r: 5 })
      : row.extent === "throughout" ? make("path", { class: "shape", d: `M${a} ${y - 4}H${Math.max(b - 5, a + 2)}${row.stop === null ? "l5 4l-5 4" : "h5v8h-5"}H${a}${row.start === null ? "l-5 -4" : ""}z` })
      : make("path", { class: "reach", d: `M${row.start === null ? `${a + 5} ${y - 4}l-5 4l5 4m-5 -4` : `${a} ${y - 6}v12m0 -6`}H${b}${row.stop === null ? "m-5 -4l5 4l-5 4" : "m0 -6v12"}` });
    const classes = ["mark", hollow && "hollow", broken && "broken", on && "on", row.conflict && "clash"].filter(Boolean).join(" ");
    return make("g", { class: classes, tabindex: "0", role: "button", "data-id": row.id, "aria-label": `${row.when}: ${row.title}`, "aria-pressed": `${on}`,
      onclick: (event) => { event.stopPropagation(); open(row.id); },
      onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(row.id); } } },
      make("title", {}, `${row.when}: ${row.title}`), make("rect", { class: "target", x: a - 4, y: y - (label ? 11 : 7), width: b - a + 8, height: label ? 22 : 14 }), shape,
      label ? make("text", { class: "label", x: label[0], y: y + 4, "text-anchor": label[1] }, row.title) : null);
  }

  function choose(ids) {
    model.set("selected", ids);
    model.save_changes();
    draw();
  }
  function open(id) {
    opened = id;
    choose([id]);
  }

  /** The opened event: what each source says, and two fields to change. */
  function drawCard() {
    const row = rows().find((r) => r.id === opened), note = model.get("message");
    card.replaceChildren(...(note ? [make("p", { class: "note", role: "status" }, note)] : []));
    if (!row) return;
    const title = make("input", { type: "text", value: row.title, "aria-label": "title" });
    const date = make("input", { type: "text", value: row.edtf || row.when, "aria-label": "date", class: "edtf" });
    const keep = () => {
      const edit = { event_id: row.id };
      if (title.value.trim() && title.value !== row.title) edit.title = title.value.trim();
      if (date.value.trim() && date.value !== (row.edtf || row.when)) edit.date = date.value.trim();
      if (Object.keys(edit).length > 1) model.send(edit);
    };
    const enter = (event) => { event.stopPropagation(); if (event.key === "Enter") keep(); };
    for (const field of [title, date]) field.addEventListener("keydown", enter);
    card.append(make("div", { class: "edit" }, title, date, button("keep", "keep this title and date", keep), button("×", "close", () => { opened = ""; draw(); })),
      make("p", {}, make("b", {}, row.when), ` · ${row.kind}, ${row.status} · ${row.sources.join(", ")}`),
      ...(row.conflict ? [make("p", { class: "conflict" }, row.conflict)] : []),
      ...row.citations.map((c) => make("blockquote", {}, ...quoted(c), make("footer", {}, `${c.source}${c.how ? `: ${c.how}` : ""}`))));
  }
  function quoted({ sentence, expression }) {
    const at = expression ? sentence.indexOf(expression) : -1;
    return at < 0 ? [sentence] : [sentence.slice(0, at), make("mark", {}, expression), sentence.slice(at + expression.length)];
  }

  const at = (event) => ((event.clientX - stage.getBoundingClientRect().left) / stage.getBoundingClientRect().width) * width;
  function down(event) {
    if (event.button || event.target.closest(".mark")) return;
    brush = { from: at(event), view: [...view], pan: event.shiftKey };
    stage.setPointerCapture(event.pointerId);
  }
  function move(event) {
    if (!brush) return;
    const x = at(event), by = ((x - brush.from) / width) * (brush.view[1] - brush.view[0]);
    if (brush.pan) return look([brush.view[0] - by, brush.view[1] - by]);
    stage.querySelector(".brush")?.remove();
    stage.append(make("rect", { class: "brush", x: Math.min(x, brush.from), y: 0, width: Math.abs(x - brush.from), height: stage.viewBox.baseVal.height }));
  }
  function up(event) {
    if (!brush) return;
    const [a, b] = [brush.from, at(event)].sort((x, y) => x - y), { pan } = brush;
    brush = null;
    if (pan) return;
    opened = "";
    choose(b - a < 4 ? [] : [...new Set(drawn.filter((d) => d.a < b && d.b > a).map((d) => d.id))]);
  }
  function wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.25 : 0.8, view[0] + (at(event) / width) * (view[1] - view[0]));
  }
  function key(event) {
    const step = (view[1] - view[0]) / 4;
    const act = { "+": () => zoom(0.5), "=": () => zoom(0.5), "-": () => zoom(2), 0: () => look([0, 1]), Escape: () => { opened = ""; choose([]); },
      ArrowLeft: () => look([view[0] - step, view[1] - step]), ArrowRight: () => look([view[0] + step, view[1] + step]) }[event.key];
    if (!act || event.target !== stage && event.key.startsWith("Arrow")) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  /** Python chose: move so that all of it is seen. */
  function follow() {
    const picked = chosen(), ends = rows().filter((r) => r.dated && picked.has(r.id)).flatMap((r) => [r.start ?? r.stop, r.stop ?? r.start]).map(scale.u);
    const [a, b] = [Math.min(...ends), Math.max(...ends)];
    if (ends.length && (a < view[0] || b > view[1])) look([a - 0.05, b + 0.05]); else draw();
  }
  function reload() {
    scale = makeScale(model.get("chapters").length ? model.get("chapters") : [[0, DAY, 1]]);
    for (const [menu, values] of [[source, rows().flatMap((r) => r.sources)], [kind, rows().map((r) => r.kind)]]) {
      const old = menu.value;
      menu.replaceChildren(menu.firstChild, ...[...new Set(values)].sort().map((v) => make("option", { value: v }, v)));
      menu.value = [...menu.options].some((o) => o.value === old) ? old : "";
    }
    draw();
  }

  /** A saved notebook keeps a still figure before the view; while the view lives, one of the two is enough. */
  function hideStill() {
    const before = el.closest(".jp-OutputArea-child, .output_area")?.previousElementSibling;
    if (before?.querySelector(".js-plotly-plot, .jp-RenderedPlotly, [data-mime-type='application/vnd.plotly.v1+json']")) before.style.display = "none";
  }

  const watch = new ResizeObserver(() => {
    hideStill();
    const wide = Math.max(root.clientWidth, 240);
    if (wide !== width) { width = wide; draw(); }
  });
  watch.observe(root);
  model.on("change:rows change:chapters", reload);
  model.on("change:selected", follow);
  model.on("change:message", drawCard);
  reload();
  return () => { watch.disconnect(); model.off("change:rows change:chapters", reload); model.off("change:selected", follow); model.off("change:message", drawCard); };
}

export default { render };
