// @ts-check
/**
 * The report's viewer: list, filters, strip and figure over one set of packed events.
 * The page reads without it. It asks for nothing, stores nothing, and writes text only as text.
 *
 * @typedef {{n: number, unit: number, base: number, kinds: string[], kind_words: string[],
 *   statuses: string[], status_words: string[], sources: string[], source_sets: number[][],
 *   columns: [string, string][], packed: string, titles: string, title: string,
 *   figures: string, colours: {light: string[], dark: string[]}}} Data
 * @typedef {{event: number, q: string, source: string, kind: string, status: string,
 *   from: number|null, to: number|null, two: boolean}} State
 */

const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
/** @type {Data} */
const data = JSON.parse($("data").textContent);
const DAY = 86400;
const SMALL_STEPS = [60, 300, 900, 1800, 3600, 10800, 21600, 43200, DAY, 2 * DAY, 7 * DAY];
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August",
  "September", "October", "November", "December"];
const MARKS = 700, BINS = 600, NAMED = 100, LABELS = 60, PAPER_NODES = 400;
const NODES = 900; // a page of the list: figure and list together stay below 2,500
const still = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");

/** An element with properties and children; children that are strings become text.
 * @param {string} tag @param {Record<string, any>} [props] @param {...any} children */
function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key.includes("-") || key === "for") element.setAttribute(key, value);
    else /** @type {any} */ (element)[key] = value;
  }
  element.append(...children);
  return element;
}

/** What stands in a noscript element, as nodes outside the page. @param {any} noscript */
function parked(noscript) {
  const template = document.createElement("template");
  template.innerHTML = noscript ? noscript.textContent : "";
  return template.content;
}

/** @param {string} base64 @returns {Promise<Uint8Array>} */
async function unpack(base64) {
  const from = /** @type {any} */ (Uint8Array).fromBase64;
  const bytes = from ? from.call(Uint8Array, base64)
    : Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** @param {string} base64 */
const unpackText = async (base64) => new TextDecoder().decode(await unpack(base64));

// ---- dates: proleptic Gregorian, whole numbers, no time zone ----

/** [year, month 1-12, day] of a day number since 1970. @param {number} days */
function civil(days) {
  const z = days + 719468, era = Math.floor(z / 146097), doe = z - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524)
    - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153), month = mp < 10 ? mp + 3 : mp - 9;
  return [yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - Math.floor((153 * mp + 2) / 5) + 1];
}

/** @param {number} year @param {number} month @param {number} day */
function daysFromCivil(year, month, day) {
  const y = year - (month <= 2 ? 1 : 0), era = Math.floor(y / 400), yoe = y - era * 400;
  const doy = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy;
  return era * 146097 + doe - 719468;
}

const yearWords = (/** @type {number} */ year) => (year > 0 ? `${year}` : `${1 - year} BCE`);
const two = (/** @type {number} */ n) => String(n).padStart(2, "0");

/** A moment's day in words. @param {number} units */
function dayWords(units) {
  const [year, month, day] = civil(Math.floor((units * data.unit) / DAY));
  return `${day} ${MONTHS[month - 1]} ${yearWords(year)}`;
}

/** ISO 8601 of a moment: the day, and the time where there is one. @param {number} units */
function iso(units) {
  const seconds = units * data.unit, days = Math.floor(seconds / DAY), rest = seconds - days * DAY;
  const [year, month, day] = civil(days);
  const sign = year < 0 ? "-" : year > 9999 ? "+" : "";
  const text = `${sign}${String(Math.abs(year)).padStart(4, "0")}-${two(month)}-${two(day)}`;
  return rest ? `${text}T${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}` : text;
}

/** The last day before the end of a window, or its very end where that is within a day. @param {number} to */
const isoEnd = (to) => (((to * data.unit) / DAY) % 1 ? iso(to) : iso(to - DAY / data.unit));

/** Units of an ISO day, month or year, or of a minute, or null; a day's end with `after`.
 * @param {string} text @param {boolean} after */
function parseDay(text, after) {
  const found = /^\s*([+-]?\d{1,6})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T(\d\d):(\d\d))?\s*$/.exec(text);
  if (!found) return null;
  let [year, month, day] = [Number(found[1]), Number(found[2] || 1), Number(found[3] || 1)];
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  if (found[4]) return Math.round((daysFromCivil(year, month, day) * DAY + Number(found[4]) * 3600 + Number(found[5]) * 60) / data.unit);
  if (after && found[3]) day += 1;
  else if (after && found[2]) month += 1;
  else if (after) year += 1;
  if (month > 12) [year, month] = [year + 1, 1];
  return Math.round((daysFromCivil(year, month, day) * DAY) / data.unit);
}

/** Ticks between two moments: [where, words], about one in `space` pixels.
 * @param {number} a @param {number} b @param {number} width @param {number} space */
function ticks(a, b, width, space = 96) {
  const least = ((b - a) * data.unit * space) / width, from = a * data.unit, to = b * data.unit;
  /** @type {[number, string][]} */
  const out = [];
  const step = SMALL_STEPS.find((s) => s >= least);
  if (step) {
    for (let s = Math.ceil(from / step) * step; s <= to; s += step) {
      const [, month, day] = civil(Math.floor(s / DAY)), rest = s - Math.floor(s / DAY) * DAY;
      out.push([s / data.unit, rest ? `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}`
        : `${day} ${MONTHS[month - 1].slice(0, 3)}`]);
    }
    return out;
  }
  const months = least / (30.4 * DAY);
  let by = [1, 3, 6, 12].find((m) => m >= months) || 12;
  for (let scale = 1; by < months; scale *= 10) by = ([24, 60, 120].find((m) => m * scale >= months) || 0) * scale;
  const [year, month] = civil(Math.floor(from / DAY));
  for (let m = Math.floor((year * 12 + month - 1) / by) * by; ; m += by) {
    const s = daysFromCivil(Math.floor(m / 12), (m - Math.floor(m / 12) * 12) + 1, 1) * DAY;
    if (s > to) return out;
    const place = m - Math.floor(m / 12) * 12, words = yearWords(Math.floor(m / 12));
    if (s >= from) out.push([s / data.unit, place ? MONTHS[place].slice(0, 3) + (by < 12 && out.length === 0 ? ` ${words}` : "") : words]);
  }
}

// ---- the events ----

const column = /** @type {Record<string, any>} */ ({});
let start = new Float64Array(0), stop = new Float64Array(0), keep = new Uint8Array(0), matches = new Uint32Array(0);
let longest = 0, first = 0, last = 1;
let titles = /** @type {string[]|null} */ (null);
/** Rows with citations in this file. @type {Map<number, HTMLElement>} */
const full = new Map();
/** @type {Map<string, number>} */
const rowOfId = new Map();
const words = /** @type {string[]} */ ([]);

async function readEvents() {
  const bytes = await unpack(data.packed);
  const kinds = { u1: Uint8Array, u2: Uint16Array, i4: Int32Array, f8: Float64Array };
  let at = 0;
  for (const [name, kind] of data.columns) {
    const Kind = /** @type {any} */ (kinds)[kind];
    column[name] = new Kind(bytes.buffer, at, data.n);
    at += Math.ceil((data.n * Kind.BYTES_PER_ELEMENT) / 8) * 8;
  }
  start = new Float64Array(data.n);
  stop = new Float64Array(data.n);
  first = Infinity;
  last = -Infinity;
  for (let i = 0, t = data.base; i < data.n; i++) {
    t += column.step[i];
    start[i] = t;
    stop[i] = t + column.length[i];
    if (column.length[i] > longest) longest = column.length[i];
    if (t < first) first = t;
    if (stop[i] > last) last = stop[i];
  }
  if (!(last > first)) last = first + 1;
  for (const item of /** @type {any} */ (parked($("events-static")).querySelectorAll("li"))) {
    full.set(Number(item.dataset.row), item);
    rowOfId.set(item.id.slice(6), Number(item.dataset.row));
  }
  keep = new Uint8Array(data.n).fill(1);
}

async function readTitles() {
  titles = (await unpackText(data.titles)).split("\n");
}

const titleOf = (/** @type {number} */ row) => full.get(row)?.querySelector(".what")?.textContent
  || (titles && titles[row]) || data.kind_words[column.kind[row]];
const idOf = (/** @type {number} */ row) => full.get(row)?.id.slice(6) || `~${row}`;
const rowOf = (/** @type {any} */ mark) => {
  const id = String(Array.isArray(mark) ? mark[0] : mark);
  if (rowOfId.has(id)) return /** @type {number} */ (rowOfId.get(id));
  return /^~\d+$/.test(id) && Number(id.slice(1)) < data.n ? Number(id.slice(1)) : -1;
};
const sourcesOf = (/** @type {number} */ row) =>
  data.source_sets[column.sources[row]].map((s) => data.sources[s]);

/** When an event was, in words, for those whose own words are not in this file. @param {number} row */
function whenOf(row) {
  const own = full.get(row)?.querySelector(".when")?.textContent;
  if (own) return own;
  const a = start[row], b = stop[row], flags = column.flags[row];
  if (flags & 1 && flags & 2) return "no date";
  if (flags & 1) return `by ${dayWords(b - 1)}`;
  if (flags & 2) return `${dayWords(a)} or later`;
  const [y, m, d] = civil(Math.floor((a * data.unit) / DAY));
  const [y2, m2, d2] = civil(Math.floor((b * data.unit) / DAY));
  if ((b - a) * data.unit <= DAY) return dayWords(a);
  if (d === 1 && d2 === 1 && y2 * 12 + m2 === y * 12 + m + 1) return `some time in ${MONTHS[m - 1]} ${yearWords(y)}`;
  if (d === 1 && d2 === 1 && m === 1 && m2 === 1 && y2 === y + 1) return `some time in ${yearWords(y)}`;
  return `between ${dayWords(a)} and ${dayWords(b - 1)}`;
}

// ---- what is shown: one state, kept in the address ----

/** @type {State} */
const state = { event: -1, q: "", source: "", kind: "", status: "", from: null, to: null, two: false };

function writeAddress() {
  const parts = new URLSearchParams();
  if (state.event >= 0) parts.set("event", idOf(state.event));
  for (const key of /** @type {const} */ (["q", "source", "kind", "status"])) if (state[key]) parts.set(key, state[key]);
  if (state.from !== null) parts.set("from", iso(state.from));
  if (state.to !== null) parts.set("to", isoEnd(state.to));
  if (state.two) parts.set("two", "1");
  const hash = parts.toString();
  if (hash !== location.hash.slice(1)) history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
}

/** Take the state from the address. @returns {string} a mention to show, or nothing */
function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  for (const key of /** @type {const} */ (["q", "source", "kind", "status"])) state[key] = parts.get(key) || "";
  state.from = parseDay(parts.get("from") || "", false);
  state.to = parseDay(parts.get("to") || "", true);
  state.two = parts.get("two") === "1";
  state.event = parts.has("event") ? rowOf(parts.get("event")) : -1;
  if (state.event >= 0 && !passes(state.event)) clearFilters();
  return parts.get("mention") || "";
}

function clearFilters() {
  Object.assign(state, { q: "", source: "", kind: "", status: "", from: null, to: null, two: false });
}

/** @param {number} row */
function passes(row) {
  const { kind, status, source } = wanted();
  return inWindow(row) && (kind < 0 || column.kind[row] === kind) && (status < 0 || column.status[row] === status)
    && (!source || source[column.sources[row]] === 1) && (!state.two || column.n_sources[row] > 1) && said(row, state.q.toLowerCase());
}

function wanted() {
  const place = data.sources.indexOf(state.source);
  return {
    kind: data.kinds.indexOf(state.kind),
    status: data.statuses.indexOf(state.status),
    source: place < 0 ? null : data.source_sets.map((set) => (set.includes(place) ? 1 : 0)),
  };
}

/** Open ends reach as far as the story does. @param {number} row */
function inWindow(row) {
  const flags = column.flags[row];
  const a = flags & 1 ? -Infinity : start[row], b = flags & 2 ? Infinity : Math.max(stop[row], start[row] + 1e-9);
  return (state.to === null || a < state.to) && (state.from === null || b > state.from);
}

/** Whether an event's words hold `q`, in lower case. @param {number} row @param {string} q */
function said(row, q) {
  if (!q) return true;
  if (full.size && full.has(row)) {
    if (!words[row]) words[row] = (full.get(row)?.textContent || "").toLowerCase();
    return words[row].includes(q);
  }
  return !!titles && titles[row].toLowerCase().includes(q);
}

function sift() {
  const { kind, status, source } = wanted(), q = state.q.trim().toLowerCase();
  const windowed = state.from !== null || state.to !== null;
  const found = new Uint32Array(data.n);
  let n = 0;
  for (let i = 0; i < data.n; i++) {
    const good = (kind < 0 || column.kind[i] === kind) && (status < 0 || column.status[i] === status)
      && (!source || source[column.sources[i]] === 1) && (!state.two || column.n_sources[i] > 1)
      && (!windowed || inWindow(i)) && (!q || said(i, q));
    keep[i] = good ? 1 : 0;
    if (good) found[n++] = i;
  }
  matches = found.subarray(0, n);
}

/** Everything after a change of the state. @param {{list?: boolean}} [what] */
function show({ list = true } = {}) {
  sift();
  if (list) turnTo(0);
  fillForm();
  drawWindow();
  drawFigure();
  writeAddress();
}

// ---- the list ----

const shelf = { lo: 0, hi: 0 };

/** @param {number} row @returns {HTMLElement} */
function itemOf(row) {
  const known = full.get(row);
  if (known) return known;
  return h("li", { id: `event=~${row}`, className: "brief" }, h("div", { className: "row", tabIndex: 0 },
    h("span", { className: "when" }, whenOf(row)), h("span", { className: "what", dir: "auto" }, titleOf(row)),
    h("span", { className: "meta" }, `${data.kind_words[column.kind[row]]} · ${data.status_words[column.status[row]]} · ${sourcesOf(row).join(", ")}`)));
}

/** Show the page of the list that has the match at `place`. @param {number} place */
function turnTo(place) {
  shelf.lo = shelf.hi = Math.max(0, place - (place < 12 ? place : 4));
  $("list").replaceChildren();
  addRows();
}

/** Add rows until the page holds about as many nodes as it should. @param {number} [most] */
function addRows(most = NODES) {
  let nodes = 0, year = "", previous = $("list").lastElementChild;
  if (previous) year = previous.dataset.year;
  for (; shelf.hi < matches.length && nodes < most; shelf.hi++) {
    const row = matches[shelf.hi], item = itemOf(row);
    if (!item.dataset.year) item.dataset.year = yearWords(civil(Math.floor((start[row] * data.unit) / DAY))[0]);
    item.dataset.row = String(row);
    item.classList.toggle("newyear", item.dataset.year !== year);
    item.classList.toggle("chosen", row === state.event);
    year = item.dataset.year || "";
    $("list").append(item);
    nodes += item.querySelectorAll("*").length + 1;
  }
  $("more").hidden = shelf.hi >= matches.length;
  const shown = matches.length === data.n ? "" : ` of ${data.n.toLocaleString("en")}`;
  const part = shelf.hi - shelf.lo < matches.length && matches.length
    ? `; listed here: ${(shelf.lo + 1).toLocaleString("en")} to ${shelf.hi.toLocaleString("en")}` : "";
  $("count").textContent = matches.length
    ? `${matches.length.toLocaleString("en")}${shown} event${matches.length === 1 && !shown ? "" : "s"}${part}`
    : "No event fits these filters.";
}

function more() {
  const row = matches[shelf.hi];
  if ($("list").querySelectorAll("*").length > NODES) turnTo(shelf.hi);
  else addRows();
  focusRow(row);
}

/** @param {number} row */
function focusRow(row) {
  const item = document.getElementById(`event=${idOf(row)}`);
  /** @type {any} */ (item?.querySelector("summary, .row"))?.focus({ preventScroll: false });
}

/** Choose an event (or none, -1): in the list, in the figure, in the articles, in the address.
 * @param {number} row @param {{open?: boolean, scroll?: boolean, focus?: boolean}} [how] */
function choose(row, { open = false, scroll = false, focus = false } = {}) {
  if (row >= 0 && !keep[row]) {
    clearFilters();
    sift();
    turnTo(0);
    fillForm();
    drawWindow();
    drawFigure();
  }
  state.event = row;
  for (const old of document.querySelectorAll(".chosen")) old.classList.remove("chosen");
  if (row >= 0) {
    if (!document.getElementById(`event=${idOf(row)}`)) turnTo(place(row));
    const item = document.getElementById(`event=${idOf(row)}`);
    item?.classList.add("chosen");
    const details = item?.querySelector("details");
    if (open && details) details.open = true;
    if (scroll) item?.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
    if (focus) /** @type {any} */ (item?.querySelector("summary, .row"))?.focus({ preventScroll: true });
    for (const link of document.querySelectorAll(`a.m[href="#event=${CSS.escape(idOf(row))}"]`)) link.classList.add("chosen");
  }
  if (figure.large && row >= 0) drawFigure();
  halo(row);
  writeAddress();
}

/** Where a row stands among the matches. @param {number} row */
function place(row) {
  let lo = 0, hi = matches.length;
  while (lo < hi) {
    const middle = (lo + hi) >> 1;
    if (matches[middle] < row) lo = middle + 1;
    else hi = middle;
  }
  return lo;
}

// ---- the articles ----

let papers = /** @type {HTMLElement[]} */ ([]);

function addPapers(most = PAPER_NODES) {
  if (!$("papers")) return;
  let nodes = 0;
  while (papers.length && (nodes < most || !$("papers").childElementCount)) {
    const paper = /** @type {HTMLElement} */ (papers.shift());
    $("papers").append(paper);
    nodes += paper.querySelectorAll("*").length;
  }
  $("more-papers").hidden = !papers.length;
}

/** @param {string} id */
function showMention(id) {
  const name = `mention=${id}`;
  while (papers.length && !document.getElementById(name)) addPapers(1);
  const mark = document.getElementById(name);
  if (!mark) return;
  const paper = mark.closest("details");
  if (paper) paper.open = true;
  mark.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
  mark.focus({ preventScroll: true });
  for (const old of document.querySelectorAll(".m.here")) old.classList.remove("here");
  mark.classList.add("here");
}

// ---- filters and strip ----

const field = /** @type {Record<string, any>} */ ({});

function makeForm() {
  const present = (/** @type {string} */ name, /** @type {string[]} */ values) => values.filter((_, i) => column[name].includes(i));
  const choice = (/** @type {string} */ key, /** @type {string} */ label, /** @type {string[]} */ values, /** @type {string[]} */ shown) => {
    field[key] = h("select", { id: `f-${key}`, onchange: () => { /** @type {any} */ (state)[key] = field[key].value; show(); } },
      h("option", { value: "" }, "all"), ...values.map((value, i) => h("option", { value }, shown[i])));
    return values.length > 1 ? h("label", { for: `f-${key}` }, h("span", {}, label), field[key]) : "";
  };
  const words = (/** @type {string[]} */ names, /** @type {string[]} */ all, /** @type {string[]} */ shown) => names.map((n) => shown[all.indexOf(n)]);
  const moment = (/** @type {"from"|"to"} */ key, /** @type {string} */ label) => {
    field[key] = h("input", { id: `f-${key}`, type: "text", size: 11, autocomplete: "off", spellcheck: false, placeholder: "year-month-day",
      onchange: () => { state[key] = parseDay(field[key].value, key === "to"); show(); } });
    return h("label", { for: `f-${key}` }, h("span", {}, label), field[key]);
  };
  let timer = 0;
  field.q = h("input", { id: "f-q", type: "search", autocomplete: "off", placeholder: "words, names, sources",
    oninput: () => { clearTimeout(timer); timer = setTimeout(() => { state.q = field.q.value; show(); }, data.n > 5000 ? 200 : 60); } });
  field.two = h("input", { id: "f-two", type: "checkbox", onchange: () => { state.two = field.two.checked; show(); } });
  field.reset = h("button", { type: "button", className: "plain", onclick: () => { clearFilters(); show(); field.q.focus(); } }, "Clear all");
  const kinds = present("kind", data.kinds), statuses = present("status", data.statuses);
  $("filters").append(
    h("label", { className: "search", for: "f-q" }, h("span", {}, "Search "), field.q),
    choice("source", "Source", data.sources.length > 1 ? data.sources : [], data.sources),
    choice("kind", "Kind", kinds, words(kinds, data.kinds, data.kind_words)),
    choice("status", "Status", statuses, words(statuses, data.statuses, data.status_words)),
    moment("from", "From"), moment("to", "To"),
    column.n_sources.some((/** @type {number} */ n) => n > 1) ? h("label", { className: "tick", for: "f-two" }, field.two, h("span", {}, "Only what two sources report")) : "",
    field.reset);
  $("filters").addEventListener("submit", (/** @type {Event} */ e) => e.preventDefault());
  $("filters").hidden = false;
}

function fillForm() {
  for (const key of ["q", "source", "kind", "status"]) if (field[key].value !== /** @type {any} */ (state)[key]) field[key].value = /** @type {any} */ (state)[key];
  field.from.value = state.from === null ? "" : iso(state.from);
  field.to.value = state.to === null ? "" : isoEnd(state.to);
  field.two.checked = state.two;
  const { q, source, kind, status, from, to, two } = state;
  field.reset.hidden = !(q || source || kind || status || two || from !== null || to !== null);
}

const GRAIN = 4000;
const strip = /** @type {Record<string, any>} */ ({});

function makeStrip() {
  const pad = (last - first) * 0.02, bars = 160, height = 40;
  strip.a = first - pad;
  strip.b = last + pad;
  const counts = new Float64Array(bars);
  for (let i = 0; i < data.n; i++) {
    const from = Math.floor(((start[i] - strip.a) / (strip.b - strip.a)) * bars);
    counts[Math.min(bars - 1, Math.max(0, from))] += 1;
  }
  const top = Math.max(...counts);
  let path = "";
  counts.forEach((n, i) => {
    if (n) path += `M${i * 10 + 1} ${height}v${-(6 + (height - 8) * Math.sqrt(n / top)).toFixed(1)}h8V${height}z`;
  });
  const svg = `<svg viewBox="0 0 ${bars * 10} ${height}" preserveAspectRatio="none" aria-hidden="true"><path d="${path}"/></svg>`;
  const track = h("div", { className: "track" });
  track.innerHTML = svg;
  strip.shade = h("div", { className: "shade" });
  const thumb = (/** @type {"from"|"to"} */ key, /** @type {string} */ label) => {
    strip[key] = h("input", { type: "range", min: 0, max: GRAIN, step: 1, "aria-label": label, oninput: () => slide(key) });
    return strip[key];
  };
  strip.ends = h("p", { className: "ends" });
  for (const [at, text] of ticks(strip.a, strip.b, Math.max(320, $("strip").parentElement.clientWidth), 110)) {
    const mark = h("span", {}, text), part = (at - strip.a) / (strip.b - strip.a);
    mark.style.left = `${(part * 100).toFixed(2)}%`;
    if (part < 0.94) strip.ends.append(mark);
  }
  track.append(strip.shade, thumb("from", "Window from"), thumb("to", "Window to"));
  strip.words = h("p", { className: "note" });
  $("strip").append(h("p", { className: "caption" }, "All of it, to scale. Drag across, or move the two handles, to choose a window."), track, strip.ends, strip.words);
  $("strip").hidden = false;
  dragWindow(track);
}

/** @param {"from"|"to"} key */
function slide(key) {
  let a = Number(strip.from.value), b = Number(strip.to.value);
  if (a >= b) {
    if (key === "from") strip.from.value = a = b - 1;
    else strip.to.value = b = a + 1;
  }
  setWindow(a <= 0 ? null : strip.a + ((strip.b - strip.a) * a) / GRAIN, b >= GRAIN ? null : strip.a + ((strip.b - strip.a) * b) / GRAIN);
}

/** @param {number|null} from @param {number|null} to in units; rounded outwards */
function setWindow(from, to) {
  const step = Math.max(1, 60 / data.unit);
  state.from = from === null ? null : Math.floor(from / step) * step;
  state.to = to === null ? null : Math.ceil(to / step) * step;
  if (pending) return;
  pending = requestAnimationFrame(() => {
    pending = 0;
    show({ list: false });
    clearTimeout(settling);
    settling = setTimeout(() => turnTo(0), 150);
  });
}
let pending = 0, settling = 0;

/** A press and drag across the strip sets the window; a mere click clears it. @param {HTMLElement} track */
function dragWindow(track) {
  let from = 0;
  const at = (/** @type {PointerEvent} */ e) => {
    const box = track.getBoundingClientRect();
    return strip.a + (strip.b - strip.a) * Math.min(1, Math.max(0, (e.clientX - box.left) / box.width));
  };
  track.addEventListener("pointerdown", (e) => {
    if (/** @type {any} */ (e.target).type === "range") return;
    from = at(e);
    track.setPointerCapture(e.pointerId);
  });
  track.addEventListener("pointermove", (e) => {
    if (track.hasPointerCapture(e.pointerId)) setWindow(Math.min(from, at(e)), Math.max(from, at(e)));
  });
  track.addEventListener("pointerup", (e) => {
    if (!track.hasPointerCapture(e.pointerId)) return;
    track.releasePointerCapture(e.pointerId);
    if (Math.abs(at(e) - from) < (strip.b - strip.a) / 200) setWindow(null, null);
  });
}

function drawWindow() {
  const part = (/** @type {number} */ t) => Math.min(1, Math.max(0, (t - strip.a) / (strip.b - strip.a)));
  const a = state.from === null ? 0 : part(state.from), b = state.to === null ? 1 : part(state.to);
  strip.from.value = Math.round(a * GRAIN);
  strip.to.value = Math.round(b * GRAIN);
  strip.from.setAttribute("aria-valuetext", state.from === null ? "the beginning" : dayWords(state.from));
  strip.to.setAttribute("aria-valuetext", state.to === null ? "the end" : dayWords(state.to - 1));
  strip.shade.style.left = `${(a * 100).toFixed(2)}%`;
  strip.shade.style.width = `${((b - a) * 100).toFixed(2)}%`;
  strip.words.textContent = state.from === null && state.to === null ? ""
    : `Window: ${state.from === null ? "the beginning" : dayWords(state.from)} to ${state.to === null ? "the end" : dayWords(state.to - 1)}`;
}

// ---- the figure: drawn in Python for a story, here for many events ----

/** @type {{plot: any, large: boolean, specs: any[], drawn: boolean, width: number}} */
const figure = { plot: null, large: !data.figures, specs: [], drawn: false, width: 0 };
const stage = h("div", { className: "stage", role: "img", "aria-label": `Timeline of ${data.n} events; the list below says the same in words.` });
const ring = h("div", { className: "ring", hidden: true });
const CONFIG = { displayModeBar: false, responsive: false, doubleClick: "reset", showTips: false, displaylogo: false };
const ink = () => getComputedStyle(document.documentElement);
const pen = document.createElement("canvas").getContext("2d");
const face = "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

/** The figure as a still picture, for the moment until plotly.js is ready. */
async function showStill() {
  if (figure.large) return;
  figure.specs = JSON.parse(await unpackText(data.figures));
  $("figure").innerHTML = spec().svgs[Number(dark.matches)];
}

/** The figures drawn for this width, in light and dark. */
function spec() {
  figure.width = Math.max(280, Math.floor($("figure").clientWidth));
  return figure.specs.filter((s) => s.width <= figure.width).pop() || figure.specs[0];
}

async function readFigure() {
  const script = document.createElement("script");
  script.textContent = await unpackText($("plotly").textContent);
  document.head.append(script);
  $("plotly").textContent = "";
  figure.plot = /** @type {any} */ (globalThis).Plotly;
  $("figure").replaceChildren(stage, ring);
}

function drawFigure() {
  if (!figure.plot) return;
  figure.width = Math.max(280, Math.floor($("figure").clientWidth));
  const drawing = figure.large ? layOut() : fitted();
  figure.plot.react(stage, drawing.data, drawing.layout, CONFIG);
  if (!figure.drawn) {
    const on = /** @type {any} */ (stage).on.bind(stage);
    on("plotly_click", (/** @type {any} */ e) => pick(e.points));
    on("plotly_hover", (/** @type {any} */ e) => hint(rowOf(e.points[0].customdata)));
    on("plotly_unhover", () => hint(-1));
    on("plotly_relayout", zoomed);
    on("plotly_doubleclick", () => { if (figure.large) setWindow(null, null); });
  }
  figure.drawn = true;
  halo(state.event);
}

/** @param {any[]} points */
function pick(points) {
  const row = points.map((p) => rowOf(p.customdata)).find((r) => r >= 0);
  if (row !== undefined) choose(row, { open: true, scroll: true, focus: true });
}

/** A dragged stretch of the large figure becomes the window. @param {any} change */
function zoomed(change) {
  if (figure.large && "xaxis.range[0]" in change) setWindow(change["xaxis.range[0]"], change["xaxis.range[1]"]);
  else halo(state.event);
}

/** Light the list row of the mark under the pointer. @param {number} row */
function hint(row) {
  for (const old of document.querySelectorAll(".hint")) old.classList.remove("hint");
  if (row >= 0) document.getElementById(`event=${idOf(row)}`)?.classList.add("hint");
}

/** The story figure for this width and theme, without the marks that the filters leave out. */
function fitted() {
  const { width, figures } = spec(), drawn = figures[Number(dark.matches)], paper = ink().getPropertyValue("--paper").trim();
  const layout = { ...drawn.layout, width: Math.max(width, figure.width), autosize: false, paper_bgcolor: paper, plot_bgcolor: "rgba(0,0,0,0)" };
  if (matches.length === data.n) return { data: drawn.data, layout };
  // Headings and the key stay; in the chapters the marks of events that are left, and what
  // decorates them: lines and signs without an id stand at the height of their mark.
  const left = (/** @type {any} */ trace, /** @type {number} */ i) => {
    const row = Array.isArray(trace.customdata) ? rowOf(trace.customdata[i]) : -1;
    if (row >= 0) return keep[row] === 1;
    return (trace.xaxis || "x") === "x" || heights.some(([axis, y]) => axis === trace.xaxis && Math.abs(y - trace.y[i]) < 8);
  };
  /** @type {[string, number][]} */
  const heights = drawn.data.flatMap((/** @type {any} */ t) => (t.mode === "text" || !Array.isArray(t.customdata) ? []
    : t.customdata.flatMap((/** @type {any} */ id, /** @type {number} */ i) => { const row = rowOf(id); return row >= 0 && keep[row] ? [[t.xaxis, t.y[i]]] : []; })));
  const traces = drawn.data.map((/** @type {any} */ trace) => (
    { ...trace, y: trace.y.map((/** @type {any} */ y, /** @type {number} */ i) => (left(trace, i) ? y : null)) }));
  return { data: traces, layout };
}

/** Ring the marks of an event. @param {number} row */
function halo(row) {
  ring.hidden = true;
  const full = /** @type {any} */ (stage)._fullLayout;
  if (row < 0 || !full) return;
  let box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const trace of /** @type {any} */ (stage)._fullData) {
    if (!Array.isArray(trace.customdata) || /text/.test(trace.mode || "") || trace.visible !== true) continue;
    const x = full[trace.xaxis.replace("x", "xaxis")], y = full[trace.yaxis.replace("y", "yaxis")], bar = trace.type === "bar";
    trace.customdata.forEach((/** @type {any} */ mark, /** @type {number} */ i) => {
      if (rowOf(mark) !== row || trace.x[i] == null || trace.y[i] == null) return;
      const from = x.d2c(bar ? trace.base[i] : trace.x[i]), to = bar ? from + trace.x[i] : from;
      const py = y._offset + y.d2p(trace.y[i]), p = x._offset + x.c2p(from), q = x._offset + x.c2p(to);
      if (!Number.isFinite(p + q + py)) return;
      box = [Math.min(box[0], p), Math.min(box[1], py), Math.max(box[2], q), Math.max(box[3], py)];
    });
  }
  if (!(box[0] <= box[2])) return;
  const room = 9, left = Math.max(0, box[0] - room), right = Math.min(figure.width, box[2] + room);
  Object.assign(ring.style, { left: `${left}px`, top: `${box[1] - room}px`, width: `${right - left}px`, height: `${box[3] - box[1] + 2 * room}px` });
  ring.hidden = false;
}

const escaped = (/** @type {string} */ text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const clipped = (/** @type {string} */ text, most = 44) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);

/** First place in the sorted starts that is not before `t`. @param {number} t */
function bound(t) {
  let lo = 0, hi = data.n;
  while (lo < hi) {
    const middle = (lo + hi) >> 1;
    if (start[middle] < t) lo = middle + 1;
    else hi = middle;
  }
  return lo;
}

/** A figure of at most MARKS marks and LABELS labels for the window, whatever the number of
 * events: bars count, the most salient get marks of their own. */
function layOut() {
  const a = state.from ?? first, b = Math.max(state.to ?? last, a + 1), lanes = data.kinds.map((_, i) => i).filter((i) => column.kind.includes(i));
  const narrow = figure.width < 600, left = narrow ? 8 : 92, wide = figure.width - left - 12;
  const rows = narrow ? 2 : 3, ribbon = 30, band = ribbon + rows * 17 + 22, height = lanes.length * band;
  const scale = wide / (b - a), baseOf = lanes.reduce((all, kind, i) => { all[kind] = height - (i + 1) * band + 6; return all; }, /** @type {number[]} */ ([]));
  const bins = Math.min(160, Math.floor(BINS / lanes.length), Math.floor(wide / 5));
  const counts = data.kinds.map(() => new Uint32Array(bins)), levels = new Uint32Array(256);
  const from = bound(a - longest), to = bound(b);
  let n = 0;
  for (let i = from; i < to; i++) {
    if (!keep[i] || (stop[i] <= a && start[i] < a)) continue;
    n++;
    levels[column.salience[i]]++;
    counts[column.kind[i]][Math.max(0, Math.min(bins - 1, Math.floor(((start[i] - a) / (b - a)) * bins)))]++;
  }
  const many = n > MARKS, most = many ? NAMED : MARKS;
  let level = 255, sum = levels[255];
  while (level > 0 && sum < most) sum += levels[--level];
  /** @type {number[]} */
  let marks = [];
  /** @type {number[]} */
  let ties = [];
  for (let i = from; i < to; i++) {
    if (!keep[i] || (stop[i] <= a && start[i] < a) || column.salience[i] < level) continue;
    (column.salience[i] === level ? ties : marks).push(i);
  }
  const spread = (/** @type {number} */ i) => Math.imul(i, 2654435761) >>> 0;
  if (marks.length + ties.length > most) ties = ties.sort((p, q) => spread(p) - spread(q)).slice(0, most - marks.length);
  marks = [...marks, ...ties].sort((p, q) => p - q);
  if (state.event >= from && state.event < to && !marks.includes(state.event)) marks.push(state.event);
  const style = ink(), text = style.getPropertyValue("--ink").trim(), soft = style.getPropertyValue("--soft").trim();
  const paper = style.getPropertyValue("--paper").trim(), hair = style.getPropertyValue("--hair").trim();
  const colours = dark.matches ? data.colours.dark : data.colours.light;
  const symbols = ["circle", "diamond", "triangle-down", "square", "circle"];
  // Counts are one stepped outline a lane: a node each, however many bins.
  const steps = lanes.map((kind) => (/** @type {any} */ ({ type: "scatter", mode: "lines", fill: "toself", x: [a], y: [baseOf[kind]], hovertext: [""], hoverinfo: "text", hoveron: "points", line: { width: 0, color: colours[kind] }, fillcolor: colours[kind], opacity: 0.4 })));
  /** @type {any} */ const dots = { type: "scatter", mode: "markers", x: [], y: [], customdata: [], hovertext: [], hovertemplate: "%{hovertext}<extra></extra>", cliponaxis: false, marker: { size: 9, symbol: [], color: [], opacity: 1, line: { width: 1, color: paper } } };
  /** @type {any} */ const leads = { type: "scatter", mode: "lines", x: [], y: [], hoverinfo: "skip", line: { width: 0.8, color: soft } };
  /** @type {any} */ const names = { type: "scatter", mode: "text", x: [], y: [], text: [], customdata: [], textposition: "middle right", hoverinfo: "skip", textfont: { size: 12, color: text, family: face }, cliponaxis: false };
  const spans = lanes.map((kind) => (/** @type {any} */ ({ type: "scatter", mode: "lines", x: [], y: [], customdata: [], hoverinfo: "skip", line: { width: 4, color: colours[kind] }, opacity: 0.75 })));
  if (many) {
    const tallest = Math.max(1, ...lanes.map((kind) => Math.max(...counts[kind])));
    lanes.forEach((kind, lane) => {
      const outline = steps[lane], thing = data.kind_words[kind].toLowerCase();
      counts[kind].forEach((count, i) => {
        const top = baseOf[kind] + (count ? 3 + (ribbon - 6) * Math.sqrt(count / tallest) : 0), x = a + ((b - a) * i) / bins;
        const words = count ? `${count.toLocaleString("en")} × ${thing}<br>around ${dayWords(x + (b - a) / bins / 2)}` : "";
        outline.x.push(x, x + (b - a) / bins);
        outline.y.push(top, top);
        outline.hovertext.push(words, words);
      });
      outline.x.push(b);
      outline.y.push(baseOf[kind]);
      outline.hovertext.push("");
    });
  }
  // Marks: each in the first row of its lane's ribbon that is free there.
  const ends = data.kinds.map(() => new Float64Array(3).fill(-Infinity));
  const level3 = /** @type {Map<number, number>} */ (new Map());
  for (const i of marks) {
    const kind = column.kind[i], x = Math.max(start[i], a), px = (x - a) * scale, end = (Math.min(stop[i], b) - a) * scale;
    const free = ends[kind].findIndex((e) => e < px - 6), row = many ? 0 : free < 0 ? i % 3 : free;
    ends[kind][row] = Math.max(px + 5, end);
    const y = baseOf[kind] + (many ? ribbon - 2 : 5 + row * 10);
    level3.set(i, y);
    if (end - px > 8) {
      const line = spans[lanes.indexOf(kind)];
      line.x.push(x, Math.min(stop[i], b), null);
      line.y.push(y, y, null);
      line.customdata.push(idOf(i), idOf(i), "");
    }
    dots.x.push(x);
    dots.y.push(y);
    dots.customdata.push(idOf(i));
    dots.marker.symbol.push(symbols[kind] + (column.status[i] > 1 ? "-open" : ""));
    dots.marker.color.push(colours[kind]);
    dots.hovertext.push(`<b>${escaped(clipped(titleOf(i), 70))}</b><br>${whenOf(i)} · ${escaped(clipped(sourcesOf(i).join(", "), 60))}`);
  }
  // Labels: the most salient first, in the first row where it meets no other.
  const taken = data.kinds.map(() => Array.from({ length: rows }, () => /** @type {[number, number][]} */ ([])));
  marks = marks.sort((p, q) => Number(q === state.event) - Number(p === state.event) || column.salience[q] - column.salience[p] || spread(p) - spread(q));
  if (pen) pen.font = `12px ${face}`;
  let left_over = LABELS;
  for (const i of marks) {
    if (!left_over) break;
    const kind = column.kind[i], words = clipped(titleOf(i), narrow ? 30 : 44), size = (pen ? pen.measureText(words).width : words.length * 6.4) + 14;
    const px = (Math.max(start[i], a) - a) * scale, x = Math.max(0, Math.min(px, wide - size));
    const line = px - x > size ? x + size : px, clear = (/** @type {[number, number][]} */ spots, /** @type {number} */ l, /** @type {number} */ r) => spots.every(([p, q]) => r + 6 < p || l > q + 6);
    const row = taken[kind].findIndex((spots, r) => clear(spots, x, x + size) && taken[kind].slice(0, r).every((lower) => clear(lower, line, line)));
    if (row < 0 || size > wide) continue;
    taken[kind][row].push([x, x + size]);
    for (let r = 0; r < row; r++) taken[kind][r].push([line, line]);
    const y = baseOf[kind] + ribbon + 14 + row * 17;
    names.x.push(a + x / scale);
    names.y.push(y);
    names.text.push(escaped(words));
    names.customdata.push(idOf(i));
    leads.x.push(a + line / scale, a + px / scale, null);
    leads.y.push(y - 7, (level3.get(i) || 0) + 5, null);
    left_over--;
  }
  const marksAt = ticks(a, b, wide, narrow ? 70 : 96);
  /** @type {any[]} */
  const lines = lanes.map((kind) => ({ type: "line", xref: "paper", x0: 0, x1: 1, y0: baseOf[kind], y1: baseOf[kind], line: { color: hair, width: 1 } }));
  const labels = lanes.map((kind) => ({ xref: "paper", x: narrow ? 0 : 0, xanchor: narrow ? "left" : "right", xshift: narrow ? 0 : -10, y: baseOf[kind] + (narrow ? band - 16 : ribbon / 2), yanchor: "middle", text: `<b>${data.kind_words[kind]}</b>`, showarrow: false, font: { size: 12, color: colours[kind] }, align: "right" }));
  return {
    data: [...(many ? steps : []), leads, ...spans, dots, names],
    layout: { width: figure.width, height: height + 40, autosize: false, margin: { l: left, r: 12, t: 6, b: 34, pad: 0 }, paper_bgcolor: paper, plot_bgcolor: paper, showlegend: false, dragmode: "zoom", hovermode: "closest", font: { family: face, size: 12, color: text }, hoverlabel: { bgcolor: paper, bordercolor: soft, font: { color: text, size: 13 }, align: "left" },
      xaxis: { range: [a, b], tickmode: "array", tickvals: marksAt.map((t) => t[0]), ticktext: marksAt.map((t) => t[1]), gridcolor: hair, zeroline: false, ticks: "outside", tickcolor: soft, color: soft, tickangle: 0, ticklabeloverflow: "allow" },
      yaxis: { range: [0, height], visible: false, fixedrange: true }, shapes: lines, annotations: labels },
  };
}

// ---- saving and copying ----

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const link = /** @type {any} */ (h("a", { href: URL.createObjectURL(blob), download: name }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const fileName = (/** @type {string} */ end) => `${(data.title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "") || "timeline").slice(0, 60)}.${end}`;

/** The figure as it is now, on its own paper. @param {"svg"|"png"} format */
async function saveFigure(format) {
  const url = await figure.plot.toImage(stage, { format, width: figure.width, height: stage.clientHeight, scale: format === "png" ? 2 : 1 });
  const body = url.slice(url.indexOf(",") + 1);
  const bytes = format === "svg" ? decodeURIComponent(body) : Uint8Array.from(atob(body), (c) => c.charCodeAt(0));
  save(new Blob([bytes], { type: format === "svg" ? "image/svg+xml" : "image/png" }), fileName(format));
}

/** A cell no spreadsheet takes for a formula. @param {any} value */
function cell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function saveTable() {
  const rows = ["event_id,title,kind,status,when,edtf,start,stop,n_sources,sources".split(",")];
  for (const i of matches) {
    const flags = column.flags[i];
    rows.push([idOf(i), titleOf(i), data.kinds[column.kind[i]], data.statuses[column.status[i]], whenOf(i), full.get(i)?.dataset.edtf || "",
      flags & 1 ? "" : iso(start[i]), flags & 2 ? "" : iso(stop[i]), column.n_sources[i], sourcesOf(i).join("; ")]);
  }
  save(new Blob(["\ufeff", rows.map((row) => row.map(cell).join(",")).join("\r\n"), "\r\n"], { type: "text/csv" }), fileName("csv"));
}

/** @param {string} text @param {HTMLElement} button */
async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = /** @type {any} */ (h("textarea", { value: text, className: "aside" }));
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  const was = button.textContent;
  button.textContent = "copied";
  setTimeout(() => { button.textContent = was; }, 1600);
}

const here = (/** @type {string} */ hash) => location.href.split("#")[0] + hash;

/** @param {HTMLElement} button */
function copied(button) {
  const item = button.closest("li"), figure = button.closest(".cite");
  if (button.dataset.copy === "view") return here(location.hash);
  if (!figure) return here(`#${item?.id}`);
  const link = /** @type {any} */ (figure.querySelector("a[rel]"));
  return [`“${figure.querySelector("blockquote")?.textContent?.trim()}”`, figure.querySelector("cite")?.textContent,
    `${titleOf(Number(item?.dataset.row))} (${whenOf(Number(item?.dataset.row))})`, link ? link.href : ""].filter(Boolean).join("\n");
}

// ---- keys, clicks, print ----

/** @param {KeyboardEvent} event */
function key(event) {
  const target = /** @type {any} */ (event.target);
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
  if (event.key === "Escape") {
    if (target === field.q && state.q) { state.q = ""; show(); }
    else if (typing) target.blur();
    else {
      const open = target.closest?.("details[open]");
      if (open && open.closest("#list")) open.open = false;
      choose(-1);
    }
  } else if (typing) return;
  else if (event.key === "/") { field.q.focus(); field.q.select(); }
  else {
    const items = /** @type {HTMLElement[]} */ ([...$("list").children]), at = items.indexOf(target.closest?.("li"));
    const inList = at >= 0 && target.closest("#list");
    const step = /** @type {Record<string, number>} */ ({ ArrowDown: at + 1, ArrowUp: at - 1, Home: -Infinity, End: Infinity })[event.key];
    if (step === undefined || (!inList && target !== document.body)) return;
    if (!inList && event.key !== "ArrowDown") return;
    if (step === Infinity) { if (shelf.hi < matches.length) turnTo(matches.length - 1); choose(matches[matches.length - 1], { focus: true, scroll: true }); }
    else if (step === -Infinity) { if (shelf.lo) turnTo(0); choose(matches[0], { focus: true, scroll: true }); }
    else {
      const next = shelf.lo + step;
      if (next < 0 || next >= matches.length) return;
      if (next >= shelf.hi) more();
      else if (next < shelf.lo) turnTo(next);
      choose(matches[next], { focus: true, scroll: true });
    }
  }
  event.preventDefault();
}

/** @param {MouseEvent} event */
function clicked(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const button = /** @type {HTMLElement|null} */ (target.closest("button"));
  if (button?.dataset.save === "csv") saveTable();
  else if (button?.dataset.save && figure.plot) saveFigure(/** @type {any} */ (button.dataset.save));
  else if (button?.dataset.copy) copy(copied(button), button);
  const link = target.closest("a[href^='#']"), hash = link?.getAttribute("href") || "";
  if (hash.startsWith("#event=") && rowOf(hash.slice(7)) >= 0) {
    event.preventDefault();
    choose(rowOf(hash.slice(7)), { open: true, scroll: true, focus: true });
  } else if (hash.startsWith("#mention=")) {
    event.preventDefault();
    showMention(hash.slice(9));
  }
  const item = /** @type {HTMLElement|null} */ (target.closest("#list > li"));
  if (item && target.closest("summary, .row") && !link) choose(Number(item.dataset.row));
}

/** On paper: every event with its citations, opened, and the still picture. */
function toPaper() {
  $("list").replaceChildren(...full.values());
  shut = [...full.values()].map((item) => /** @type {any} */ (item.querySelector("details"))).filter((one) => !one.open);
  for (const one of shut) one.open = true;
  while (papers.length) addPapers(Infinity);
  const picture = h("div", { id: "printed", className: "printed" });
  picture.append(still_picture.cloneNode(true));
  $("figure").append(picture);
}

function fromPaper() {
  $("printed")?.remove();
  for (const one of shut) one.open = false;
  turnTo(state.event >= 0 ? place(state.event) : 0);
}
let shut = /** @type {any[]} */ ([]);

let still_picture = document.createDocumentFragment();

async function begin() {
  still_picture = parked($("figure").querySelector("noscript"));
  document.documentElement.classList.add("scripted");
  await showStill();
  await readEvents();
  papers = [...parked($("articles-static")).querySelectorAll("details")];
  addPapers();
  makeForm();
  makeStrip();
  const mention = readAddress();
  show();
  for (const tools of document.querySelectorAll(".tools")) /** @type {any} */ (tools).hidden = false;
  if (state.event >= 0) choose(state.event, { open: true, scroll: true, focus: true });
  $("more").addEventListener("click", more);
  $("more-papers")?.addEventListener("click", () => addPapers());
  document.addEventListener("keydown", key);
  document.addEventListener("click", clicked);
  $("list").addEventListener("pointerover", (/** @type {any} */ e) => halo(Number(e.target.closest("li")?.dataset.row ?? -1)));
  $("list").addEventListener("pointerleave", () => halo(state.event));
  $("list").addEventListener("focusin", (/** @type {any} */ e) => halo(Number(e.target.closest("li")?.dataset.row ?? -1)));
  addEventListener("hashchange", () => {
    const to = readAddress();
    if (to) showMention(to);
    else { show(); if (state.event >= 0) choose(state.event, { open: true, scroll: true, focus: true }); }
  });
  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", fromPaper);
  await readFigure();
  drawFigure();
  new ResizeObserver(() => { if (Math.abs(figure.width - $("figure").clientWidth) > 8) drawFigure(); }).observe($("figure"));
  dark.addEventListener("change", drawFigure);
  if (mention) showMention(mention);
  document.documentElement.dataset.ready = "figure";
  await readTitles();
  if (full.size < data.n) { turnTo(shelf.lo); if (state.q) show(); else if (figure.large) drawFigure(); }
  document.documentElement.dataset.ready = "all";
}

begin().catch((error) => {
  // The page must stay readable: show what would be there without JavaScript.
  if (!$("list").childElementCount) $("list").append(...parked($("events-static")).querySelectorAll("li"));
  if (!figure.drawn) $("figure").replaceChildren(still_picture || parked($("figure").querySelector("noscript")));
  $("count").textContent = `The interactive figure could not be drawn (${error.message}).`;
  console.error(error);
});
