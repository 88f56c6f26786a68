// A page's way to the core: a worker, and calls that are matched by number.
import type { ArgonTask } from './argon';
import type { ClientEvent, Commands, ErrorCode, RoomEvent } from './api';
import { CoreError, type CommandName, type Core, type Reply } from './core';
import workerUrl from './core.worker?worker&url';
import { hashInWorker } from './hasher';
import type { FromWorker, ToWorker } from './messages';
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

class WorkerCore implements Core {
  state: Core['state'] = 'starting';

  private readonly states = new Listeners<Core['state']>();
  private readonly events = new Listeners<ClientEvent>();
  private readonly rooms = new Listeners<RoomEvent>();
  private readonly hosts = new Listeners<void>();
  private readonly open = new Map<number, Open>();
  private worker: Worker | null = null;
  private last = 0;

  constructor(page: string) {
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
    this.post({ kind: 'start', page });
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
      case 'event':
        this.events.tell(JSON.parse(message.json) as ClientEvent);
        break;
      case 'room':
        this.rooms.tell(JSON.parse(message.json) as RoomEvent);
        break;
      case 'host':
        this.hosts.tell();
        break;
      case 'state':
        this.become(message.state);
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
    this.states.tell(state);
  }
}

/** Connects this page to the core of the browser. */
export function connectCore(): Core {
  return new WorkerCore(new URL('./', document.baseURI).href);
}
