// Pictures of every screen over the double, and axe on each: node test/screens.mjs [ONLY…]
// Needs artifacts/web-double: npx vite build -c test/page/vite.config.ts
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const out = path.join(root, 'artifacts/web-screens');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const only = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const widths = process.argv.includes('--all') || only.length === 0 ? [360, 768, 1440] : [360, 1440];

const button = (name) => async (page) => page.getByRole('button', { name, exact: true }).first().click();
const openChat = (name) => async (page) => page.locator('.chat-item', { hasText: name }).first().click();
const menu = (item) => async (page) => {
  if ((await page.locator('.identity-button').isVisible()) === false) return;
  await page.locator('.identity-button').click();
  await page.getByRole('menuitem', { name: item }).click();
};
const steps = (...all) => async (page) => {
  for (const step of all) await step(page);
};
const type = (label, text) => async (page) => page.getByLabel(label, { exact: true }).fill(text);

const screens = {
  first: ['first'],
  first_memory: ['memory'],
  starting: ['starting', (page) => page.waitForTimeout(500)],
  failed: ['failed'],
  create: ['first', steps(button('Create identity'), type('Your name', 'Alice'), type('Password', 'correct horse'), (page) => page.waitForTimeout(1500))],
  create_words: ['first', steps(button('Create identity'), button('Suggest words'), (page) => page.waitForTimeout(1000))],
  create_empty: ['first', steps(button('Create identity'), (page) => page.locator('form button[type=submit]').click())],
  import: ['first', button('Import identity')],
  returning: ['returning', async (page) => { await page.getByLabel('Password', { exact: true }).fill('wrong'); for (let i = 0; i < 3; i++) { await page.getByRole('button', { name: 'Unlock' }).click(); await page.waitForTimeout(150); } }],
  several: ['several'],
  empty: ['empty'],
  chats: ['chats'],
  menu: ['chats', (page) => page.locator('.identity-button').click()],
  imported: ['imported'],
  new_chat: ['chats', button('New chat')],
  secret: ['empty', steps(button('New chat'), type('Name of the chat', 'Lunch'), button('Make its secret'), (page) => page.waitForTimeout(300))],
  join: ['chats', button('Add participant')],
  join_bad: ['chats', steps(button('Add participant'), type('Secret', 'secret1abc'), type('What do you call them?', 'Bob'), button('Start the chat'))],
  join_relay: ['chats', steps(button('Add participant'), type('Secret', `secret1${'q'.repeat(80)}`), type('What do you call them?', 'Bob'), (page) => page.evaluate(() => double.refuse.set('chats.join', 'relay_not_chosen')), button('Start the chat'))],
  chat: ['chats', openChat('Bob')],
  chat_hostile: ['chats', openChat('<img')],
  chat_hands: ['chats', openChat('Frank')],
  chat_waiting: ['chats', openChat('Gardening')],
  chat_left: ['chats', openChat('Dave')],
  chat_needs: ['chats', openChat('Erin')],
  details: ['chats', steps(openChat('Bob'), button('Chat settings'))],
  details_open: ['chats', steps(openChat('Frank'), button('Chat settings'))],
  details_waiting: ['chats', steps(openChat('Gardening'), button('Chat settings'))],
  delete: ['chats', steps(openChat('Dave'), button('Chat settings'), button('Delete the chat'), (page) => page.locator('dialog .danger').click())],
  offline: ['offline', openChat('Gardening')],
  damaged: ['damaged', openChat('Bob')],
  stopped: ['stopped', openChat('Bob')],
  kept_nowhere: ['kept_nowhere'],
  many: ['many', openChat('Bob')],
  identity: ['chats', menu('Identity and settings')],
  delete_identity: ['chats', steps(menu('Identity and settings'), button('Delete identity'))],
  export: ['chats', menu('Export identity')],
  relays: ['chats', steps(menu('Relays'), button('Test'))],
  install: ['chats', menu('Install the app')],
  about: ['chats', menu('About')],
  keys: ['chats', (page) => page.keyboard.press('?')],
  scan: ['chats', steps(button('Add participant'), button('Scan'), (page) => page.waitForTimeout(500))],
  pseudo_chats: ['chats&speak=pseudo', openChat('Bob')],
  pseudo_first: ['first&speak=pseudo'],
  pseudo_identity: ['chats&speak=pseudo', (page) => page.locator('.identity-button').click()],
};

mkdirSync(out, { recursive: true });
const server = await serve(path.join(root, 'artifacts/web-double'), 7498);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
let bad = 0;
for (const theme of ['light', 'dark'])
  for (const width of widths) {
    // the policy is on; axe comes in through the debugger, which it does not bind
    const context = await browser.newContext({ viewport: { width, height: width === 360 ? 740 : 900 }, colorScheme: theme, reducedMotion: 'reduce', locale: 'en-GB', hasTouch: width === 360 });
    for (const [name, [scene, act]] of Object.entries(screens)) {
      if (only.length > 0 && !only.includes(name)) continue;
      const page = await context.newPage();
      const told = (text) => {
        bad++;
        process.stdout.write(`${name} ${width} ${theme}: ${text}\n`);
      };
      page.on('console', (message) => ['error', 'warning'].includes(message.type()) && !/sw\.js|build\.json|favicon|bad HTTP response/.test(message.location().url + message.text()) && told(message.text()));
      page.on('pageerror', (error) => told(error.message));
      page.setDefaultTimeout(4000);
      try {
        await page.goto(`http://127.0.0.1:7498/?scene=${scene}`);
        await page.waitForSelector('#app > main, #app > .shell');
        await act?.(page);
        await page.waitForTimeout(250);
      } catch (failure) {
        told(failure.message.split('\n').slice(0, 3).join(' '));
      }
      await page.screenshot({ path: path.join(out, `${name}-${width}-${theme}.png`) });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) told(`${wide} px too wide`);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { rules: { region: { enabled: true } } }));
      for (const v of violations) told(`axe ${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.any[0]?.message ?? n.all[0]?.message ?? ''}`).join(' | ')}`);
      await page.close();
    }
    await context.close();
  }
await browser.close();
server.close();
process.stdout.write(`${bad} to mend\n`);
process.exitCode = bad > 0 ? 1 : 0;
