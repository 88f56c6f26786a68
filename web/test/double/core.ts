// A core for looking at screens: it remembers, it answers at once, and nothing leaves it. It is never part of the app.
import type { ChatView, ClientEvent, ClientEventKind, Commands, ErrorCode, HostView, IdentityView, MessageView, RelayView } from '../../src/core/api';
import { CoreError, type CommandName, type Core, type Reply } from '../../src/core/core';

/** Calls and rooms have no screens over this double. */
type Answered = Exclude<CommandName, `calls.${string}` | `rooms.${string}`>;
type Answers = { [K in Answered]: (args: Commands[K]['args'], bytes: Uint8Array | null) => Commands[K]['result'] | Promise<Commands[K]['result']> };

const number = '48213 90576 11342 77801 35529 60417 28893 04416 59270 81135 46628 19904';
const line = `secret1${'qpzry9x8gf2tvdw0s3jn54khce6mua7l'.repeat(3)}q5k2x7`;

export class DoubleCore implements Core {
  state: Core['state'] = 'ready';
  readonly messages = new Map<string, MessageView[]>();
  readonly host: HostView = { version: '0.1.0', storage: 'kept', identities: [], open: null };
  chats: ChatView[] = [];
  relays: RelayView[] = [{ address: 'wss://relay.example~shs:Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmE=', connected: true, chosen: true }];
  /** What the next call of a name is refused with. */
  readonly refuse = new Map<CommandName, ErrorCode>();
  delay = 0;
  private made = 0;
  private clock = Date.parse('2026-11-28T13:00:00Z');
  private readonly states = new Set<(state: Core['state']) => void>();
  private readonly events = new Set<(happened: ClientEvent) => void>();
  private readonly hosts = new Set<() => void>();

  onState(listen: (state: Core['state']) => void): () => void {
    this.states.add(listen);
    return () => this.states.delete(listen);
  }

  onEvent(listen: (happened: ClientEvent) => void): () => void {
    this.events.add(listen);
    return () => this.events.delete(listen);
  }

  onRoom(): () => void {
    return () => undefined;
  }

  onHost(listen: () => void): () => void {
    this.hosts.add(listen);
    return () => this.hosts.delete(listen);
  }

  async call<K extends CommandName>(name: K, args: Commands[K]['args'], bytes?: Uint8Array): Promise<Commands[K]['result']> {
    return (await this.callWithBytes(name, args, bytes)).result;
  }

  async callWithBytes<K extends CommandName>(name: K, args: Commands[K]['args'], bytes?: Uint8Array): Promise<Reply<K>> {
    await new Promise((resolve) => setTimeout(resolve, this.delay));
    const refused = this.refuse.get(name);
    if (refused !== undefined) {
      this.refuse.delete(name);
      throw new CoreError(refused);
    }
    const answer = (this.answers as Partial<Record<CommandName, (args: Commands[K]['args'], bytes: Uint8Array | null) => unknown>>)[name];
    if (answer === undefined) throw new CoreError('bad_command');
    const result = await answer(args, bytes ?? null);
    return { result: structuredClone(result) as Commands[K]['result'], bytes: name === 'host.export' ? new Uint8Array(64) : null };
  }

  /** Someone's line, or one's own, in a chat. */
  line(chat: ChatView, own: boolean, text: string, more: Partial<MessageView> = {}): MessageView {
    const all = this.messages.get(chat.id) ?? [];
    this.messages.set(chat.id, all);
    this.clock += 60_000;
    const time = more.time ?? new Date(this.clock).toISOString();
    const message: MessageView = { id: `m${++this.made}`, chat: chat.id, kind: 'text', own, time, arrived: time, text, notice: 'none', state: own ? 'sent' : 'received', position: this.made, ...more };
    all.push(message);
    chat.last_message = message;
    chat.last_activity = time;
    if (!own && message.kind !== 'notice') chat.unread++;
    this.tell('message_added', chat, message);
    return message;
  }

  chat(name: string, more: Partial<ChatView> = {}): ChatView {
    const created = new Date(this.clock).toISOString();
    const chat: ChatView = {
      id: `c${++this.made}`, name, participant: name, their_name: null, stage: 'open', verification: 'not_verified', secret_in_several_hands: false, muted: false,
      unread: 0, created, last_activity: created, last_message: null, safety_number: number, ...more,
    };
    this.chats.unshift(chat);
    this.tell('chat_added', chat);
    return chat;
  }

  open(name: string): void {
    const created = '2026-11-01T10:00:00Z';
    const id = `i${++this.made}`;
    this.host.identities.push({ id, name, created, retired: false });
    this.host.open = { id, read_only: false, retired: false, memory: this.host.storage === 'memory', damaged: [], identity: { name, created, chats: 0, waiting: 0 } };
    this.changed();
  }

  tell(kind: ClientEventKind, chat: ChatView | null = null, message: MessageView | null = null, relay: RelayView | null = null): void {
    const happened = structuredClone({ kind, time: new Date(this.clock).toISOString(), chat, message, relay, call: null, call_step: null });
    for (const listen of this.events) listen(happened);
  }

  changed(): void {
    for (const listen of this.hosts) listen();
  }

  private find(id: string): ChatView {
    const chat = this.chats.find((c) => c.id === id);
    if (chat === undefined) throw new CoreError('unknown_chat');
    return chat;
  }

  private change(id: string, change: Partial<ChatView>): ChatView {
    const chat = Object.assign(this.find(id), change);
    this.tell('chat_changed', chat);
    return chat;
  }

  private identity(): IdentityView {
    if (this.host.open === null) throw new CoreError('not_open');
    return this.host.open.identity;
  }

  private unlock(id: string): Commands['host.open']['result'] {
    const kept = this.host.identities.find((i) => i.id === id);
    if (kept === undefined) throw new CoreError('store_not_found');
    this.host.open = { id, read_only: false, retired: false, memory: this.host.storage === 'memory', damaged: [], identity: { name: kept.name, created: kept.created, chats: this.chats.length, waiting: 0 } };
    this.changed();
    return { ...this.host.open };
  }

  private readonly answers: Answers = {
    'host.show': () => this.host,
    'host.create': ({ name }) => {
      if (new TextEncoder().encode(name).length > 64) throw new CoreError('bad_name');
      this.open(name);
      return this.unlock(this.host.identities.at(-1)?.id ?? '');
    },
    'host.open': ({ id, password }) => {
      if (password === 'wrong') throw new CoreError('store_wrong_password');
      return this.unlock(id);
    },
    'host.import': (_, bytes) => {
      if (bytes === null || bytes.length < 8) throw new CoreError('store_not_an_export');
      this.open('Alice');
      for (const name of ['Bob', 'Carol', 'Dave']) this.chat(name, { stage: name === 'Bob' ? 'open' : 'returning' });
      return this.unlock(this.host.identities.at(-1)?.id ?? '');
    },
    'host.export': ({ password }) => {
      if (password === 'wrong') throw new CoreError('store_wrong_password');
      return { name: 'Alice.s2' };
    },
    'host.lock': () => {
      this.host.open = null;
      this.changed();
      return null;
    },
    'host.delete': ({ id }) => {
      this.host.identities = this.host.identities.filter((i) => i.id !== id);
      this.host.open = null;
      this.changed();
      return null;
    },
    'host.words': ({ count }) => ({ text: ['orbit', 'velvet', 'canyon', 'mosaic', 'timber', 'quartz', 'lantern'].slice(0, count).join(' ') }),
    'identity.show': () => this.identity(),
    'identity.rename': ({ name }) => {
      this.identity().name = name;
      this.tell('identity_changed');
      return null;
    },
    'identity.password': ({ old }) => {
      if (old === 'wrong') throw new CoreError('store_wrong_password');
      return null;
    },
    'relays.list': () => this.relays,
    'relays.add': ({ address }) => {
      if (!address.includes('~shs:')) throw new CoreError('bad_relay_address');
      this.relays = [...this.relays, { address, connected: false, chosen: true }];
      return null;
    },
    'relays.remove': ({ address }) => {
      if (this.relays.length === 1) throw new CoreError('last_relay');
      this.relays = this.relays.filter((r) => r.address !== address);
      return null;
    },
    'relays.test': () => ({ outcome: 'reached', milliseconds: 12 }),
    'chats.list': () => this.chats,
    'chats.show': ({ chat }) => this.find(chat),
    'chats.create': ({ name }) => this.chat(name, { stage: 'waiting_for_guest', safety_number: null }),
    'chats.join': ({ secret, name }) => {
      if (!secret.toLowerCase().includes('secret1') || secret.length < 60) throw new CoreError('secret_mistyped');
      const chat = this.chat(name);
      this.line(chat, false, '', { kind: 'notice', notice: 'both_secrets_exchanged' });
      return chat;
    },
    'chats.add': ({ chat, direct }) => {
      this.change(chat, { stage: 'open', safety_number: number, verification: direct ? 'verified' : 'both_secrets_exchanged' });
      return null;
    },
    'chats.secret': () => ({ text: line, link: `https://secrets.example/#${line}`, qr_content: line.toUpperCase(), good_until: '2026-12-12T12:00:00Z', at_relay: this.relays.some((r) => r.connected) }),
    'chats.verify': ({ chat, typed }) => {
      if (typed !== null && typed.replaceAll(/\D/g, '') !== number.replaceAll(' ', '')) throw new CoreError('number_differs');
      this.change(chat, { verification: 'verified' });
      return null;
    },
    'chats.rename': ({ chat, name }) => {
      this.change(chat, { name });
      return null;
    },
    'chats.attend': () => null,
    'chats.mute': ({ chat, muted }) => {
      this.change(chat, { muted });
      return null;
    },
    'chats.leave': ({ chat }) => {
      this.change(chat, { stage: 'left' });
      return null;
    },
    'chats.delete': ({ chat }) => {
      const gone = this.find(chat);
      this.chats = this.chats.filter((c) => c !== gone);
      this.tell('chat_removed', gone);
      return null;
    },
    'chats.read': ({ chat }) => {
      this.change(chat, { unread: 0 });
      return null;
    },
    'messages.send': ({ chat, text }) => this.line(this.find(chat), true, text, { state: this.relays.some((r) => r.connected) ? 'sent' : 'waiting', time: new Date().toISOString() }),
    'messages.page': ({ chat, before, count }) => (this.messages.get(chat) ?? []).filter((m) => before === null || m.position < before).slice(-count),
    sync: () => ({ fetched: 0, waiting: 0, relays_reached: 1, relays_missed: 0 }),
  };
}
