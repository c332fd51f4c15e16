// @ts-check
/** The report's page round the viewer: articles, the address, downloads, copying, paper. */
import { unpackText } from "./packed.js";
import { NOTHING, h, mount, parsed } from "./viewer.js";

const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
const PAPER_NODES = 400;
const smooth = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";

/** What stands in a noscript element. @param {string} id */
const parked = (id) => $(id)?.textContent || "";

// The articles, a few at a time.
const papers = /** @type {HTMLElement[]} */ ([...parsed(parked("articles-static")).querySelectorAll("details")]);

function addPapers(most = PAPER_NODES) {
  if (!$("papers")) return;
  for (let nodes = 0; papers.length && nodes < most; ) {
    const paper = /** @type {HTMLElement} */ (papers.shift());
    $("papers").append(paper);
    nodes += paper.querySelectorAll("*").length;
  }
  $("more-papers").hidden = !papers.length;
}

/** @param {string} id */
function showMention(id) {
  while (papers.length && !$(`mention=${id}`)) addPapers(1);
  const mark = $(`mention=${id}`), paper = mark?.closest("details");
  if (!mark) return;
  if (paper) paper.open = true;
  mark.scrollIntoView({ block: "center", behavior: smooth });
  mark.focus({ preventScroll: true });
  for (const old of document.querySelectorAll(".m.here")) old.classList.remove("here");
  mark.classList.add("here");
}

const data = { ...JSON.parse($("data").textContent), list: parked("events-static") };
const picture = parked("figure-static");
// A story has a still picture to begin with; many events have none, so plotly.js is unpacked at once.
const early = data.figures ? null : unpackText($("plotly").textContent);

async function load() {
  const script = document.createElement("script");
  script.textContent = await (early || unpackText($("plotly").textContent));
  document.head.append(script);
  $("plotly").textContent = "";
  return /** @type {any} */ (globalThis).Plotly;
}

// The address holds what is shown.
const viewer = mount($("viewer"), data, { Plotly: load, onState: writeAddress });

function writeAddress() {
  const now = viewer.get(), hash = new URLSearchParams(now).toString();
  for (const link of document.querySelectorAll("a.m.chosen")) link.classList.remove("chosen");
  if (now.event) for (const link of document.querySelectorAll(`a.m[href="#event=${CSS.escape(now.event)}"]`)) link.classList.add("chosen");
  if (hash !== location.hash.slice(1)) history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
}

function readAddress() {
  const { mention, ...wanted } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  if (mention) showMention(mention);
  else viewer.set({ ...NOTHING, ...wanted });
}

// Files and copies.
/** @param {Blob} blob @param {string} end */
function save(blob, end) {
  const name = (data.title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "") || "timeline").slice(0, 60);
  const link = h("a", { href: URL.createObjectURL(blob), download: `${name}.${end}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** A cell no spreadsheet takes for a formula. @param {any} value */
function cell(value) {
  const text = String(value ?? ""), safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function saveTable() {
  const rows = [["event_id", "title", "kind", "status", "when", "edtf", "start", "stop", "n_sources", "sources"],
    ...viewer.rows().map((e) => [e.id, e.title, e.kind, e.status, e.when, e.edtf, e.start, e.stop, e.n_sources, e.sources.join("; ")])];
  save(new Blob(["\ufeff", rows.map((row) => row.map(cell).join(",")).join("\r\n"), "\r\n"], { type: "text/csv" }), "csv");
}

let hush = 0;
/** @param {string} text @param {string} what @param {HTMLElement} button */
async function copy(text, what, button) {
  const done = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  if (!done) prompt("Copy this:", text);
  button.dataset.words ||= button.textContent || "";
  button.textContent = done ? "copied ✓" : button.dataset.words;
  $("said").textContent = done ? `Copied ${what}.` : "";
  clearTimeout(hush);
  hush = setTimeout(() => { $("said").textContent = ""; for (const one of document.querySelectorAll("[data-words]")) one.textContent = /** @type {any} */ (one).dataset.words; }, 2500);
}

/** What a copy button copies, and its name. @param {HTMLElement} button */
function copied(button) {
  const item = /** @type {any} */ (button.closest("li")), cite = button.closest(".cite"), here = location.href.split("#")[0];
  if (button.dataset.copy === "view") return [location.href, "the link to this view"];
  if (!cite) return [`${here}#event=${item.dataset.id}`, "the link to this event"];
  const text = (/** @type {string} */ selector) => item.querySelector(selector).textContent.trim(), link = /** @type {any} */ (cite.querySelector("a[rel]"));
  return [[`“${cite.querySelector("blockquote")?.textContent?.trim()}”`, cite.querySelector("cite")?.textContent, `${text(".what")} (${text(".when")})`, link ? link.href : ""].filter(Boolean).join("\n"), "the citation"];
}

/** @param {MouseEvent} event */
function clicked(event) {
  const target = /** @type {HTMLElement} */ (event.target), button = /** @type {HTMLElement|null} */ (target.closest("button"));
  const kind = button?.dataset.save;
  if (kind === "csv") saveTable();
  else if (kind) viewer.save(/** @type {any} */ (kind)).then((blob) => save(blob, kind));
  else if (button?.dataset.copy) { const [text, what] = copied(button); copy(text, what, button); }
  const hash = target.closest("a[href^='#']")?.getAttribute("href") || "";
  if (hash.startsWith("#event=")) viewer.set({ event: hash.slice(7) });
  else if (hash.startsWith("#mention=")) showMention(hash.slice(9));
  else return;
  event.preventDefault();
}

// On paper: every event with its citations, opened, and the still picture.
let shut = /** @type {any[]} */ ([]);

function toPaper() {
  viewer.paper(true);
  shut = [...document.querySelectorAll("#viewer li details:not([open]), .gaps details:not([open])")];
  for (const one of shut) one.open = true;
  addPapers(Infinity);
  $("printed").replaceChildren(parsed(picture));
}

function fromPaper() {
  $("printed").replaceChildren();
  for (const one of shut) one.open = false;
  viewer.paper(false);
}

async function begin() {
  document.documentElement.classList.add("scripted");
  addPapers();
  await viewer.listing;
  $("tools").hidden = false;
  if (location.hash) readAddress();
  $("more-papers")?.addEventListener("click", () => addPapers());
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", viewer.key);
  addEventListener("hashchange", readAddress);
  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", fromPaper);
  await viewer.drawn;
  document.documentElement.dataset.ready = "figure";
  await viewer.ready;
  document.documentElement.dataset.ready = "all";
}

begin().catch((error) => {
  // The page must stay readable: show what would be there without JavaScript.
  const list = /** @type {any} */ (document.querySelector("[data-part=list]")), figure = document.querySelector("[data-part=figure]");
  if (!list.childElementCount) list.append(...parsed(data.list).querySelectorAll("li"));
  if (!figure?.querySelector(".main-svg")) figure?.replaceChildren(parsed(picture));
  /** @type {any} */ (document.querySelector("[data-part=count]")).textContent = `The interactive figure could not be drawn (${error.message}).`;
  console.error(error);
});
