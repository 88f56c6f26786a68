// An identity with ten chats, one of them long: how it opens and scrolls, and what it takes of the memory.
import { readFileSync } from 'node:fs';
import { markOf, openBrowser, openSettled } from './browser.mjs';
import { importFile, unlock } from './people.mjs';
import { row, summary, times } from './table.mjs';

const runs = 5;
const wheels = 150;
const megabyte = 1_000_000;

export async function longChat({ address, few, many, password }) {
  return [...(await usualChats(address, few, password)), ...(await oneLongChat(address, many, password))];
}

async function usualChats(address, file, password) {
  const browser = await openBrowser();
  try {
    const first = await browser.open();
    await first.goto(address);
    await markOf(first, 'first');
    await importFile(first, file, password);
    await first.close();
    const page = await openSettled(browser, address);
    await unlock(page, password);
    await openChat(page);
    await page.waitForTimeout(2000);
    return [await memoryOf(browser, page, 'ten chats of 100 messages', true)];
  } finally {
    await browser.close();
  }
}

async function oneLongChat(address, file, password) {
  const browser = await openBrowser();
  try {
    let page = await browser.open();
    await page.goto(address);
    await markOf(page, 'first');
    const from = performance.now();
    await importFile(page, file, password);
    const imported = performance.now() - from;
    await page.close();
    const [unlocks, opens, processor] = [[], [], []];
    for (let i = 0; i < runs; i++) {
      page = await openSettled(browser, address);
      const before = await browser.processor();
      unlocks.push(await unlock(page, password));
      processor.push((await browser.processor()) - before);
      await page.waitForSelector('.chat-item');
      // what an identity does once when it opens is over
      await page.waitForTimeout(2000);
      opens.push(await openChat(page));
      if (i < runs - 1) await page.close();
    }
    const memory = await memoryOf(browser, page, 'one of 10,000 messages', false);
    const scrolled = await scroll(browser, page);
    return [
      times('import of 10 chats with 10,900 messages', null, [imported]),
      times('unlock of the same', null, unlocks, `processor ${summary(processor).median.toFixed(2)} s`),
      times('a chat of 10,000 messages opens', 300, opens),
      scrolled,
      memory,
    ];
  } finally {
    await browser.close();
  }
}

async function openChat(page) {
  const item = page.locator('.chat-item', { hasText: 'Chat 0' });
  await page.evaluate(() => globalThis.bench.want('message', '.message'));
  await item.click();
  const shown = await markOf(page, 'message');
  return shown - (await markOf(page, 'click'));
}

async function scroll(browser, page) {
  const chromium = browser.context.browser();
  await chromium.startTracing(page, { categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'] });
  await page.mouse.move(900, 400);
  for (let i = 0; i < wheels; i++) {
    await page.mouse.wheel(0, -900);
    await page.waitForTimeout(16);
  }
  await page.waitForTimeout(500);
  const { traceEvents } = JSON.parse((await chromium.stopTracing()).toString());
  const rows = await page.evaluate(() => Number.parseInt(document.querySelector('.log-length').style.height, 10));
  const threads = new Set(traceEvents.filter((e) => e.name === 'thread_name' && e.args.name === 'CrRendererMain').map((e) => `${e.pid}/${e.tid}`));
  const tasks = traceEvents.filter((e) => e.name.endsWith('RunTask') && threads.has(`${e.pid}/${e.tid}`));
  const clock = Math.max(...tasks.map((e) => e.dur ?? 0)) / 1000;
  const busy = Math.max(...tasks.map((e) => e.tdur ?? 0)) / 1000;
  const long = tasks.filter((e) => (e.tdur ?? e.dur) > 50_000).length;
  return row('longest task while scrolling', '≤ 50 ms', `${busy.toFixed(0)} ms`, busy <= 50, `of processor time, ${clock.toFixed(0)} ms by the clock; ${long} over 50 ms; ${rows} px of messages read`);
}

// The page's own measure leaves the memories of WebAssembly out, so the process counts: it holds this page and its workers, and nothing else.
async function memoryOf(browser, page, chats, hasMark) {
  const measured = await page.evaluate(() => performance.measureUserAgentSpecificMemory());
  const heaps = await Promise.all(page.workers().map((worker) => worker.evaluate(() => globalThis.getDotnetRuntime?.(0)?.Module.HEAPU8.length ?? 0)));
  const session = await browser.context.browser().newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const bytes = Math.max(...processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => ownMemory(id)));
  const note = `of it the core's heap ${mb(Math.max(...heaps))}, scripts' objects ${mb(measured.bytes)}`;
  return row(`memory of the page's process, ${chats}`, hasMark ? '≤ 150 MB' : '', mb(bytes), hasMark ? bytes <= 150 * megabyte : null, note);
}

const mb = (bytes) => `${(bytes / megabyte).toFixed(0)} MB`;

/** What a process has in memory that is in no file. */
function ownMemory(id) {
  const line = /^RssAnon:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'));
  return line === null ? 0 : Number(line[1]) * 1024;
}
