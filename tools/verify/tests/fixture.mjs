// A small app, finished by the app's own last build step, and a host that serves it as the relay does, with faults on wish.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FIXED, INTEGRITY_POLICY, LOCAL_POLICY } from '../headers.mjs';

export const root = path.join(import.meta.dirname, '../../..');
const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', json: 'application/json', wasm: 'application/wasm' };

export const temporary = () => mkdtempSync(path.join(tmpdir(), 'secrets-verify-'));
export const remove = (folder) => rmSync(folder, { recursive: true });

const FILES = {
  'index.html': '<!doctype html>\n<html><head><title>Secrets</title><link rel="stylesheet" href="./assets/app-1.css"><script type="module" crossorigin src="./assets/app-1.js"></script></head><body><a href="https://example.org/">elsewhere</a></body></html>\n',
  'assets/app-1.js': `export const later = [() => import("./de-1.js"), () => import("./decode-1.js"), () => import("./strength-1.js"), () => import("./rooms-1.js")];\n${'export const text = "what the app does";\n'.repeat(60)}`,
  'assets/de-1.js': 'export const language = "de";\n',
  'assets/decode-1.js': 'export const decode = 1;\n',
  'assets/rooms-1.js': 'export const rooms = 1;\n',
  'assets/strength-1.js': 'export const strength = 1;\n',
  'assets/app-1.css': `${'body { color: black }\n'.repeat(60)}`,
  'core-0123456789abcdef/dotnet.native.wasm': Buffer.alloc(3000, 'core'),
  'sw.js': 'const build = "%BUILD%";\nself.addEventListener("fetch", () => void build);\n',
};

/** Builds the app into a new folder; `changed` replaces files by name. Answers the folder to serve. */
export function build(changed = {}, version = '0.2.0') {
  const work = temporary();
  for (const [name, content] of Object.entries({ ...FILES, ...changed })) write(path.join(work, 'dist', name), content);
  write(path.join(work, 'src/core/boot.json'), JSON.stringify({ version }));
  write(path.join(work, 'scripts/finish.mjs'), readFileSync(path.join(root, 'web/scripts/finish.mjs')));
  execFileSync(process.execPath, [path.join(work, 'scripts/finish.mjs')], { stdio: 'pipe' });
  return path.join(work, 'dist');
}

export function write(file, content) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

export function copyOf(folder) {
  const copy = path.join(temporary(), 'dist');
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** Serves the listed files of a folder. `twist(name, answer, request)` may change an answer `{ status, headers, body }` before it is sent. */
export async function serve(folder, twist = () => {}) {
  const { files } = JSON.parse(readFileSync(path.join(folder, 'build.json')));
  const listed = new Set([...Object.keys(files), 'build.json', 'build.json.sig']);
  const server = http.createServer((request, response) => {
    const name = new URL(request.url, 'http://host').pathname.slice(1) || 'index.html';
    const file = path.join(folder, name);
    const answer = { status: 404, headers: { 'Content-Security-Policy': LOCAL_POLICY, ...FIXED }, body: '' };
    if (listed.has(name) && existsSync(file)) {
      const accepted = request.headers['accept-encoding'] ?? '';
      const encoding = [['br', '.br'], ['gzip', '.gz']].find(([word, end]) => accepted.includes(word) && existsSync(file + end));
      answer.status = 200;
      answer.headers['Content-Type'] = TYPES[name.split('.').at(-1)] ?? 'application/octet-stream';
      if (name.endsWith('.html')) answer.headers['Integrity-Policy'] = INTEGRITY_POLICY;
      if (encoding) answer.headers['Content-Encoding'] = encoding[0];
      answer.body = readFileSync(file + (encoding?.[1] ?? ''));
    }
    twist(name, answer, request);
    if (answer.cut) return void request.socket.destroy();
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, port: server.address().port, end: () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())) };
}

/** Types a verb of the launcher. Answers `{ code, out, error }`. */
export function type(verb, words, { input = '' } = {}) {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, '..', `${verb}.mjs`), ...words]);
  child.stdin.end(input);
  const text = { out: '', error: '' };
  child.stdout.on('data', (part) => (text.out += part));
  child.stderr.on('data', (part) => (text.error += part));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...text }));
  });
}
