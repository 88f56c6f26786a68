import { expect, test } from 'vitest';
import { SodiumHeap, viewOf } from '../../src/core/sodium-heap';

const secret = Uint8Array.from({ length: 32 }, (_, i) => 0xa0 + i);

function holds(heap: SodiumHeap, bytes: Uint8Array): boolean {
  return Buffer.from(heap.sodium.HEAPU8.buffer).includes(Buffer.from(bytes));
}

test('what passed through the memory is wiped, whether it went well or not', async () => {
  const heap = await SodiumHeap.start();
  const out = new Uint8Array(32);
  let seen = false;
  const look = (answer: number) => (o: number) => {
    seen = holds(heap, secret);
    heap.sodium.HEAPU8.set(secret.map((byte) => byte ^ 0x0f), o);
    return answer;
  };

  expect(heap.run([viewOf(out)], [viewOf(secret)], look(0))).toBe(true);
  expect(seen).toBe(true);
  expect(out[0]).toBe(0xaf);
  expect(holds(heap, secret)).toBe(false);
  expect(holds(heap, out)).toBe(false);

  out.fill(7);
  expect(heap.run([viewOf(out)], [viewOf(secret)], look(-1))).toBe(false);
  expect(out.every((byte) => byte === 7)).toBe(true);
  expect(holds(heap, secret)).toBe(false);
});

test('what passed through is wiped where the function throws', async () => {
  const heap = await SodiumHeap.start();
  expect(() => heap.run([], [viewOf(secret)], () => { throw new Error('no'); })).toThrow('no');
  expect(holds(heap, secret)).toBe(false);
});

test('the memory grows with what it is given, and in the middle of a call', async () => {
  const heap = await SodiumHeap.start();
  const large = new Uint8Array(40 * 1024 * 1024).fill(3);
  const out = new Uint8Array(large.length);
  const copied = heap.run([viewOf(out)], [viewOf(large)], (o, i) => {
    const more = heap.sodium._malloc(64 * 1024 * 1024);
    heap.sodium.HEAPU8.copyWithin(o, i, i + large.length);
    heap.sodium._free(more);
    return 0;
  });
  expect(copied).toBe(true);
  expect(Buffer.from(out).equals(Buffer.from(large))).toBe(true);
  expect(heap.run([], [viewOf(secret)], () => 0)).toBe(true);
  expect(holds(heap, secret)).toBe(false);
});

test('outputs and inputs may be the same bytes, and any of them empty', async () => {
  const heap = await SodiumHeap.start();
  const bytes = Uint8Array.from(secret);
  const done = heap.run([viewOf(bytes), viewOf(new Uint8Array(0))], [viewOf(bytes), viewOf(new Uint8Array(0))], (o, _, i) => {
    for (let at = 0; at < 32; at++) heap.sodium.HEAPU8[o + at] = 255 - (heap.sodium.HEAPU8[i + at] as number);
    return 0;
  });
  expect(done).toBe(true);
  expect([...bytes]).toEqual([...secret].map((byte) => 255 - byte));
});
