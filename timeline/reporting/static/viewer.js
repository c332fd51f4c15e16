// @ts-check
/**
 * The viewer of a story's events: overview strip, figure, filters and list, in step with each other,
 * in any element (a page's, a widget's, one in a shadow root), as often as wanted on a page. It asks
 * for nothing, stores nothing, touches nothing outside its element and writes text only as text.
 *
 *   const viewer = mount(root, data, { Plotly, onSelect: ({ ids, event }) => {...} });
 *   await viewer.ready;
 *   viewer.select(["e1"]);  viewer.set({ from: "2014-11", source: "The Hill" });  viewer.destroy();
 *
 * `root`: an element; parts that it holds already (data-part = strip, figure, filters,
 * notice, count, list, more) are used where they stand, the others are made. Styles: viewer.css.
 * `data`: what Python's `viewer_data` gives. `Plotly`: plotly.js, a promise of it, or a function
 * that gives one when the list is there.
 * The selection is the event that was opened, else all events that window and filters leave, else
 * none. Dragging across figure or strip sets the window; a double click clears it.
 *
 * @typedef {{n: number, unit: number, base: number, kinds: string[], kind_words: string[],
 *   statuses: string[], status_words: string[], sources: string[], source_sets: number[][],
 *   columns: [string, string][], packed: string, titles: string, title: string, list: string,
 *   figures: string, chapters: [number, number, number][], ids?: string,
 *   colours: {light: string[], dark: string[]}}} Data
 * @typedef {{event: number, q: string, source: string, kind: string, status: string,
 *   from: number|null, to: number|null, two: boolean, lanes: string}} State
 * @typedef {{event?: string, q?: string, source?: string, kind?: string, status?: string,
 *   from?: string, to?: string, two?: boolean|string, lanes?: string}} Wanted dates as readDay reads them
 * @typedef {{Plotly?: any, onSelect?: (now: {ids: string[], event: string}) => void,
 *   onState?: () => void, onOpen?: (id: string, body: HTMLElement) => void,
 *   dark?: () => boolean, width?: number}} Options
 *   onState: something in `get()` changed; onOpen: an event's details were opened
 */
import { DAY, MONTHS, civil, counted, dayWords, iso, isoLast, moment, readDay, ticks, yearWords } from "./dates.js";
import { OPEN_START, OPEN_STOP, UNDATED, clipped, escaped, layOut } from "./layout.js";
import { unpack, unpackText } from "./packed.js";

const NODES = 900; // a page of the list: figure and list together stay below 2,500
const SAID = ".when, .what, .meta, .rivals, .conflict, .how, blockquote, cite"; // what a search looks through
const CHIP = 60; // pixels of the stretch that a “+19” counts, about
const GRAIN = 4000; // steps of the strip's handles
const CONFIG = { displayModeBar: false, showAxisDragHandles: false, responsive: false, doubleClick: false, showTips: false, displaylogo: false };
/** What clears all that `set` can set. */
export const NOTHING = { event: "", q: "", source: "", kind: "", status: "", from: "", to: "", two: false, lanes: "" };
const still = matchMedia("(prefers-reduced-motion: reduce)");
const night = matchMedia("(prefers-color-scheme: dark)");

/** An element with properties and children; children that are strings become text.
 * @param {string} tag @param {Record<string, any>} [props] @param {...any} children @returns {any} */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key.includes("-")) element.setAttribute(key, value);
    else /** @type {any} */ (element)[key] = value;
  }
  element.append(...children);
  return element;
}

/** Markup of our own making as nodes outside the page. @param {string} markup */
export function parsed(markup) {
  const template = document.createElement("template");
  template.innerHTML = markup;
  return template.content;
}

const LETTERS = /** @type {Record<string, string>} */ ({ ø: "o", ł: "l", đ: "d", ð: "d", ı: "i", ß: "ss", æ: "ae", œ: "oe", þ: "th", "’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‐": "-", "‑": "-" });
/** Text as it is searched: no case, no accents, plain quotes and dashes. @param {string} text */
export const fold = (text) => (/^[\x00-\x7f]*$/.test(text) ? text.toLowerCase()
  : text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[øłđðıßæœþ’‘ʼ“”„«»–—‐‑]/g, (c) => LETTERS[c]));

/** What is searched for: words, and phrases in quotes. @param {string} q */
const searched = (q) => [...fold(q).matchAll(/"([^"]+)"?|([^\s"]+)/g)].map((found) => (found[1] ?? found[2]).trim()).filter(Boolean);

/** The packed columns as the layout wants them: seconds since 1970. @param {Data} data @returns {Promise<import("./layout.js").Events>} */
async function readEvents(data) {
  const bytes = await unpack(data.packed), kinds = { u1: Uint8Array, u2: Uint16Array, i4: Int32Array, f8: Float64Array };
  const column = /** @type {Record<string, any>} */ ({});
  let at = 0;
  for (const [name, kind] of data.columns) {
    const Kind = /** @type {any} */ (kinds)[kind];
    column[name] = new Kind(bytes.buffer, at, data.n);
    at += Math.ceil((data.n * Kind.BYTES_PER_ELEMENT) / 8) * 8;
  }
  const start = new Float64Array(data.n), stop = new Float64Array(data.n), { unit } = data;
  for (const name of ["lead", "core"]) column[name] = Float64Array.from(column[name], (/** @type {number} */ n) => n * unit);
  let longest = 0, first = Infinity, last = -Infinity, open = false;
  for (let i = 0, t = data.base; i < data.n; i++) {
    t += column.step[i];
    start[i] = t * unit;
    stop[i] = (t + column.length[i]) * unit;
    if (column.flags[i] & UNDATED) continue;
    open ||= (column.flags[i] & (OPEN_START | OPEN_STOP)) > 0;
    longest = Math.max(longest, stop[i] - start[i]);
    first = Math.min(first, start[i]);
    last = Math.max(last, stop[i]);
  }
  if (!(last > first)) [first, last] = first < Infinity ? [first - DAY, first + DAY] : [0, DAY];
  return { n: data.n, start, stop, column, longest, first, last, open };
}

/** @param {HTMLElement} root @param {Data} data @param {Options} [options] */
export function mount(root, data, options = {}) {
  /** @type {State} */
  const state = { event: -1, q: "", source: "", kind: "", status: "", from: null, to: null, two: false, lanes: "" };
  const FILTERS = { q: "", source: "", kind: "", status: "", from: null, to: null, two: false };
  const dark = options.dark || (() => night.matches), gone = new AbortController();
  /** @type {import("./layout.js").Events} */
  let events = { n: 0, start: new Float64Array(0), stop: new Float64Array(0), column: {}, longest: 0, first: 0, last: 1, open: false };
  let keep = new Uint8Array(0), matches = new Uint32Array(0), loose = 0, told = "";
  let chosen = /** @type {Set<number>} */ (new Set());
  let titles = /** @type {string[]|null} */ (null), folded = /** @type {string[]|null} */ (null), ids = /** @type {string[]} */ ([]);
  /** Rows with citations. @type {Map<number, any>} */
  const full = new Map();
  /** Rows in the list. @type {Map<number, any>} */
  const listed = new Map();
  const rowOfId = /** @type {Map<string, number>} */ (new Map());
  const words = /** @type {string[]} */ ([]);

  root.classList.add("story-viewer");
  const made = /** @type {any[]} */ ([]);
  const part = (/** @type {string} */ name, /** @type {string} */ tag, /** @type {any} */ props = {}) => {
    const there = root.querySelector(`[data-part=${name}]`);
    if (there) return /** @type {any} */ (there);
    made.push(h(tag, { "data-part": name, className: name, ...props }));
    root.append(made[made.length - 1]);
    return made[made.length - 1];
  };
  const strip = part("strip", "div"), picture = part("figure", "div"), form = part("filters", "form", { role: "search", "aria-label": "Find and filter events" });
  const notice = part("notice", "p", { role: "alert" }), count = part("count", "p", { role: "status" });
  const list = part("list", "ol", { className: "events" }), more = part("more", "button", { type: "button", textContent: "Show more" });

  const titleOf = (/** @type {number} */ row) => full.get(row)?.querySelector(".what").textContent || (titles && titles[row]) || data.kind_words[events.column.kind[row]];
  const idOf = (/** @type {number} */ row) => (row < 0 ? "" : full.get(row)?.dataset.id || ids[row] || `~${row}`);
  const rowOf = (/** @type {any} */ mark) => {
    const id = String(Array.isArray(mark) ? mark[0] : mark);
    return rowOfId.get(id) ?? (/^~\d+$/.test(id) && Number(id.slice(1)) < data.n ? Number(id.slice(1)) : -1);
  };
  const sourcesOf = (/** @type {number} */ row) => data.source_sets[events.column.sources[row]].map((s) => data.sources[s]);

  /** When an event was, in words. @param {number} row */
  function whenOf(row) {
    const own = full.get(row)?.querySelector(".when").textContent;
    if (own) return own;
    const a = events.start[row], b = events.stop[row], flags = events.column.flags[row];
    if (flags & OPEN_START && flags & OPEN_STOP) return "no date";
    if (flags & OPEN_START) return `by ${dayWords(b - 1)}`;
    if (flags & OPEN_STOP) return `${dayWords(a)} or later`;
    const [y, m] = civil(a);
    if (b - a <= DAY) return dayWords(a);
    if (a === moment(y, m) && b === moment(y, m + 1)) return `some time in ${MONTHS[m - 1]} ${yearWords(y)}`;
    if (a === moment(y, 1) && b === moment(y + 1, 1)) return `some time in ${yearWords(y)}`;
    return `between ${dayWords(a)} and ${dayWords(b - 1)}`;
  }

  // ---- what is shown ----

  const filtered = () => /** @type {const} */ (["q", "source", "kind", "status", "two"]).some((key) => state[key]);
  const windowed = () => state.from !== null || state.to !== null;

  /** Open ends reach as far as the story does. @param {number} row */
  function inWindow(row) {
    const flags = events.column.flags[row], { start, stop } = events;
    const a = flags & OPEN_START ? -Infinity : start[row], b = flags & OPEN_STOP ? Infinity : Math.max(stop[row], start[row] + 1);
    return (state.to === null || a < state.to) && (state.from === null || b > state.from);
  }

  function sift() {
    const { column } = events, terms = searched(state.q), at = data.sources.indexOf(state.source);
    const kind = data.kinds.indexOf(state.kind), status = data.statuses.indexOf(state.status), window = windowed();
    const source = at < 0 ? null : data.source_sets.map((set) => set.includes(at));
    const named = terms.map((term) => data.source_sets.map((set) => set.some((s) => fold(data.sources[s]).includes(term))));
    if (terms.length && titles && full.size < data.n) folded ||= fold(titles.join("\n")).split("\n");
    const said = (/** @type {number} */ i) => {
      const item = full.get(i);
      const text = item ? (words[i] ||= fold([...item.querySelectorAll(SAID)].map((one) => one.textContent).join(" "))) : folded ? folded[i] : "";
      return terms.every((term, n) => text.includes(term) || named[n][column.sources[i]]);
    };
    const found = new Uint32Array(data.n);
    let n = 0;
    loose = 0;
    for (let i = 0; i < data.n; i++) {
      const good = (kind < 0 || column.kind[i] === kind) && (status < 0 || column.status[i] === status)
        && (!source || source[column.sources[i]]) && (!state.two || column.n_sources[i] > 1) && (!window || inWindow(i)) && (!terms.length || said(i));
      keep[i] = Number(good);
      if (good && column.flags[i] & UNDATED) loose++;
      if (good) found[n++] = i;
    }
    matches = found.subarray(0, n);
  }

  /** Do what redraws the page, and leave the control that has the focus where it stands on the screen. @param {() => void} act */
  function steady(act) {
    const held = /** @type {any} */ (root.getRootNode()).activeElement, inside = held && root.contains(held) && !list.contains(held);
    const top = inside ? held.getBoundingClientRect().top : 0;
    act();
    if (!inside || gone.signal.aborted) return;
    let pane = root.parentElement;
    while (pane && !(pane.scrollHeight > pane.clientHeight && /auto|scroll/.test(getComputedStyle(pane).overflowY))) pane = pane.parentElement;
    const settle = () => (pane || window).scrollBy({ top: held.getBoundingClientRect().top - top, behavior: "instant" });
    settle();
    requestAnimationFrame(settle); // the browser may have anchored the page elsewhere meanwhile
  }

  /** Everything after a change of the state; while a window is `moving`, list and host wait. @param {boolean} [moving] */
  function show(moving = false) {
    if (gone.signal.aborted) return;
    sift();
    if (!moving) turnTo(0);
    fillForm();
    drawWindow();
    drawFigure();
    if (!moving) tell();
  }

  /** Tell whoever mounted us, once for each change. */
  function tell() {
    options.onState?.();
    if (!options.onSelect) return;
    const rows = state.event >= 0 ? [state.event] : chosen.size ? [...chosen] : filtered() || windowed() ? [...matches] : [];
    const now = { ids: rows.map(idOf), event: idOf(state.event) };
    if (JSON.stringify(now) === told) return;
    told = JSON.stringify(now);
    options.onSelect(now);
  }

  /** @param {Wanted} wanted what is not named stays @returns {string[]} what could not be understood */
  function read(wanted) {
    const problems = /** @type {string[]} */ ([]), next = { ...state };
    for (const [key, words, allowed] of /** @type {[("source"|"kind"|"status"), string, string[]][]} */ ([["source", "source", data.sources], ["kind", "kind of event", data.kinds], ["status", "status", data.statuses]])) {
      if (wanted[key] === undefined) continue;
      next[key] = allowed.includes(wanted[key] || "") ? wanted[key] || "" : "";
      if (wanted[key] && !next[key]) problems.push(`There is no ${words} “${clipped(wanted[key] || "", 60)}” here`);
    }
    for (const key of /** @type {const} */ (["from", "to"])) {
      if (wanted[key] === undefined) continue;
      const { at, problem } = readDay(wanted[key] || "", key === "to");
      if (problem) problems.push(problem);
      else next[key] = at;
    }
    if (next.from !== null && next.to !== null && next.from >= next.to) {
      problems.push(`The window ends (${dayWords(next.to - 1)}) before it begins (${dayWords(next.from)}): give an earlier “From” or a later “To”`);
      [next.from, next.to] = [state.from, state.to];
    }
    if (wanted.q !== undefined) next.q = wanted.q;
    if (wanted.two !== undefined) next.two = wanted.two === true || wanted.two === "1";
    if (wanted.lanes !== undefined) next.lanes = LANES.some(([value]) => value === wanted.lanes) ? wanted.lanes : "";
    if (wanted.event !== undefined) {
      next.event = wanted.event ? rowOf(wanted.event) : -1;
      if (wanted.event && next.event < 0) problems.push(`There is no event “${clipped(wanted.event, 60)}” here: the link may be to another version of this timeline`);
    }
    Object.assign(state, next);
    return problems;
  }

  /** What is wrong with what was asked for, or nothing. @param {string[]} problems */
  function complain(problems) {
    Object.assign(notice, { textContent: problems.map((one) => `${one}.`).join(" "), hidden: !problems.length });
  }

  /** @param {Wanted} wanted */
  function set(wanted) {
    chosen = new Set();
    complain(read(wanted));
    sift();
    if (state.event >= 0 && !keep[state.event]) Object.assign(state, FILTERS);
    show();
    if (state.event >= 0) choose(state.event, { open: true, scroll: true, focus: true });
    else mark();
  }

  /** @returns {Record<string, string>} what `set` understands, without what is not set */
  function get() {
    const { from, to } = state;
    const now = { event: idOf(state.event), q: state.q, source: state.source, kind: state.kind, status: state.status,
      from: from === null ? "" : iso(from), to: to === null ? "" : isoLast(to), two: state.two ? "1" : "", lanes: state.lanes };
    return Object.fromEntries(Object.entries(now).filter(([, value]) => value));
  }

  // ---- the list ----

  const shelf = { lo: 0, hi: 0 };

  /** @param {number} row */
  function itemOf(row) {
    const known = full.get(row);
    if (known) return known;
    const { column } = events, meta = `${data.kind_words[column.kind[row]]} · ${data.status_words[column.status[row]]} · ${sourcesOf(row).join(", ")}`;
    return h("li", { "data-id": idOf(row) }, h("div", { className: "row", tabIndex: 0 },
      h("span", { className: "when" }, whenOf(row)), h("span", { className: "what", dir: "auto" }, titleOf(row)), h("span", { className: "meta" }, meta)));
  }

  /** Show the page of the list that has the match at `place`. @param {number} place */
  function turnTo(place) {
    shelf.lo = shelf.hi = Math.max(0, place - (place < 12 ? place : 4));
    list.replaceChildren();
    listed.clear();
    addRows();
  }

  /** Add rows until the page holds about as many nodes as it should. */
  function addRows() {
    let nodes = 0, year = list.lastElementChild?.dataset.year || "";
    for (; shelf.hi < matches.length && nodes < NODES; shelf.hi++) {
      const row = matches[shelf.hi], item = itemOf(row);
      item.dataset.year ||= yearWords(civil(events.start[row])[0]);
      item.dataset.row = String(row);
      item.classList.toggle("newyear", item.dataset.year !== year);
      item.classList.toggle("chosen", row === state.event || chosen.has(row));
      year = item.dataset.year;
      listed.set(row, item);
      list.append(item);
      nodes += item.querySelectorAll("*").length + 1;
    }
    more.hidden = shelf.hi >= matches.length;
    const shown = matches.length === data.n ? "" : ` of ${counted(data.n)}`, n = matches.length;
    const bare = loose && loose < data.n && (windowed() || filtered()) ? `; ${loose === n ? (n === 1 ? "it has" : "they have") : `${counted(loose)} ${loose === 1 ? "has" : "have"}`} no date of ${loose === 1 ? "its" : "their"} own and ${loose === 1 ? "is" : "are"} not in the figure${windowed() ? ", but may belong here" : ""}` : "";
    const page = shelf.hi - shelf.lo < n ? `; listed here: ${counted(shelf.lo + 1)} to ${counted(shelf.hi)}` : "";
    count.textContent = n ? `${counted(n)}${shown} event${n === 1 && !shown ? "" : "s"}${bare}${page}` : "No event fits these filters.";
  }

  function turnOn() {
    const row = matches[shelf.hi];
    list.querySelectorAll("*").length > NODES ? turnTo(shelf.hi) : addRows();
    listed.get(row)?.querySelector("summary, .row").focus();
  }

  /** Where a row stands among the matches. @param {number} row */
  const place = (row) => Math.max(0, matches.indexOf(row));

  /** Show what is chosen: in the list and in the figure. */
  function mark() {
    for (const [row, item] of listed) item.classList.toggle("chosen", row === state.event || chosen.has(row));
    if (figure.now?.scale && state.event >= 0) drawFigure();
    ringAll();
  }

  /** Choose an event (or none, -1). @param {number} row @param {{open?: boolean, scroll?: boolean, focus?: boolean}} [how] */
  function choose(row, { open = false, scroll = false, focus = false } = {}) {
    state.event = row;
    chosen = new Set();
    if (row >= 0 && !keep[row]) {
      Object.assign(state, FILTERS);
      show();
    }
    if (row >= 0 && !listed.has(row)) turnTo(place(row));
    mark();
    const item = listed.get(row), details = item?.querySelector("details");
    if (open && details) details.open = true;
    if (scroll) item?.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
    if (focus) item?.querySelector("summary, .row").focus({ preventScroll: true });
    tell();
  }

  /** Choose several events from outside; window and filters give way so that all are seen. @param {string[]} wanted */
  function select(wanted) {
    const rows = wanted.map(rowOf).filter((row) => row >= 0);
    state.event = rows.length === 1 ? rows[0] : -1;
    chosen = new Set(rows);
    told = JSON.stringify({ ids: rows.map(idOf), event: idOf(state.event) });
    if (rows.some((row) => !keep[row])) Object.assign(state, FILTERS);
    show();
    if (rows.length && !rows.some((row) => listed.has(row))) turnTo(place(Math.min(...rows)));
    mark();
  }

  // ---- filters ----

  const LANES = [["", "story order"], ["kind", "by kind"], ["source", "by source"], ["status", "by status"]];
  const field = /** @type {Record<string, any>} */ ({});

  function makeForm() {
    const change = (/** @type {string} */ key, /** @type {any} */ value) => { state.event = -1; chosen = new Set(); complain(read({ [key]: value })); steady(show); };
    const choice = (/** @type {string} */ key, /** @type {string} */ label, /** @type {string[][]} */ values) => {
      field[key] = h("select", { name: key, onchange: () => change(key, field[key].value) }, ...values.map(([value, shown]) => h("option", { value }, shown)));
      return values.length > 2 ? h("label", {}, h("span", {}, label), field[key]) : "";
    };
    const present = (/** @type {"kind"|"status"} */ key, /** @type {string[]} */ names, /** @type {string[]} */ shown) =>
      [["", "all"], ...names.flatMap((name, i) => (events.column[key].includes(i) ? [[name, shown[i]]] : []))];
    const day = (/** @type {"from"|"to"} */ key, /** @type {string} */ label, /** @type {number} */ example) => {
      field[key] = h("input", { name: key, type: "text", size: 12, autocomplete: "off", spellcheck: false, placeholder: iso(Math.floor(example / DAY) * DAY), onchange: () => change(key, field[key].value) });
      return h("label", {}, h("span", {}, label), field[key]);
    };
    let timer = 0;
    field.q = h("input", { name: "q", type: "search", autocomplete: "off", placeholder: "words, names, sources", "aria-keyshortcuts": "/",
      oninput: () => { clearTimeout(timer); timer = setTimeout(() => change("q", field.q.value), data.n > 5000 ? 200 : 60); } });
    field.two = h("input", { name: "two", type: "checkbox", onchange: () => change("two", field.two.checked) });
    field.reset = h("button", { type: "button", className: "plain", onclick: () => { set(NOTHING); field.q.focus(); } }, "Clear all");
    form.append(
      h("label", { className: "search" }, h("span", {}, "Search ", h("kbd", { title: "Press / to search" }, "/")), field.q),
      choice("source", "Source", [["", "all"], ...data.sources.map((name) => [name, name])]),
      choice("kind", "Kind", present("kind", data.kinds, data.kind_words)),
      choice("status", "Status", present("status", data.statuses, data.status_words)),
      day("from", "From", events.first), day("to", "To", events.last - 1),
      choice("lanes", "Lanes", figure.large ? [["", "by kind"], ...LANES.slice(2)] : LANES),
      events.column.n_sources.some((/** @type {number} */ n) => n > 1) ? h("label", { className: "tick" }, field.two, h("span", {}, "Only what two sources report")) : "",
      field.reset);
    form.addEventListener("submit", (/** @type {Event} */ e) => e.preventDefault());
    form.hidden = false;
  }

  function fillForm() {
    const now = get();
    for (const key of ["q", "source", "kind", "status", "from", "to", "lanes"]) {
      const bad = (key === "from" || key === "to") && !notice.hidden && notice.textContent.includes(`“${field[key].value.trim()}”`) && field[key].value.trim();
      if (key === "from" || key === "to") field[key].setAttribute("aria-invalid", String(!!bad));
      if (!bad && field[key].value !== (now[key] || "")) field[key].value = now[key] || "";
    }
    field.two.checked = state.two;
    field.reset.hidden = !(filtered() || windowed() || state.lanes || notice.textContent);
  }

  // ---- the strip: all of the story, to scale, with a window ----

  const slider = /** @type {Record<string, any>} */ ({});

  function makeStrip() {
    const pad = (events.last - events.first) * 0.02, bars = 160, tall = 40, counts = new Float64Array(bars);
    Object.assign(slider, { a: events.first - pad, b: events.last + pad });
    for (let i = 0; i < data.n; i++) {
      if (!(events.column.flags[i] & UNDATED)) counts[Math.min(bars - 1, Math.max(0, Math.floor(((events.start[i] - slider.a) / (slider.b - slider.a)) * bars)))] += 1;
    }
    const top = Math.max(...counts);
    let path = "";
    counts.forEach((n, i) => { if (n) path += `M${i * 10 + 1} ${tall}v${-(6 + (tall - 8) * Math.sqrt(n / top)).toFixed(1)}h8V${tall}z`; });
    const track = h("div", { className: "track" });
    track.append(parsed(`<svg viewBox="0 0 ${bars * 10} ${tall}" preserveAspectRatio="none" aria-hidden="true"><path d="${path}"/></svg>`));
    slider.shade = h("div", { className: "shade" });
    const thumb = (/** @type {"from"|"to"} */ key, /** @type {string} */ label) =>
      (slider[key] = h("input", { type: "range", min: 0, max: GRAIN, step: 1, "aria-label": label, oninput: () => slide(key) }));
    const ends = h("p", { className: "ends" });
    for (const [at, text] of ticks(slider.a, slider.b, Math.max(280, strip.parentElement.clientWidth), 110)) {
      const place = (at - slider.a) / (slider.b - slider.a), tick = h("span", {}, text);
      tick.style.left = `${(place * 100).toFixed(2)}%`;
      if (place < 0.94) ends.append(tick);
    }
    track.append(slider.shade, thumb("from", "Window from"), thumb("to", "Window to"));
    slider.words = h("span", {});
    strip.replaceChildren(h("p", { className: "caption" }, "All of it, to scale. Drag across it, or move the two handles, to choose a window. ", slider.words), track, ends);
    strip.hidden = false;
    dragWindow(track);
  }

  /** @param {"from"|"to"} key */
  function slide(key) {
    let a = Number(slider.from.value), b = Number(slider.to.value);
    if (a >= b) [a, b] = key === "from" ? [b - 1, b] : [a, a + 1];
    const at = (/** @type {number} */ step) => slider.a + ((slider.b - slider.a) * step) / GRAIN;
    setWindow(a <= 0 ? null : at(a), b >= GRAIN ? null : at(b));
  }

  let pending = 0, settling = 0;
  /** @param {number|null} from @param {number|null} to in seconds; rounded outwards to days or minutes */
  function setWindow(from, to) {
    const grain = (to ?? events.last) - (from ?? events.first) > 2 * DAY ? DAY : 60;
    state.from = from === null ? null : Math.floor(from / grain) * grain;
    state.to = to === null ? null : Math.ceil(to / grain) * grain;
    state.event = -1;
    chosen = new Set();
    complain([]);
    pending ||= requestAnimationFrame(() => {
      pending = 0;
      show(true);
      clearTimeout(settling);
      settling = setTimeout(() => { turnTo(0); tell(); }, 150);
    });
  }

  /** A press and drag across the strip sets the window; a mere click clears it. @param {HTMLElement} track */
  function dragWindow(track) {
    let from = 0;
    const at = (/** @type {PointerEvent} */ e) => {
      const box = track.getBoundingClientRect();
      return slider.a + (slider.b - slider.a) * Math.min(1, Math.max(0, (e.clientX - box.left) / box.width));
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
      if (Math.abs(at(e) - from) < (slider.b - slider.a) / 200) setWindow(null, null);
    });
  }

  function drawWindow() {
    const part = (/** @type {number} */ t) => Math.min(1, Math.max(0, (t - slider.a) / (slider.b - slider.a)));
    const a = state.from === null ? 0 : part(state.from), b = state.to === null ? 1 : part(state.to);
    const begin = state.from === null ? "the beginning" : dayWords(state.from), end = state.to === null ? "the end" : dayWords(state.to - 1);
    for (const [thumb, at, words] of [[slider.from, a, begin], [slider.to, b, end]]) {
      thumb.value = Math.round(at * GRAIN);
      thumb.setAttribute("aria-valuetext", words);
    }
    Object.assign(slider.shade.style, { left: `${(a * 100).toFixed(2)}%`, width: `${((b - a) * 100).toFixed(2)}%` });
    slider.words.textContent = windowed() ? `Window: ${begin} to ${end}.` : "";
  }

  // ---- the figure: of the whole story as drawn in Python, else laid out here ----

  const figure = { plot: /** @type {any} */ (null), large: !data.figures, specs: /** @type {any[]} */ ([]), drawn: false, width: 0, now: /** @type {any} */ (null) };
  const stage = h("div", { className: "stage", role: "img", "aria-label": `Timeline of ${counted(data.n)} events; the list says the same in words.` });
  const pen = document.createElement("canvas").getContext("2d");
  const paint = { ink: "", soft: "", paper: "", hair: "" };
  const room = () => Math.max(280, Math.floor(options.width || picture.clientWidth));

  /** Width and colours are asked for once and not at each redraw: asking makes the browser lay out the page. */
  function measure() {
    figure.width = room();
    const style = getComputedStyle(root);
    for (const name of /** @type {const} */ (["ink", "soft", "paper", "hair"])) paint[name] = style.getPropertyValue(`--${name}`).trim();
    if (figure.drawn) drawFigure();
  }

  /** The picture of the story that fits this width best, in light and dark. */
  const spec = () => figure.specs.filter((s) => s.width <= (figure.width || room())).pop() || figure.specs[0];

  async function showStill() {
    if (figure.large) return;
    figure.specs = JSON.parse(await unpackText(data.figures));
    picture.replaceChildren(parsed(spec().svgs[Number(dark())]));
  }

  function drawFigure() {
    if (!figure.plot) return;
    const plan = figure.large || filtered() || windowed() || !!state.lanes;
    // unlike Python's picture it has no margin of its own, and so another width
    if (plan !== picture.classList.contains("planned")) figure.width = (picture.classList.toggle("planned", plan), room());
    figure.now = plan ? planned() : asDrawn();
    figure.plot.react(stage, figure.now.data, figure.now.layout, CONFIG);
    root.querySelector(".key")?.toggleAttribute("hidden", !figure.now.scale); // Python's own picture has a key inside
    if (!figure.drawn) {
      stage.on("plotly_click", (/** @type {any} */ e) => {
        if (performance.now() - struck < 400) return; // a label that was clicked has the word
        const row = e.points.map((/** @type {any} */ p) => rowOf(p.customdata)).find((/** @type {number} */ r) => r >= 0);
        if (row !== undefined) choose(row, { open: true, scroll: true, focus: true });
        else showMore(e.points.find((/** @type {any} */ p) => /more event|closer below/.test(p.hovertext)));
      });
      stage.on("plotly_hover", (/** @type {any} */ e) => hint(rowOf(e.points[0].customdata)));
      stage.on("plotly_unhover", () => hint(-1));
      stage.on("plotly_relayout", zoomed);
      stage.on("plotly_doubleclick", () => setWindow(null, null));
    }
    figure.drawn = true;
    ringAll();
  }

  let struck = -1000, pressed = { x: 0, y: 0 };
  /** The event whose label is under the pointer, or -1: plotly itself only knows of marks. @param {PointerEvent} e */
  function labelled(e) {
    for (const text of /** @type {any} */ (stage.querySelectorAll(".textpoint"))) {
      const id = text.__data__?.data, box = id ? text.getBoundingClientRect() : null;
      if (box && e.clientX >= box.left && e.clientX <= box.right && e.clientY >= box.top && e.clientY <= box.bottom) return rowOf(id);
    }
    return -1;
  }

  /** A click on a label opens its event, unless the pointer was dragged. @param {PointerEvent} e */
  function released(e) {
    const own = e.composedPath().includes(stage) || /** @type {any} */ (e.target).className === "dragcover";
    const row = own && Math.hypot(e.clientX - pressed.x, e.clientY - pressed.y) < 4 ? labelled(e) : -1;
    if (row < 0) return;
    struck = performance.now();
    setTimeout(() => choose(row, { open: true, scroll: true, focus: true })); // after plotly's own release
  }

  /** A click on “+19”: a window on that stretch; beside the list of undated events, the list below. @param {any} point */
  function showMore(point) {
    if (!point) return;
    const axis = stage._fullLayout[point.fullData.xaxis.replace("x", "xaxis")], trace = point.fullData, i = point.pointNumber;
    if (axis._id === "x") return list.scrollIntoView({ block: "start" });
    const base = axis.d2c(trace.base[i]), middle = axis.c2p(base + trace.x[i] / 2), far = Math.max(CHIP, axis.c2p(base + trace.x[i]) - axis.c2p(base)) / 2;
    const [from, to] = [middle - far, middle + far].map((px) => axis.p2c(Math.min(axis._length, Math.max(0, px))) * (axis.type === "date" ? 1e-3 : DAY));
    setWindow(Math.max(from, slider.a), Math.min(to, slider.b));
  }

  /** A stretch that was dragged across the figure becomes the window. @param {any} change */
  function zoomed(change) {
    const key = Object.keys(change).find((one) => /^xaxis\d*\.range\[0\]$/.test(one));
    if (!key) return;
    const axis = key.split(".")[0], ends = [change[key], change[`${axis}.range[1]`]];
    const { scale, layout } = figure.now;
    const second = scale ? scale.t : layout[axis].type === "date" ? (/** @type {string} */ text) => Date.parse(`${text.replace(" ", "T").padEnd(10, "-01")}Z`) / 1000 : (/** @type {number} */ days) => days * DAY;
    const [from, to] = ends.map((end) => second(end));
    if (to > from) setWindow(Math.max(from, slider.a), Math.min(to, slider.b));
  }

  /** Light the list row of the mark under the pointer. @param {number} row */
  const hint = (row) => listed.forEach((item, other) => item.classList.toggle("hint", other === row));

  function asDrawn() {
    const { width, figures } = spec(), drawn = figures[Number(dark())];
    return { data: drawn.data, layout: { ...drawn.layout, width: Math.max(width, figure.width), autosize: false, paper_bgcolor: paint.paper, plot_bgcolor: "rgba(0,0,0,0)" } };
  }

  function planned() {
    const { column } = events, by = state.lanes || (figure.large ? "kind" : ""), { soft } = paint, colours = dark() ? data.colours.dark : data.colours.light;
    const one = [{ name: "", colour: soft }], most = 8;
    /** @type {import("./layout.js").Lane[]} */
    let lanes = one, lanesOf = (/** @type {number} */ _) => [0];
    if (by === "kind" || by === "status") { lanes = data[`${by}_words`].map((name, i) => ({ name, colour: by === "kind" ? colours[i] : soft })); const sets = lanes.map((_, i) => [i]); lanesOf = (i) => sets[column[by][i]]; }
    if (by === "source") {
      const names = data.sources.length > most ? [...data.sources.slice(0, most - 1), `${data.sources.length - most + 1} others`] : data.sources;
      lanes = names.map((name) => ({ name, colour: soft }));
      const sets = data.source_sets.map((set) => [...new Set(set.map((s) => Math.min(s, lanes.length - 1)))]);
      lanesOf = (i) => sets[column.sources[i]];
    }
    const hover = (/** @type {number} */ i) => `<b>${escaped(clipped(titleOf(i), 70))}</b><br>${escaped(whenOf(i))} · ${escaped(clipped(sourcesOf(i).join(", "), 60))}`;
    return layOut(events, { keep, from: state.from, to: state.to, width: figure.width, chosen: new Set(state.event < 0 ? chosen : [state.event, ...chosen]), lanes, lanesOf, chapters: data.chapters || [],
      colours, kinds: data.kinds, ...paint, id: idOf, title: titleOf, hover }, pen);
  }

  /** Ring the marks of what is chosen, or of the row under the pointer. @param {number} [only] */
  function ringAll(only = -1) {
    for (const old of picture.querySelectorAll(".ring")) old.remove();
    const rows = new Set(only >= 0 ? [only] : state.event >= 0 ? [state.event] : [...chosen].slice(0, 60)), drawn = stage._fullLayout;
    if (!rows.size || !drawn) return;
    const boxes = /** @type {Map<number, number[]>} */ (new Map());
    for (const trace of stage._fullData) {
      if (!Array.isArray(trace.customdata) || /text/.test(trace.mode || "") || trace.visible !== true) continue;
      const x = drawn[trace.xaxis.replace("x", "xaxis")], y = drawn[trace.yaxis.replace("y", "yaxis")], bar = trace.type === "bar";
      trace.customdata.forEach((/** @type {any} */ id, /** @type {number} */ i) => {
        const row = id ? rowOf(id) : -1;
        if (!rows.has(row) || trace.x[i] == null || trace.y[i] == null) return;
        const from = x.d2c(bar ? trace.base[i] : trace.x[i]), to = bar ? from + trace.x[i] : from;
        const at = [x._offset + x.c2p(from), y._offset + y.d2p(trace.y[i]), x._offset + x.c2p(to)], box = boxes.get(row) || [Infinity, Infinity, -Infinity, -Infinity];
        if (at.every(Number.isFinite)) boxes.set(row, [Math.min(box[0], at[0]), Math.min(box[1], at[1]), Math.max(box[2], at[2]), Math.max(box[3], at[1])]);
      });
    }
    for (const [x0, y0, x1, y1] of boxes.values()) {
      const left = Math.max(0, x0 - 9), ring = h("div", { className: "ring" });
      Object.assign(ring.style, { left: `${left}px`, top: `${y0 - 9}px`, width: `${Math.min(figure.width, x1 + 9) - left}px`, height: `${y1 - y0 + 18}px` });
      picture.append(ring);
    }
  }

  // ---- keys and clicks ----

  /** @param {KeyboardEvent} event */
  function key(event) {
    const target = /** @type {any} */ (event.composedPath()[0]);
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
    if (event.key === "Escape") {
      if (target === field.q && state.q) set({ q: "" });
      else if (typing) target.blur();
      else {
        const open = target.closest?.("details[open]");
        if (open && list.contains(open)) open.open = false;
        choose(-1);
      }
    } else if (typing) return;
    else if (event.key === "/") { field.q.focus(); field.q.select(); }
    else {
      const item = list.contains(target) ? target.closest("li") : null, at = [...list.children].indexOf(item);
      const to = /** @type {Record<string, number>} */ ({ ArrowDown: shelf.lo + at + 1, ArrowUp: shelf.lo + at - 1, Home: 0, End: matches.length - 1 })[event.key];
      if (to === undefined || !(to in matches) || (at < 0 && (event.key !== "ArrowDown" || (target !== root && target !== document.body)))) return;
      if (to < shelf.lo || to > shelf.hi) turnTo(to);
      else if (to === shelf.hi) turnOn();
      choose(matches[to], { focus: true, scroll: true });
    }
    event.preventDefault();
  }

  /** @param {MouseEvent} event */
  function clicked(event) {
    const target = /** @type {HTMLElement} */ (event.target), item = /** @type {any} */ (target.closest("li"));
    if (item && list.contains(item) && target.closest("summary, .row") && !target.closest("a, button")) choose(Number(item.dataset.row));
  }

  const over = (/** @type {any} */ e) => ringAll(Number(e.target.closest("li")?.dataset.row ?? -1));
  const listen = (/** @type {any} */ target, /** @type {string} */ kind, /** @type {any} */ act, capture = false) => target.addEventListener(kind, act, { signal: gone.signal, capture });
  const watch = new ResizeObserver(() => { if (figure.drawn && Math.abs(figure.width - room()) > 8) measure(); });

  async function begin() {
    await showStill();
    events = await readEvents(data);
    keep = new Uint8Array(data.n).fill(1);
    if (data.ids) ids = (await unpackText(data.ids)).split("\n");
    ids.forEach((id, row) => rowOfId.set(id, row));
    for (const item of /** @type {any} */ (parsed(data.list || "").querySelectorAll("li[data-id]"))) {
      item.removeAttribute("id");
      full.set(Number(item.dataset.row), item);
      rowOfId.set(item.dataset.id, Number(item.dataset.row));
    }
    makeForm();
    makeStrip();
    complain([]);
    sift();
    turnTo(0);
    fillForm();
    drawWindow();
    listen(more, "click", turnOn);
    listen(root, "keydown", key);
    listen(root, "click", clicked);
    listen(list, "pointerover", over);
    listen(list, "focusin", over);
    listen(list, "pointerleave", () => ringAll());
    listen(list, "toggle", (/** @type {any} */ e) => { const body = e.target.querySelector(".body"); if (e.target.open && body) options.onOpen?.(e.target.closest("li").dataset.id, body); }, true);
    listen(stage, "pointerdown", (/** @type {any} */ e) => { pressed = { x: e.clientX, y: e.clientY }; }, true);
    listen(stage, "pointermove", (/** @type {any} */ e) => { if (!e.buttons && e.pointerType === "mouse") stage.classList.toggle("named", labelled(e) >= 0); });
    listen(window, "pointerup", released, true);
    listen(night, "change", measure);
  }

  async function drawAll() {
    figure.plot = await (typeof options.Plotly === "function" ? options.Plotly() : options.Plotly);
    if (!figure.plot || gone.signal.aborted) return;
    picture.replaceChildren(stage);
    measure();
    drawFigure();
    watch.observe(picture);
  }

  async function readTitles() {
    titles = (await unpackText(data.titles)).split("\n");
    if (full.size === data.n || gone.signal.aborted) return;
    turnTo(shelf.lo);
    if (state.q) show();
    else if (figure.large) drawFigure();
  }

  const listing = begin(), drawn = listing.then(drawAll), ready = drawn.then(readTitles);
  ready.catch(() => {}); // whoever awaits one of the three hears of it
  return {
    /** Settled when the list can be read; when the figure is drawn; when everything is there. */
    listing, drawn, ready, get, set, select, key,
    /** The events that window and filters leave, as plain records; open ends are empty. */
    rows: () => [...matches].map((i) => ({ id: idOf(i), title: titleOf(i), kind: data.kinds[events.column.kind[i]], status: data.statuses[events.column.status[i]], when: whenOf(i), edtf: full.get(i)?.dataset.edtf || "",
      start: events.column.flags[i] & OPEN_START ? "" : iso(events.start[i]), stop: events.column.flags[i] & OPEN_STOP ? "" : iso(events.stop[i]), n_sources: events.column.n_sources[i], sources: sourcesOf(i) })),
    /** Light and dark changed, or the styles did. */
    redraw: measure,
    /** The figure as it is now. @param {"svg"|"png"} format @returns {Promise<Blob>} */
    async save(format) {
      const url = await figure.plot.toImage(stage, { format, width: figure.width, height: stage.clientHeight, scale: format === "png" ? 2 : 1 });
      const body = url.slice(url.indexOf(",") + 1), bytes = format === "svg" ? decodeURIComponent(body) : Uint8Array.from(atob(body), (c) => c.charCodeAt(0));
      return new Blob([bytes], { type: format === "svg" ? "image/svg+xml" : "image/png" });
    },
    /** For paper: the list as it would be without filters, opened, or back again. @param {boolean} on */
    paper: (on) => (on ? list.replaceChildren(...full.values()) : turnTo(state.event >= 0 ? place(state.event) : 0)),
    destroy() {
      gone.abort();
      watch.disconnect();
      clearTimeout(settling);
      if (pending) cancelAnimationFrame(pending);
      if (figure.drawn) figure.plot.purge(stage);
      for (const one of made) one.remove();
      for (const one of [strip, picture, form, list]) one.replaceChildren();
      root.classList.remove("story-viewer");
    },
  };
}
