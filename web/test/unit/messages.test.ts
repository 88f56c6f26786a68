import { FluentBundle, FluentResource } from '@fluent/bundle';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { preferred } from '../../src/messages/messages';

const source = path.join(import.meta.dirname, '../../src');
const read = (name: string): string => readFileSync(path.join(source, name), 'utf8');
const idsOf = (catalogue: string): string[] => [...catalogue.matchAll(/^([a-z][\w-]*) = /gm)].map((m) => m[1] ?? '');
const english = read('messages/en.ftl');
const german = read('messages/de.ftl');
const files = (folder: string): string[] =>
  readdirSync(path.join(source, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => read(path.join(folder, name)));

test('Every catalogue has the same messages, each once', () => {
  const ids = idsOf(english);

  expect(new Set(ids).size).toBe(ids.length);
  expect(idsOf(german)).toEqual(ids);
});

test('Every message of every catalogue is read without an error, and asks for the same things', () => {
  for (const catalogue of [english, german]) {
    const errors = new FluentBundle('en').addResource(new FluentResource(catalogue));
    expect(errors).toEqual([]);
    expect(idsOf(catalogue)).toHaveLength([...new FluentResource(catalogue).body].length);
  }
  const asked = (catalogue: string): string[] => catalogue.split(/\n(?=[a-z])/).map((m) => [...new Set([...m.matchAll(/\$\w+/g)].map((v) => v[0]))].sort().join());
  expect(asked(german)).toEqual(asked(english));
});

test('Every message that the code names is there, and every one that is there is named', () => {
  const all = files('ui').join('\n');
  const ids = new Set(idsOf(english));
  const made = [...all.matchAll(/`([a-z-]+-)\$\{/g)].map((m) => m[1] ?? '');
  const named = new Set([...all.matchAll(/'([a-z][a-z0-9-]*)'/g)].map((m) => m[1] ?? ''));

  const missing = [...all.matchAll(/\bt\('([a-z0-9-]+)'/g)].map((m) => m[1] ?? '').filter((id) => !ids.has(id));
  const unused = [...ids].filter((id) => !named.has(id) && !made.some((prefix) => id.startsWith(prefix)));

  expect(missing).toEqual([]);
  expect(unused).toEqual([]);
});

test('Every refusal, notice, stage and verification of the core has its sentence', () => {
  const api = read('core/api.d.ts');
  const ids = new Set(idsOf(english));
  const members = (type: string): string[] => [...(new RegExp(`type ${type} =([^;]+);`).exec(api)?.[1] ?? '').matchAll(/'(\w+)'/g)].map((m) => (m[1] ?? '').replaceAll('_', '-'));

  expect(members('ErrorCode').length).toBeGreaterThan(30);
  expect(members('ErrorCode').filter((code) => !ids.has(`error-${code}`))).toEqual([]);
  expect(members('ChatNotice').filter((notice) => notice !== 'none' && !ids.has(`notice-${notice}`))).toEqual([]);
  expect(members('RoomNotice').filter((notice) => notice !== 'none' && !ids.has(`room-notice-${notice}`))).toEqual([]);
  expect(members('RoomEnding').filter((ending) => ending !== 'none' && !ids.has(`room-ended-${ending}`))).toEqual([]);
  expect(members('ChatStage').filter((stage) => !ids.has(`stage-${stage}`))).toEqual([]);
  expect(members('Verification').filter((trust) => !ids.has(`trust-${trust}`))).toEqual([]);
  expect(members('DeliveryState').filter((state) => !ids.has(`state-${state}`))).toEqual([]);
});

test('The language is the first of the browser’s that there is', () => {
  expect(preferred(['fr-FR', 'de-AT', 'en'])).toBe('de');
  expect(preferred(['fr'])).toBe('en');
});
