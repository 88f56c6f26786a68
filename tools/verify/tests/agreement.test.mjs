// What stands in two places says the same in both.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { FIXED, INTEGRITY_POLICY, LOCAL_POLICY, POLICY } from '../headers.mjs';
import { build, remove, root, temporary, type } from './fixture.mjs';

const relay = process.env.SECRETS_RELAY_PROGRAM;

test('the headers are those of the relay', () => {
  const source = readFileSync(path.join(root, 'src/Secrets.Relay/Web/WebHeaders.cs'), 'utf8');
  const constants = new Map();
  for (const [, name, expression] of source.matchAll(/const string (\w+) =\s*([^;]*?(?:"[^"]*"[^;"]*)*);/g))
    constants.set(name, expression.split('+').map((part) => part.trim()).map((part) => (part.startsWith('"') ? part.slice(1, -1) : constants.get(part) ?? part)).join(''));
  const resolve = (name) => constants.get(name).replace('BeforeConnect', constants.get('BeforeConnect')).replace('AfterConnect', constants.get('AfterConnect'));
  const set = Object.fromEntries([...source.matchAll(/headers(?:\["([\w-]+)"\]|\.(X\w+)) = ("[^"]*"|\w+);/g)].map(([, name, property, value]) => [
    name ?? property.replace(/(?<=.)(?=[A-Z])/g, '-'),
    value.startsWith('"') ? value.slice(1, -1) : resolve(value),
  ]));

  assert.equal(resolve('Policy'), POLICY);
  assert.equal(resolve('LocalPolicy'), LOCAL_POLICY);
  assert.equal(resolve('IntegrityPolicy'), INTEGRITY_POLICY);
  assert.deepEqual(set, FIXED);
});

test('a relay that serves a build is found to do so', { skip: relay ? false : 'SECRETS_RELAY_PROGRAM names no relay' }, async () => {
  const folder = build();
  const data = temporary();
  const child = spawn(relay, ['--listen', '127.0.0.1:0', '--listen-tcp', 'none', '--data', data, '--web', folder]);
  try {
    const address = await new Promise((resolve, reject) => {
      let text = '';
      const take = (part) => {
        text += part;
        const found = /\bws:\/\/(127\.0\.0\.1:\d+)/.exec(text);
        if (found) resolve(`http://${found[1]}/`);
      };
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      child.on('close', () => reject(new Error(text)));
    });
    const result = await type('verify-host', [address, '--folder', folder]);

    assert.equal(result.code, 0, result.out + result.error);
  } finally {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('close', resolve));
    remove(path.dirname(folder));
    remove(data);
  }
});

test('options that the guide shows exist, and each verb has a help that teaches', async () => {
  const guide = readFileSync(path.join(root, 'docs/guide/verify.md'), 'utf8');
  let shown = 0;
  for (const verb of ['web-hash', 'web-sign', 'verify-host']) {
    const help = await type(verb, ['--help']);
    assert.equal(help.code, 0);
    assert.match(help.out, /Exit codes:/);
    for (const [, words] of guide.matchAll(new RegExp(`\\./secrets ${verb}([^\\n\`#]*)`, 'g')))
      for (const [option] of words.matchAll(/--[a-z-]+/g)) {
        shown++;
        assert.ok(help.out.includes(option), `${verb} has no ${option}`);
      }
  }
  assert.ok(shown > 0);
});

test('verify-host runs without any package', () => {
  const seen = new Set();
  const follow = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, name] of readFileSync(path.join(import.meta.dirname, '..', file), 'utf8').matchAll(/^import [^;]*?'([^']+)';$/gm)) {
      if (name.startsWith('./')) follow(name.slice(2));
      else assert.match(name, /^node:/, file);
    }
  };
  follow('verify-host.mjs');

  assert.ok(seen.has('compare.mjs') && seen.has('socks.mjs'));
});
