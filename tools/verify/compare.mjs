// Compares what a host serves with what somebody trusts.
import { randomBytes } from 'node:crypto';
import { BuildError, LIST, PAGE, parseList, sha256, SIGNATURE } from './build.mjs';
import { headerFaults } from './headers.mjs';
import { NotReached, WAYS } from './host.mjs';
import { verifySignature } from './minisign.mjs';
import { referencesOf } from './page.mjs';

/**
 * Asks for everything, in every way, and compares.
 * @param host what to ask
 * @param trusted `{ sources: [{ name, bytes, list }], keys: [{ name, id, key }], signature: bytes or undefined }`
 * @param options `{ withHeaders, onStep }`
 * @returns `{ version, hash, signed, files, answers, compared: [{ with, agrees, note }], differences: [{ what, reason }], lost: [reason] }`
 */
export async function compare(host, trusted, { withHeaders = true, onStep = () => {} } = {}) {
  const found = new Differences();
  const answers = new Answers(host, withHeaders ? found : null);

  const served = await answers.all(LIST);
  const bytes = bodyOf(served, found, LIST);
  const list = bytes === null ? null : readList(bytes, found);
  const compared = [];
  const signed = await compareSignatures(answers, bytes, trusted, compared, found);
  for (const source of trusted.sources) compared.push(compareLists(source, bytes, list, found));

  // what the host says it serves; where it says nothing sensible, what it should serve
  const wanted = list ?? trusted.sources[0]?.list;
  const files = wanted ? [...wanted.files] : [];
  let done = 0;
  let page = null;
  await eachAtOnce([...files.map(([name, sum]) => [name, name, sum]), ...(wanted ? [['', PAGE, wanted.files.get(PAGE)]] : [])], async ([address, name, sum]) => {
    const body = bodyOf(await answers.all(address, name), found, address || '/', sum);
    if (address === '') page = body;
    onStep(++done, files.length + 1);
  });
  if (page !== null) comparePage(page, host.base, wanted, found);
  await compareUnlisted(answers, wanted, found);
  answers.report();
  return { version: list?.version ?? null, hash: list?.hash ?? null, signed, files: files.length, answers: answers.count, compared, differences: found.all, lost: answers.lost };
}

class Differences {
  #all = new Map();

  add(what, reason) {
    this.#all.set(`${what}\n${reason}`, { what, reason });
  }

  /** In an order that doesn't depend on which answer came first. */
  get all() {
    return [...this.#all.keys()].sort().map((key) => this.#all.get(key));
  }
}

const MOST_LOST = 3;

/** Asks, counts, and gathers the faults of headers: the same fault of many answers is one line. */
class Answers {
  count = 0;
  /** Why a connection failed after others had worked. That shows nothing, for or against. */
  lost = [];
  #faults = new Map();

  constructor(host, found) {
    this.host = host;
    this.found = found;
  }

  async one(address, way, name = address) {
    if (this.lost.length >= MOST_LOST) return { lost: true };
    let answer;
    try {
      answer = await this.host.ask(address, way);
    } catch (error) {
      if (!(error instanceof NotReached) || this.count === 0) throw error;
      this.lost.push(`${address || '/'}: ${error.message}`);
      return { lost: true };
    }
    this.count++;
    if (answer.fault === undefined && this.found !== null) {
      const faults = headerFaults(answer.headers, this.host.base.hostname, answer.status === 200 ? name : null);
      if (answer.hinted) faults.push('hints are sent before the answer (103)');
      const where = name === null ? 'what is not there' : address || '/';
      for (const fault of faults) this.#faults.set(fault, (this.#faults.get(fault) ?? new Set()).add(where));
    }
    return answer;
  }

  async all(address, name) {
    const all = [];
    for (const way of Object.keys(WAYS)) all.push([way, await this.one(address, way, name)]);
    return all;
  }

  report() {
    for (const [fault, names] of this.#faults) {
      const [first, second, ...more] = [...names].sort();
      this.found.add(`header, on ${[first, second].filter(Boolean).join(', ')}${more.length > 0 ? ` and ${more.length} more` : ''}`, fault);
    }
  }
}

/** The body that the answers of one name agree on; null if they don't, or if it isn't there. Faults are added, each once. */
function bodyOf(all, found, what, sum) {
  const faults = new Map();
  const fault = (reason, way) => faults.set(reason, [...(faults.get(reason) ?? []), way]);
  const bodies = [];
  for (const [way, answer] of all) {
    if (answer.lost) continue;
    if (answer.fault !== undefined) fault(answer.fault, way);
    else if (answer.status >= 300 && answer.status < 400) fault(`redirects (${answer.status}) to ${answer.headers.get('location')?.[0] ?? 'nowhere'}; the files must be here`, way);
    else if (answer.status === 404 || answer.status === 410) fault(`is missing (${answer.status})`, way);
    else if (answer.status !== 200) fault(`is answered with ${answer.status}`, way);
    else if (sum !== undefined && sha256(answer.body) !== sum) fault(`is not what the list says: SHA-256 ${sha256(answer.body)}, listed ${sum}`, way);
    else bodies.push(answer.body);
  }
  for (const [reason, ways] of faults) found.add(what, ways.length === all.length ? reason : `${reason} (when asked for ${ways.join(' and ')})`);
  if (bodies.length < all.length) return null;
  if (bodies.every((body) => body.equals(bodies[0]))) return bodies[0];
  found.add(what, 'plain and compressed are not the same');
  return null;
}

function readList(bytes, found) {
  try {
    return parseList(bytes);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    found.add(LIST, error.message);
    return null;
  }
}

async function compareSignatures(answers, bytes, trusted, compared, found) {
  if (trusted.keys.length === 0) return null;
  let text = trusted.signature;
  if (text === undefined) {
    const answer = await answers.one(SIGNATURE, 'compressed');
    if (answer.lost) return null;
    if (answer.fault !== undefined || answer.status !== 200) {
      for (const { name } of trusted.keys) compared.push({ with: `the signature by ${name}`, agrees: false, note: 'the host has none' });
      found.add(SIGNATURE, answer.fault ?? `the host serves no signature (${answer.status})`);
      return null;
    }
    text = answer.body;
  }
  let comment = null;
  for (const key of trusted.keys) {
    const result = bytes === null ? { fault: 'there is no list that it could be of' } : verifySignature(text.toString('utf8'), bytes, key);
    compared.push({ with: `the signature by ${key.name}`, agrees: result.fault === undefined, note: result.fault ?? describe(result.comment) });
    if (result.fault !== undefined) found.add(SIGNATURE, result.fault);
    else comment = result.comment;
  }
  return comment;
}

/** The comment of our own signatures in words; others as they are. */
function describe(comment) {
  const seconds = Number(/^timestamp:([0-9]{1,11})\t/.exec(comment)?.[1]);
  return seconds > 0 ? `made on ${new Date(seconds * 1000).toISOString().slice(0, 10)}` : comment;
}

function compareLists(source, bytes, list, found) {
  if (bytes !== null && bytes.equals(source.bytes)) return { with: source.name, agrees: true, note: `version ${source.list.version}` };
  const entry = { with: source.name, agrees: false, note: '' };
  if (list === null) {
    entry.note = 'the host serves no list';
  } else if (list.hash === source.list.hash && list.version === source.list.version) {
    entry.note = 'the same files, in a list that is written differently';
    found.add(LIST, `is not byte for byte that of ${source.name}, though it names the same files`);
  } else {
    entry.note = list.version === source.list.version ? `both say version ${list.version}` : `the host serves version ${list.version}, this is ${source.list.version}`;
    if (list.version !== source.list.version) found.add(LIST, `says version ${list.version}, ${source.name} is ${source.list.version}`);
    for (const name of [...new Set([...list.files.keys(), ...source.list.files.keys()])].sort()) {
      const [theirs, ours] = [list.files.get(name), source.list.files.get(name)];
      if (theirs === undefined) found.add(name, `is in ${source.name}, and not in the host's list`);
      else if (ours === undefined) found.add(name, `is in the host's list, and not in ${source.name}`);
      else if (theirs !== ours) found.add(name, `is another one in the host's list than in ${source.name}`);
    }
  }
  return entry;
}

function comparePage(page, base, wanted, found) {
  const { addresses, inline } = referencesOf(page.toString('utf8'), base);
  for (const address of addresses) {
    const name = address.startsWith(base.href) ? address.slice(base.href.length).split('?')[0] : null;
    if (name === null || !(wanted.files.has(name) || name === LIST)) found.add(PAGE, `loads what is not in the list: ${address}`);
  }
  for (const what of inline) found.add(PAGE, `holds ${what}`);
}

/** What nobody listed must not be there: neither a page for every address, nor a script. */
async function compareUnlisted(answers, wanted, found) {
  const folder = [...(wanted?.files.keys() ?? [])].find((name) => name.endsWith('.js') && name.includes('/'))?.split('/')[0];
  const shapes = ['NAME', 'NAME.html', 'NAME.js', ...(folder === undefined ? [] : [`${folder}/NAME.js`])];
  await eachAtOnce(shapes, async (shape) => {
    const answer = await answers.one(shape.replace('NAME', randomBytes(8).toString('hex')), 'compressed', null);
    if (answer.lost) return;
    if (answer.fault !== undefined) found.add(`a made-up path, ${shape}`, answer.fault);
    else if (answer.status !== 404) found.add(`a made-up path, ${shape}`, `is answered with ${answer.status} instead of 404`);
  });
}

async function eachAtOnce(items, work, atOnce = 6) {
  const rest = items.values();
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const item of rest) await work(item);
  }));
}
