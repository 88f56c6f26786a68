// Starts the core: the .NET runtime, its libraries by the hashes of this build, and what it imports from here.
import boot from './boot.json';
import type { ArgonTask } from './argon';
import { createSodium } from './sodium';
import { createStorage } from './storage';

interface Exports {
  Secrets: {
    Browser: {
      Bridge: {
        StartAsync(page: string, version: string): Promise<void>;
        CallAsync(id: number, command: string, args: string, bytes: Uint8Array | null): Promise<string>;
        TakeBytes(id: number): Uint8Array;
        HandOverId(): string;
        HandOverKey(): Uint8Array;
        ResumeAsync(id: string, key: Uint8Array): Promise<boolean>;
      };
    };
  };
}

interface Runtime {
  setModuleImports(name: string, functions: object): void;
  getAssemblyExports(name: string): Promise<Exports>;
}

interface Dotnet {
  dotnet: { withConfig(config: object): { create(): Promise<Runtime> } };
}

/** What the tab that follows this one needs to open the same identity without its password; kept in memory alone. */
export interface HandOver {
  id: string;
  key: Uint8Array;
}

/** What the core tells. */
export interface Listener {
  happened(json: string): void;
  roomHappened(json: string): void;
  changed(): void;
}

export interface RunningCore {
  call(name: string, args: string, bytes: Uint8Array | null): Promise<{ answer: string; bytes: Uint8Array | null }>;
  /** Null if no identity is open, or it is in memory alone. */
  handOver(): HandOver | null;
  resume(before: HandOver): Promise<boolean>;
}

/** Loads and starts the core. The page's address says where its files lie and which app links to secrets lead to. Without `keeps` it keeps nothing. */
export async function startCore(page: string, keeps: boolean, hashElsewhere: (task: ArgonTask) => Promise<Uint8Array | null>, listener: Listener): Promise<RunningCore> {
  const folder = new URL(`${boot.folder}/`, page);
  const [{ dotnet }, sodium] = await Promise.all([import(/* @vite-ignore */ new URL('dotnet.js', folder).href) as Promise<Dotnet>, createSodium(hashElsewhere)]);
  const runtime = await dotnet.withConfig(boot.config).create();
  runtime.setModuleImports('sodium', sodium);
  runtime.setModuleImports('storage', createStorage(keeps));
  runtime.setModuleImports('host', { ...listener, pageRelay: () => findPageRelay(page) });
  const { Bridge } = (await runtime.getAssemblyExports(boot.config.mainAssemblyName)).Secrets.Browser;
  await Bridge.StartAsync(page, boot.version);
  let calls = 0;
  return {
    async call(name, args, bytes) {
      const id = (calls = (calls + 1) | 0);
      const answer = await Bridge.CallAsync(id, name, args, bytes);
      const given = Bridge.TakeBytes(id);
      return { answer, bytes: given.length > 0 ? given : null };
    },
    handOver() {
      const id = Bridge.HandOverId();
      return id === '' ? null : { id, key: Bridge.HandOverKey() };
    },
    resume: ({ id, key }) => Bridge.ResumeAsync(id, key),
  };
}

/** The relay that serves the page says so in relay.json; a page of another host may name one in the same way. */
async function findPageRelay(page: string): Promise<string> {
  const answer = await fetch(new URL('relay.json', page), { cache: 'no-store', credentials: 'omit', redirect: 'error' });
  if (!answer.ok) return '';
  const told: unknown = await answer.json();
  return typeof told === 'object' && told !== null && 'address' in told && typeof told.address === 'string' ? told.address : '';
}
