// Asks a host for files, as a browser would, and takes the answers apart. Everything that comes back is somebody else's.
import http from 'node:http';
import https from 'node:https';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { socksAgents } from './socks.mjs';

const LARGEST_FILE = 64 << 20;
const PATIENCE = 30_000;
const LONGEST_ANSWER = 300_000;
const AT_ONCE = 6;

/** The ways to ask: as the file lies, as a browser does over TLS, as a browser does without. */
export const WAYS = {
  plain: 'identity',
  compressed: zlib.zstdDecompress ? 'gzip, deflate, br, zstd' : 'gzip, deflate, br',
  'compressed with gzip': 'gzip, deflate',
};

const DECODERS = new Map(Object.entries({ br: zlib.brotliDecompress, gzip: zlib.gunzip, deflate: zlib.inflate, zstd: zlib.zstdDecompress }));

// A host that means to deceive should have to work for it: the requests carry what a common browser sends when a page is loaded anew.
const AGENT = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const PAGE = { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', dest: 'document', mode: 'navigate', site: 'none' };
const DESTINATIONS = {
  __proto__: null,
  js: { Accept: '*/*', dest: 'script', mode: 'cors', site: 'same-origin' },
  css: { Accept: 'text/css,*/*;q=0.1', dest: 'style', mode: 'no-cors', site: 'same-origin' },
  png: { Accept: 'image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5', dest: 'image', mode: 'no-cors', site: 'same-origin' },
  webmanifest: { Accept: '*/*', dest: 'manifest', mode: 'cors', site: 'same-origin' },
};
const OTHER = { Accept: '*/*', dest: 'empty', mode: 'cors', site: 'same-origin' };

/** The host was not reached. */
export class NotReached extends Error {}

export class Host {
  /** @param base an address that ends with a slash @param proxy a SOCKS5 proxy's address, or undefined */
  constructor(base, proxy) {
    this.base = base;
    const options = { keepAlive: true, maxSockets: AT_ONCE };
    const agents = proxy ? socksAgents(proxy, options) : { http: new http.Agent(options), https: new https.Agent(options) };
    this.agent = base.protocol === 'https:' ? agents.https : agents.http;
  }

  end() {
    this.agent.destroy();
  }

  /** Answers `{ status, headers, body, hinted }` with the body of a 200 decoded, or `{ fault }` for an answer that is none. */
  async ask(name, way) {
    let answer;
    try {
      answer = await this.once(name, way);
    } catch (error) {
      // a connection that was kept open may be closed by the other side just as it is used
      if (!error.reused) throw error;
      answer = await this.once(name, way);
    }
    if (answer.fault !== undefined || answer.status !== 200) return answer;
    if (answer.encoding === '' || answer.encoding === 'identity') return answer;
    const decoder = DECODERS.get(answer.encoding);
    if (decoder === undefined) return { fault: `comes in the encoding "${answer.encoding}", which was not asked for` };
    try {
      answer.body = await promisify(decoder)(answer.body, { maxOutputLength: LARGEST_FILE });
    } catch {
      return { fault: `can't be decoded as ${answer.encoding}` };
    }
    return answer;
  }

  once(name, way) {
    const url = new URL(name, this.base);
    const { Accept, dest, mode, site } = name === '' || name.endsWith('.html') ? PAGE : (DESTINATIONS[name.split('.').at(-1)] ?? OTHER);
    const headers = {
      Host: url.host,
      'User-Agent': AGENT,
      Accept,
      'Accept-Language': 'en-US,en;q=0.5',
      'Accept-Encoding': WAYS[way],
      Connection: 'keep-alive',
      'Sec-Fetch-Dest': dest,
      'Sec-Fetch-Mode': mode,
      'Sec-Fetch-Site': site,
      Pragma: 'no-cache',
      'Cache-Control': 'no-cache',
    };
    return new Promise((resolve, reject) => {
      const request = (url.protocol === 'https:' ? https : http).get(url, { agent: this.agent, headers, signal: AbortSignal.timeout(LONGEST_ANSWER) });
      let hinted = false;
      let answered = false;
      request.setTimeout(PATIENCE, () => request.destroy(Object.assign(new Error(`no word for ${PATIENCE / 1000} seconds`), { code: 'ETIMEDOUT' })));
      request.on('information', ({ statusCode }) => (hinted ||= statusCode === 103));
      request.on('error', (error) => {
        if (answered) return;
        // what the parser refuses is an answer, though not one of ours
        if (String(error.code).startsWith('HPE_')) resolve({ fault: 'is answered with something that is not HTTP' });
        else reject(Object.assign(new NotReached(wordOf(error)), { reused: request.reusedSocket && error.code === 'ECONNRESET' }));
      });
      request.on('response', (response) => {
        answered = true;
        const parts = [];
        let length = 0;
        response.on('data', (part) => {
          length += part.length;
          if (length > LARGEST_FILE) {
            response.destroy();
            resolve({ fault: 'is larger than any file of ours' });
          }
          parts.push(part);
        });
        response.on('error', () => resolve({ fault: 'breaks off in the middle' }));
        response.on('end', () =>
          response.complete
            ? resolve({ status: response.statusCode, headers: gather(response.rawHeaders), body: Buffer.concat(parts), encoding: (response.headers['content-encoding'] ?? '').trim().toLowerCase(), hinted })
            : resolve({ fault: 'breaks off in the middle' }),
        );
      });
    });
  }
}

/** Each header's values under its name in lower case: one sent twice is seen as two, which Node would join. */
function gather(raw) {
  const all = new Map();
  for (let i = 0; i < raw.length; i += 2) all.set(raw[i].toLowerCase(), [...(all.get(raw[i].toLowerCase()) ?? []), raw[i + 1]]);
  return all;
}

function wordOf(error) {
  switch (error.code) {
    case 'ECONNREFUSED': return 'nothing listens there';
    case 'ENOTFOUND': case 'EAI_AGAIN': return 'there is no host of that name';
    case 'ABORT_ERR': return 'the answer takes too long';
    case 'ETIMEDOUT': return error.message.startsWith('no word') ? error.message : 'it does not answer';
    default: return error.code ? `${error.message} (${error.code})` : error.message;
  }
}
