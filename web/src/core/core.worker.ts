// Runs the core for all tabs of this browser. One tab's worker holds the lock and has the core; the others pass calls on to it, and one of
// them takes over when it is gone.
import type { ArgonTask } from './argon';
import { lockName, type CallMessage, type FromWorker, type Notice, type ReplyMessage, type ToWorker } from './messages';
import type { HandOver, RunningCore } from './runtime';

const channelName = 'secrets-core';

type Shared =
  | ({ kind: 'call'; from: string } & CallMessage)
  | { kind: 'taken'; to: string; id: number }
  | ({ kind: 'reply'; to: string } & ReplyMessage)
  | { kind: 'hello' }
  | { kind: 'leader'; tab: string }
  | { kind: 'handOver'; before: HandOver | null }
  | Notice;

const scope = self as unknown as { postMessage(message: FromWorker): void; addEventListener(type: 'message', listen: (event: MessageEvent<ToWorker>) => void): void };
const tab = crypto.randomUUID();
const channel = new BroadcastChannel(channelName);
/** Calls of this tab that are not answered yet, and whether a leader has begun with them. */
const waiting = new Map<number, { call: CallMessage; taken: boolean }>();
/** Passwords that the page's worker hashes. */
const hashing = new Map<number, { resolve(hash: Uint8Array | null): void; reject(failure: Error): void }>();
let hashes = 0;
let core: RunningCore | null = null;
/** The tab that has the core, if it is another one. */
let leader: string | null = null;
/** True if this tab shares nothing with others. */
let alone = false;
/** What the leader has open, so that this tab can go on with it. */
let before: HandOver | null = null;

// not as onmessage: the runtime takes a worker that has one for a thread of its own
scope.addEventListener('message', ({ data }) => {
  switch (data.kind) {
    case 'start':
      if (data.purpose === 'rooms') beginAlone(data.page);
      else begin(data.page);
      break;
    case 'call':
      void take({ id: data.id, name: data.name, args: data.args, bytes: data.bytes });
      break;
    case 'hashed': {
      const asked = hashing.get(data.id);
      hashing.delete(data.id);
      if (data.hash === undefined) asked?.reject(new Error('no worker'));
      else asked?.resolve(data.hash);
      break;
    }
    case 'argon':
      void import('./argon').then(async ({ hashPassword }) => scope.postMessage({ kind: 'hash', hash: await hashPassword(data) })).catch(reportError);
      break;
  }
});

channel.onmessage = ({ data }: MessageEvent<Shared>) => {
  switch (data.kind) {
    case 'call':
      if (core === null) break;
      // said before it is done: what nobody has taken is done by nobody, and can be asked again
      share({ kind: 'taken', to: data.from, id: data.id });
      void answer(core, data).then((reply) => share({ kind: 'reply', to: data.from, ...reply }));
      break;
    case 'taken': {
      const call = data.to === tab ? waiting.get(data.id) : undefined;
      if (call !== undefined) call.taken = true;
      break;
    }
    case 'reply':
      if (data.to === tab && waiting.delete(data.id)) scope.postMessage({ kind: 'reply', id: data.id, answer: data.answer, bytes: data.bytes });
      break;
    case 'hello':
      if (core !== null) lead(core);
      break;
    case 'handOver':
      before?.key.fill(0);
      before = data.before;
      break;
    case 'leader':
      follow(data.tab);
      break;
    default:
      scope.postMessage(data);
  }
};

/** By a worker that the page starts. */
function hashElsewhere(task: ArgonTask): Promise<Uint8Array | null> {
  const id = ++hashes;
  return new Promise((resolve, reject) => {
    hashing.set(id, { resolve, reject });
    scope.postMessage({ kind: 'hashElsewhere', id, task });
  });
}

function share(message: Shared): void {
  if (!alone) channel.postMessage(message);
}

function tell(notice: Notice): void {
  scope.postMessage(notice);
  share(notice);
}

/** For this tab's rooms: shares nothing, keeps nothing, and ends with the tab. */
function beginAlone(page: string): void {
  alone = true;
  channel.close();
  run(page, false).catch(() => scope.postMessage({ kind: 'state', state: 'failed' }));
}

function begin(page: string): void {
  let held = false;
  navigator.locks
    .request(lockName, async () => {
      held = true;
      await run(page, true);
      // held for as long as this tab lives
      await new Promise(() => undefined);
    })
    .catch(async (failure: unknown) => {
      if (held) throw failure;
      // who lets pages keep nothing is refused locks as well: then each tab is for itself, and keeps nothing that another could write, too
      alone = true;
      channel.close();
      await run(page, false);
    })
    .catch(() => scope.postMessage({ kind: 'state', state: 'failed' }));
  share({ kind: 'hello' });
}

async function run(page: string, keeps: boolean): Promise<void> {
  const { startCore } = await import('./runtime');
  const started = await startCore(page, keeps, hashElsewhere, { happened: (json) => tell({ kind: 'event', json }), roomHappened: (json) => tell({ kind: 'room', json }), changed: () => changed() });
  core = started;
  if (before !== null) await started.resume(before);
  lead(started);
  // after another tab's core ours is a change of the host; the page asks for it once in either case
  scope.postMessage(leader === null ? { kind: 'state', state: 'ready' } : { kind: 'host' });
  settle((call) => void take(call));
}

/** Says who leads, and hands over what is open. */
function lead(running: RunningCore): void {
  share({ kind: 'leader', tab });
  share({ kind: 'handOver', before: running.handOver() });
}

function changed(): void {
  tell({ kind: 'host' });
  if (core !== null) share({ kind: 'handOver', before: core.handOver() });
}

function follow(tabOfLeader: string): void {
  if (core !== null || leader === tabOfLeader) return;
  scope.postMessage(leader === null ? { kind: 'state', state: 'ready' } : { kind: 'host' });
  leader = tabOfLeader;
  settle(send);
}

/** A new leader: asks it what nobody has taken yet. What a former one has taken may have been done, so it is not asked again. */
function settle(ask: (call: CallMessage) => void): void {
  const all = [...waiting.values()];
  waiting.clear();
  for (const { call, taken } of all) {
    if (taken) scope.postMessage({ kind: 'reply', id: call.id, answer: '-failed', bytes: null });
    else ask(call);
  }
}

function send(call: CallMessage): void {
  waiting.set(call.id, { call, taken: false });
  share({ kind: 'call', from: tab, ...call });
}

async function take(call: CallMessage): Promise<void> {
  if (core !== null) {
    scope.postMessage({ kind: 'reply', ...(await answer(core, call)) });
    return;
  }
  if (leader !== null) send(call);
  else waiting.set(call.id, { call, taken: false });
}

async function answer(running: RunningCore, call: CallMessage): Promise<ReplyMessage> {
  try {
    return { id: call.id, ...(await running.call(call.name, call.args, call.bytes)) };
  } catch {
    return { id: call.id, answer: '-failed', bytes: null };
  }
}
