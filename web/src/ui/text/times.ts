import { speaking } from '../../messages/messages';

// Formatters are dear to make and cheap to use.
const made = new Map<string, Intl.DateTimeFormat>();

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const language = localeOf(speaking.value.language);
  const key = language + JSON.stringify(options);
  let found = made.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(language, options);
    made.set(key, found);
  }
  return found;
}

/** The region's habits with the page's language: de-AT stays de-AT, en on a German device is the browser's English. */
export function localeOf(language: string): string {
  return typeof navigator === 'undefined' ? language : (navigator.languages.find((l) => l.toLowerCase().startsWith(language)) ?? language);
}

export function clock(time: string): string {
  return formatter({ hour: 'numeric', minute: '2-digit' }).format(new Date(time));
}

export function fullTime(time: string): string {
  return formatter({ dateStyle: 'full', timeStyle: 'short' }).format(new Date(time));
}

export function longDate(time: string): string {
  return formatter({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(time));
}

export function date(time: string): string {
  return formatter({ day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(time));
}

/** Today the time, within a week the day, else the date. */
export function listTime(time: string, now: Date): string {
  const then = new Date(time);
  const days = Math.round((midnight(now) - midnight(then)) / 86_400_000);
  if (days <= 0) return clock(time);
  if (days < 7) return formatter({ weekday: 'short' }).format(then);
  return formatter({ day: 'numeric', month: 'numeric', year: '2-digit' }).format(then);
}

/** How many days ago, by the calendar. */
export function daysAgo(time: string, now: Date): number {
  return Math.round((midnight(now) - midnight(new Date(time))) / 86_400_000);
}

/** Names the local day of a time; made for long runs of times that mostly fall on one day. */
export function dayNamer(): (time: string) => string {
  let from = 0;
  let to = 0;
  let name = '';
  return (time) => {
    const at = Date.parse(time);
    if (at < from || at >= to) {
      const start = new Date(at);
      start.setHours(0, 0, 0, 0);
      from = start.getTime();
      start.setDate(start.getDate() + 1);
      to = start.getTime();
      name = String(from);
    }
    return name;
  };
}

function midnight(time: Date): number {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}

/** Minutes and seconds, with hours before them where there are some: 3:07, 1:02:09. */
export function duration(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds)) : 0;
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
