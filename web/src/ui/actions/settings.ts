import { signal } from '@preact/signals';
import { speak, type Language } from '../../messages/messages';

/** What this browser's page is set to. Nothing of an identity. */
export interface Settings {
  theme: 'auto' | 'light' | 'dark';
  /** Null: the browser's. */
  language: Language | null;
  /** Minutes without a key or a touch; 0: never. */
  lockAfter: number;
  notify: boolean;
  /** True if the person has seen the card that explains what the browser promises. */
  keepSeen: boolean;
  installSeen: boolean;
}

const standard: Settings = { theme: 'auto', language: null, lockAfter: 15, notify: false, keepSeen: false, installSeen: false };
const shelf = 'settings';
const channel = new BroadcastChannel('secrets-settings');

export const settings = signal<Settings>(standard);

/** Reads what was set, and follows what other tabs set. Where nothing is kept, the standard holds. */
export async function loadSettings(): Promise<void> {
  channel.addEventListener('message', ({ data }: MessageEvent<Partial<Settings>>) => void take(data));
  try {
    const kept = await withShelf('readonly', (s) => s.get(shelf));
    await take((kept ?? {}) as Partial<Settings>);
  } catch {
    await take({});
  }
}

export async function set(change: Partial<Settings>): Promise<void> {
  await take(change);
  channel.postMessage(change);
  try {
    await withShelf('readwrite', (s) => s.put(settings.peek(), shelf));
  } catch {
    // a private window keeps no settings
  }
}

async function take(change: Partial<Settings>): Promise<void> {
  settings.value = { ...settings.peek(), ...change };
  const { theme, language } = settings.peek();
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  await speak(language);
}

function withShelf<T>(mode: IDBTransactionMode, use: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('secrets-page', 1);
    opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(shelf));
    opening.addEventListener('error', () => reject(opening.error ?? new Error('refused')));
    opening.addEventListener('success', () => {
      const request = use(opening.result.transaction(shelf, mode).objectStore(shelf));
      request.addEventListener('error', () => reject(request.error ?? new Error('refused')));
      request.addEventListener('success', () => {
        resolve(request.result);
        opening.result.close();
      });
    });
  });
}
