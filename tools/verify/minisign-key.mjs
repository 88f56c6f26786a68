// Secret keys in minisign's own file format, so that a key made here signs there, and the other way round.
import { createPrivateKey, randomBytes, scrypt, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { blake2b } from '@noble/hashes/blake2.js';
import { decode, digest, formatPublicKey, formatSignature, ID_SIZE, idText } from './minisign.mjs';

// Layout: algorithm 2, of the password 2, of the checksum 2, salt 32, opslimit 8, memlimit 8, then under the password: id 8, seed and public key 64, checksum 32.
const ALGORITHM = Buffer.from('Ed');
const SCRYPT = Buffer.from('Sc');
const NO_PASSWORD = Buffer.from([0, 0]);
const CHECKSUM = Buffer.from('B2');
const SALT_SIZE = 32;
const SEALED_SIZE = ID_SIZE + 64 + 32;
const HEAD_SIZE = 6 + SALT_SIZE + 8 + 8;
const LONGEST_PASSWORD = 1024;
const MOST_MEMORY = 1n << 32n;

/** What minisign asks for: one GiB and a few seconds for each guess. */
export const SENSITIVE = { operations: 33554432n, memory: 1073741824n };

/** A key that can't be opened, in one sentence. */
export class KeyError extends Error {}

/** Makes a key. Answers the text of its file and the public key's line. */
export async function createKey(password, price = SENSITIVE) {
  if (password.length === 0) throw new KeyError('A key needs a password. Nothing was made.');
  if (Buffer.byteLength(password) > LONGEST_PASSWORD) throw new KeyError(`A password has at most ${LONGEST_PASSWORD} bytes. Nothing was made.`);
  const id = randomBytes(ID_SIZE);
  const seed = randomBytes(32);
  const publicKey = Buffer.from(toPrivate(seed).publicJwk.x, 'base64url');
  const pair = Buffer.concat([seed, publicKey]);
  const sealed = Buffer.concat([id, pair, checksum(id, pair)]);
  const salt = randomBytes(SALT_SIZE);
  mask(sealed, await stream(password, salt, price));
  const file = Buffer.concat([ALGORITHM, SCRYPT, CHECKSUM, salt, number(price.operations), number(price.memory), sealed]);
  pair.fill(0);
  seed.fill(0);
  return { file: `untrusted comment: minisign encrypted secret key\n${file.toString('base64')}\n`, publicLine: formatPublicKey(id, publicKey), id: idText(id) };
}

/** Opens a key file; asks for the password only if there is one. */
export async function openKey(text, askPassword) {
  const lines = text.trim().split(/\r?\n/);
  const bytes = lines.length === 2 ? decode(lines[1], HEAD_SIZE + SEALED_SIZE) : null;
  const kind = bytes?.subarray(2, 4);
  if (bytes === null || !bytes.subarray(0, 2).equals(ALGORITHM) || !bytes.subarray(4, 6).equals(CHECKSUM) || !(kind.equals(SCRYPT) || kind.equals(NO_PASSWORD)))
    throw new KeyError('That is no secret key in the format of minisign.');
  const sealed = Buffer.from(bytes.subarray(HEAD_SIZE));
  if (kind.equals(SCRYPT)) {
    const price = { operations: bytes.readBigUInt64LE(6 + SALT_SIZE), memory: bytes.readBigUInt64LE(6 + SALT_SIZE + 8) };
    if (price.memory > MOST_MEMORY || price.operations > MOST_MEMORY) throw new KeyError('That key asks for more memory than any of ours.');
    mask(sealed, await stream(await askPassword(), bytes.subarray(6, 6 + SALT_SIZE), price));
  }
  const id = sealed.subarray(0, ID_SIZE);
  const pair = sealed.subarray(ID_SIZE, ID_SIZE + 64);
  // without a password minisign writes no checksum
  if (kind.equals(SCRYPT) && !checksum(id, pair).equals(sealed.subarray(ID_SIZE + 64))) throw new KeyError('Wrong password, or the key file is damaged.');
  const { key, publicJwk } = toPrivate(pair.subarray(0, 32));
  const publicKey = Buffer.from(publicJwk.x, 'base64url');
  if (!publicKey.equals(pair.subarray(32))) throw new KeyError('The halves of that key do not belong together.');
  return { id: Buffer.from(id), key, publicKey };
}

/** A detached signature over a file, with a comment that it covers. */
export function signFile({ id, key }, bytes, comment) {
  const signature = sign(null, digest(bytes), key);
  return formatSignature(id, signature, comment, sign(null, Buffer.concat([signature, Buffer.from(comment)]), key));
}

// Ed25519's fixed PKCS#8 head; JWK would want the public half, which is what is asked here.
function toPrivate(seed) {
  const key = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' });
  return { key, publicJwk: key.export({ format: 'jwk' }) };
}

const checksum = (id, pair) => Buffer.from(blake2b(Buffer.concat([ALGORITHM, id, pair]), { dkLen: 32 }));

const number = (value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
};

function mask(bytes, stream) {
  for (let i = 0; i < bytes.length; i++) bytes[i] ^= stream[i];
  stream.fill(0);
}

// libsodium's way from its two limits to scrypt's N, r and p (crypto_pwhash_scryptsalsa208sha256).
function stream(password, salt, { operations, memory }) {
  const r = 8n;
  if (operations < 32768n) operations = 32768n;
  const byOperations = operations < memory / 32n;
  const most = byOperations ? operations / (r * 4n) : memory / (r * 128n);
  let log = 1n;
  while (log < 63n && 1n << log <= most / 2n) log++;
  const N = 1n << log;
  const p = byOperations ? 1n : operations / 4n / N / r;
  return promisify(scrypt)(password, salt, SEALED_SIZE, { N: Number(N), r: Number(r), p: Number(p < 1n ? 1n : p), maxmem: Number(128n * N * r + (1n << 26n)) });
}
