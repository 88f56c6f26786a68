import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseList } from '../build.mjs';
import { cidOf } from '../cid.mjs';
import { build, remove, temporary, type } from './fixture.mjs';

test('two builds of one source have one hash and one content address', async () => {
  const [first, second] = [build(), build()];
  const [one, two] = [await type('web-hash', [first, '--json']), await type('web-hash', [second, '--json'])];
  const words = await type('web-hash', [first]);
  remove(path.dirname(first));
  remove(path.dirname(second));

  assert.equal(one.code, 0, one.error);
  assert.equal(one.out, two.out);
  const { version, hash, cid, files } = JSON.parse(one.out);
  assert.deepEqual([version, files], ['0.2.0', 9]);
  assert.equal(words.out, `version ${version}\nhash    ${hash}\nCID     ${cid}\n`);
});

test('the content address is the one that other programs give the same files', async () => {
  // `ipfs-car pack --no-wrap` 3.1.0 over a folder with these two files; the second is larger than a chunk
  const contents = new Map([['index.html', Buffer.from('<!doctype html>\n')], ['assets/core.wasm', Buffer.alloc((1 << 20) + 7, 'core')]]);

  assert.equal(await cidOf(Buffer.from('{}\n'), contents), 'bafybeiandzz6arefpzmo3gpt4e7fsutn5iku4ak4e65nrtzsvuihtkrkmi');
});

test('compressed copies and the signature are outside of both; the copy holds nothing else', async () => {
  const folder = build();
  const before = await type('web-hash', [folder]);
  writeFileSync(path.join(folder, 'build.json.sig'), 'signed');
  writeFileSync(path.join(folder, 'index.html.br'), 'changed');
  const copy = path.join(temporary(), 'copy');
  const after = await type('web-hash', [folder, '--copy', copy]);
  const copied = await type('web-hash', [copy]);
  const again = await type('web-hash', [folder, '--copy', copy]);
  const names = readdirSync(copy, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name).sort();
  remove(path.dirname(folder));
  remove(path.dirname(copy));

  assert.equal(after.out, before.out);
  assert.equal(copied.out, before.out);
  assert.equal(again.code, 2);
  assert.deepEqual(names, ['app-1.css', 'app-1.js', 'build.json', 'de-1.js', 'decode-1.js', 'dotnet.native.wasm', 'index.html', 'rooms-1.js', 'strength-1.js', 'sw.js']);
});

test('the hash is what sha256sum says of the lines', async () => {
  const folder = build();
  const { files, hash } = parseList(readFileSync(path.join(folder, 'build.json')));
  const lines = [...files].map(([name, sum]) => `${sum}  ${name}\n`).join('');
  const checked = execFileSync('sha256sum', ['-c', '--quiet'], { cwd: folder, input: lines, encoding: 'utf8' });
  const whole = execFileSync('sha256sum', { input: lines, encoding: 'utf8' });
  remove(path.dirname(folder));

  assert.equal(checked, '');
  assert.equal(whole.split(' ')[0], hash);
});

test('a folder that is not what its list says has no hash', async () => {
  const folder = build();
  writeFileSync(path.join(folder, 'sw.js'), 'changed');
  const result = await type('web-hash', [folder]);
  remove(path.dirname(folder));

  assert.equal(result.code, 1);
  assert.equal(result.out, '');
  assert.match(result.error, /^sw\.js: is not what build\.json says/);
});

test('a folder without a build is wrong usage, and says what to do', async () => {
  const result = await type('web-hash', ['/nowhere']);

  assert.equal(result.code, 2);
  assert.match(result.error, /`\.\/secrets up` builds/);
});
