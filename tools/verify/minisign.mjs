// Signatures and public keys as minisign writes them (https://jedisct1.github.io/minisign/), so that nobody needs this program to check one.
import { createHash, createPublicKey, verify } from 'node:crypto';

const KEY_ALGORITHM = Buffer.from('Ed');
/** Ed25519 over the BLAKE2b-512 of the file; what minisign makes since 0.9. */
export const HASHED = Buffer.from('ED');
export const ID_SIZE = 8;
const PUBLIC_KEY_SIZE = 32;
const SIGNATURE_SIZE = 64;
const TRUSTED = 'trusted comment: ';
const LONGEST = 8192;

/** Reads a public key: the line alone, or a file with a comment above it. Null for anything else. */
export function parsePublicKey(text) {
  const line = text.trim().split(/\r?\n/).at(-1);
  const bytes = decode(line, KEY_ALGORITHM.length + ID_SIZE + PUBLIC_KEY_SIZE);
  if (bytes === null || !bytes.subarray(0, 2).equals(KEY_ALGORITHM)) return null;
  return { line, id: bytes.subarray(2, 2 + ID_SIZE), key: bytes.subarray(2 + ID_SIZE) };
}

export const formatPublicKey = (id, key) => Buffer.concat([KEY_ALGORITHM, id, key]).toString('base64');

/** The number of a key as minisign prints it. */
export const idText = (id) => Buffer.from(id).reverse().toString('hex').toUpperCase();

/** What is signed: the hash of the file; and for the comment, the signature and the comment. */
export const digest = (bytes) => createHash('blake2b512').update(bytes).digest();

export function formatSignature(id, signature, comment, commentSignature) {
  const first = Buffer.concat([HASHED, id, signature]).toString('base64');
  return `untrusted comment: signature of a build of the Secrets web app\n${first}\n${TRUSTED}${comment}\n${commentSignature.toString('base64')}\n`;
}

/** Checks a signature's text over a file's bytes. Answers `{ comment }`, which the signature covers too, or `{ fault }`. */
export function verifySignature(text, bytes, { id, key }) {
  const lines = text.length > LONGEST ? [] : text.replace(/\r\n/g, '\n').split('\n');
  if (lines.length === 5 && lines[4] === '') lines.pop();
  const first = lines.length === 4 ? decode(lines[1], 2 + ID_SIZE + SIGNATURE_SIZE) : null;
  const second = lines.length === 4 ? decode(lines[3], SIGNATURE_SIZE) : null;
  if (first === null || second === null || !lines[2].startsWith(TRUSTED)) return { fault: 'is no signature in the format of minisign' };
  if (!first.subarray(0, 2).equals(HASHED)) return { fault: 'is of an old kind; minisign 0.9 or newer makes the right one' };
  if (!first.subarray(2, 2 + ID_SIZE).equals(id)) return { fault: `is by another key (${idText(first.subarray(2, 2 + ID_SIZE))}, wanted ${idText(id)})` };
  const signature = first.subarray(2 + ID_SIZE);
  const comment = lines[2].slice(TRUSTED.length);
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.toString('base64url') }, format: 'jwk' });
  if (!verify(null, digest(bytes), publicKey, signature)) return { fault: 'does not fit the list' };
  if (!verify(null, Buffer.concat([signature, Buffer.from(comment)]), publicKey, second)) return { fault: 'has a comment that was changed' };
  return { comment };
}

/** Base64 in its one right form and of one size, or null. */
export function decode(text, size) {
  const bytes = Buffer.from(text ?? '', 'base64');
  return bytes.length === size && bytes.toString('base64') === text ? bytes : null;
}
