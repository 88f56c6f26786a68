// Chromium for the measurements: profiles on disk, what came over the wire, what the processor did, and marks that the page sets itself.
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// else what the service worker fetches is not told
process.env.PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS = '1';
const { chromium } = createRequire(new URL('../../web/package.json', import.meta.url))('playwright-core');

export const executablePath = '/usr/bin/chromium';
const caches = 'service_workers,cache_storage';

/** A browser of one person, with a profile on disk as a real one has. */
export async function openBrowser() {
  const folder = mkdtempSync(path.join(tmpdir(), 'secrets-bench-profile-'));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath,
    args: ['--no-sandbox', '--enable-blink-features=ForceEagerMeasureMemory'],
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
  });
  await context.addInitScript(watch);
  const devtools = await context.newCDPSession(context.pages()[0]);
  const open = async () => {
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    return page;
  };
  return {
    context,
    open,
    async close() {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
    /** The browser's cache, the service worker and what it keeps; the identities stay. */
    async forget(address) {
      await devtools.send('Network.clearBrowserCache');
      await devtools.send('Storage.clearDataForOrigin', { origin: new URL(address).origin, storageTypes: caches });
    },
    /** Seconds of the processor that all processes of this browser have used. */
    async processor() {
      const session = await context.browser().newBrowserCDPSession();
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      await session.detach();
      return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
    },
  };
}

/** Records what comes over the wire, for all workers too: address, bytes with heads, and when it was all there. */
export function listenToWire(context) {
  const loads = [];
  const open = new Set();
  const onEnd = async (request) => {
    const sizes = await request.sizes().catch(() => null);
    const response = await request.response().catch(() => null);
    open.delete(request);
    if (sizes === null || response === null || response.fromServiceWorker()) return;
    // what a cache gives has no bytes of a head either
    const bytes = sizes.responseBodySize + (sizes.responseBodySize > 0 || request.serviceWorker() !== null ? sizes.responseHeadersSize : 0);
    loads.push({ path: new URL(request.url()).pathname, bytes, byServiceWorker: request.serviceWorker() !== null });
  };
  const onBegin = (request) => open.add(request);
  context.on('request', onBegin);
  context.on('requestfinished', onEnd);
  context.on('requestfailed', (request) => open.delete(request));
  return {
    loads,
    /** Resolves when nothing has been on its way for two seconds. */
    async quiet() {
      for (let still = 0; still < 20; still = open.size === 0 ? still + 1 : 0) await new Promise((resolve) => setTimeout(resolve, 100));
    },
    stop() {
      context.off('request', onBegin);
      context.off('requestfinished', onEnd);
    },
  };
}

/** The page with the password's field, when nothing is being loaded any more: not the core, and not what the service worker keeps. */
export async function openSettled(browser, address) {
  const wire = listenToWire(browser.context);
  const page = await browser.open();
  await page.goto(address);
  await markOf(page, 'password');
  await wire.quiet();
  wire.stop();
  return page;
}

// Runs in the page before anything else: notes when the first element of a kind is there and drawn, by the page's own clock.
function watch() {
  const marks = {};
  const wanted = new Map();
  const look = () => {
    for (const [name, { selector, text }] of wanted) {
      const found = text === undefined ? document.querySelector(selector) : [...document.querySelectorAll(selector)].find((e) => e.textContent === text);
      if (found === null || found === undefined) continue;
      wanted.delete(name);
      requestAnimationFrame(() => setTimeout(() => (marks[name] = performance.timeOrigin + performance.now())));
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
  const note = (name) => (event) => {
    if (event.key === undefined || event.key === 'Enter') marks[name] = performance.timeOrigin + performance.now();
  };
  addEventListener('keydown', note('enter'), true);
  addEventListener('click', note('click'), true);
  globalThis.bench = {
    start: performance.timeOrigin,
    marks,
    want(name, selector, text) {
      delete marks[name];
      wanted.set(name, { selector, text });
      look();
    },
  };
  globalThis.bench.want('password', 'input[type=password]:not([disabled])');
  globalThis.bench.want('first', '.first-visit button');
}

/** The page's mark, as milliseconds of the world's clock. */
export async function markOf(page, name) {
  await page.waitForFunction((n) => globalThis.bench.marks[n] !== undefined, name, { polling: 50 });
  return page.evaluate((n) => globalThis.bench.marks[n], name);
}
