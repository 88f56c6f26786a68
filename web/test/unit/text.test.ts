import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { pauseFor, rightPassword, wrongPassword } from '../../src/ui/actions/pause';
import { cellsOf } from '../../src/ui/text/avatar';
import { bytesOver } from '../../src/ui/text/bytes';
import { partsOf } from '../../src/ui/text/links';
import { neutralName, neutralText } from '../../src/ui/text/neutralise';
import { dayNamer, daysAgo, duration } from '../../src/ui/text/times';

const links = (text: string) => partsOf(text).filter((p) => p.kind === 'link');

test('Web links are found, without the punctuation around them', () => {
  expect(links('see https://a.example/x, (http://b.example/y) and https://c.example/d_(e).')).toMatchObject([
    { text: 'https://a.example/x', host: null },
    { text: 'http://b.example/y', host: null },
    { text: 'https://c.example/d_(e)', host: null },
  ]);
});

test('Nothing but http and https is a link', () => {
  for (const text of ['javascript:alert(1)', 'data:text/html,x', 'https://', 'http:///', 'file:///etc/passwd', 'mailto:a@b.example', 'xhttps://a.example']) expect(links(text)).toEqual([]);
});

test('A link says its real host where what is typed looks like another', () => {
  expect(links('https://google.com@evil.example/')).toMatchObject([{ host: 'evil.example' }]);
  expect(links('https://\u0430pple.com/')).toMatchObject([{ href: 'https://xn--pple-43d.com/', host: 'xn--pple-43d.com' }]);
  expect(links('HTTPS://A.example:443/')).toMatchObject([{ host: null }]);
});

test('The parts of a text are the whole text', () => {
  for (const text of ['', 'no link', 'https://a.example', 'a https://a.example b http://b.example', '<b>https://a.example</b>']) expect(partsOf(text).map((p) => p.text).join('')).toBe(text);
});

test('Text of others can not turn around, hide or control anything', () => {
  expect(neutralText('a\u202Eb\u2066c\u200Bd\u00ADe')).toBe('abcde');
  expect(neutralText('a\u001Bb\u0007\u007F')).toBe('a\u241Bb\u2407\u2421');
  expect(neutralText('a\u0085b\uFFFE')).toBe('a\uFFFDb\uFFFD');
  expect(neutralText('one\r\ntwo\u2028three\tfour')).toBe('one\ntwo\nthree\tfour');
  expect(neutralText(`a${'\u0301'.repeat(40)}b`)).toBe(`a${'\u0301'.repeat(8)}b`);
  expect(neutralText('👩‍👧 क्‍ष')).toBe('👩‍👧 क्‍ष');
});

test('What is shown is what the vectors say', () => {
  const file = path.join(import.meta.dirname, '../../../vectors/chats/chats.json');
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: { operation: string; in: { text: string }; out: { shown: string } }[] };
  const shown = cases.filter((c) => c.operation === 'DisplayText.Neutralise');

  expect(shown.length).toBeGreaterThan(0);
  for (const one of shown) expect(Buffer.from(neutralText(Buffer.from(one.in.text, 'hex').toString())).toString('hex')).toBe(one.out.shown);
});

test('A name is one line, and joins only what scripts and emoji join', () => {
  expect(neutralName('  Al\nice\u200Db ')).toBe('Al iceb');
  expect(neutralName('👩‍👧')).toBe('👩‍👧');
});

test('A message has at most 65,536 bytes, however many letters they are', () => {
  expect(bytesOver('a'.repeat(65_536))).toBe(0);
  expect(bytesOver('a'.repeat(65_537))).toBe(1);
  expect(bytesOver('€'.repeat(21_846))).toBe(2);
});

test('After the third wrong password there is a pause that grows up to a minute, and ends with the right one', () => {
  const pauses = [];
  for (let i = 0; i < 9; i++) {
    wrongPassword('x', 0);
    pauses.push(pauseFor('x', 0));
  }

  expect(pauses).toEqual([0, 0, 5, 10, 20, 40, 60, 60, 60]);
  expect(pauseFor('x', 60_000)).toBe(0);
  expect(pauseFor('y', 0)).toBe(0);
  rightPassword('x');
  expect(pauseFor('x', 0)).toBe(0);
});

test('A pattern is mirrored, and another number gives another one', () => {
  const cells = cellsOf('48213 90576 11342 77801 35529 60417 28893 04416 59270 81135 46628 19904');

  expect(cells).toHaveLength(35);
  for (let row = 0; row < 7; row++) expect([cells[row * 5], cells[row * 5 + 1]]).toEqual([cells[row * 5 + 4], cells[row * 5 + 3]]);
  expect(cellsOf('48212 90576 11342 77801 35529 60417 28893 04416 59270 81135 46628 19904')).not.toEqual(cells);
});

test('Days are those of the calendar here, also where the clock is put back', () => {
  const name = dayNamer();

  expect(name('2026-10-25T00:30:00')).toBe(name('2026-10-25T23:59:59'));
  expect(name('2026-10-25T23:59:59')).not.toBe(name('2026-10-26T00:00:00'));
  expect(daysAgo('2026-10-24T23:59:00', new Date('2026-10-25T00:01:00'))).toBe(1);
});

test('The length of a call has minutes, and hours where there are some', () => {
  expect([0, 7, 60, 187, 3_729, -1, Number.NaN].map(duration)).toEqual(['0:00', '0:07', '1:00', '3:07', '1:02:09', '0:00', '0:00']);
});
