import type { MessageView } from '../../core/api';
import type { Echo, Lines } from './types';

export const noLines: Lines = { messages: [], echoes: [], whole: false, unreadFrom: null };

/** What stands between two lines of one author and one breath. */
const oneBreath = 10 * 60_000;

/** A row of a chat as it is drawn. */
export type Row =
  | { kind: 'day'; key: string; day: string }
  | { kind: 'unread'; key: string }
  | { kind: 'notice'; key: string; message: MessageView }
  | { kind: 'message'; key: string; message: MessageView; first: boolean; last: boolean }
  | { kind: 'echo'; key: string; echo: Echo; first: boolean };

/** A page of older lines, or the newest ones. */
export function paged(lines: Lines, messages: readonly MessageView[], whole: boolean): Lines {
  return { ...lines, messages: merged(lines.messages, messages), whole: whole || lines.whole };
}

/** A line that came or changed. An own one ends the echo that stood for it, whichever of event and answer is first. */
export function heard(lines: Lines, message: MessageView): Lines {
  const known = lines.messages.some((m) => m.id === message.id);
  const echo = message.own && !known ? lines.echoes.find((e) => e.text === message.text) : undefined;
  return { ...lines, messages: merged(lines.messages, [message]), echoes: echo === undefined ? lines.echoes : lines.echoes.filter((e) => e !== echo) };
}

export function echoed(lines: Lines, echo: Echo): Lines {
  return { ...lines, echoes: [...lines.echoes, echo], unreadFrom: null };
}

/** The core's answer to what was said: the line, or null if it was refused. */
export function said(lines: Lines, key: string, message: MessageView | null): Lines {
  const echoes = lines.echoes.filter((e) => e.key !== key);
  return { ...lines, echoes, messages: message === null || lines.messages.some((m) => m.id === message.id) ? lines.messages : merged(lines.messages, [message]) };
}

/** The rows of a chat: days, the unread line, notices, and messages grouped by author. */
export function rowsOf(lines: Lines, dayOf: (time: string) => string): readonly Row[] {
  const rows: Row[] = [];
  let previous: MessageView | undefined;
  let day = '';
  for (const message of lines.messages) {
    const today = dayOf(message.time);
    let apart = false;
    if (today !== day) {
      rows.push({ kind: 'day', key: `d${message.id}`, day: message.time });
      day = today;
      apart = true;
    }
    if (message.position === lines.unreadFrom) {
      rows.push({ kind: 'unread', key: 'unread' });
      apart = true;
    }
    if (message.kind === 'notice') rows.push({ kind: 'notice', key: message.id, message });
    else {
      const first = apart || !joins(previous, message);
      const above = rows.at(-1);
      if (!first && above?.kind === 'message') rows[rows.length - 1] = { ...above, last: false };
      rows.push({ kind: 'message', key: message.id, message, first, last: true });
    }
    previous = message;
  }
  lines.echoes.forEach((echo, i) => rows.push({ kind: 'echo', key: echo.key, echo, first: i === 0 && previous?.own !== true }));
  return rows;
}

function joins(previous: MessageView | undefined, message: MessageView): boolean {
  return previous !== undefined && previous.kind !== 'notice' && previous.own === message.own && Date.parse(message.time) - Date.parse(previous.time) <= oneBreath;
}

/** Both in the order of their positions; of one line the later version. */
function merged(before: readonly MessageView[], more: readonly MessageView[]): readonly MessageView[] {
  const first = more[0];
  const last = before.at(-1);
  if (first === undefined) return before;
  if (last === undefined || first.position > last.position) return [...before, ...more];
  const end = more.at(-1);
  const start = before[0];
  if (end !== undefined && start !== undefined && end.position < start.position) return [...more, ...before];
  const changed = new Map(more.map((m) => [m.id, m]));
  const kept = before.map((m) => changed.get(m.id) ?? m);
  const known = new Set(before.map((m) => m.id));
  const added = more.filter((m) => !known.has(m.id));
  return added.length === 0 ? kept : [...kept, ...added].sort((a, b) => a.position - b.position);
}
