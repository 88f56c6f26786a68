// Two people in two browsers: the own message on the screen, and on the other's.
import { markOf, openBrowser } from './browser.mjs';
import { create, join, makeChat, say } from './people.mjs';
import { summary, times } from './table.mjs';

const count = 12;
// not in step with anything of the relay's
const pauses = [300, 1700, 900, 2300];

export async function messages({ address, password }) {
  const [alice, bob] = [await openBrowser(), await openBrowser()];
  try {
    const [from, to] = [await alice.open(), await bob.open()];
    await from.goto(address);
    await create(from, 'Alice', password);
    const link = await makeChat(from, address);
    await to.goto(link);
    await create(to, 'Bob', password);
    await join(to, 'Alice');
    await say(to, 'Hello.');
    await from.locator('.message .text', { hasText: 'Hello.' }).first().waitFor();
    await say(from, 'Hello yourself.');
    await to.locator('.message .text', { hasText: 'Hello yourself.' }).first().waitFor();
    const [own, over, processor] = [[], [], []];
    for (let i = 0; i < count; i++) {
      const text = `Message ${i}, as people write them.`;
      await from.waitForTimeout(pauses[i % pauses.length]);
      await to.evaluate((t) => globalThis.bench.want('heard', '.message .text', t), text);
      const before = await alice.processor();
      const { pressed, shown } = await say(from, text);
      own.push(shown - pressed);
      over.push((await markOf(to, 'heard')) - pressed);
      processor.push((await alice.processor()) - before);
    }
    const { worst } = summary(over);
    return [
      times('own message on the screen', 50, own),
      times("on the other's screen", 250, over, `at most ${Math.round(worst)} ms; processor of the sender ${summary(processor).median.toFixed(2)} s`),
    ];
  } finally {
    await alice.close();
    await bob.close();
  }
}
