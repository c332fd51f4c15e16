// @ts-check
/** An exported notebook: draws the stored figures, folds code, turns slides. Asks for nothing. */
import { unpackText } from "./packed.js";

const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
document.documentElement.classList.add("scripted");

/** Draw one figure as wide as its place; a figure with its own width keeps at least that.
 * @param {any} place */
function draw(place) {
  if (place.dataset.drawn || !place.clientWidth) return;
  place.dataset.drawn = "yes";
  const { data, layout = {}, frames } = JSON.parse(place.querySelector("script").textContent);
  const own = layout.width, wide = place.clientWidth;
  const size = { width: own ? Math.max(own, Math.min(wide, own * 1.15)) : wide, autosize: false, height: layout.height || 450 };
  const stage = place.querySelector(".stage");
  /** @type {any} */ (globalThis).Plotly.newPlot(stage, { data, layout: { ...layout, ...size }, frames, config: { displaylogo: false, displayModeBar: false, responsive: false } });
  if (!own) new ResizeObserver(() => {
    if (place.clientWidth && Math.abs(place.clientWidth - stage._fullLayout.width) > 8) /** @type {any} */ (globalThis).Plotly.relayout(stage, { width: place.clientWidth });
  }).observe(place);
}

/** On a slide: every figure as large as the screen leaves room for, whole if it stays readable.
 * @param {any} slide */
function fit(slide) {
  for (const place of slide.querySelectorAll(".plot[data-drawn]")) {
    const stage = place.querySelector(".stage"), { width, height } = stage._fullLayout;
    place.style.height = "0";
    const room = slide.clientHeight - slide.querySelector(".inner").offsetHeight - 2 * parseFloat(getComputedStyle(slide).paddingTop);
    const scale = Math.min(1.6, place.clientWidth / width, Math.max(0.75, room / height));
    const kept = place.clientWidth < 600 ? 1 : scale;
    stage.style.transform = `scale(${kept.toFixed(3)})`;
    stage.style.height = `${Math.ceil(height * kept)}px`;
    place.style.height = "";
  }
}

async function drawAll() {
  if (!$("plotly")) return;
  const script = document.createElement("script");
  script.textContent = await unpackText($("plotly").textContent);
  document.head.append(script);
  for (const place of document.querySelectorAll(".plot")) {
    draw(place);
    await new Promise((done) => setTimeout(done));
  }
}

/** Slides: one is shown, its fragments one by one; the address holds which. */
function startSlides() {
  const slides = /** @type {any[]} */ ([...document.querySelectorAll(".slide")]);
  let at = 0, shown = 0;
  const pieces = () => [...slides[at].querySelectorAll(".fragment")];
  const go = (/** @type {number} */ to, whole = false) => {
    at = Math.min(slides.length - 1, Math.max(0, to));
    shown = whole ? pieces().length : 0;
    show();
    slides[at].scrollTop = 0;
  };
  const below = () => slides[at].scrollHeight - slides[at].clientHeight - slides[at].scrollTop > 8;
  const where = () => { $("where").textContent = `${below() ? "more below · " : ""}${at + 1} / ${slides.length}`; };
  const show = () => {
    slides.forEach((slide, i) => { slide.classList.toggle("now", i === at); });
    pieces().forEach((piece, i) => piece.classList.toggle("later", i >= shown));
    where();
    history.replaceState(null, "", `#${at + 1}`);
    if (/** @type {any} */ (globalThis).Plotly) for (const place of slides[at].querySelectorAll(".plot")) draw(place);
    fit(slides[at]);
    where();
  };
  for (const kind of ["resize", "drawn"]) addEventListener(kind, () => { fit(slides[at]); where(); });
  for (const slide of slides) slide.addEventListener("scroll", where, { passive: true });
  const next = () => { if (shown < pieces().length) { shown++; show(); } else if (at < slides.length - 1) go(at + 1); };
  const back = () => { if (shown > 0) { shown--; show(); } else if (at > 0) go(at - 1, true); };
  const down = () => (below() ? slides[at].scrollBy(0, slides[at].clientHeight * 0.8) : next());
  const up = () => (slides[at].scrollTop > 8 ? slides[at].scrollBy(0, -slides[at].clientHeight * 0.8) : back());
  const full = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  const notes = () => { for (const one of document.querySelectorAll(".notes")) /** @type {any} */ (one).hidden = !(/** @type {any} */ (one).hidden); };
  /** @type {Record<string, () => any>} */
  const keys = {
    ArrowRight: next, ArrowDown: down, PageDown: down, " ": down, ArrowLeft: back, ArrowUp: up, PageUp: up, Backspace: back,
    Home: () => go(0), End: () => go(slides.length - 1, true), f: full, n: notes, "?": () => { $("help").hidden = !$("help").hidden; },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const target = /** @type {any} */ (event.target), act = event.key === " " && event.shiftKey ? up : keys[event.key];
    if (!act || (target.closest?.("summary, button, a, input") && event.key === " ")) return;
    event.preventDefault();
    act();
  });
  let from = 0;
  addEventListener("touchstart", (e) => { from = e.changedTouches[0].clientX; }, { passive: true });
  addEventListener("touchend", (e) => { const moved = e.changedTouches[0].clientX - from; if (Math.abs(moved) > 60) (moved < 0 ? next : back)(); }, { passive: true });
  addEventListener("hashchange", () => go(Number(location.hash.slice(1)) - 1));
  $("next").addEventListener("click", next);
  $("back").addEventListener("click", back);
  go((Number(location.hash.slice(1)) || 1) - 1);
}

if (document.body.classList.contains("slides")) startSlides();
$("fold")?.addEventListener("click", () => {
  const open = $("fold").getAttribute("aria-pressed") !== "true";
  $("fold").setAttribute("aria-pressed", String(open));
  $("fold").textContent = open ? "Hide all code" : "Show all code";
  for (const one of document.querySelectorAll("details.code")) /** @type {any} */ (one).open = open;
});
drawAll().then(() => { dispatchEvent(new Event("drawn")); document.documentElement.dataset.ready = "all"; }, (error) => {
  for (const place of document.querySelectorAll(".plot")) place.append(`The figure could not be drawn (${error.message}).`);
  console.error(error);
});
