// @ts-check
/**
 * A figure of any number of events in a window of time, as plotly's data and layout: at most MARKS
 * marks and LABELS labels. Bars count the rest. Everything is placed in pixels. No DOM but a pen.
 *
 * @typedef {{n: number, start: Float64Array, stop: Float64Array, column: Record<string, any>,
 *   longest: number, first: number, last: number, open: boolean}} Events open: some have an open end
 * @typedef {{name: string, colour: string}} Lane
 * @typedef {{keep: Uint8Array, from: number|null, to: number|null, width: number, chosen: Set<number>,
 *   lanes: Lane[], lanesOf: (row: number) => number[], chapters: [number, number, number][],
 *   colours: string[], kinds: string[], ink: string, soft: string, paper: string, hair: string,
 *   id: (row: number) => string, title: (row: number) => string, hover: (row: number) => string}} View
 */
import { DAY, counted, dayWords, ticks } from "./dates.js";

const FACE = "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
export const OPEN_START = 1, OPEN_STOP = 2, UNDATED = 4;
const MARKS = 700, NAMED = 100, LABELS = 60, BINS = 600, ROW = 20, BARE = 11, RIBBON = 30, TAIL = 34;
const SYMBOLS = ["circle", "diamond", "triangle-down", "circle", "circle"]; // by kind, as in Python's picture

export const escaped = (/** @type {string} */ text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
export const clipped = (/** @type {string} */ text, most = 44) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);
/** A number that looks random and is the same each time, to choose among equals. @param {number} i */
const spread = (i) => Math.imul(i, 2654435761) >>> 0;

/** Moments to pixels and back: one stretch, or chapters side by side with their silences cut out.
 * @param {[number, number, number][]} chapters first second, second after the last, events @param {number} a @param {number} b @param {number} wide */
function makeScale(chapters, a, b, wide) {
  const air = (/** @type {number} */ i, /** @type {number} */ gap) => Math.min(Math.max((chapters[i][1] - chapters[i][0]) * 0.05, DAY / 2), gap / 2);
  const inside = chapters.map(([c, d, n], i) => [Math.max(c - air(i, c - (chapters[i - 1]?.[1] ?? -Infinity)), a), Math.min(d + air(i, (chapters[i + 1]?.[0] ?? Infinity) - d), b), n]).filter(([c, d]) => d > c);
  const parts = inside.length > 1 ? inside : [[a, b, 1]];
  const gap = Math.min(44, (wide * 0.25) / parts.length), room = wide - gap * (parts.length - 1);
  const sum = parts.reduce((all, [, , n]) => all + Math.sqrt(n) + 1, 0);
  let at = 0;
  const pieces = parts.map(([c, d, n]) => {
    const piece = { a: c, b: d, x0: at, x1: at + (room * (Math.sqrt(n) + 1)) / sum };
    at = piece.x1 + gap;
    return piece;
  });
  const knots = pieces.flatMap((p) => [[p.a, p.x0], [p.b, p.x1]]);
  const along = (/** @type {number} */ v, /** @type {number} */ from, /** @type {number} */ to) => {
    let k = 1;
    while (k < knots.length - 1 && v >= knots[k][from]) k++;
    const p = knots[k - 1], q = knots[k];
    return p[to] + ((v - p[from]) / (q[from] - p[from] || 1)) * (q[to] - p[to]);
  };
  return { pieces, x: (/** @type {number} */ t) => along(t, 0, 1), t: (/** @type {number} */ x) => along(x, 1, 0) };
}

/** First place in sorted numbers that is not before `t`. @param {Float64Array} sorted @param {number} t */
function bound(sorted, t) {
  let lo = 0, hi = sorted.length;
  while (lo < hi) {
    const middle = (lo + hi) >> 1;
    if (sorted[middle] < t) lo = middle + 1;
    else hi = middle;
  }
  return lo;
}

/** The rows to mark: all, or the most salient where there are too many; and how many there are in
 * the window, in all and in each lane's bins. @param {Events} events @param {View} view @param {number} a @param {number} b @param {number} bins */
function choose(events, view, a, b, bins) {
  const { start, stop, column } = events, { keep, lanesOf } = view, grain = bins / (b - a);
  const counts = view.lanes.map(() => new Uint32Array(bins)), levels = new Uint32Array(256);
  const from = events.open ? 0 : bound(start, a - events.longest), to = events.open ? events.n : bound(start, b);
  const inside = (/** @type {number} */ i) => keep[i] && !(column.flags[i] & UNDATED)
    && (start[i] < b || column.flags[i] & OPEN_START) && (stop[i] > a || start[i] >= a || column.flags[i] & OPEN_STOP);
  let n = 0, level = 255;
  for (let i = from; i < to; i++) {
    if (!inside(i)) continue;
    n++;
    levels[column.salience[i]]++;
    for (const lane of lanesOf(i)) counts[lane][Math.max(0, Math.min(bins - 1, Math.floor((start[i] - a) * grain)))]++;
  }
  const many = n > MARKS, most = many ? NAMED : MARKS;
  for (let sum = levels[255]; level > 0 && sum < most; ) sum += levels[--level];
  /** @type {number[]} */
  const marks = [];
  /** @type {number[]} */
  const ties = [];
  for (let i = from; i < to; i++) if (column.salience[i] >= level && inside(i)) (column.salience[i] === level ? ties : marks).push(i);
  if (marks.length + ties.length > most) ties.sort((p, q) => spread(p) - spread(q)).splice(most - marks.length);
  const rows = new Set([...marks, ...ties, ...[...view.chosen].filter((i) => i >= from && i < to && inside(i)).slice(0, LABELS)]);
  return { rows: [...rows], many, counts };
}

/** @param {Events} events @param {View} view @param {CanvasRenderingContext2D|null} pen */
export function layOut(events, view, pen) {
  const { start, stop, column } = events, narrow = view.width < 600, named = view.lanes.length > 1;
  const air = view.from === null || view.to === null ? ((view.to ?? events.last) - (view.from ?? events.first)) * 0.015 : 0;
  const a = view.from ?? events.first - air, b = Math.max(view.to ?? events.last + air, a + 60);
  if (pen) pen.font = `bold 12px ${FACE}`;
  const nameWidths = view.lanes.map((one) => (pen ? pen.measureText(one.name).width : one.name.length * 7) + 16);
  const left = named && !narrow ? Math.min(Math.max(96, ...nameWidths), 220, view.width * 0.22) : 14, wide = view.width - left - 16;
  const scale = makeScale(view.chapters, a, b, wide), simple = scale.pieces.length === 1, k = wide / (b - a);
  const X = simple ? (/** @type {number} */ t) => (t - a) * k : scale.x;
  const END = simple ? X : (/** @type {number} */ t) => scale.x(t - 1); // where the scale changes: before the break
  const bins = Math.max(8, Math.min(160, Math.floor(BINS / view.lanes.length), Math.floor(wide / 5)));
  const { rows, many, counts } = choose(events, view, a, b, bins);
  const lanes = view.lanes.map((_, lane) => lane).filter((lane) => counts[lane].some((n) => n));
  const most = many ? (narrow ? 2 : 3) : Math.max(2, Math.floor((narrow ? 60 : 40) / (lanes.length || 1)));

  // Each mark with its label in the first row of its lane where both are free; else bare, below.
  if (pen) pen.font = `12px ${FACE}`;
  const shelves = view.lanes.map(() => ({ rows: /** @type {[number, number][][]} */ ([]), bare: /** @type {[number, number][][]} */ ([]) }));
  const free = (/** @type {[number, number][][]} */ shelf, /** @type {number} */ l, /** @type {number} */ r, /** @type {number} */ limit) => {
    let row = 0;
    while (row < shelf.length && shelf[row].some(([p, q]) => l < q + 7 && p < r + 7)) row++;
    if (row >= limit) return -1;
    (shelf[row] ||= []).push([l, r]);
    return row;
  };
  let namesLeft = LABELS;
  const order = rows.sort((p, q) => Number(view.chosen.has(q)) - Number(view.chosen.has(p)) || column.salience[q] - column.salience[p] || spread(p) - spread(q));
  const placed = order.flatMap((i) => view.lanesOf(i).map((lane) => {
    const flags = column.flags[i], day = !(flags & 3) && stop[i] - start[i] <= DAY && !column.core[i];
    let p = X(Math.max(start[i], a)), q = END(Math.min(stop[i], b));
    if (flags & OPEN_START) p = Math.max(-4, q - TAIL);
    if (flags & OPEN_STOP) q = Math.min(wide + 4, p + TAIL);
    const span = !day, middle = (p + q) / 2, half = Math.max(day ? 5 : 4, span ? (q - p) / 2 : 0);
    [p, q] = [middle - half, middle + half];
    const words = clipped(view.title(i), narrow ? 34 : 48), size = (pen ? pen.measureText(words).width : words.length * 6.4) + 9;
    let row = -1, side = 1;
    if (namesLeft && q + size <= wide + 14) row = free(shelves[lane].rows, p, q + size, most);
    if (namesLeft && row < 0 && p - size >= -left + 4 && (!named || narrow || p - size >= 0)) { row = free(shelves[lane].rows, p - size, q, most); side = -1; }
    if (namesLeft && row < 0 && size < wide && span && q - p > size) { row = free(shelves[lane].rows, p, q, most); side = 0; }
    if (row >= 0) namesLeft--;
    const bare = row < 0 ? Math.max(0, many ? 0 : free(shelves[lane].bare, p, q, 6)) : -1;
    return { i, lane, row, bare, p, q, span, words, side };
  }));

  // Lanes from the top: name, rows with labels, bare marks, counts.
  let y = 8;
  const base = view.lanes.map(() => ({ name: 0, rows: 0, bare: 0, foot: 0 }));
  for (const lane of lanes) {
    const name = named && narrow ? 20 : 0, n = many ? most : shelves[lane].rows.length, bare = many ? 1 : shelves[lane].bare.length;
    const rowsAt = y + name + ROW / 2, bareAt = rowsAt - ROW / 2 + n * ROW + BARE / 2;
    const foot = bareAt - BARE / 2 + bare * BARE + (many ? RIBBON : 0) + 2;
    base[lane] = { name: narrow ? y + 8 : (y + foot) / 2, rows: rowsAt, bare: bareAt, foot };
    y = foot + 10;
  }
  const height = Math.max(y, 60);

  const line = (/** @type {any} */ more) => (/** @type {any} */ ({ type: "scatter", mode: "lines", x: [], y: [], hoverinfo: "skip", ...more }));
  const rules = line({ line: { width: 1, color: view.hair } });
  for (const lane of lanes) if (named) { rules.x.push(-left, wide + 16, null); rules.y.push(base[lane].foot + 4, base[lane].foot + 4, null); }
  const ribbons = many ? lanes.map((lane) => ribbon(counts[lane], base[lane].foot, view.lanes[lane], (bin) => a + ((b - a) * bin) / bins, X, Math.max(1, ...counts.map((one) => Math.max(...one))))) : [];
  const thin = view.kinds.map((_, kind) => line({ customdata: [], line: { width: 1.4, color: view.colours[kind] } }));
  const thick = view.kinds.map((_, kind) => line({ customdata: [], line: { width: 6, color: view.colours[kind] }, opacity: 0.85 }));
  /** @type {any} */
  const names = { type: "scatter", mode: "text", x: [], y: [], text: [], customdata: [], textposition: [], hoverinfo: "skip", cliponaxis: false, textfont: { size: 12, family: FACE, color: view.ink } };
  /** @type {any} */
  const dots = { type: "scatter", mode: "markers", x: [], y: [], customdata: [], hovertext: [], hovertemplate: "%{hovertext}<extra></extra>", cliponaxis: false, marker: { size: [], symbol: [], color: [], opacity: [], line: { width: 1.4, color: [] } } };
  const dot = (/** @type {number} */ i, /** @type {number} */ x, /** @type {number} */ at, /** @type {string} */ symbol, size = 9, opacity = 1) => {
    const colour = view.colours[column.kind[i]], open = column.status[i] > 1;
    dots.x.push(x); dots.y.push(at); dots.customdata.push(view.id(i)); dots.hovertext.push(view.hover(i));
    dots.marker.size.push(size); dots.marker.symbol.push(symbol); dots.marker.opacity.push(opacity);
    dots.marker.color.push(open ? view.paper : colour); dots.marker.line.color.push(open || size > 9 ? colour : view.paper);
  };
  for (const { i, lane, row, bare, p, q, span, words, side } of placed) {
    const at = row >= 0 ? base[lane].rows + row * ROW : base[lane].bare + bare * BARE, kind = column.kind[i], flags = column.flags[i];
    const put = (/** @type {any} */ trace, /** @type {number} */ l, /** @type {number} */ r) => { trace.x.push(l, r, null); trace.y.push(at, at, null); trace.customdata.push(view.id(i), view.id(i), ""); };
    if (span) {
      put(thin[kind], p, q);
      const core = column.core[i] ? [X(Math.max(a, start[i] + column.lead[i])), END(Math.min(b, start[i] + column.lead[i] + column.core[i]))] : null;
      if (core && core[1] > core[0]) put(thick[kind], core[0], core[1]);
      dot(i, (p + q) / 2, at, "circle", 9, 0);
      if (flags & OPEN_START || start[i] >= a) dot(i, p, at, flags & OPEN_START ? "triangle-left" : "line-ns", flags & OPEN_START ? 8 : 10);
      if (flags & OPEN_STOP || stop[i] <= b) dot(i, q, at, flags & OPEN_STOP ? "triangle-right" : "line-ns", flags & OPEN_STOP ? 8 : 10);
    } else dot(i, (p + q) / 2, at, SYMBOLS[kind]);
    if (row < 0) continue;
    names.x.push(side > 0 ? q + 2 + 3 * Number(span) : side < 0 ? p - 4 : Math.max(0, p) + 4); names.y.push(side ? at : at - 8);
    names.text.push(escaped(words)); names.customdata.push(view.id(i)); names.textposition.push(side < 0 ? "middle left" : "middle right");
  }
  for (const lane of lanes) if (named) {
    names.x.push(-left); names.y.push(base[lane].name); names.customdata.push("");
    names.text.push(`<b><span style="color:${view.lanes[lane].colour}">${escaped(clipped(view.lanes[lane].name, narrow ? 40 : Math.floor(((left - 12) / (nameWidths[lane] - 16)) * view.lanes[lane].name.length)))}</span></b>`); names.textposition.push("middle right");
  }
  if (!lanes.length) {
    names.x.push(wide / 2 - left / 2); names.y.push(height / 2); names.text.push("No event with a date of its own fits here."); names.customdata.push(""); names.textposition.push("middle center");
  }
  const marks = scale.pieces.flatMap((p, n) => [...(n ? [{ x: p.x0 - (p.x0 - scale.pieces[n - 1].x1) / 2, words: "//" }] : []),
    ...ticks(Math.max(p.a, a), Math.min(p.b, b), p.x1 - p.x0, narrow ? 76 : 96).map(([t, words]) => ({ x: X(t), words }))]);
  let end = -Infinity;
  const axis = { tickvals: marks.map((m) => m.x), ticktext: marks.map(({ x, words }) => {
    const half = (pen ? pen.measureText(words).width : words.length * 6.4) / 2 + 4;
    if (x - half < Math.max(end, -left - 4) || x + half > wide + 18) return "";
    end = x + half;
    return words;
  }) };
  return {
    scale, height: height + 26,
    data: [rules, ...ribbons, ...thin, ...thick, dots, names].filter((trace) => trace.x.length),
    layout: {
      width: view.width, height: height + 26, autosize: false, margin: { l: 0, r: 0, t: 0, b: 26, pad: 0 }, paper_bgcolor: view.paper, plot_bgcolor: view.paper,
      showlegend: false, dragmode: "zoom", hovermode: "closest", font: { family: FACE, size: 12, color: view.ink },
      hoverlabel: { bgcolor: view.paper, bordercolor: view.soft, font: { color: view.ink, size: 13 }, align: "left" },
      xaxis: { range: [-left, wide + 16], tickmode: "array", ...axis, gridcolor: view.hair, zeroline: false, ticks: "outside", ticklen: 4, tickcolor: view.soft, color: view.soft, tickangle: 0, ticklabeloverflow: "allow" },
      yaxis: { range: [height, 0], visible: false, fixedrange: true },
    },
  };
}

/** Counts as one stepped outline: a node, however many bins.
 * @param {Uint32Array} counts @param {number} foot @param {Lane} lane @param {(bin: number) => number} moment @param {(t: number) => number} X @param {number} tallest */
function ribbon(counts, foot, lane, moment, X, tallest) {
  const out = /** @type {any} */ ({ type: "scatter", mode: "lines", fill: "toself", x: [X(moment(0))], y: [foot], hovertext: [""], hoverinfo: "text", hoveron: "points", line: { width: 0, color: lane.colour }, fillcolor: lane.colour, opacity: 0.4 });
  counts.forEach((count, bin) => {
    const top = foot - (count ? 3 + (RIBBON - 6) * Math.sqrt(count / tallest) : 0);
    const words = count ? `${counted(count)} × ${escaped(lane.name || "events")}<br>around ${dayWords(moment(bin + 0.5))}` : "";
    out.x.push(X(moment(bin)), X(moment(bin + 1)));
    out.y.push(top, top);
    out.hovertext.push(words, words);
  });
  out.x.push(X(moment(counts.length)));
  out.y.push(foot);
  out.hovertext.push("");
  return out;
}
