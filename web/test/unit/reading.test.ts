import { beforeEach, expect, test } from 'vitest';
import type { ClientEvent, RelayView } from '../../src/core/api';
import { call, holdCore } from '../../src/ui/actions/core';
import { hear, read } from '../../src/ui/actions/reading';
import { dispatch, state } from '../../src/ui/state/store';
import { DoubleCore } from '../double/core';

const relay = (connected: boolean): RelayView => ({ address: 'wss://a~shs:k', connected, chosen: true });
const connected: ClientEvent = { kind: 'relay_connected', time: '', chat: null, message: null, relay: relay(true), call: null, call_step: null };

beforeEach(() => dispatch({ kind: 'relays', relays: [] }));

test('An event that overtakes an older answer stands', async () => {
  const core = new DoubleCore();
  core.relays = [relay(false)];
  holdCore(core);

  const reading = read(() => call('relays.list', {}), (relays) => dispatch({ kind: 'relays', relays }));
  hear({ kind: 'event', happened: connected });
  await reading;

  expect(state.peek().relays).toEqual([relay(true)]);
});

test('A refused question keeps no events', async () => {
  const core = new DoubleCore();
  core.refuse.set('relays.list', 'not_open');
  holdCore(core);

  await expect(read(() => call('relays.list', {}), () => undefined)).rejects.toThrow('not_open');
  hear({ kind: 'event', happened: connected });

  expect(state.peek().relays).toEqual([relay(true)]);
});
