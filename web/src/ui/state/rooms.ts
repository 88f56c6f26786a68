import type { RoomEvent, RoomMessageView } from '../../core/api';
import type { RoomHere, State } from './types';

/** What stands between two lines of one author and one breath. */
const oneBreath = 10 * 60_000;

/** A row of a room as it is drawn. */
export type RoomRow = { kind: 'day'; key: string; day: string } | { kind: 'notice'; key: string; lines: readonly [RoomMessageView, ...RoomMessageView[]] } | { kind: 'message'; key: string; line: RoomMessageView; first: boolean };

export function roomOf(state: State, id: string): RoomHere | null {
  return state.rooms.find((room) => room.view.id === id) ?? null;
}

export function withRoom(state: State, id: string, change: (room: RoomHere) => RoomHere): State {
  return { ...state, rooms: state.rooms.map((room) => (room.view.id === id ? change(room) : room)) };
}

/** Nothing of the room stays. */
export function without(state: State, id: string): State {
  const here = 'room' in state.place && state.place.room === id;
  return { ...state, rooms: state.rooms.filter((room) => room.view.id !== id), place: !here ? state.place : state.host?.open == null ? { kind: 'home' } : { kind: 'chats' } };
}

export function happenedIn(state: State, happened: RoomEvent): State {
  return withRoom(state, happened.id, (room) => {
    switch (happened.kind) {
      case 'room_changed': {
        if (happened.room === null) return room;
        const inside = new Set(happened.room.members.map((member) => member.session));
        return { ...room, view: happened.room, typing: room.typing.filter((session) => inside.has(session)) };
      }
      case 'message_added':
      case 'message_changed':
        return happened.message === null ? room : heard(room, happened.message);
      case 'typing':
        return happened.session === null ? room : { ...room, typing: typing(room.typing, happened.session, happened.on) };
      case 'call_step':
      case 'state_changed':
      case 'file_progress':
        return room;
    }
  });
}

/** The rows of a room: days, notices, and messages grouped by author. Who comes or goes one after the other is told in one row. */
export function roomRows(lines: readonly RoomMessageView[], dayOf: (time: string) => string): readonly RoomRow[] {
  const rows: RoomRow[] = [];
  let previous: RoomMessageView | undefined;
  let day = '';
  for (const line of lines) {
    if (isTwice(previous, line)) continue;
    const today = dayOf(line.time);
    if (today !== day) {
      rows.push({ kind: 'day', key: `d${line.id}`, day: line.time });
      day = today;
      previous = undefined;
    }
    if (line.notice === 'none') rows.push({ kind: 'message', key: line.id, line, first: !joins(previous, line) });
    else {
      const above = rows.at(-1);
      if (above?.kind === 'notice' && alike(above.lines[0], line)) rows[rows.length - 1] = { ...above, lines: [...above.lines, line] };
      else rows.push({ kind: 'notice', key: line.id, lines: [line] });
    }
    previous = line;
  }
  return rows;
}

/** True for a notice that says what the one above it said. */
function isTwice(previous: RoomMessageView | undefined, line: RoomMessageView): boolean {
  if (previous === undefined || line.notice === 'none' || previous.notice === 'none') return false;
  return previous.notice === line.notice && previous.from === line.from && previous.text === line.text && line.notice !== 'gap';
}

function alike(above: RoomMessageView, line: RoomMessageView): boolean {
  return above.notice === line.notice && (line.notice === 'joined' || line.notice === 'left');
}

function joins(previous: RoomMessageView | undefined, line: RoomMessageView): boolean {
  return previous !== undefined && previous.notice === 'none' && previous.from === line.from && previous.name === line.name && Date.parse(line.time) - Date.parse(previous.time) <= oneBreath;
}

function heard(room: RoomHere, line: RoomMessageView): RoomHere {
  if (room.lines.some((known) => known.id === line.id)) return { ...room, lines: room.lines.map((known) => (known.id === line.id ? line : known)) };
  const said = line.notice === 'none' && !line.own;
  const last = room.lines.at(-1);
  const lines = [...room.lines, line];
  if (last !== undefined && last.position > line.position) lines.sort((a, b) => a.position - b.position);
  return { ...room, lines, typing: said ? typing(room.typing, line.from, false) : room.typing, unread: room.unread + (said ? 1 : 0) };
}

function typing(before: readonly string[], session: string, on: boolean): readonly string[] {
  if (before.includes(session) === on) return before;
  return on ? [...before, session] : before.filter((other) => other !== session);
}
