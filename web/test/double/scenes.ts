import type { DoubleCore } from './core';

const long = 'A longer one, to see how lines break: the quick brown fox jumps over the lazy dog, and then once more over the same dog, which has not moved.';

/** States of the core that a person can meet. */
export const scenes: Record<string, (core: DoubleCore) => void> = {
  first: () => undefined,
  memory: (core) => (core.host.storage = 'memory'),
  failed: (core) => (core.state = 'failed'),
  starting: (core) => (core.state = 'starting'),
  returning: (core) => {
    core.open('Alice');
    core.host.open = null;
  },
  several: (core) => {
    for (const name of ['Alice', 'Bob at work', 'Old one']) core.open(name);
    const last = core.host.identities.at(-1);
    if (last !== undefined) last.retired = true;
    core.host.open = null;
  },
  empty: (core) => core.open('Alice'),
  chats: fill,
  imported: (core) => {
    fill(core);
    for (const chat of core.chats.slice(1, 4)) chat.stage = 'returning';
  },
  offline: (core) => {
    fill(core);
    for (const relay of core.relays) relay.connected = false;
    const chat = core.chats.at(-1);
    if (chat !== undefined) core.line(chat, true, 'Are you there?', { state: 'waiting', time: new Date().toISOString() });
  },
  damaged: (core) => {
    fill(core);
    if (core.host.open !== null) Object.assign(core.host.open, { read_only: true, damaged: ['log'] });
  },
  stopped: (core) => {
    fill(core);
    for (const chat of core.chats) chat.stage = 'stopped';
  },
  kept_nowhere: (core) => {
    core.host.storage = 'memory';
    fill(core);
  },
  many: (core) => {
    core.open('Alice');
    const chat = core.chat('Bob');
    for (let i = 0; i < 10_000; i++) core.line(chat, i % 3 === 0, i % 7 === 0 ? `${i}: ${long}` : `Message ${i}`, { time: new Date(Date.parse('2026-10-01T08:00:00Z') + i * 240_000).toISOString() });
    chat.unread = 12;
  },
};

function fill(core: DoubleCore): void {
  core.open('Alice');
  const waiting = core.chat('Gardening with Grandmother', { stage: 'waiting_for_guest', safety_number: null });
  waiting.last_activity = '2026-11-20T10:00:00Z';
  core.chat('Dave', { stage: 'left' });
  core.chat('Erin', { stage: 'needs_new_secret' });
  const hostile = core.chat('<img src=x onerror=alert(1)>', { participant: '\u202Eevil <b>name</b>', their_name: '"><script>alert(1)</script>', muted: true });
  core.line(hostile, false, '<script>alert(1)</script> javascript:alert(1) https://xn--pple-43d.com https://аpple.com/login https://google.com@evil.example/ \u202Egnp.exe');
  const hands = core.chat('Frank', { secret_in_several_hands: true });
  core.line(hands, false, '', { kind: 'notice', notice: 'secret_in_several_hands' });
  const carol = core.chat('Carol', { verification: 'both_secrets_exchanged', safety_number: '11111 22222 33333 44444 55555 66666 77777 88888 99999 10101 20202 30303' });
  core.line(carol, true, 'See you on Friday.', { state: 'received', time: '2026-11-26T18:10:00Z' });
  const bob = core.chat('Bob', { verification: 'verified' });
  core.line(bob, false, '', { kind: 'notice', notice: 'they_joined', time: '2026-11-27T09:00:00Z' });
  core.line(bob, false, '', { kind: 'notice', notice: 'verified', time: '2026-11-27T09:01:00Z' });
  core.line(bob, true, 'Noodles at one?', { state: 'received', time: '2026-11-27T11:02:00Z' });
  core.line(bob, false, 'Yes! The place by the river, https://noodles.example/menu?day=friday.', { time: '2026-11-27T11:03:00Z' });
  core.line(bob, false, long, { time: '2026-11-27T11:04:00Z' });
  core.line(bob, false, 'أراك قريبا', { time: '2026-11-27T11:05:00Z' });
  const now = Date.now();
  core.line(bob, true, 'On my way.\nTwo minutes.', { state: 'received', time: new Date(now - 3_600_000).toISOString() });
  core.line(bob, true, 'Here.', { state: 'sent', time: new Date(now - 3_500_000).toISOString() });
  bob.unread = 0;
  core.line(bob, false, 'So am I.', { time: new Date(now - 60_000).toISOString() });
  core.line(bob, false, 'At the window.', { time: new Date(now - 50_000).toISOString() });
}
