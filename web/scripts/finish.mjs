// The last step of the build, over dist/: integrity for every script of the page, the list of all files with their hashes, compressed copies.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = path.join(path.dirname(import.meta.dirname), 'dist');
const { version } = JSON.parse(readFileSync(path.join(path.dirname(import.meta.dirname), 'src/core/boot.json'), 'utf8'));
const smallest = 512;
const compressed = /\.(html|js|css|wasm|dll|json|svg|webmanifest|txt)$/;

const list = (folder) =>
  readdirSync(path.join(dist, folder), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? list(path.posix.join(folder, entry.name)) : [path.posix.join(folder, entry.name)]));
const hash = (name, algorithm, form) => createHash(algorithm).update(readFileSync(path.join(dist, name))).digest(form);

const page = path.join(dist, 'index.html');
const html = readFileSync(page, 'utf8').replace(/<(script|link)\b[^>]*?\b(?:src|href)="\.?\/?([^"]+\.(?:js|css))"[^>]*>/g, (tag, _, name) =>
  tag.includes('integrity=') ? tag : tag.replace(/ ?\/?>$/, ` integrity="sha384-${hash(name, 'sha384', 'base64')}">`),
);
// what the page loads later, by name, with its hash: src/later.ts
const [, entry] = /<script[^>]*src="\.\/([^"]+)"/.exec(html);
const parts = [...readFileSync(path.join(dist, entry), 'utf8').matchAll(/\bimport\(\s*["'`]\.\/(([a-z]+)-[^"'`]+\.js)["'`]\s*\)/g)].map(([, file, name]) => [name, `assets/${file}`]);
const metas = Object.entries(Object.fromEntries(parts)).map(([name, file]) => `    <meta name="part-${name}" content="${file} sha384-${hash(file, 'sha384', 'base64')}" />\n`);
if (metas.length !== 4) throw new Error(`the page has ${metas.length} parts that it loads later; src/later.ts and this line know of four`);
writeFileSync(page, html.replace('  </head>', `${metas.join('')}  </head>`));

// The service worker names the build that it keeps, so that another build is another service worker: browsers compare its bytes alone.
const worker = path.join(dist, 'sw.js');
const others = createHash('sha256');
for (const name of list('').filter((n) => n !== 'sw.js' && !/\.(br|gz)$|(^|\/)build\.json$/.test(n)).sort()) others.update(`${hash(name, 'sha256', 'hex')}  ${name}\n`);
const kept = others.digest('hex');
const script = readFileSync(worker, 'utf8');
if (!script.includes('%BUILD%')) throw new Error('the service worker has no place for its build');
writeFileSync(worker, script.replaceAll('%BUILD%', kept));

const made = /(^|\/)build\.json$|\.(br|gz)$/;
const files = Object.fromEntries(list('').filter((name) => !made.test(name)).sort().map((name) => [name, hash(name, 'sha256', 'hex')]));
const whole = createHash('sha256').update(Object.entries(files).map(([name, sum]) => `${sum}  ${name}\n`).join('')).digest('hex');
writeFileSync(path.join(dist, 'build.json'), `${JSON.stringify({ version, hash: whole, kept, files }, null, 2)}\n`);

let wire = 0;
for (const name of list('')) {
  if (!compressed.test(name) || made.test(name.replace('build.json', '')) ) continue;
  const bytes = readFileSync(path.join(dist, name));
  if (bytes.length < smallest) continue;
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length, [constants.BROTLI_PARAM_LGWIN]: 24 } });
  writeFileSync(path.join(dist, `${name}.br`), brotli);
  const gzip = gzipSync(bytes, { level: 9 });
  // the header's byte for the system would differ between machines
  gzip[9] = 255;
  writeFileSync(path.join(dist, `${name}.gz`), gzip);
  wire += brotli.length;
}
console.log(`${Object.keys(files).length} files, ${wire} bytes compressed, build ${whole.slice(0, 16)}, ${statSync(page).size} bytes of page`);
