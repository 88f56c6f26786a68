// Serves the built test program under the app's policy, opens it in Chromium, and prints what it reports: node run.mjs [FILTER]
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const here = import.meta.dirname;
const root = path.resolve(here, '../..');
const program = path.join(here, 'bin/Release/net10.0/browser-wasm');
const filter = process.argv[2] ?? '';
const isLong = process.env.SECRETS_LONG !== undefined;
const limit = isLong ? 1_200_000 : 300_000;

// What the tests read, beside the tree itself.
const published = ['argon2', 'blake2', 'keybase', 'mlkem-acvp', 'shs1', 'wycheproof'].map((name) => path.join('/shared/vectors', name));
const places = ['/Secrets.slnx', '/vectors', '/tests/Secrets.Store.Tests/Golden', '/Golden', ...published];
// the client's golden files lie beside its program
const place = (name) => (name.startsWith('/shared/') ? path.join(root, '..', name) : path.join(root, name.startsWith('/Golden/') || name === '/Golden' ? 'tests/Secrets.Client.Tests' : '', name));
const list = (name) => (!existsSync(place(name)) ? [] : statSync(place(name)).isDirectory() ? readdirSync(place(name)).flatMap((inner) => list(path.posix.join(name, inner))) : [name]);

const library = (name) => ({ virtualPath: name, name });
const libraries = readdirSync(program).filter((name) => name.endsWith('.dll'));
const first = ['System.Private.CoreLib.dll', 'System.Runtime.InteropServices.JavaScript.dll'];
const plan = {
  filter,
  // the same code has all its cases outside of the browser
  share: isLong ? '5' : '20',
  files: places.flatMap(list),
  config: {
    mainAssemblyName: 'Secrets.Browser.Tests',
    globalizationMode: 'invariant',
    resources: {
      jsModuleNative: [{ name: 'dotnet.native.js' }],
      jsModuleRuntime: [{ name: 'dotnet.runtime.js' }],
      wasmNative: [{ name: 'dotnet.native.wasm' }],
      coreAssembly: first.map(library),
      assembly: libraries.filter((name) => !first.includes(name)).map(library),
    },
  },
};

const headers = readFileSync(path.join(root, 'src/Secrets.Relay/Web/WebHeaders.cs'), 'utf8');
const constant = (name) => new RegExp(`const string ${name} = "([^"]+)"`).exec(headers)[1];
const policy = `${constant('BeforeConnect')}'self'${constant('AfterConnect')}`;
const types = { '.js': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json', '.html': 'text/html' };

const web = createRequire(path.join(root, 'web/package.json'));
const { build } = await import(pathToFileURL(path.join(path.dirname(web.resolve('vite/package.json')), 'dist/node/index.js')).href);
const bundle = await build({
  root: path.join(root, 'web'),
  configFile: false,
  logLevel: 'warn',
  build: {
    write: false,
    target: 'es2023',
    modulePreload: false,
    rollupOptions: { input: { main: path.join(here, 'page/main.js'), worker: path.join(here, 'page/worker.js') }, output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' } },
  },
});
const scripts = new Map(bundle.output.map((chunk) => [`/${chunk.fileName}`, chunk.code ?? chunk.source]));

const profile = mkdtempSync(path.join(tmpdir(), 'secrets-browser-'));
let browser = null;
let ended = false;

function end(code) {
  if (ended) return;
  ended = true;
  process.exitCode = code;
  browser?.on('exit', () => {
    try {
      rmSync(profile, { recursive: true, force: true, maxRetries: 50 });
    } catch {
      // the browser's own helpers may outlive it and go on writing: what is left lies in the system's folder for such things
    }
  });
  browser?.kill();
  server.close();
  server.closeAllConnections();
  clearTimeout(timer);
}

function find(name) {
  if (name === '/') return '<!doctype html><title>tests</title><script type=module src=/main.js></script>';
  if (name === '/plan.json') return JSON.stringify(plan);
  if (scripts.has(name)) return scripts.get(name);
  if (name.startsWith('/program/')) return readFileSync(path.join(program, path.basename(name)));
  if (name.startsWith('/files/') && plan.files.includes(name.slice(6))) return readFileSync(place(name.slice(6)));
  return null;
}

const server = createServer(async (request, response) => {
  const name = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  response.setHeader('content-security-policy', policy);
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cross-origin-embedder-policy', 'require-corp');
  response.setHeader('cache-control', 'no-store');
  if (request.method === 'POST') {
    const parts = [];
    for await (const part of request) parts.push(part);
    const text = Buffer.concat(parts).toString();
    response.end();
    if (name === '/report') console.log(text);
    if (name === '/end' && text !== 'good' && text !== 'bad') console.log(text);
    if (name === '/end') setTimeout(end, 100, text === 'good' ? 0 : 1);
    return;
  }
  const found = find(name);
  if (found === null) {
    response.statusCode = 404;
    response.end();
    return;
  }
  response.setHeader('content-type', types[path.extname(name)] ?? (name === '/' ? types['.html'] : 'application/octet-stream'));
  response.end(found);
});

process.on('exit', () => browser?.kill());
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(1));

const timer = setTimeout(() => {
  console.log(`not finished within ${limit / 1000} s`);
  end(1);
}, limit);
server.listen(0, 'localhost', () => {
  const flags = ['--headless=new', '--no-sandbox', '--no-first-run', '--disable-gpu', '--disable-background-networking', `--user-data-dir=${profile}`];
  browser = spawn('chromium', [...flags, `http://localhost:${server.address().port}/`], { stdio: 'ignore' });
  browser.on('error', (error) => {
    console.log(`Chromium did not start: ${error.message}`);
    end(1);
  });
  browser.on('exit', () => end(1));
});
