import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { createKey, openKey, signFile } from '../minisign-key.mjs';
import { build, copyOf, remove, serve, temporary, type, write } from './fixture.mjs';

const CHEAP = { operations: 32768n, memory: 1n << 20n };
let app, key;

before(async () => {
  app = build();
  const made = await createKey('password', CHEAP);
  key = { line: made.publicLine, secret: await openKey(made.file, () => 'password') };
});

after(() => remove(path.dirname(app)));

/** Serves `folder` with a twist and compares it with the app, or with what `words` say. */
async function verify({ folder = app, twist, words = ['--folder', app], json = true } = {}) {
  const host = await serve(folder, twist);
  try {
    const result = await type('verify-host', [host.url, ...words, ...(json ? ['--json'] : [])]);
    return json && result.out ? { ...result, report: JSON.parse(result.out) } : result;
  } finally {
    await host.end();
  }
}

const reasons = ({ report }) => report.differences.map(({ what, reason }) => `${what}: ${reason}`);

test('the same build is the same', async () => {
  const result = await verify();

  assert.equal(result.code, 0, result.error + result.out);
  assert.deepEqual(result.report.differences, []);
  assert.equal(result.report.verdict, 'same');
  assert.equal(result.report.files, 9);
});

test('what agreed and what that shows is said in words', async () => {
  const result = await verify({ json: false });

  assert.match(result.out, /agrees {3}the build in /);
  assert.match(result.out, /The same: 9 files and the page, plain and compressed, and the headers/);
  assert.match(result.out, /Others may be given something else/);
});

test('one changed byte is named', async () => {
  const result = await verify({ twist: (name, answer) => {
    if (name === 'sw.js') answer.body = Buffer.concat([answer.body.subarray(1), Buffer.from('X')]);
  } });

  assert.equal(result.code, 1);
  assert.equal(reasons(result).length, 1);
  assert.match(reasons(result)[0], /^sw\.js: is not what the list says: SHA-256 [0-9a-f]{64}, listed [0-9a-f]{64}$/);
});

test('a host that changed a file and its list with it differs from a build, and from a trusted list', async () => {
  const other = build({ 'sw.js': 'self.evil = "%BUILD%";\n' });
  const folder = await verify({ folder: other });
  const list = await verify({ folder: other, words: ['--list', path.join(app, 'build.json')] });
  remove(path.dirname(other));

  for (const result of [folder, list]) {
    assert.equal(result.code, 1);
    assert.equal(reasons(result).length, 1);
    assert.match(reasons(result)[0], /^sw\.js: is another one in the host's list/);
    assert.equal(result.report.compared[0].agrees, false);
  }
});

test('a file that is listed nowhere else, and one that the host leaves out, are named', async () => {
  const other = build({ 'assets/more-2.js': 'export {};\n' });
  const more = await verify({ folder: other });
  const less = await verify({ words: ['--folder', other] });
  remove(path.dirname(other));

  assert.match(reasons(more)[0], /^assets\/more-2\.js: is in the host's list, and not in the build in /);
  assert.match(reasons(less)[0], /^assets\/more-2\.js: is in the build in .*, and not in the host's list/);
});

test('another version is said to be one', async () => {
  const other = build({}, '0.1.9');
  const result = await verify({ folder: other });
  remove(path.dirname(other));

  assert.equal(result.code, 1);
  assert.match(reasons(result)[0], /^build\.json: says version 0\.1\.9, the build in .* is 0\.2\.0/);
});

test('a missing file is named', async () => {
  const result = await verify({ twist: (name, answer) => {
    if (name === 'assets/app-1.css') Object.assign(answer, { status: 404, body: '' });
  } });

  assert.equal(result.code, 1);
  assert.deepEqual(reasons(result), ['assets/app-1.css: is missing (404)']);
});

test('the page is asked for under the address that people type, too', async () => {
  const result = await verify({ twist: (name, answer, request) => {
    if (request.url === '/') answer.body = Buffer.from('<html></html>'), delete answer.headers['Content-Encoding'];
  } });

  assert.equal(result.code, 1);
  assert.match(reasons(result)[0], /^\/: is not what the list says/);
});

test('a script that the page loads and the list lacks is named, also one inside of the page', async () => {
  const page = `<!doctype html><script src="./assets/app-1.js"></script><script src='/extra.js'></script><script>1</script><img src=x onerror="1"><link rel=icon href="https://example.org/i.png">`;
  const other = build({ 'index.html': page });
  const result = await verify({ folder: other, words: ['--folder', other] });
  remove(path.dirname(other));

  assert.equal(result.code, 1);
  const all = reasons(result).join('\n');
  assert.match(all, /index\.html: loads what is not in the list: http:\/\/127\.0\.0\.1:\d+\/extra\.js/);
  assert.match(all, /loads what is not in the list: https:\/\/example\.org\/i\.png/);
  assert.match(all, /holds a script without a file/);
  assert.match(all, /holds a script in onerror/);
  assert.doesNotMatch(all, /app-1\.js/);
});

test('a host that answers made-up paths differs', async () => {
  const page = readFileSync(path.join(app, 'index.html'));
  const result = await verify({ twist: (name, answer) => {
    if (answer.status === 404 && name !== 'build.json.sig') Object.assign(answer, { status: 200, body: page });
  } });

  assert.equal(result.code, 1);
  assert.ok(reasons(result).some((reason) => reason === 'a made-up path, assets/NAME.js: is answered with 200 instead of 404'));
});

test('another policy on one answer is named, with the answer', async () => {
  const result = await verify({ twist: (name, answer) => {
    if (name === 'sw.js') answer.headers['Content-Security-Policy'] += ' default';
  } });

  assert.equal(result.code, 1);
  assert.equal(reasons(result).length, 1);
  assert.match(reasons(result)[0], /^header, on sw\.js: Content-Security-Policy is not ours: default-src 'none'.* secrets default$/);
});

test('a policy sent twice, a missing header, a header that loads more and a wrong type are named', async () => {
  const result = await verify({ twist: (name, answer) => {
    if (name === 'index.html') answer.headers['Content-Security-Policy'] = [answer.headers['Content-Security-Policy'], "script-src 'self'"];
    if (name === 'sw.js') delete answer.headers['Cross-Origin-Opener-Policy'];
    if (name === 'assets/app-1.css') answer.headers.Link = '</extra.js>; rel=preload';
    if (name === 'assets/app-1.js') answer.headers['Content-Type'] = 'text/html';
    if (answer.status === 404) delete answer.headers['X-Content-Type-Options'];
  } });

  assert.deepEqual(reasons(result), [
    'header, on /, index.html: Content-Security-Policy is sent 2 times',
    'header, on assets/app-1.css: Link is sent: </extra.js>; rel=preload',
    'header, on assets/app-1.js: Content-Type is text/html instead of text/javascript',
    'header, on sw.js: Cross-Origin-Opener-Policy is missing',
    'header, on what is not there: X-Content-Type-Options is missing',
  ]);
});

test('headers are left out on wish', async () => {
  const twist = (name, answer) => (answer.headers = { 'Content-Encoding': answer.headers['Content-Encoding'] ?? 'identity' });
  const strict = await verify({ twist });
  const loose = await verify({ twist, words: ['--folder', app, '--files-only'] });

  assert.equal(strict.code, 1);
  assert.equal(loose.code, 0, loose.out);
  assert.equal(loose.report.headers, false);
});

test('a redirect is refused, even to the right file', async () => {
  const result = await verify({ twist: (name, answer, request) => {
    if (name === 'sw.js' && !request.url.includes('?')) Object.assign(answer, { status: 302, body: '' }, { headers: { ...answer.headers, Location: '/sw.js?right' } });
  } });

  assert.equal(result.code, 1);
  assert.deepEqual(reasons(result).filter((reason) => reason.startsWith('sw.js')), ['sw.js: redirects (302) to /sw.js?right; the files must be here']);
});

test('a compressed copy that is another file is noticed', async () => {
  const other = copyOf(app);
  writeFileSync(path.join(other, 'assets/app-1.js.br'), brotliCompressSync('self.evil = 1;\n'));
  const result = await verify({ folder: other });
  remove(path.dirname(other));

  assert.equal(result.code, 1);
  assert.equal(reasons(result).length, 1);
  assert.match(reasons(result)[0], /^assets\/app-1\.js: is not what the list says: .* \(when asked for compressed\)$/);
});

test('a list that is another one when compressed is noticed', async () => {
  const result = await verify({ twist: (name, answer) => {
    if (name === 'build.json' && answer.headers['Content-Encoding'] === 'br') answer.body = brotliCompressSync('{}');
  } });

  assert.equal(result.code, 1);
  assert.ok(reasons(result).includes('build.json: plain and compressed are not the same'));
});

test('what can not be decoded, or grows without end, is a fault and no crash', async () => {
  const bomb = brotliCompressSync(Buffer.alloc(65 << 20), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
  const result = await verify({ twist: (name, answer) => {
    if (name === 'sw.js') Object.assign(answer.headers, { 'Content-Encoding': 'br' }), (answer.body = bomb);
    if (name === 'assets/app-1.css') answer.headers['Content-Encoding'] = 'constructor';
  } });

  assert.equal(result.code, 1);
  assert.deepEqual(reasons(result), ['assets/app-1.css: comes in the encoding "constructor", which was not asked for', 'sw.js: can\'t be decoded as br']);
});

test('a good signature agrees, by key and by key file, and says when it was made', async () => {
  const signed = copyOf(app);
  const list = readFileSync(path.join(signed, 'build.json'));
  writeFileSync(path.join(signed, 'build.json.sig'), signFile(key.secret, list, 'timestamp:1795874236\tfile:build.json\thashed'));
  const keyFile = path.join(path.dirname(signed), 'key.pub');
  write(keyFile, `untrusted comment: a key\n${key.line}\n`);
  const byKey = await verify({ folder: signed, words: ['--public-key', key.line] });
  const byFile = await verify({ folder: signed, words: ['--public-key', keyFile, '--folder', app] });
  remove(path.dirname(signed));

  assert.equal(byKey.code, 0, byKey.out);
  assert.deepEqual(byKey.report.compared, [{ with: `the signature by ${key.line}`, agrees: true, note: 'made on 2026-11-28' }]);
  assert.equal(byFile.code, 0, byFile.out);
  assert.equal(byFile.report.compared.length, 2);
});

test('a wrong signature, one by another key, one of another list and a changed comment are refused', async () => {
  const list = readFileSync(path.join(app, 'build.json'));
  const other = await createKey('other', CHEAP);
  const good = signFile(key.secret, list, 'version 1');
  const cases = [
    [signFile(await openKey(other.file, () => 'other'), list, ''), /is by another key/],
    [signFile(key.secret, Buffer.from('another list'), ''), /does not fit the list/],
    [good.replace('version 1', 'version 2'), /has a comment that was changed/],
    ['no signature at all\n', /is no signature in the format of minisign/],
  ];
  for (const [text, reason] of cases) {
    const signed = copyOf(app);
    writeFileSync(path.join(signed, 'build.json.sig'), text);
    const result = await verify({ folder: signed, words: ['--public-key', key.line] });
    remove(path.dirname(signed));

    assert.equal(result.code, 1);
    assert.match(reasons(result).join('\n'), reason);
    assert.equal(result.report.compared[0].agrees, false);
  }
});

test('an unsigned host does not agree with a key, unless the signature lies here', async () => {
  const without = await verify({ words: ['--public-key', key.line] });
  const folder = temporary();
  write(path.join(folder, 'sig'), signFile(key.secret, readFileSync(path.join(app, 'build.json')), 'here'));
  const withFile = await verify({ words: ['--public-key', key.line, '--signature', path.join(folder, 'sig')] });
  remove(folder);

  assert.equal(without.code, 1);
  assert.deepEqual(reasons(without), ['build.json.sig: the host serves no signature (404)']);
  assert.equal(withFile.code, 0, withFile.out);
});

test('a host without a list is compared all the same', async () => {
  const result = await verify({ twist: (name, answer) => {
    if (name === 'build.json') Object.assign(answer, { status: 404, body: '' });
    if (name === 'sw.js') answer.body = Buffer.from('x');
  } });

  assert.equal(result.code, 1);
  assert.deepEqual(reasons(result).map((reason) => reason.slice(0, 30)), ['build.json: is missing (404)', 'sw.js: is not what the list sa']);
});

test('a list with names that lead elsewhere is refused', async () => {
  for (const name of ['../secret', '/etc/passwd', 'a//b', 'a b.js', 'http:x', 'build.json']) {
    const result = await verify({ words: ['--list', path.join(app, 'build.json')], twist: (asked, answer) => {
      if (asked === 'build.json') answer.body = Buffer.from(JSON.stringify({ version: '1', hash: '0'.repeat(64), files: { 'index.html': '0'.repeat(64), [name]: '0'.repeat(64) } })), delete answer.headers['Content-Encoding'];
    } });

    assert.equal(result.code, 1);
    assert.ok(reasons(result).includes('build.json: lists a file under a name that is not one'), name);
  }
});

test('names that mean something to JavaScript are files like others', async () => {
  const other = build({ 'x.constructor': 'a', 'a/__proto__': 'b', 'toString': 'c' });
  const result = await verify({ folder: other, words: ['--folder', other] });
  remove(path.dirname(other));

  assert.equal(result.code, 0, result.out + result.error);
  assert.equal(result.report.files, 12);
});

test('nothing of the host\'s is obeyed by the terminal', async () => {
  const result = await verify({ json: false, twist: (name, answer) => {
    if (name === 'sw.js') Object.assign(answer, { status: 302, body: '' }), (answer.headers.Location = '/\x9b31m\u00ad');
  } });

  assert.equal(result.code, 1);
  assert.doesNotMatch(result.out.replaceAll('\n', ''), /[\p{Cc}\p{Cf}]/u);
});

test('a host that is not there is not reached', async () => {
  const host = await serve(app);
  await host.end();
  const result = await type('verify-host', [host.url, '--folder', app, '--json']);

  assert.equal(result.code, 3);
  assert.equal(JSON.parse(result.out).verdict, 'unreachable');
  assert.match(result.error, /was not reached: nothing listens there/);
});

test('a host that hangs up halfway shows nothing, unless it differed before', async () => {
  const silent = await verify({ twist: (name, answer) => (answer.cut = name === 'sw.js') });
  const both = await verify({ twist: (name, answer) => {
    answer.cut = name === 'sw.js';
    if (name === 'index.html') answer.headers['X-Frame-Options'] = 'SAMEORIGIN';
  } });

  assert.equal(silent.code, 3, silent.out);
  assert.match(silent.report.lost[0], /^sw\.js: /);
  assert.equal(both.code, 1);
});

test('a proxy is asked by name, and nothing goes around it', async () => {
  const host = await serve(app);
  const asked = [];
  const proxy = net.createServer((socket) => {
    const steps = [
      () => socket.write(Buffer.from([5, 2])),
      () => socket.write(Buffer.from([1, 0])),
      (bytes) => {
        asked.push(bytes.subarray(5, -2).toString());
        const target = net.connect(host.port, '127.0.0.1', () => {
          socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
          socket.pipe(target).pipe(socket);
        });
        target.on('error', () => socket.destroy());
      },
    ];
    socket.on('data', (bytes) => steps.shift()?.(bytes));
    socket.on('error', () => {});
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = `socks5://127.0.0.1:${proxy.address().port}`;
  const through = await type('verify-host', [`http://secrets.invalid:${host.port}/`, '--folder', app, '--files-only', '--proxy', address]);
  await new Promise((resolve) => proxy.close(resolve));
  const gone = await type('verify-host', [host.url, '--folder', app, '--proxy', address]);
  await host.end();

  assert.equal(through.code, 0, through.error + through.out);
  assert.deepEqual([...new Set(asked)], ['secrets.invalid']);
  assert.equal(gone.code, 3);
});

test('wrong usage is said to be that, and never looks like an answer', async () => {
  const cases = [[], ['ftp://127.0.0.1/'], ['no address'], ['http://a:b@127.0.0.1/'], ['http://127.0.0.1/', '--wrong'], ['http://127.0.0.1/', '--folder', '/nowhere'], ['http://127.0.0.1/', '--list', '/nowhere'],
    ['http://127.0.0.1/', '--public-key', 'RWQnothing'], ['http://127.0.0.1/', '--signature', 'x', '--folder', app], ['http://127.0.0.1/', '--proxy', 'http://127.0.0.1:1', '--folder', app]];
  for (const words of cases) {
    const result = await type('verify-host', words);
    assert.equal(result.code, 2, words.join(' '));
    assert.notEqual(result.error, '');
    assert.equal(result.out, '');
  }
});
