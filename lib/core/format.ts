/**
 * Every number, share, duration and date that a person reads is written here, in English and with an explicit zone.
 * Between a number and its unit stands a no-break space; minus is U+2212.
 */

const NBSP = "\u00a0";
const MINUS = "\u2212";
const LOCALE = "en-GB";

const formatters = new Map<string, Intl.DateTimeFormat>();
const integer = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const list = new Intl.ListFormat("en-GB", { type: "conjunction" });

function fixed(value: number, digits: number): string {
  return new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

function dateFormat(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone });
    formatters.set(key, formatter);
  }
  return formatter;
}

/** `1,284` */
export function formatCount(value: number): string {
  return integer.format(value).replace("-", MINUS);
}

/** A number with a fixed count of decimals: `98.7`. */
export function formatDecimal(value: number, digits: number): string {
  return fixed(value, digits).replace("-", MINUS);
}

/** `1 pull request`, `1,284 pull requests`; pass the plural where adding an s is wrong. */
export function formatQuantity(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)}${NBSP}${count === 1 ? singular : plural}`;
}

/**
 * An amount in major units: `$1,284`, `$12.50`, `−€3`; without its currency where nobody said which. Below a hundred with
 * the decimals of the currency.
 */
export function formatMoney(amount: number, currency: string | null): string {
  const isSmall = Math.abs(amount) < 100 && !Number.isInteger(amount);
  const digits = isSmall ? {} : { maximumFractionDigits: 0 };
  const text =
    currency === null
      ? fixed(Math.abs(amount), isSmall ? 2 : 0)
      : new Intl.NumberFormat("en-US", { style: "currency", currency, ...digits }).format(Math.abs(amount));
  return amount < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text;
}

/** How many decimals a share deserves: one below 20 %, none from there on. */
function shareDigits(share: number): number {
  return Math.abs(share) < 0.2 ? 1 : 0;
}

/** A share of 0..1: `4.1 %`, `41 %`. Only an exact 0 or 1 reads as `0 %` or `100 %`. */
export function formatPercent(share: number, digits = shareDigits(share)): string {
  const percent = share * 100;
  const step = 10 ** -digits;
  if (percent > 0 && percent < step / 2) return `<${NBSP}${step}${NBSP}%`;
  if (percent < 100 && percent > 100 - step / 2) return `>${NBSP}${fixed(100 - step, digits)}${NBSP}%`;
  return `${fixed(percent, digits).replace("-", MINUS)}${NBSP}%`;
}

/** An interval of shares: `3.1–5.4 %`, both ends with the same decimals. */
export function formatPercentInterval(lo: number, hi: number): string {
  const digits = shareDigits(hi);
  return `${fixed(lo * 100, digits)}–${fixed(hi * 100, digits)}${NBSP}%`;
}

/** A difference of shares in percentage points: `+1.6 pp`, `−2.0 pp`, `0.0 pp`. */
export function formatPoints(difference: number): string {
  const text = fixed(Math.abs(difference) * 100, 1);
  const sign = text === "0.0" ? "" : difference > 0 ? "+" : MINUS;
  return `${sign}${text}${NBSP}pp`;
}

/** A relative change of two amounts: `+18 %`, `−4 %`; null when there is nothing to compare with. */
export function formatRelativeChange(current: number, previous: number): string | null {
  if (previous === 0) return null;
  const percent = Math.round(((current - previous) / previous) * 100);
  if (percent === 0) return `±0${NBSP}%`;
  return `${percent > 0 ? "+" : MINUS}${integer.format(Math.abs(percent))}${NBSP}%`;
}

/** `4 of 163` */
export function formatKOfN(k: number, n: number): string {
  return `${formatCount(k)} of${NBSP}${formatCount(n)}`;
}

/** Elapsed hours in the two units that matter: `41 m`, `5 h 12 m`, `1 d 2 h`, `12 d`. */
export function formatHours(hours: number): string {
  const minutes = Math.round(hours * 60);
  if (minutes < 1) return `<${NBSP}1${NBSP}m`;
  if (minutes < 60) return `${minutes}${NBSP}m`;
  if (minutes < 24 * 60) return twoUnits(Math.floor(minutes / 60), "h", minutes % 60, "m");
  const wholeHours = Math.round(minutes / 60);
  const days = Math.floor(wholeHours / 24);
  return days < 10
    ? twoUnits(days, "d", wholeHours % 24, "h")
    : `${integer.format(Math.round(wholeHours / 24))}${NBSP}d`;
}

function twoUnits(major: number, majorUnit: string, minor: number, minorUnit: string): string {
  const head = `${major}${NBSP}${majorUnit}`;
  return minor === 0 ? head : `${head}${NBSP}${minor}${NBSP}${minorUnit}`;
}

/** `14 Oct 2026`, the day of an instant in a zone. */
export function formatDate(instant: string | Date, timeZone: string): string {
  return shortMonth(
    dateFormat(timeZone, { day: "numeric", month: "short", year: "numeric" }).format(new Date(instant)),
  );
}

/** `14 Oct`, for axes and rows whose year is plain. */
export function formatDay(instant: string | Date, timeZone: string): string {
  return shortMonth(dateFormat(timeZone, { day: "numeric", month: "short" }).format(new Date(instant)));
}

/** `Oct 2026` */
export function formatMonth(instant: string | Date, timeZone: string): string {
  return shortMonth(dateFormat(timeZone, { month: "short", year: "numeric" }).format(new Date(instant)));
}

/** Three letters for every month: the locale alone writes `Sept`. */
function shortMonth(date: string): string {
  return date.replace("Sept", "Sep");
}

/** `08:41` */
export function formatTime(instant: string | Date, timeZone: string): string {
  return dateFormat(timeZone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(instant));
}

/** `14 Oct 2026, 08:41` */
export function formatDateTime(instant: string | Date, timeZone: string): string {
  return `${formatDate(instant, timeZone)}, ${formatTime(instant, timeZone)}`;
}

/** `3 Aug – 25 Oct 2026` from a first to a last day, both inside. */
export function formatDateRange(first: string | Date, last: string | Date, timeZone: string): string {
  const end = formatDate(last, timeZone);
  if (formatDate(first, timeZone) === end) return end;
  const sameYear = end.endsWith(formatDate(first, timeZone).slice(-4));
  return `${sameYear ? formatDay(first, timeZone) : formatDate(first, timeZone)} – ${end}`;
}

/** `Payments, Search and Ledger` */
export function formatList(items: readonly string[]): string {
  return list.format(items);
}

/** The same text with a capital in front, as a sentence begins. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const BYTE_UNITS = ["bytes", "kB", "MB", "GB"] as const;

/** Bytes in the largest unit of a thousand that they fill: `21.7 kB`. */
export function formatBytes(bytes: number): string {
  const power = Math.min(BYTE_UNITS.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${formatDecimal(bytes / 1000 ** power, power === 0 ? 0 : 1)}${NBSP}${BYTE_UNITS[power]}`;
}
