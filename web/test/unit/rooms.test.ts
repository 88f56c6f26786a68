import { expect, test } from 'vitest';
import type { Commands, RoomEvent, RoomMessageView, RoomView } from '../../src/core/api';
import type { CommandName, Reply } from '../../src/core/core';
import { holdCore } from '../../src/ui/actions/core';
import { forgetRoom, hearRoom, sendings, takeIn } from '../../src/ui/actions/rooms';
import { proposeName } from '../../src/ui/rooms/acts';
import { firstLine } from '../../src/ui/rooms/conversation';
import { treeOf } from '../../src/ui/rooms/markdown';
import { roomNotice } from '../../src/ui/rooms/notices';
import { hostOf, withWord, wordsIn } from '../../src/ui/rooms/code';
import { reduce } from '../../src/ui/state/reduce';
import { roomRows } from '../../src/ui/state/rooms';
import { state as whole } from '../../src/ui/state/store';
import { firstState, type State } from '../../src/ui/state/types';
import { DoubleCore } from '../double/core';

const view: RoomView = {
  id: 'r', label: '', code: '', link: '', qr: '', relay: '', stage: 'in', ending: 'none', deadline: null, locked: false, me: 'a', name: 'Alice', is_owner: true, owner: 'a',
  members: [{ session: 'a', name: 'Alice', own: true, owner: true, away: false }], safety_words: [], max_participants: 50, entered: '2026-11-28T12:00:00Z', call: null,
};

function line(position: number, more: Partial<RoomMessageView> = {}): RoomMessageView {
  return {
    id: `m${position}`, room: 'r', notice: 'none', from: 'b', name: 'Bob', own: false, time: '2026-11-28T12:00:00Z', text: 'x', reply_to: null, reactions: [], file: null,
    sent: true, count: 0, position, ...more,
  };
}

const happened = (kind: RoomEvent['kind'], more: Partial<RoomEvent>): RoomEvent => ({ kind, id: 'r', room: null, message: null, session: null, on: false, upload: null, sent: 0, call_step: null, ...more });
const open = reduce({ ...firstState, place: { kind: 'room', room: 'r' } }, { kind: 'room-in', view, lines: [line(1)], draft: '' });
const after = (state: State, event: RoomEvent): State => reduce(state, { kind: 'room-event', happened: event });

test('A line comes once, in its place, and ends its sender’s typing', () => {
  const typing = after(open, happened('typing', { session: 'b', on: true }));
  const said = [line(3), line(2), line(3, { text: 'changed' })].reduce((state, message) => after(state, happened('message_added', { message })), typing);

  expect(typing.rooms[0]?.typing).toEqual(['b']);
  expect(said.rooms[0]).toMatchObject({ typing: [], unread: 2, lines: [{ id: 'm1' }, { id: 'm2' }, { id: 'm3', text: 'changed' }] });
});

test('What is said while a room is taken in is not lost', async () => {
  class Answering extends DoubleCore {
    override async callWithBytes<K extends CommandName>(name: K, args: Commands[K]['args']): Promise<Reply<K>> {
      const answers: Partial<Record<CommandName, unknown>> = { 'rooms.show': view, 'rooms.messages': [line(1)] };
      return name in answers ? ({ result: answers[name], bytes: null } as Reply<K>) : await super.callWithBytes(name, args);
    }
  }
  holdCore(new Answering());

  const taking = takeIn(view);
  hearRoom(happened('message_added', { message: line(2) }));
  hearRoom(happened('room_changed', { room: { ...view, locked: true } }));
  await taking;

  expect(whole.peek().rooms).toMatchObject([{ view: { locked: true }, lines: [{ id: 'm1' }, { id: 'm2' }] }]);
  forgetRoom('r');
});

test('A room that is left leaves nothing, and its screen leads home', () => {
  expect(reduce(open, { kind: 'room-out', room: 'r' })).toMatchObject({ rooms: [], place: { kind: 'home' } });
});

test('Rows are grouped by author, and a notice that says what the one before said is left out', () => {
  const lines = [line(1), line(2), line(3, { notice: 'locked' }), line(4, { notice: 'locked' }), line(5, { from: 'c' })];

  expect(roomRows(lines, () => 'd').map((row) => (row.kind === 'message' ? `${row.line.position}${row.first ? 'f' : ''}` : row.kind))).toEqual(['day', '1f', '2', 'notice', '5f']);
});

test('Who comes or goes one after the other is told in one row', () => {
  const came = ['c', 'd', 'e', 'f', 'g', 'h'].map((from, i) => line(i + 1, { notice: 'joined', from, name: `Guest ${from}` }));
  const lines = [...came, line(7, { notice: 'left', from: 'c', name: 'Guest c' }), line(8, { notice: 'joined', from: 'c', name: 'Guest c' })];
  const said = (of: readonly RoomMessageView[]): string[] => roomRows(of, () => 'd').flatMap((row) => (row.kind === 'notice' ? roomNotice(row.lines, view).replaceAll(/[\u2068\u2069]/g, '') : []));

  expect(said(lines)).toEqual(['Guest c, Guest d, Guest e, Guest f, and 2 others are here.', 'Guest c left.', 'Guest c is here.']);
  expect(said(came.slice(0, 2))).toEqual(['Guest c and Guest d are here.']);
});

test('A word of a code is replaced where it stands', () => {
  expect(wordsIn('one-two, Three')).toEqual(['one', 'two', 'Three']);
  expect(withWord('one-two, Three', 2, 'ten')).toBe('one-ten, Three');
  expect(hostOf('wss://relay.example~shs:KEY')).toBe('relay.example');
});

test('Markdown is a small set: HTML, pictures, headings and references stay what was typed', () => {
  const text = '# no\n<b>no</b> ![no](x) &copy; **yes**';

  expect(treeOf(text)).toMatchObject([
    { kind: 'paragraph', children: [{ kind: 'text', text: '# no\n<b>no</b> !' }, { kind: 'link', href: 'x' }, { kind: 'text', text: ' &copy; ' }, { kind: 'strong' }] },
  ]);
});

test('What would keep the reader of Markdown busy is not read', () => {
  const started = performance.now();
  for (const text of ['*_'.repeat(4_000), '['.repeat(8_000), '>'.repeat(8_000), '- '.repeat(4_000), 'x'.repeat(9_000)]) expect(treeOf(text)).toBeNull();

  expect(performance.now() - started).toBeLessThan(200);
});

test('A quote says what was said, without the marks of Markdown', () => {
  const quote = (text: string): string => firstLine(line(1, { text }));

  expect(quote('**Noodles** at _one_, by the `crane`')).toBe('Noodles at one, by the crane');
  expect(quote('> so\n\n- a\n- [b](https://noodles.example)')).toBe('so a b');
  expect(quote('a * b = c_d')).toBe('a * b = c_d');
  expect(quote('**' + 'long '.repeat(100) + '**')).toHaveLength(120);
});

test('A file on its way says how far it is', () => {
  const file = new File([new Uint8Array(10)], 'a.bin');
  sendings.value = [{ key: 'file1', room: 'r', file, sent: 0, refusal: null }, { key: 'file2', room: 'r', file, sent: 0, refusal: null }];
  hearRoom(happened('file_progress', { upload: 'file2', sent: 7 }));

  expect(sendings.value.map((s) => s.sent)).toEqual([0, 7]);
  sendings.value = [];
});

test('The name that is proposed is a friendly one, and stays', () => {
  const proposed = proposeName();

  expect(proposed).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/);
  expect(proposeName()).toBe(proposed);
});
