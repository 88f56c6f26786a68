// The main path in the real app, two browsers and a relay that serves it: node test/live.mjs ADDRESS [WIDTH] [light|dark]
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const [address = 'http://127.0.0.1:7400/', width = '1440', theme = 'light'] = process.argv.slice(2);
const out = path.resolve(import.meta.dirname, '../../artifacts/web-live');
mkdirSync(out, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
let bad = 0;
const say = (text) => process.stdout.write(`${text}\n`);

async function person(name) {
  const context = await browser.newContext({ viewport: { width: Number(width), height: width === '360' ? 740 : 900 }, colorScheme: theme, locale: 'en-GB', permissions: ['clipboard-write'], acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('console', (m) => {
    if (!['error', 'warning'].includes(m.type())) return;
    bad++;
    say(`${name}: ${m.text()}`);
  });
  page.on('pageerror', (e) => {
    bad++;
    say(`${name}: ${e.message}`);
  });
  page.on('request', (r) => {
    if (!r.url().startsWith(address) && !r.url().startsWith('blob:')) {
      bad++;
      say(`${name} asked a third party: ${new URL(r.url()).origin}`);
    }
  });
  const shot = (what) => page.screenshot({ path: path.join(out, `${what}-${width}-${theme}.png`) });
  const click = (label) => page.getByRole('button', { name: label, exact: true }).first().click();
  const fill = (label, text) => page.getByLabel(label, { exact: true }).fill(text);
  return { context, page, shot, click, fill };
}

async function timed(what, work) {
  const from = performance.now();
  const result = await work();
  say(`${what}: ${Math.round(performance.now() - from)} ms`);
  return result;
}

async function create(who, name) {
  await who.click('Create identity');
  await who.fill('Your name', name);
  await who.fill('Password', 'orbit velvet canyon');
  await timed(`${name} is made`, async () => {
    await who.page.locator('form button[type=submit]').click();
    await who.page.waitForSelector('.shell');
  });
}

const heard = (who, text) => who.page.locator('.message .text', { hasText: text }).first().waitFor();
const write = async (who, text) => {
  await who.page.getByLabel('Write a message').fill(text);
  await who.page.keyboard.press('Enter');
};

try {
  const alice = await person('Alice');
  await timed('first screen', async () => {
    await alice.page.goto(address);
    await alice.page.getByRole('button', { name: 'Create identity' }).waitFor();
  });
  await alice.shot('first');
  await create(alice, 'Alice');
  await alice.shot('empty');
  await alice.click('New chat');
  await alice.fill('Name of the chat', 'Lunch');
  await timed('the secret is there', async () => {
    await alice.click('Make its secret');
    await alice.page.locator('.qr').waitFor();
  });
  await alice.page.waitForTimeout(1500);
  await alice.shot('secret');
  await alice.click('Copy link');
  await alice.page.getByText('As text').click();
  const link = `${address}#${(await alice.page.locator('.secret-text').innerText()).trim()}`;
  await write(alice, 'Are you there?');
  await alice.page.waitForTimeout(300);
  await alice.shot('waiting');

  const bob = await person('Bob');
  await bob.page.goto(link);
  await bob.page.getByRole('button', { name: 'Create identity' }).waitFor();
  say(`the address after a link: ${bob.page.url()}, entries: ${await bob.page.evaluate(() => history.length)}`);
  await bob.shot('link');
  await create(bob, 'Bob');
  await bob.page.getByLabel('What do you call them?').waitFor();
  await bob.fill('What do you call them?', 'Alice');
  await bob.shot('join');
  await timed('Bob joins', async () => {
    await bob.click('Start the chat');
    await heard(bob, 'Are you there?');
  });
  await bob.shot('joined');
  await write(bob, 'Yes, here.');
  await timed('over to Alice', () => heard(alice, 'Yes, here.'));
  for (const [from, to, text] of [[alice, bob, 'Noodles at one?'], [bob, alice, 'Good. https://noodles.example/']]) {
    await timed(`“${text}”`, async () => {
      await write(from, text);
      await heard(to, text);
    });
  }
  await alice.page.waitForTimeout(1500);
  await alice.shot('talk');
  await alice.click('Chat settings');
  await alice.page.waitForTimeout(300);
  await alice.shot('details');
  const numbers = await Promise.all([alice, bob].map(async (who) => {
    if (who === bob) await bob.click('Chat settings');
    return who.page.locator('.number').innerText();
  }));
  say(`safety numbers are ${numbers[0] === numbers[1] ? 'the same' : 'DIFFERENT'}`);
  await alice.click('They match');
  await alice.page.locator('.note.good', { hasText: 'Verified' }).waitFor();
  await alice.shot('verified');
  // reload, unlock
  await timed('reload to the password', async () => {
    await alice.page.reload();
    await alice.page.getByLabel('Password', { exact: true }).waitFor();
  });
  await alice.shot('locked');
  await alice.fill('Password', 'wrong');
  await alice.click('Unlock');
  await alice.page.getByText('That is not the password.').waitFor();
  await alice.fill('Password', 'orbit velvet canyon');
  await timed('unlock', async () => {
    await alice.click('Unlock');
    await alice.page.waitForSelector('.chat-item');
  });
  await alice.shot('chats');
  await alice.page.locator('.chat-item').first().click();
  await heard(alice, 'Yes, here.');
  // a second tab
  const tab = await alice.context.newPage();
  await tab.goto(address);
  await tab.waitForSelector('.chat-item');
  await tab.close();
  // export and import
  await alice.page.locator('.identity-button').click({ timeout: 2000 }).catch(async () => {
    await alice.click('Back');
    await alice.page.locator('.identity-button').click();
  });
  await alice.page.getByRole('menuitem', { name: 'Export identity' }).click();
  await alice.fill('Your password', 'orbit velvet canyon');
  const [download] = await Promise.all([alice.page.waitForEvent('download'), alice.page.locator('form button[type=submit]').click()]);
  say(`exported ${download.suggestedFilename()}`);
  await alice.shot('export');
  const file = path.join(out, 'alice.s2');
  await download.saveAs(file);
  const again = await person('Alice again');
  await again.page.goto(address);
  await again.click('Import identity');
  await again.page.setInputFiles('input[type=file]', file);
  await again.fill('Password of the file', 'orbit velvet canyon');
  await timed('import', async () => {
    await again.page.locator('form button[type=submit]').click();
    await again.page.waitForSelector('.chat-item');
  });
  await again.shot('imported');
  await again.page.locator('.chat-item').first().click();
  await again.page.waitForTimeout(4000);
  await again.shot('returned');
  await bob.page.goBack();
  await write(again, 'From my new device.');
  await timed('from the new device', () => heard(bob, 'From my new device.'));
  await bob.shot('they_returned');
  await alice.page.waitForTimeout(3000);
  await alice.shot('copy_in_use');
} catch (failure) {
  bad++;
  say(failure.stack.split('\n').slice(0, 8).join('\n'));
  for (const [i, context] of browser.contexts().entries()) await context.pages()[0]?.screenshot({ path: path.join(out, `failed-${i}.png`) });
}
await browser.close();
say(`${bad} to mend`);
process.exitCode = bad > 0 ? 1 : 0;
