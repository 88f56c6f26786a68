// A build of the web app: the list of its files (build.json) and the folder it lies in.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export const LIST = 'build.json';
export const SIGNATURE = 'build.json.sig';
export const PAGE = 'index.html';
export const LARGEST_LIST = 1 << 20;
const MOST_FILES = 5000;

/** A list or folder that can't be used, in one sentence. */
export class BuildError extends Error {}

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * Reads a list. It may come from a hostile host, so every name is one that can stand in an address and in a folder as it is:
 * no dots that lead upwards, nothing that would have to be escaped.
 */
export function parseList(bytes) {
  if (bytes.length > LARGEST_LIST) throw new BuildError('is larger than any list of ours');
  let json;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new BuildError('is not JSON');
  }
  if (typeof json?.version !== 'string' || json.version.length > 64 || typeof json.hash !== 'string' || typeof json.files !== 'object' || json.files === null)
    throw new BuildError('is not a list of files: it wants version, hash and files');
  const files = new Map(Object.entries(json.files));
  if (files.size === 0 || files.size > MOST_FILES) throw new BuildError(`lists ${files.size} files`);
  for (const [name, sum] of files) {
    if (!isName(name)) throw new BuildError('lists a file under a name that is not one');
    if (typeof sum !== 'string' || !/^[0-9a-f]{64}$/.test(sum)) throw new BuildError(`has no SHA-256 for ${name}`);
  }
  if (!files.has(PAGE)) throw new BuildError(`does not list ${PAGE}`);
  if (json.hash !== hashOf(files)) throw new BuildError('has a hash that is not that of its lines');
  return { version: json.version, hash: json.hash, files };
}

/** The hash of a build: SHA-256 over the lines that `sha256sum` would print, in the order of the names. */
export const hashOf = (files) => sha256([...files.keys()].sort().map((name) => `${files.get(name)}  ${name}\n`).join(''));

/** Reads a built folder. Files that are not what its list says are named in `faults`. */
export function readFolder(folder) {
  let bytes;
  try {
    bytes = readFileSync(path.join(folder, LIST));
  } catch {
    throw new BuildError(`There is no built web app in ${folder}: it has no ${LIST}. \`./secrets up\` builds the app into artifacts/web.`);
  }
  let list;
  try {
    list = parseList(bytes);
  } catch (error) {
    if (error instanceof BuildError) throw new BuildError(`${path.join(folder, LIST)} ${error.message}.`);
    throw error;
  }
  const contents = new Map();
  const faults = [];
  for (const [name, sum] of list.files) {
    let content;
    try {
      content = readFileSync(path.join(folder, name));
    } catch {
      faults.push(`${name}: is listed and can't be read`);
      continue;
    }
    if (sha256(content) !== sum) faults.push(`${name}: is not what ${LIST} says`);
    contents.set(name, content);
  }
  return { list, bytes, contents, faults };
}

function isName(name) {
  return (
    name.length <= 200 &&
    name !== LIST &&
    name !== SIGNATURE &&
    name.split('/').every((part) => /^[A-Za-z0-9._@+~-]+$/.test(part) && part !== '.' && part !== '..')
  );
}
