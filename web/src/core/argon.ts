// Argon2id: what travels to the worker that does it, and the work. libsodium's memory never shrinks, so that worker is ended afterwards.
import { SodiumHeap, viewOf } from './sodium-heap';

const argon2id13 = 2; // crypto_pwhash_ALG_ARGON2ID13

/** A password to be hashed; the memory is in bytes. */
export interface ArgonTask {
  password: Uint8Array;
  salt: Uint8Array;
  passes: number;
  memory: number;
  size: number;
}

/** Hashes in a libsodium of its own, and wipes the password; null if there is not enough memory. */
export async function hashPassword(task: ArgonTask): Promise<Uint8Array | null> {
  return hashIn(await SodiumHeap.start(), task);
}

/** Hashes, and wipes the password; null if there is not enough memory. */
export function hashIn(heap: SodiumHeap, task: ArgonTask): Uint8Array | null {
  const hash = new Uint8Array(task.size);
  const done = heap.run([viewOf(hash)], [viewOf(task.password), viewOf(task.salt)], (h, p, s) =>
    heap.sodium._crypto_pwhash(h, task.size, 0, p, task.password.length, 0, s, task.passes, 0, task.memory, argon2id13),
  );
  task.password.fill(0);
  return done ? hash : null;
}
