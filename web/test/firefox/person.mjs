// Firefox ESR, as people have set it up, and people in front of it: everything goes over what is on the screen, by its words.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launch } from 'puppeteer-core';

const root = path.resolve(import.meta.dirname, '../../..');
export const pictures = path.join(root, 'artifacts/web-firefox');
mkdirSync(pictures, { recursive: true });
export const downloads = mkdtempSync(path.join(tmpdir(), 'secrets-firefox-'));
const patience = 60_000;
export const password = 'orbit velvet canyon';
export const phone = { width: 360, height: 740 };
export const desk = { width: 1440, height: 900 };

export const privately = { 'browser.privatebrowsing.autostart': true };
// what Tor Browser switches at its standard level; WebAssembly is on there. Not its margins: with them no window takes a size.
export const likeTor = {
  ...privately,
  'dom.push.enabled': false,
  'dom.serviceWorkers.enabled': false,
  'dom.postMessage.sharedArrayBuffer.withCOOP_COEP': false,
  'gfx.offscreencanvas.enabled': false,
  'intl.accept_languages': 'en-US, en',
  'media.peerconnection.enabled': false,
  'privacy.resistFingerprinting': true,
  'privacy.spoof_english': 2,
  'security.webauth.webauthn': false,
};
// devices that play by themselves, on one machine
export const calling = { 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true, 'media.peerconnection.ice.loopback': true };
export const likeTorSafer = { ...likeTor, 'javascript.options.wasm': false };

// the app's own sentences, by their names
const sentences = new Map([...readFileSync(path.join(root, 'web/src/messages/en.ftl'), 'utf8').matchAll(/^([a-z][a-z0-9-]*) = (.+)$/gm)].map(([, id, text]) => [id, text]));
const t = (id) => sentences.get(id) ?? id;

export function expect(holds, what) {
  if (!holds) throw new Error(what);
}

async function until(what, holds) {
  for (const end = Date.now() + patience; ; await new Promise((later) => setTimeout(later, 50))) {
    const found = await holds();
    if (found) return found;
    expect(Date.now() < end, `waited in vain for ${what}`);
  }
}

/** Another Firefox. */
export function start(prefs = {}) {
  return launch({
    browser: 'firefox',
    executablePath: process.env.SECRETS_FIREFOX ?? '/usr/bin/firefox-esr',
    headless: true,
    defaultViewport: null,
    protocolTimeout: patience,
    extraPrefsFirefox: {
      'browser.download.dir': downloads,
      'browser.download.folderList': 2,
      'dom.disable_beforeunload': false,
      'intl.accept_languages': 'en-GB, en',
      'ui.prefersReducedMotion': 1,
      ...prefs,
    },
  });
}

/** Somebody with storage of their own; what their page complains of, and whom it asks, is noted. */
export async function person(name, browser, screen, address, faults) {
  // a window each: tabs behind others draw nothing
  const page = await browser.newPage({ type: 'window' });
  await page.setViewport(screen);
  page.setDefaultTimeout(patience);
  page.on('console', (m) => {
    if (['error', 'warn'].includes(m.type())) faults.push(`${name}: ${m.text()}`);
  });
  page.on('pageerror', (e) => faults.push(`${name}: ${e.message}`));
  page.on('request', (r) => {
    // Firefox asks for a font of its own as data:
    if (![address, `blob:${address}`, 'data:'].some((own) => r.url().startsWith(own))) faults.push(`${name} asked ${r.url()}`);
  });
  await page.evaluateOnNewDocument(() => addEventListener('securitypolicyviolation', (e) => reportError(new Error(`against the policy: ${e.violatedDirective} ${e.blockedURI}`))));

  const shot = (what) => page.screenshot({ path: path.join(pictures, `${what}-${screen.width}.png`) });
  const sees = (text) => until(`“${text}”`, () => page.evaluate((wanted) => [...document.querySelectorAll('body *')].some((e) => e.textContent.trim() === wanted && e.checkVisibility()), text));
  const named = (kind, id) => until(`${kind} “${t(id)}”`, async () => (await page.evaluateHandle((kinds, wanted) => [...document.querySelectorAll(kinds)].find((e) => e.checkVisibility() && (e.ariaLabel ?? e.labels?.[0]?.textContent ?? e.textContent).trim() === wanted), kind, t(id))).asElement());
  const press = async (id) => {
    // a window that isn't in front misses clicks as it misses text
    await page.bringToFront();
    await (await named('button', id)).click();
  };
  const fill = async (id, text) => {
    const field = await named('input, textarea', id);
    // as from the clipboard: key by key takes long; a window that isn't in front yet takes no text
    await until(`“${t(id)}” to take its text`, async () => {
      await field.focus();
      return field.evaluate((e, typed) => e.value === typed || (document.execCommand('selectAll'), document.execCommand('insertText', false, typed), e.value === typed), text);
    });
  };
  const submit = () => page.locator('form button[type=submit]').click();
  const inside = () => page.waitForSelector('.shell', { visible: true });
  return {
    name, page, shot, press, fill, submit, inside,
    visit: (at = address) => page.goto(at),
    sees: (id) => sees(t(id)),
    hears: (text) => until(`“${text}”`, () => page.evaluate((wanted) => [...document.querySelectorAll('.message.theirs .text')].some((e) => e.textContent.includes(wanted)), text)),
    says: (text) => until(`“${text}”`, () => page.evaluate((wanted) => [...document.querySelectorAll('.message:not(.theirs) .text')].some((e) => e.textContent.includes(wanted)), text)),
    async create() {
      await press('create-identity');
      await fill('create-name', name);
      await fill('create-password', password);
      await shot(`${name}-create`);
      await submit();
      await inside();
    },
    async makeChat(chat) {
      await press('new-chat');
      await fill('new-chat-name', chat);
      await press('new-chat-make');
      await page.waitForSelector('.qr', { visible: true });
      await until('the secret', () => page.evaluate((wanted) => !document.body.textContent.includes(wanted), t('secret-not-yet')));
      await shot(`${name}-secret`);
      await page.locator(`summary ::-p-text(${t('secret-as-text')})`).click();
      return `${address}#${await page.locator('.secret-text').map((e) => e.textContent.trim()).wait()}`;
    },
    async join(chat) {
      await fill('join-name', chat);
      await shot(`${name}-join`);
      await press('join-start');
      await page.waitForSelector('.composer textarea', { visible: true });
    },
    async write(text) {
      await fill('write', text);
      await page.keyboard.press('Enter');
    },
    async unlock() {
      await fill('password', password);
      await press('unlock');
      await inside();
    },
    pressIn: async (id) => (await named('dialog[open] button', id)).click(),
    async openRoom() {
      await press('open-room');
      await fill('room-name', name);
      await submit();
      return until('the code', () => page.evaluate(() => [...document.querySelectorAll('.code-card .code-words li')].map((e) => e.innerText.trim().split(/\s+/).at(-1)).join(' ')));
    },
    async enterRoom(code) {
      await press('enter-room');
      await fill('room-code', code);
      await fill('room-name', name);
      await submit();
      await page.waitForSelector('.composer textarea', { visible: true });
    },
    /** Waits until the call's time runs and the other's picture moves; gives the words. */
    async inCall() {
      await until('the call', () => page.evaluate(() => /^\d+:\d\d$/.test(document.querySelector('.call header p')?.textContent ?? '')));
      const seen = () => page.evaluate(() => document.querySelector('.call .stage video.fill')?.currentTime ?? 0);
      const first = await until('a picture', seen);
      await until('the next picture', async () => (await seen()) > first);
      await page.locator('.call-words summary').click();
      return page.locator('.call-words .words').map((e) => e.textContent.trim()).wait();
    },
    openChat: (chat) => page.locator(`.chat-item ::-p-text(${chat})`).click(),
    async pick(id) {
      for (let steps = 0; steps < 3 && !(await page.evaluate(() => document.querySelector('.identity-button')?.checkVisibility())); steps++) await press('back');
      await page.locator('.identity-button').click();
      await (await named('[role=menuitem]', id)).click();
    },
    /** Exports; the path of the file that came. */
    async export() {
      const before = readdirSync(downloads);
      await this.pick('export-identity');
      await fill('export-password', password);
      await submit();
      await this.sees('export-done-backup');
      const file = await until('the file', () => readdirSync(downloads).find((f) => f.endsWith('.s2') && !before.includes(f) && readFileSync(path.join(downloads, f)).length > 0));
      await shot(`${name}-export`);
      return path.join(downloads, file);
    },
  };
}
