// The primitives that the core imports as `sodium`: libsodium.js called by its raw functions over one piece of its memory, and AES-CBC.
import { cbc } from '@noble/ciphers/aes.js';
import wrappers from 'libsodium-wrappers-sumo';
import type { FromWorker, ToWorker } from './messages';

/** A span of the core's memory, valid during the call. */
interface View {
  readonly length: number;
  copyTo(target: Uint8Array): void;
  set(source: Uint8Array): void;
}

interface Raw {
  HEAPU8: Uint8Array;
  _malloc(size: number): number;
  [name: `_crypto_${string}`]: (...values: number[]) => number;
}

const alignment = 64;
const blake2bState = 384;

/** One piece of libsodium's memory for the arguments of one call, wiped after it. */
class Arena {
  private base = 0;
  private size = 0;
  private used = 0;

  constructor(private readonly raw: Raw) {}

  reserve(size: number): void {
    if (size <= this.size) return;
    this.size = Math.max(size, 256 * 1024);
    const start = this.raw._malloc(this.size + alignment);
    if (start === 0) throw new Error('memory');
    this.base = Math.ceil(start / alignment) * alignment;
  }

  put(view: View): number {
    const at = this.room(view.length);
    view.copyTo(this.raw.HEAPU8.subarray(at, at + view.length));
    return at;
  }

  room(length: number): number {
    const at = this.base + this.used;
    this.used += Math.ceil(length / alignment) * alignment;
    return at;
  }

  take(view: View, at: number): void {
    if (view.length > 0) view.set(this.raw.HEAPU8.subarray(at, at + view.length));
  }

  wipe(): void {
    this.raw.HEAPU8.fill(0, this.base, this.base + this.used);
    this.used = 0;
  }
}

/** Starts the worker that hashes passwords: it is ended after each, so that its memory is given back. */
export type StartArgon = () => Worker;

export async function createSodium(startArgon: StartArgon) {
  await wrappers.ready;
  const raw = (wrappers as unknown as { libsodium: Raw }).libsodium;
  const arena = new Arena(raw);

  /** Copies inputs in, runs, copies outputs out if it went well, wipes. */
  const run = (outputs: View[], inputs: View[], call: (at: number[]) => number, always = false): boolean => {
    const views = [...outputs, ...inputs];
    arena.reserve(views.reduce((sum, view) => sum + Math.ceil(view.length / alignment) * alignment, blake2bState));
    try {
      const at = [...outputs.map((view) => arena.room(view.length)), ...inputs.map((view) => arena.put(view))];
      const done = call(at) === 0;
      if (done || always) outputs.forEach((view, i) => arena.take(view, at[i] as number));
      return done;
    } finally {
      arena.wipe();
    }
  };
  const f = (name: string) => raw[`_crypto_${name}`] as (...values: number[]) => number;
  const simple = (name: string) => {
    const call = f(name);
    return call;
  };

  const x25519 = simple('scalarmult_curve25519');
  const x25519Base = simple('scalarmult_curve25519_base');
  const keyPair = simple('sign_ed25519_seed_keypair');
  const sign = simple('sign_ed25519_detached');
  const verify = simple('sign_ed25519_verify_detached');
  const isValid = simple('core_ed25519_is_valid_point');
  const publicToX = simple('sign_ed25519_pk_to_curve25519');
  const secretToX = simple('sign_ed25519_sk_to_curve25519');
  const multiply = simple('scalarmult_ed25519_noclamp');
  const multiplyBase = simple('scalarmult_ed25519_base_noclamp');
  const reduce = simple('core_ed25519_scalar_reduce');
  const scalarMultiply = simple('core_ed25519_scalar_mul');
  const scalarAdd = simple('core_ed25519_scalar_add');
  const hash = simple('generichash');
  const hashInit = simple('generichash_init');
  const hashUpdate = simple('generichash_update');
  const hashFinal = simple('generichash_final');
  const hmac = simple('auth_hmacsha256');
  const seal = simple('aead_xchacha20poly1305_ietf_encrypt');
  const open = simple('aead_xchacha20poly1305_ietf_decrypt');
  const boxSeal = simple('secretbox_detached');
  const boxOpen = simple('secretbox_open_detached');
  const streamStart = simple('secretstream_xchacha20poly1305_init_pull');
  const streamPush = simple('secretstream_xchacha20poly1305_push');
  const streamPull = simple('secretstream_xchacha20poly1305_pull');
  const streamRekey = simple('secretstream_xchacha20poly1305_rekey');

  const bytes = (view: View): Uint8Array => {
    const copy = new Uint8Array(view.length);
    view.copyTo(copy);
    return copy;
  };

  return {
    x25519: (q: View, n: View, p: View) => run([q], [n, p], (a) => x25519(a[0]!, a[1]!, a[2]!)),
    x25519Base: (q: View, n: View) => run([q], [n], (a) => x25519Base(a[0]!, a[1]!)),
    ed25519KeyPair: (pk: View, sk: View, seed: View) => run([pk, sk], [seed], (a) => keyPair(a[0]!, a[1]!, a[2]!)),
    ed25519Sign: (sig: View, m: View, sk: View) => run([sig], [m, sk], (a) => sign(a[0]!, 0, a[1]!, m.length, 0, a[2]!)),
    ed25519Verify: (sig: View, m: View, pk: View) => run([], [sig, m, pk], (a) => verify(a[0]!, a[1]!, m.length, 0, a[2]!)),
    ed25519IsValidPoint: (p: View) => run([], [p], (a) => 1 - isValid(a[0]!)),
    ed25519PublicToX25519: (x: View, pk: View) => run([x], [pk], (a) => publicToX(a[0]!, a[1]!)),
    ed25519SecretToX25519: (x: View, sk: View) => run([x], [sk], (a) => secretToX(a[0]!, a[1]!)),
    ed25519Multiply: (q: View, n: View, p: View) => run([q], [n, p], (a) => multiply(a[0]!, a[1]!, a[2]!)),
    ed25519MultiplyBase: (q: View, n: View) => run([q], [n], (a) => multiplyBase(a[0]!, a[1]!)),
    ed25519ScalarReduce: (r: View, s: View) => void run([r], [s], (a) => (reduce(a[0]!, a[1]!), 0)),
    ed25519ScalarMultiply: (r: View, x: View, y: View) => void run([r], [x, y], (a) => (scalarMultiply(a[0]!, a[1]!, a[2]!), 0)),
    ed25519ScalarAdd: (r: View, x: View, y: View) => void run([r], [x, y], (a) => (scalarAdd(a[0]!, a[1]!, a[2]!), 0)),
    blake2b: (out: View, first: View, second: View, key: View) =>
      run([out], [first, second, key], (a) => {
        const k = key.length > 0 ? a[3]! : 0;
        if (second.length === 0) return hash(a[0]!, out.length, a[1]!, first.length, 0, k, key.length);
        const state = arena.room(blake2bState);
        return hashInit(state, k, key.length, out.length) | hashUpdate(state, a[1]!, first.length, 0) | hashUpdate(state, a[2]!, second.length, 0) | hashFinal(state, a[0]!, out.length);
      }),
    hmacSha256: (tag: View, m: View, key: View) => run([tag], [m, key], (a) => hmac(a[0]!, a[1]!, m.length, 0, a[2]!)),
    xChaCha20Poly1305Seal: (c: View, m: View, ad: View, n: View, k: View) =>
      run([c], [m, ad, n, k], (a) => seal(a[0]!, 0, a[1]!, m.length, 0, a[2]!, ad.length, 0, 0, a[3]!, a[4]!)),
    xChaCha20Poly1305Open: (m: View, c: View, ad: View, n: View, k: View) =>
      run([m], [c, ad, n, k], (a) => open(a[0]!, 0, 0, a[1]!, c.length, 0, a[2]!, ad.length, 0, a[3]!, a[4]!), true),
    xSalsa20Poly1305Seal: (c: View, tag: View, m: View, n: View, k: View) =>
      run([c, tag], [m, n, k], (a) => boxSeal(a[0]!, a[1]!, a[2]!, m.length, 0, a[3]!, a[4]!)),
    xSalsa20Poly1305Open: (m: View, c: View, tag: View, n: View, k: View) => run([m], [c, tag, n, k], (a) => boxOpen(a[0]!, a[1]!, a[2]!, c.length, 0, a[3]!, a[4]!)),
    secretStreamStart: (state: View, header: View, key: View) => run([state], [header, key], (a) => streamStart(a[0]!, a[1]!, a[2]!)),
    secretStreamPush(state: View, c: View, m: View, ad: View, tag: number): boolean {
      return run([c], [m, ad, state], (a) => {
        const done = streamPush(a[3]!, a[0]!, 0, a[1]!, m.length, 0, a[2]!, ad.length, 0, tag);
        arena.take(state, a[3]!);
        return done;
      });
    },
    secretStreamPull(state: View, m: View, c: View, ad: View): number {
      let tag = -1;
      run([m], [c, ad, state], (a) => {
        const at = arena.room(1);
        const done = streamPull(a[3]!, a[0]!, 0, at, a[1]!, c.length, 0, a[2]!, ad.length, 0);
        if (done !== 0) return done;
        tag = raw.HEAPU8[at]!;
        arena.take(state, a[3]!);
        return 0;
      });
      return tag;
    },
    secretStreamRekey: (state: View) => void run([], [state], (a) => (streamRekey(a[0]!), arena.take(state, a[0]!), 0)),
    aes128CbcEncrypt: (c: View, m: View, iv: View, key: View) => c.set(cbc(bytes(key), bytes(iv), { disablePadding: true }).encrypt(bytes(m))),
    aes128CbcDecrypt: (m: View, c: View, iv: View, key: View) => m.set(cbc(bytes(key), bytes(iv), { disablePadding: true }).decrypt(bytes(c))),
    argon2id(length: number, password: Uint8Array, salt: Uint8Array, passes: number, memory: number): Promise<{ bytes: Uint8Array } | null> {
      return new Promise((resolve, reject) => {
        const worker = startArgon();
        const end = () => {
          worker.terminate();
          password.fill(0);
        };
        worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
          end();
          if (data.kind === 'hash') resolve(data.hash === null ? null : { bytes: data.hash });
          else reject(new Error('argon2id'));
        };
        worker.onerror = () => {
          end();
          reject(new Error('argon2id'));
        };
        const task: ToWorker = { kind: 'argon', length, password, salt, passes, memory };
        worker.postMessage(task);
      });
    },
  };
}
