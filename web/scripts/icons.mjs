// Draws the app's icons from the one drawing: node scripts/icons.mjs. Its results are committed; it needs a Chromium.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const folder = path.join(import.meta.dirname, '../public/icons');
const drawing = readFileSync(path.join(folder, 'icon.svg'), 'utf8');
// a launcher may cut a maskable icon to a circle of four fifths, so the drawing is smaller and the ground fills all
const maskable = drawing.replace('rx="112"', '').replace('<g ', '<g transform="translate(77 77) scale(0.7)" ');
const icons = [
  ['icon-180.png', drawing.replace('rx="112"', ''), 180],
  ['icon-192.png', drawing, 192],
  ['icon-512.png', drawing, 512],
  ['icon-maskable-512.png', maskable, 512],
];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const [name, svg, size] of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  writeFileSync(path.join(folder, name), await page.screenshot({ omitBackground: true }));
}
await browser.close();
