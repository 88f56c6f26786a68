// libsodium's memory: bytes go in, a function runs on them, results come out, and what was there is wiped.
import start from 'libsodium-sumo';

/** Bytes of the core, as .NET hands them over for the time of one call. */
export interface View {
  readonly length: number;
  copyTo(target: Uint8Array): void;
  set(source: Uint8Array): void;
}

/** Bytes of our own as such a view. */
export function viewOf(bytes: Uint8Array): View {
  return { length: bytes.length, copyTo: (target) => target.set(bytes), set: (source) => bytes.set(source) };
}

/** The functions of libsodium that we use, on addresses in its memory. A 64-bit length is two arguments, low and high. */
export interface Sodium {
  readonly HEAPU8: Uint8Array;
  _malloc(size: number): number;
  _free(at: number): void;
  _sodium_init(): number;
  _crypto_scalarmult_curve25519(q: number, n: number, p: number): number;
  _crypto_scalarmult_curve25519_base(q: number, n: number): number;
  _crypto_sign_ed25519_seed_keypair(pk: number, sk: number, seed: number): number;
  _crypto_sign_ed25519_detached(sig: number, sigLength: 0, m: number, length: number, high: 0, sk: number): number;
  _crypto_sign_ed25519_verify_detached(sig: number, m: number, length: number, high: 0, pk: number): number;
  _crypto_sign_ed25519_pk_to_curve25519(x: number, pk: number): number;
  _crypto_sign_ed25519_sk_to_curve25519(x: number, sk: number): number;
  _crypto_core_ed25519_is_valid_point(p: number): number;
  _crypto_scalarmult_ed25519_noclamp(q: number, n: number, p: number): number;
  _crypto_scalarmult_ed25519_base_noclamp(q: number, n: number): number;
  _crypto_core_ed25519_scalar_reduce(r: number, s: number): void;
  _crypto_core_ed25519_scalar_mul(z: number, x: number, y: number): void;
  _crypto_core_ed25519_scalar_add(z: number, x: number, y: number): void;
  _crypto_auth_hmacsha256(tag: number, m: number, length: number, high: 0, key: number): number;
  _crypto_generichash_blake2b(out: number, size: number, m: number, length: number, high: 0, key: number, keySize: number): number;
  _crypto_kdf_hkdf_sha256_extract(prk: number, salt: number, saltSize: number, key: number, keySize: number): number;
  _crypto_kdf_hkdf_sha256_expand(out: number, size: number, info: number, infoSize: number, prk: number): number;
  _crypto_aead_xchacha20poly1305_ietf_encrypt(c: number, cLength: 0, m: number, length: number, high: 0, ad: number, adLength: number, adHigh: 0, secretNonce: 0, nonce: number, k: number): number;
  _crypto_aead_xchacha20poly1305_ietf_decrypt(m: number, mLength: 0, secretNonce: 0, c: number, length: number, high: 0, ad: number, adLength: number, adHigh: 0, nonce: number, k: number): number;
  _crypto_secretbox_detached(c: number, mac: number, m: number, length: number, high: 0, nonce: number, k: number): number;
  _crypto_secretbox_open_detached(m: number, c: number, mac: number, length: number, high: 0, nonce: number, k: number): number;
  _crypto_secretstream_xchacha20poly1305_init_pull(state: number, header: number, k: number): number;
  _crypto_secretstream_xchacha20poly1305_push(state: number, c: number, cLength: 0, m: number, length: number, high: 0, ad: number, adLength: number, adHigh: 0, tag: number): number;
  _crypto_secretstream_xchacha20poly1305_pull(state: number, m: number, mLength: 0, tag: number, c: number, length: number, high: 0, ad: number, adLength: number, adHigh: 0): number;
  _crypto_secretstream_xchacha20poly1305_rekey(state: number): void;
  _crypto_kem_mlkem768_seed_keypair(pk: number, sk: number, seed: number): number;
  _crypto_kem_mlkem768_enc_deterministic(c: number, shared: number, pk: number, m: number): number;
  _crypto_kem_mlkem768_dec(shared: number, c: number, sk: number): number;
  _crypto_pwhash(out: number, size: number, high: 0, password: number, length: number, passwordHigh: 0, salt: number, passes: number, passesHigh: 0, memory: number, algorithm: number): number;
}

const firstSize = 64 * 1024;
const alignment = 16;
const padded = (size: number) => (size + alignment - 1) & ~(alignment - 1);

/** A piece of libsodium's memory that is used again for every call. Calls don't nest. */
export class SodiumHeap {
  readonly sodium: Sodium;
  private size = 0;
  private base = 0;

  private constructor(sodium: Sodium) {
    this.sodium = sodium;
    this.grow(firstSize);
  }

  /** Starts a libsodium of its own. */
  static async start(): Promise<SodiumHeap> {
    const random = new Uint32Array(1);
    const sodium: Sodium = await start({ getRandomValue: () => crypto.getRandomValues(random)[0] as number });
    if (sodium._sodium_init() < 0) throw new Error('libsodium did not start');
    return new SodiumHeap(sodium);
  }

  /**
   * Runs a function on the addresses of its outputs, then of its inputs. Where it answers 0 the outputs are copied out and the answer is true;
   * else they are left as they were. Outputs and inputs may be the same bytes: here they are apart.
   */
  run(outputs: readonly View[], inputs: readonly View[], body: (...at: number[]) => number): boolean {
    const total = [...outputs, ...inputs].reduce((sum, view) => sum + padded(view.length), 0);
    if (total > this.size) this.grow(total);
    const heap = this.sodium.HEAPU8;
    const at: number[] = [];
    let next = this.base;
    const place = (view: View) => {
      at.push(next);
      next += padded(view.length);
    };
    outputs.forEach(place);
    try {
      for (const view of inputs) {
        if (view.length > 0) view.copyTo(heap.subarray(next, next + view.length));
        place(view);
      }
      if (body(...at) !== 0) return false;
      // the function may have made the memory grow, which takes the old view of it away
      const after = this.sodium.HEAPU8;
      outputs.forEach((view, i) => view.length > 0 && view.set(after.subarray(at[i], (at[i] as number) + view.length)));
      return true;
    } finally {
      this.sodium.HEAPU8.fill(0, this.base, this.base + total);
    }
  }

  private grow(size: number): void {
    if (this.base !== 0) this.sodium._free(this.base);
    this.base = this.sodium._malloc(size);
    this.size = this.base === 0 ? 0 : size;
    if (this.base === 0) throw new Error('no memory left');
  }
}
