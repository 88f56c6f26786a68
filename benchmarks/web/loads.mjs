// The first load and the second, the unlock screen, unlocking.
import { listenToWire, markOf, openBrowser, openSettled } from './browser.mjs';
import { create, unlock } from './people.mjs';
import { row, summary, times } from './table.mjs';

const runs = 5;
const megabyte = 1_000_000;
const most = 2.5 * megabyte;

export async function loads({ address, password }) {
  const browser = await openBrowser();
  try {
    const rows = await bytes(browser, address);
    const page = await browser.open();
    await page.goto(address);
    await markOf(page, 'first');
    await create(page, 'Bench', password);
    await page.close();
    rows.push(await screen(browser, address, 'unlock screen, nothing in the cache', 1500, true));
    // the service worker takes what it needs
    await settle(browser, address);
    rows.push(await screen(browser, address, 'unlock screen, from the cache', 700, false));
    rows.push(await unlocking(browser, address, password), ...(await hurried(browser, address, password)));
    return rows;
  } finally {
    await browser.close();
  }
}

async function bytes(browser, address) {
  const wire = listenToWire(browser.context);
  const page = await browser.open();
  await page.goto(address);
  await markOf(page, 'first');
  await wire.quiet();
  const all = wire.loads.slice();
  const first = all.filter((load) => !load.byServiceWorker);
  await page.close();
  const second = await browser.open();
  const before = wire.loads.length;
  await second.goto(address);
  await markOf(second, 'first');
  await wire.quiet();
  const again = wire.loads.slice(before).filter((load) => load.bytes > 0);
  await second.close();
  wire.stop();
  const sum = (list) => list.reduce((total, load) => total + load.bytes, 0);
  const part = (list, pattern) => `${(sum(list.filter((load) => pattern.test(load.path))) / 1000).toFixed(0)} kB`;
  const note = `runtime ${part(first, /dotnet\./)}, its libraries ${part(first, /\/System\./)}, ours ${part(first, /\/Secrets\./)}, page ${part(first, /assets|\/$|icons/)}`;
  // what the service worker asks of the server to see whether there is a new version is no part of the app
  const asked = again.filter((load) => !load.byServiceWorker);
  return [
    row('first load: page and core, compressed', '≤ 2.50 MB', `${(sum(first) / megabyte).toFixed(2)} MB`, sum(first) <= most, note),
    row('all that the first visit loads', '', `${(sum(all) / megabyte).toFixed(2)} MB`, null, 'with what the service worker keeps'),
    row('second load', '0 files', `${asked.length} files`, asked.length === 0, `${sum(again)} bytes: ${again.map((load) => load.path).join(' ') || 'nothing'}`),
  ];
}

async function settle(browser, address) {
  await (await openSettled(browser, address)).close();
}

async function screen(browser, address, what, wanted, isCold) {
  const clock = [];
  const processor = [];
  for (let i = 0; i < runs; i++) {
    if (isCold) await browser.forget(address);
    const page = await browser.open();
    const before = await browser.processor();
    await page.goto(address, { waitUntil: 'commit' });
    clock.push((await markOf(page, 'password')) - (await page.evaluate(() => globalThis.bench.start)));
    processor.push((await browser.processor()) - before);
    await page.close();
  }
  return times(what, wanted, clock, `processor ${summary(processor).median.toFixed(2)} s`);
}

async function unlocking(browser, address, password) {
  const clock = [];
  const processor = [];
  for (let i = 0; i < runs; i++) {
    const page = await openSettled(browser, address);
    const before = await browser.processor();
    clock.push(await unlock(page, password));
    processor.push((await browser.processor()) - before);
    await page.close();
  }
  return times('unlock at the standard cost', 1200, clock, `processor ${summary(processor).median.toFixed(2)} s`);
}

/** The password is typed the moment its field is there; what the core still has to load is waited for then. */
async function hurried(browser, address, password) {
  const rows = [];
  for (const isCold of [true, false]) {
    const clock = [];
    for (let i = 0; i < runs; i++) {
      if (isCold) await browser.forget(address);
      const page = await browser.open();
      await page.goto(address, { waitUntil: 'commit' });
      await unlock(page, password);
      clock.push((await markOf(page, 'open')) - (await page.evaluate(() => globalThis.bench.start)));
      await page.close();
    }
    if (isCold) await settle(browser, address);
    rows.push(times(`open to chats, typed at once, ${isCold ? 'nothing cached' : 'from the cache'}`, null, clock));
  }
  return rows;
}
