import { signal } from '@preact/signals';
import { beforeEach, expect, test, vi } from 'vitest';
import type { CallView, ClientEvent, Commands, RoomView } from '../../src/core/api';
import type { CommandName, Reply } from '../../src/core/core';
import { refresh } from '../../src/ui/actions/boot';
import { holdCore } from '../../src/ui/actions/core';
import { holdPlaces, takePlaces } from '../../src/ui/actions/holding';
import { comeBack } from '../../src/ui/actions/rooms';
import { before, findCall, onCall, present } from '../../src/ui/calls/calling';
import { mine } from '../../src/ui/calls/media';
import { dispatch, state } from '../../src/ui/state/store';
import { DoubleCore } from '../double/core';

// what the page's modules look at while they are loaded
const listeners = vi.hoisted(() => {
  const heard = new Map<string, () => void>();
  vi.stubGlobal('addEventListener', (kind: string, listen: () => void) => heard.set(kind, listen));
  vi.stubGlobal('history', { pushState: () => undefined, replaceState: () => undefined, state: null, back: () => undefined });
  vi.stubGlobal('location', { hash: '', pathname: '/' });
  vi.stubGlobal('document', { visibilityState: 'visible', title: '' });
  return heard;
});
vi.mock('../../src/ui/calls/blur', () => ({ Blurred: null, canBlur: false }));

/** A core that answers some questions as a test says. */
class Answering extends DoubleCore {
  readonly asked: CommandName[] = [];

  constructor(private readonly own: Partial<Record<CommandName, () => unknown>>) {
    super();
  }

  override async callWithBytes<K extends CommandName>(name: K, args: Commands[K]['args'], bytes?: Uint8Array): Promise<Reply<K>> {
    this.asked.push(name);
    const answer = this.own[name];
    return answer === undefined ? await super.callWithBytes(name, args, bytes) : ({ result: await answer(), bytes: null } as Reply<K>);
  }
}

const ringing: CallView = {
  id: 'c', chat: 'x', phase: 'ringing', media: 'voice', own: false, wanted: false, since: null, words: null, microphone_off: false, camera_on: false, screen_shown: false, reason: null,
};
const changed = (call: CallView): ClientEvent => ({ kind: 'call_changed', time: '', chat: null, message: null, relay: null, call, call_step: null });

beforeEach(() => {
  present.value = null;
  mine.value = null;
});

test('An older answer takes no ringing call away', async () => {
  holdCore(new Answering({ 'calls.list': () => [] }));

  const finding = findCall();
  onCall(changed(ringing));
  await finding;

  expect(present.peek()).toEqual(ringing);
});

test('Who is about to call and is called answers with what was prepared, and a call to somebody else stays prepared', () => {
  before.value = { place: { kind: 'chat', id: 'x' }, media: 'video', answer: false };
  onCall(changed(ringing));
  expect(before.peek()).toMatchObject({ place: { id: 'x' }, media: 'video', answer: true });

  onCall(changed({ ...ringing, phase: 'ended' }));
  expect(before.peek()).toBeNull();

  before.value = { place: { kind: 'chat', id: 'y' }, media: 'voice', answer: false };
  onCall(changed(ringing));
  onCall(changed({ ...ringing, phase: 'ended' }));
  expect(before.peek()).toMatchObject({ place: { id: 'y' }, answer: false });
  before.value = null;
});

test('With the identity its call is closed, and what was opened for it', async () => {
  const [stop, close] = [vi.fn(), vi.fn()];
  const local = { tracks: signal({}), speaking: signal(true), blurFailed: signal(false), limit: () => Promise.resolve(), stop };
  holdCore(new Answering({ 'host.show': () => ({ version: '', storage: 'kept', identities: [], open: null }) }));
  dispatch({ kind: 'host', host: { version: '', storage: 'kept', identities: [], open: { id: 'i' } } } as never);
  present.value = { ...ringing, phase: 'connected' };
  mine.value = { place: { kind: 'chat', id: 'x' }, local, turn: [], straight: () => true, connections: new Map([['', { close }]]) } as never;

  await refresh();

  expect(state.peek().host?.open).toBeNull();
  expect([present.peek(), mine.peek(), stop.mock.calls.length, close.mock.calls.length]).toEqual([null, null, 1, 1]);
});

test('A page that is loaded again on its way back keeps its places', async () => {
  const [kept, held] = [new Map<string, string>(), new Map<string, unknown>()];
  const worker = {
    postMessage({ kind, id, place }: { kind: string; id: string; place?: unknown }, ports?: MessagePort[]) {
      if (kind === 'hold') held.set(id, place);
      else ports?.[0]?.postMessage(held.get(id) ?? null);
    },
  };
  vi.stubGlobal('sessionStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) });
  vi.stubGlobal('navigator', { serviceWorker: { controller: worker } });
  const core = new Answering({ 'rooms.resume': () => new Promise<RoomView>(() => undefined) });
  holdCore(core);
  const place = { lines: [], draft: 'half written', pictures: new Map(), shown: true };
  holdPlaces([{ ...place, state: new Uint8Array(1) }, { ...place, state: new Uint8Array(2) }]);

  void comeBack();
  await vi.waitFor(() => expect(core.asked.filter((name) => name === 'rooms.resume')).toHaveLength(2));
  listeners.get('pagehide')?.();

  expect((await takePlaces())?.map((room) => [room.state.length, room.draft])).toEqual([[1, 'half written'], [2, 'half written']]);
});
