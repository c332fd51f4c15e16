// @ts-check
/** Moments as whole seconds since 1970, proleptic Gregorian, no time zone: words, ISO 8601, ticks. No DOM. */

export const DAY = 86400;
export const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August",
  "September", "October", "November", "December"];
/** A count with its thousands set apart. */
export const counted = new Intl.NumberFormat("en").format;
const STEPS = [60, 300, 900, 1800, 3600, 10800, 21600, 43200, DAY, 2 * DAY, 7 * DAY];

/** [year, month 1-12, day] of a moment. @param {number} seconds */
export function civil(seconds) {
  const z = Math.floor(seconds / DAY) + 719468, era = Math.floor(z / 146097), doe = z - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153), month = mp < 10 ? mp + 3 : mp - 9;
  return [yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - Math.floor((153 * mp + 2) / 5) + 1];
}

/** The first second of a day; a month may be 13. @param {number} year @param {number} month @param {number} [day] */
export function moment(year, month, day = 1) {
  if (month > 12) [year, month] = [year + 1, month - 12];
  const y = year - (month <= 2 ? 1 : 0), era = Math.floor(y / 400), yoe = y - era * 400;
  const doy = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return (era * 146097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719468) * DAY;
}

export const yearWords = (/** @type {number} */ year) => (year > 0 ? `${year}` : `${1 - year} BCE`);
const two = (/** @type {number} */ n) => String(n).padStart(2, "0");

/** A moment's day in words. @param {number} seconds */
export function dayWords(seconds) {
  const [year, month, day] = civil(seconds);
  return `${day} ${MONTHS[month - 1]} ${yearWords(year)}`;
}

/** The time of day as hh:mm, or nothing at midnight. @param {number} seconds */
function clock(seconds) {
  const rest = seconds - Math.floor(seconds / DAY) * DAY;
  return rest ? `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}` : "";
}

/** ISO 8601 of a moment: the day, and the time where there is one. @param {number} seconds */
export function iso(seconds) {
  const [year, month, day] = civil(seconds), time = clock(seconds);
  const sign = year < 0 ? "-" : year > 9999 ? "+" : "";
  return `${sign}${String(Math.abs(year)).padStart(4, "0")}-${two(month)}-${two(day)}${time && `T${time}`}`;
}

/** ISO 8601 of the last day before the end of a window, or its very end where that is within a day. @param {number} stop */
export const isoLast = (stop) => iso(clock(stop) ? stop : stop - DAY);

const NAMES = MONTHS.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)}|t)?\\.?`).join("|");
const ISO = /^([+-]?\d{4,9})(?:-(\d{1,2})(?:-(\d{1,2})(?:T(\d\d):(\d\d))?)?)?$/;
const YEAR = /^([+-]?\d{1,9})( BCE?)?$/i;
const WORDS = new RegExp(`^(?:(\\d{1,2}) )?(${NAMES}) (?:(\\d{1,2}),? )?(\\d{1,6})( BCE?)?$`, "i");

/** The moment that a reader's text means, or what is wrong with it; the end of its day, month or year with `after`.
 * @param {string} text @param {boolean} after @returns {{at: number|null, problem: string}} */
export function readDay(text, after) {
  const said = text.trim().replace(/\s+/g, " "), bad = (/** @type {string} */ why) => ({ at: null, problem: `“${said}” is no date: ${why}` });
  if (!said) return { at: null, problem: "" };
  const found = ISO.exec(said.replace(/^(\d{4})[/.](?=\d)(\d{1,2})[/.]?/, "$1-$2-").replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3").replace(/-$/, ""));
  const named = WORDS.exec(said), plain = YEAR.exec(said);
  if (!found && !named && !plain) return bad("write a year (2014), a month (2014-11) or a day (2014-11-05 or 5 November 2014)");
  const era = (named && named[5]) || (plain && plain[2]);
  const year = era ? 1 - Number(named ? named[4] : plain && plain[1]) : Number(found ? found[1] : named ? named[4] : plain && plain[1]);
  const month = named ? MONTHS.findIndex((name) => name.slice(0, 3).toLowerCase() === named[2].slice(0, 3).toLowerCase()) + 1 : Number(found?.[2] || 0);
  const day = Number((named ? named[1] || named[3] : found?.[3]) || 0);
  if (found?.[2] && (month < 1 || month > 12)) return bad(`there is no month ${found[2]}`);
  const length = month ? (moment(year, month + 1) - moment(year, month)) / DAY : 0, step = Number(after);
  if (day > length || (day < 1 && (found?.[3] || named?.[1] || named?.[3]))) return bad(`${MONTHS[month - 1]} ${yearWords(year)} has ${length} days`);
  if (found?.[4]) return { at: moment(year, month, day) + Number(found[4]) * 3600 + Number(found[5]) * 60, problem: "" };
  return { at: day ? moment(year, month, day) + step * DAY : month ? moment(year, month + step) : moment(year + step, 1), problem: "" };
}

/** Ticks between two moments: [where, words], about one in `space` of `width` pixels.
 * @param {number} a @param {number} b @param {number} width @param {number} space @returns {[number, string][]} */
export function ticks(a, b, width, space) {
  const least = ((b - a) * space) / width, step = STEPS.find((s) => s >= least);
  /** @type {[number, string][]} */
  const out = [];
  if (step) {
    for (let s = Math.ceil(a / step) * step; s <= b; s += step) {
      const [year, month, day] = civil(s), words = clock(s) || `${day} ${MONTHS[month - 1].slice(0, 3)}`;
      out.push([s, out.length ? words : `${words} ${yearWords(year)}`]);
    }
    return out;
  }
  const months = least / (30.4 * DAY);
  let by = [1, 3, 6, 12].find((m) => m >= months) || 12;
  for (let scale = 1; by < months; scale *= 10) by = ([24, 60, 120].find((m) => m * scale >= months) || 0) * scale;
  const [year, month] = civil(a);
  for (let m = Math.floor((year * 12 + month - 1) / by) * by; ; m += by) {
    const y = Math.floor(m / 12), place = m - y * 12, s = moment(y, place + 1);
    if (s > b) return out;
    if (s < a) continue;
    out.push([s, place ? MONTHS[place].slice(0, 3) + (by < 12 && !out.length ? ` ${yearWords(y)}` : "") : yearWords(y)]);
  }
}
