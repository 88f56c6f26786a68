// Takes the published core into the web app: node scripts/core.mjs PUBLISHED VERSION
// Writes public/core-<hash>/ with its files and src/core/boot.json with the loader's configuration; both are made anew by each build.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { slim } from './slim.mjs';

const [published, version] = process.argv.slice(2);
const web = path.dirname(import.meta.dirname);
const scripts = ['dotnet.js', 'dotnet.native.js', 'dotnet.runtime.js'];
const native = 'dotnet.native.wasm';
const libraries = readdirSync(published).filter((name) => name.endsWith('.dll')).sort();
const first = ['System.Private.CoreLib.dll', 'System.Runtime.InteropServices.JavaScript.dll'];

const read = (name) => readFileSync(path.join(published, name));
const slimmed = slim(read(native), read('dotnet.native.js.symbols').toString());
const content = (name) => (name === native ? slimmed : read(name));
const integrity = (name) => `sha256-${createHash('sha256').update(content(name)).digest('base64')}`;
const library = (name) => ({ virtualPath: name, name, hash: integrity(name) });
const files = [...scripts, native, ...libraries];
const whole = createHash('sha256');
for (const name of files) whole.update(`${name} ${integrity(name)}\n`);
const folder = `core-${whole.digest('hex').slice(0, 16)}`;

const out = path.join(web, 'public');
mkdirSync(out, { recursive: true });
for (const old of readdirSync(out)) if (old.startsWith('core-')) rmSync(path.join(out, old), { recursive: true });
mkdirSync(path.join(out, folder));
for (const name of files) writeFileSync(path.join(out, folder, name), content(name));

const boot = {
  folder,
  version,
  config: {
    mainAssemblyName: 'Secrets.Browser',
    globalizationMode: 'invariant',
    resources: {
      jsModuleNative: [{ name: 'dotnet.native.js' }],
      jsModuleRuntime: [{ name: 'dotnet.runtime.js' }],
      wasmNative: [{ name: native, hash: integrity(native) }],
      coreAssembly: first.map(library),
      assembly: libraries.filter((name) => !first.includes(name)).map(library),
    },
  },
};
writeFileSync(path.join(web, 'src/core/boot.json'), `${JSON.stringify(boot, null, 2)}\n`);
