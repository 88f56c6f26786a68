// A page's way to the core: a worker, and calls that are matched by number. Rooms have a second worker, which is this tab's own.
import type { ArgonTask } from './argon';
import type { ClientEvent, Commands, ErrorCode, RoomEvent } from './api';
import { CoreError, type CommandName, type Core, type Reply } from './core';
import workerUrl from './core.worker?worker&url';
import { hashInWorker } from './hasher';
import type { FromWorker, Notice, Purpose, ToWorker } from './messages';
import { startWorker } from './trusted';

class Listeners<T> {
  private readonly all = new Set<(value: T) => void>();

  add(listen: (value: T) => void): () => void {
    this.all.add(listen);
    return () => this.all.delete(listen);
  }

  tell(value: T): void {
    for (const listen of this.all) listen(value);
  }
}

interface Open {
  resolve(reply: { result: unknown; bytes: Uint8Array | null }): void;
  reject(refusal: CoreError): void;
}

/** One worker: its calls, and what it tells. */
class Line {
  state: Core['state'] = 'starting';

  private readonly open = new Map<number, Open>();
  private worker: Worker | null = null;
  private last = 0;

  constructor(
    page: string,
    purpose: Purpose,
    private readonly tell: (notice: Notice) => void,
  ) {
    if (typeof WebAssembly !== 'object' || !('locks' in navigator)) {
      this.state = 'failed';
      return;
    }
    try {
      this.worker = startWorker(workerUrl);
    } catch {
      this.state = 'failed';
      return;
    }
    this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.take(data);
    this.worker.onerror = () => this.become('failed');
    this.post({ kind: 'start', page, purpose });
  }

  call<K extends CommandName>(name: K, args: Commands[K]['args'], bytes?: Uint8Array): Promise<Reply<K>> {
    if (this.state === 'failed') return Promise.reject(new CoreError('failed'));
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      this.open.set(id, { resolve: resolve as Open['resolve'], reject });
      this.post({ kind: 'call', id, name, args: JSON.stringify(args), bytes: bytes ?? null });
    });
  }

  private post(message: ToWorker): void {
    this.worker?.postMessage(message);
  }

  private take(message: FromWorker): void {
    switch (message.kind) {
      case 'state':
        this.become(message.state);
        break;
      case 'event':
      case 'room':
      case 'host':
        this.tell(message);
        break;
      case 'hashElsewhere':
        void this.hash(message.id, message.task);
        break;
      case 'reply': {
        const open = this.open.get(message.id);
        this.open.delete(message.id);
        if (message.answer.startsWith('+')) open?.resolve({ result: JSON.parse(message.answer.slice(1)), bytes: message.bytes });
        else open?.reject(new CoreError(message.answer.slice(1) as ErrorCode));
        break;
      }
    }
  }

  private async hash(id: number, task: ArgonTask): Promise<void> {
    const hash = await hashInWorker(() => startWorker(workerUrl), task).catch(() => undefined);
    task.password.fill(0);
    this.post({ kind: 'hashed', id, hash });
    hash?.fill(0);
  }

  private become(state: 'ready' | 'failed'): void {
    if (this.state === state) return;
    this.state = state;
    if (state === 'failed') {
      for (const open of this.open.values()) open.reject(new CoreError('failed'));
      this.open.clear();
    }
    this.tell({ kind: 'state', state });
  }
}

class WorkerCore implements Core {
  private readonly states = new Listeners<Core['state']>();
  private readonly events = new Listeners<ClientEvent>();
  private readonly rooms = new Listeners<RoomEvent>();
  private readonly hosts = new Listeners<void>();
  private readonly identities: Line;
  /** Started when a room is first asked for. */
  private ofRooms: Line | null = null;

  constructor(private readonly page: string) {
    this.identities = new Line(page, 'identities', (notice) => this.hear(notice));
  }

  get state(): Core['state'] {
    return this.identities.state;
  }

  onState(listen: (state: Core['state']) => void): () => void {
    return this.states.add(listen);
  }

  onEvent(listen: (happened: ClientEvent) => void): () => void {
    return this.events.add(listen);
  }

  onRoom(listen: (happened: RoomEvent) => void): () => void {
    return this.rooms.add(listen);
  }

  onHost(listen: () => void): () => void {
    return this.hosts.add(listen);
  }

  async call<K extends CommandName>(name: K, args: Commands[K]['args'], bytes?: Uint8Array): Promise<Commands[K]['result']> {
    return (await this.callWithBytes(name, args, bytes)).result;
  }

  callWithBytes<K extends CommandName>(name: K, args: Commands[K]['args'], bytes?: Uint8Array): Promise<Reply<K>> {
    return (name.startsWith('rooms.') ? this.forRooms() : this.identities).call(name, args, bytes);
  }

  private forRooms(): Line {
    // one that did not start is tried anew: a file may not have come
    if (this.ofRooms === null || this.ofRooms.state === 'failed') this.ofRooms = new Line(this.page, 'rooms', (notice) => notice.kind === 'room' && this.hear(notice));
    return this.ofRooms;
  }

  private hear(notice: Notice): void {
    switch (notice.kind) {
      case 'event':
        this.events.tell(JSON.parse(notice.json) as ClientEvent);
        break;
      case 'room':
        this.rooms.tell(JSON.parse(notice.json) as RoomEvent);
        break;
      case 'host':
        this.hosts.tell();
        break;
      case 'state':
        this.states.tell(notice.state);
        break;
    }
  }
}

/** Connects this page to the core of the browser. */
export function connectCore(): Core {
  return new WorkerCore(new URL('./', document.baseURI).href);
}
