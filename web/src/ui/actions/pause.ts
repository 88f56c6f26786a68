// After wrong passwords a pause that grows. What makes guessing dear is the key derivation; this slows a person at the keyboard.

const free = 3;
const longest = 60;
const tries = new Map<string, { wrong: number; until: number }>();

export function wrongPassword(id: string, now = Date.now()): void {
  const wrong = (tries.get(id)?.wrong ?? 0) + 1;
  const pause = wrong < free ? 0 : Math.min(longest, 5 * 2 ** (wrong - free));
  tries.set(id, { wrong, until: now + pause * 1000 });
}

export function rightPassword(id: string): void {
  tries.delete(id);
}

/** Seconds until the next try. */
export function pauseFor(id: string, now = Date.now()): number {
  return Math.max(0, Math.ceil(((tries.get(id)?.until ?? 0) - now) / 1000));
}
