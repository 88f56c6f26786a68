// Argon2id for one password, in a worker of its own that is ended after it: the memory would stay with a worker that lives on.
import wrappers from 'libsodium-wrappers-sumo';

export interface ArgonTask {
  length: number;
  password: Uint8Array;
  salt: Uint8Array;
  passes: number;
  memory: number;
}

/** The hash; null if there was not enough memory. */
export async function hashPassword({ length, password, salt, passes, memory }: ArgonTask): Promise<Uint8Array | null> {
  await wrappers.ready;
  try {
    return wrappers.crypto_pwhash(length, password, salt, passes, memory, wrappers.crypto_pwhash_ALG_ARGON2ID13);
  } catch {
    return null;
  }
}
