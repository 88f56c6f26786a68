// The cryptography that the core imports: libsodium, and AES from a library. Which bytes mean what is decided in the core.
import { cbc, gcm } from '@noble/ciphers/aes.js';
import { hashIn, type ArgonTask } from './argon';
import { SodiumHeap, type View } from './sodium-heap';

/** Bytes of the core that stay until they are disposed of. */
interface LastingView extends View {
  dispose(): void;
}

/** Hashes in a worker that is ended then; rejected where it can't. */
type HashElsewhere = (task: ArgonTask) => Promise<Uint8Array | null>;

/** Starts libsodium and gives the functions of the module "sodium". Outputs come first; a function that answers false leaves them as they were. */
export async function createSodium(hashElsewhere: HashElsewhere) {
  const heap = await SodiumHeap.start();
  const s = heap.sodium;
  const run = heap.run.bind(heap);
  const done = (nothing: void) => (nothing === undefined ? 0 : 1);

  return {
    x25519: (shared: View, scalar: View, point: View) => run([shared], [scalar, point], s._crypto_scalarmult_curve25519),
    x25519Base: (point: View, scalar: View) => run([point], [scalar], s._crypto_scalarmult_curve25519_base),

    ed25519KeyPair: (publicKey: View, secretKey: View, seed: View) => run([publicKey, secretKey], [seed], s._crypto_sign_ed25519_seed_keypair),
    ed25519Sign: (signature: View, message: View, secretKey: View) =>
      run([signature], [message, secretKey], (sig, m, sk) => s._crypto_sign_ed25519_detached(sig, 0, m, message.length, 0, sk)),
    ed25519Verify: (signature: View, message: View, publicKey: View) =>
      run([], [signature, message, publicKey], (sig, m, pk) => s._crypto_sign_ed25519_verify_detached(sig, m, message.length, 0, pk)),
    ed25519IsValidPoint: (point: View) => run([], [point], (p) => s._crypto_core_ed25519_is_valid_point(p) - 1),
    ed25519PublicToX25519: (x25519: View, publicKey: View) => run([x25519], [publicKey], s._crypto_sign_ed25519_pk_to_curve25519),
    ed25519SecretToX25519: (x25519: View, secretKey: View) => run([x25519], [secretKey], s._crypto_sign_ed25519_sk_to_curve25519),
    ed25519Multiply: (result: View, scalar: View, point: View) => run([result], [scalar, point], s._crypto_scalarmult_ed25519_noclamp),
    ed25519MultiplyBase: (result: View, scalar: View) => run([result], [scalar], s._crypto_scalarmult_ed25519_base_noclamp),
    ed25519ScalarReduce: (result: View, wide: View) => run([result], [wide], (r, w) => done(s._crypto_core_ed25519_scalar_reduce(r, w))),
    ed25519ScalarMultiply: (result: View, x: View, y: View) => run([result], [x, y], (r, a, b) => done(s._crypto_core_ed25519_scalar_mul(r, a, b))),
    ed25519ScalarAdd: (result: View, x: View, y: View) => run([result], [x, y], (r, a, b) => done(s._crypto_core_ed25519_scalar_add(r, a, b))),

    blake2b: (hash: View, first: View, second: View, key: View) =>
      run([hash], [first, second, key], (h, m, m2, k) => {
        // the two pieces as one
        s.HEAPU8.copyWithin(m + first.length, m2, m2 + second.length);
        return s._crypto_generichash_blake2b(h, hash.length, m, first.length + second.length, 0, k, key.length);
      }),
    hmacSha256: (tag: View, message: View, key: View) => run([tag], [message, key], (t, m, k) => s._crypto_auth_hmacsha256(t, m, message.length, 0, k)),
    hkdfSha256Extract: (prk: View, inputKey: View, salt: View) =>
      run([prk], [inputKey, salt], (p, k, st) => s._crypto_kdf_hkdf_sha256_extract(p, st, salt.length, k, inputKey.length)),
    hkdfSha256Expand: (output: View, prk: View, info: View) =>
      run([output], [prk, info], (o, p, i) => s._crypto_kdf_hkdf_sha256_expand(o, output.length, i, info.length, p)),

    xchacha20Poly1305Seal: (ciphertext: View, message: View, associatedData: View, nonce: View, key: View) =>
      run([ciphertext], [message, associatedData, nonce, key], (c, m, ad, n, k) =>
        s._crypto_aead_xchacha20poly1305_ietf_encrypt(c, 0, m, message.length, 0, ad, associatedData.length, 0, 0, n, k),
      ),
    xchacha20Poly1305Open: (message: View, ciphertext: View, associatedData: View, nonce: View, key: View) =>
      run([message], [ciphertext, associatedData, nonce, key], (m, c, ad, n, k) =>
        s._crypto_aead_xchacha20poly1305_ietf_decrypt(m, 0, 0, c, ciphertext.length, 0, ad, associatedData.length, 0, n, k),
      ),
    xsalsa20Poly1305Seal: (ciphertext: View, tag: View, message: View, nonce: View, key: View) =>
      run([ciphertext, tag], [message, nonce, key], (c, t, m, n, k) => s._crypto_secretbox_detached(c, t, m, message.length, 0, n, k)),
    xsalsa20Poly1305Open: (message: View, ciphertext: View, tag: View, nonce: View, key: View) =>
      run([message], [ciphertext, tag, nonce, key], (m, c, t, n, k) => s._crypto_secretbox_open_detached(m, c, t, ciphertext.length, 0, n, k)),

    secretStreamStart: (state: View, header: View, key: View) => run([state], [header, key], s._crypto_secretstream_xchacha20poly1305_init_pull),
    secretStreamPush: (state: View, ciphertext: View, message: View, associatedData: View, tag: number) =>
      run([state, ciphertext], [state, message, associatedData], (next, c, st, m, ad) => {
        s.HEAPU8.copyWithin(next, st, st + state.length);
        return s._crypto_secretstream_xchacha20poly1305_push(next, c, 0, m, message.length, 0, ad, associatedData.length, 0, tag);
      }),
    secretStreamPull: (state: View, message: View, tag: View, ciphertext: View, associatedData: View) =>
      run([state, message, tag], [state, ciphertext, associatedData], (next, m, t, st, c, ad) => {
        s.HEAPU8.copyWithin(next, st, st + state.length);
        return s._crypto_secretstream_xchacha20poly1305_pull(next, m, 0, t, c, ciphertext.length, 0, ad, associatedData.length, 0);
      }),
    secretStreamRekey: (state: View) =>
      run([state], [state], (next, st) => {
        s.HEAPU8.copyWithin(next, st, st + state.length);
        return done(s._crypto_secretstream_xchacha20poly1305_rekey(next));
      }),

    mlKem768KeyPair: (expanded: View, seed: View) =>
      // the public key lies in the expanded one; libsodium wants a place for it, too, and 1,184 of these 2,400 bytes will do
      run([expanded], [seed, expanded], (sk, sd, pk) => s._crypto_kem_mlkem768_seed_keypair(pk, sk, sd)),
    mlKem768Encapsulate: (ciphertext: View, shared: View, encapsulationKey: View, message: View) =>
      run([ciphertext, shared], [encapsulationKey, message], s._crypto_kem_mlkem768_enc_deterministic),
    mlKem768Decapsulate: (shared: View, ciphertext: View, expanded: View) => run([shared], [ciphertext, expanded], s._crypto_kem_mlkem768_dec),

    aes128CbcEncrypt: (ciphertext: View, message: View, iv: View, key: View) => aes(ciphertext, message, iv, key, (cipher, bytes) => cipher.encrypt(bytes)),
    aes128CbcDecrypt: (message: View, ciphertext: View, iv: View, key: View) => aes(message, ciphertext, iv, key, (cipher, bytes) => cipher.decrypt(bytes)),

    aes256GcmSeal: (ciphertext: View, message: View, associatedData: View, nonce: View, key: View) => {
      const [bytes, secret] = [copy(message), copy(key)];
      const made = gcm(secret, copy(nonce), copy(associatedData)).encrypt(bytes);
      ciphertext.set(made);
      for (const used of [bytes, secret]) used.fill(0);
    },
    aes256GcmOpen: (message: View, ciphertext: View, associatedData: View, nonce: View, key: View) => {
      const secret = copy(key);
      try {
        const opened = gcm(secret, copy(nonce), copy(associatedData)).decrypt(copy(ciphertext));
        if (opened.length > 0) message.set(opened);
        opened.fill(0);
        return true;
      } catch {
        return false;
      } finally {
        secret.fill(0);
      }
    },

    argon2id: (output: LastingView, password: LastingView, salt: LastingView, passes: number, memory: number) =>
      argon2id(output, hashElsewhere, heap, { password: take(password), salt: take(salt), passes, memory, size: output.length }),
  };
}

function copy(view: View): Uint8Array {
  const bytes = new Uint8Array(view.length);
  if (view.length > 0) view.copyTo(bytes);
  return bytes;
}

function take(view: LastingView): Uint8Array {
  const bytes = copy(view);
  view.dispose();
  return bytes;
}

function aes(output: View, input: View, iv: View, key: View, how: (cipher: { encrypt(bytes: Uint8Array): Uint8Array; decrypt(bytes: Uint8Array): Uint8Array }, bytes: Uint8Array) => Uint8Array): void {
  const [bytes, secret] = [copy(input), copy(key)];
  const made = how(cbc(secret, copy(iv), { disablePadding: true }), bytes);
  if (made.length > 0) output.set(made);
  for (const used of [bytes, secret, made]) used.fill(0);
}

/** In a worker of its own; where none can be started, here. False where there is not enough memory. */
async function argon2id(output: LastingView, hashElsewhere: HashElsewhere, heap: SodiumHeap, task: ArgonTask): Promise<boolean> {
  try {
    const hash = await hashElsewhere(task).catch(() => hashIn(heap, task));
    if (hash === null) return false;
    output.set(hash);
    hash.fill(0);
    return true;
  } finally {
    task.password.fill(0);
    output.dispose();
  }
}
