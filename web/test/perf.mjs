// How a chat of 10,000 messages opens and scrolls, over the double: node test/perf.mjs [CPU-FACTOR]
import path from 'node:path';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';

const factor = Number(process.argv[2] ?? 1);
const server = await serve(path.resolve(import.meta.dirname, '../../artifacts/web-double'), 7497);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
page.on('pageerror', (error) => process.stdout.write(`${error.message}\n`));
// nothing here takes minutes: better no number than no end
setTimeout(() => process.exit(1), 60_000).unref();
await page.goto('http://127.0.0.1:7497/?scene=many');
await page.waitForSelector('.chat-item');
await page.evaluate(() => {
  globalThis.long = [];
  new PerformanceObserver((list) => globalThis.long.push(...list.getEntries().map((e) => Math.round(e.duration)))).observe({ type: 'longtask' });
});
const session = await page.context().newCDPSession(page);
if (factor > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: factor });
const opened = await page.evaluate(async () => {
  const from = performance.now();
  document.querySelector('.chat-item').click();
  while (document.querySelector('.message') === null) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - from;
});
await page.waitForTimeout(500);
const sent = await page.evaluate(async () => {
  const box = document.querySelector('.composer textarea');
  box.value = 'quick one';
  box.dispatchEvent(new Event('input', { bubbles: true }));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const from = performance.now();
  box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  while (![...document.querySelectorAll('.message .text')].some((e) => e.textContent === 'quick one')) await new Promise((resolve) => setTimeout(resolve, 0));
  return performance.now() - from;
});
await page.evaluate(() => (globalThis.long.length = 0));
await page.mouse.move(900, 400);
for (let i = 0; i < 150; i++) {
  await page.mouse.wheel(0, -900);
  await page.waitForTimeout(16);
}
await page.waitForTimeout(500);
const { long, loaded, rows } = await page.evaluate(() => ({ long: globalThis.long, loaded: document.querySelector('.log-length').style.height, rows: document.querySelectorAll('.log-row').length }));
process.stdout.write(`cpu 1/${factor}: opened in ${opened.toFixed(0)} ms, own message in ${sent.toFixed(0)} ms, ${rows} rows in the page of ${loaded}, long tasks while scrolling: ${long.join(', ') || 'none'}\n`);
await browser.close();
server.close();
