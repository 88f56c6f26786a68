import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { parsePublicKey, verifySignature } from '../minisign.mjs';
import { createKey, KeyError, openKey } from '../minisign-key.mjs';
import { build, remove, temporary, type } from './fixture.mjs';

const CHEAP = { operations: 32768n, memory: 1n << 20n };
let app, keys, file, line;

before(async () => {
  app = build();
  keys = temporary();
  file = path.join(keys, 'key');
  const made = await createKey('a password', CHEAP);
  writeFileSync(file, made.file, { mode: 0o600 });
  line = made.publicLine;
});

after(() => {
  remove(path.dirname(app));
  remove(keys);
});

test('a folder is signed, and the signature fits its list only', async () => {
  const result = await type('web-sign', ['--key', file, app], { input: 'a password\n' });

  assert.equal(result.code, 0, result.error);
  assert.ok(result.out.includes(line));
  const text = readFileSync(path.join(app, 'build.json.sig'), 'utf8');
  const list = readFileSync(path.join(app, 'build.json'));
  assert.match(verifySignature(text, list, parsePublicKey(line)).comment, /^timestamp:\d+\tfile:build\.json\thashed\tversion:0\.2\.0$/);
  list[list.length - 2] ^= 1;
  assert.equal(verifySignature(text, list, parsePublicKey(line)).fault, 'does not fit the list');
});

test('a wrong password signs nothing', async () => {
  const folder = build();
  const result = await type('web-sign', ['--key', file, folder], { input: 'another\n' });
  const written = existsSync(path.join(folder, 'build.json.sig'));
  remove(path.dirname(folder));

  assert.equal(result.code, 1);
  assert.match(result.error, /Wrong password/);
  assert.equal(written, false);
});

test('a folder that is not what its list says is not signed', async () => {
  const folder = build();
  writeFileSync(path.join(folder, 'sw.js'), 'changed');
  const result = await type('web-sign', ['--key', file, folder], { input: 'a password\n' });
  const written = existsSync(path.join(folder, 'build.json.sig'));
  remove(path.dirname(folder));

  assert.equal(result.code, 1);
  assert.match(result.error, /^sw\.js: is not what build\.json says\n/);
  assert.equal(written, false);
});

test('a new key lies under its password, readable by its owner only, and is never written over', async () => {
  const fresh = path.join(keys, 'fresh');
  const made = await type('web-sign', ['--new-key', fresh], { input: 'long enough\n' });
  const again = await type('web-sign', ['--new-key', fresh], { input: 'long enough\n' });
  const empty = await type('web-sign', ['--new-key', path.join(keys, 'empty')], { input: '\n' });

  assert.equal(made.code, 0, made.error);
  assert.equal(statSync(fresh).mode & 0o777, 0o600);
  assert.notEqual(parsePublicKey(made.out), null);
  assert.equal(again.code, 1);
  assert.equal(empty.code, 1);
  assert.equal(existsSync(path.join(keys, 'empty')), false);
});

test('keys and signatures of minisign itself are read', async () => {
  // made by minisign 0.11: `minisign -G -W`, and `minisign -S -m build.json` over the two bytes "{}" and a line end
  const secret = 'untrusted comment: minisign encrypted secret key\nRWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAp47/uzN9I+dB5YRKkLvgbr7R2E+EL+ErcU0OAJB1BySpckjD6V/fpkFFx6Auzw7wy7saHAzBbKs9geYUhS/qtz6iO0uIGPkPAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n';
  const theirs = parsePublicKey('untrusted comment: minisign public key E7237D33BBFF8EA7\nRWSnjv+7M30j50FFx6Auzw7wy7saHAzBbKs9geYUhS/qtz6iO0uIGPkP\n');
  const signature =
    'untrusted comment: signature from minisign secret key\n' +
    'RUSnjv+7M30j5+GbzLNGJdzMaqIM2upmmJEBMmOgcicJm+bBkQTRbcPn8tNAcsGjt5vLsIjvzIYlYPV2uhQrvtdpAUy8DLCB8wo=\n' +
    'trusted comment: timestamp:1795874892\tfile:build.json\thashed\n' +
    '9WZl5tyN9JUTwbrEDcXff2TB6y32ycv03R9z7ptfkJak2HHRhdknEtxLv/vb9XXy5gzGAxK/5gyMpSXJkpPzBg==\n';

  const opened = await openKey(secret, () => assert.fail('it has no password'));

  assert.deepEqual(opened.publicKey, theirs.key);
  assert.deepEqual(verifySignature(signature, Buffer.from('{}\n'), theirs), { comment: 'timestamp:1795874892\tfile:build.json\thashed' });
});

test('a key of minisign under a password is read at its full price', async () => {
  const secret = 'untrusted comment: minisign encrypted secret key\nRWRTY0Iy2vDaRpnZchOajkpg2v0p/CNFzRkt7FkcQIVk43aSAaoAAAACAAAAAAAAAEAAAAAA1m2IYQVjQTrjXRpXwcf8gOi4Sib7Lvr0tIvtwvtNNKcu4n6Z91cg10lYXcJ2US6a2BXmHK/qUKdSha4UowAwyfQdvrxKqc9LNclRb9WLP321o88MZxUNjNEnUafp3OzBrpnLosyKvHo=\n';

  const opened = await openKey(secret, () => 'pw');

  assert.deepEqual(opened.publicKey, parsePublicKey('RWQ8Lk2FzK7m/A/VYmphZHF8y9LX0cD8cw74S0BW8hyelJe2YOhL7AcL').key);
});

test('a damaged key file is refused', async () => {
  const text = readFileSync(file, 'utf8');
  for (const damaged of ['', 'no key', text.slice(0, -8), text.replace('RWRTY', 'RWRTX'), `${text}more\n`]) await assert.rejects(openKey(damaged, () => 'a password'), KeyError);
});

test('a password is never taken as an argument', async () => {
  for (const words of [['--password', 'x', '--key', file, app], ['--key', file, '--new-key', file], [], ['--new-key', file, app]]) assert.equal((await type('web-sign', words)).code, 2);
});
