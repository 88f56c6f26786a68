// The first steps in Firefox ESR, with and without a memory, and set up as Tor Browser is: node test/firefox.mjs ADDRESS
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { calling, desk, downloads, expect, likeTor, likeTorSafer, password, person as personAt, phone, pictures, privately, start } from './firefox/person.mjs';

const [address = 'http://127.0.0.1:7400/'] = process.argv.slice(2);
let passed = 0;
let failed = 0;
const faults = [];
const say = (text) => process.stdout.write(`${text}\n`);

async function check(what, work) {
  const from = performance.now();
  try {
    await work();
    passed++;
    say(`ok      ${what} (${Math.round(performance.now() - from)} ms)`);
  } catch (failure) {
    failed++;
    say(`FAILED  ${what}: ${failure.message}`);
    for (const who of people) await who.page.evaluate(() => document.body.innerText).then((seen) => say(`--- what ${who.name} saw\n${seen}`), () => undefined);
    throw failure;
  }
}

const isLong = process.env.SECRETS_LONG !== undefined;

const people = [];
async function person(name, browser, screen) {
  people.push(await personAt(name, browser, screen, address, faults));
  return people.at(-1);
}

// the longest text there is: large enough for a file of its own
const long = Array.from({ length: 8192 }, (_, i) => String(i).padStart(7, '0')).join(' ').padEnd(65_536, '.');
const countFiles = (who) =>
  who.page.evaluate(async () => {
    let count = 0;
    try {
      for await (const folder of (await navigator.storage.getDirectory()).values()) for await (const _ of folder.keys()) count++;
    } catch (failure) {
      return failure.name;
    }
    return count;
  });

async function talk(one, other) {
  for (const [from, to, text] of [[one, other, `${one.name}: noodles at one?`], [other, one, `${other.name}: good.`]]) {
    await from.write(text);
    await to.hears(text);
  }
}

/** A newcomer whose window keeps nothing is told so first, and gets everything else. */
async function forgetful(what, prefs, friend) {
  const browser = await started(prefs);
  const who = await person(what, browser, phone);
  let file = '';
  await check(`${what}: before an identity is made it is said that nothing will be kept`, async () => {
    await who.visit();
    await who.sees('storage-nothing-kept');
    await who.shot(`${what}-first`);
  });
  await check(`${what}: an identity is made, and a chat works both ways`, async () => {
    await who.create();
    await who.sees('banner-memory');
    await who.shot(`${what}-banner`);
    const link = await who.makeChat('Friend');
    await friend.visit(link);
    await friend.join(what);
    await friend.write('Can you keep this?');
    await who.hears('Can you keep this?');
    await talk(who, friend);
    await who.shot(`${what}-talk`);
  });
  await check(`${what}: closing the tab asks first`, async () => {
    const asked = new Promise((resolve) => who.page.once('dialog', (dialog) => dialog.dismiss().then(() => resolve(dialog.type()))));
    await Promise.all([who.page.close({ runBeforeUnload: true }), asked]);
    expect((await asked) === 'beforeunload', 'nothing was asked');
  });
  await check(`${what}: the export comes as a file`, async () => {
    file = await who.export();
    expect(readFileSync(file).length > 1000, 'the file is short');
  });
  return { who, file };
}

const running = new Map();
/** The Firefox that is set up like this. */
function started(prefs) {
  if (!running.has(prefs)) running.set(prefs, start(prefs));
  return running.get(prefs);
}

/** Those that did start. */
const browsers = async () => (await Promise.allSettled(running.values())).flatMap(({ value }) => value ?? []);

try {
  const [browser] = await Promise.all([undefined, likeTor, ...(isLong ? [privately] : [])].map(started));
  const alice = await person('Alice', await browser.createBrowserContext(), desk);
  const bob = await person('Bob', await browser.createBrowserContext(), phone);
  await check('the first screen', async () => {
    await alice.visit();
    await alice.sees('home-what');
    await alice.shot('first');
  });
  let link = '';
  await check('an identity is made, and a chat with its secret', async () => {
    await alice.create();
    await alice.shot('empty');
    link = await alice.makeChat('Lunch');
  });
  await check('the link leads another into it, and leaves the address bar', async () => {
    await bob.visit(link);
    await bob.sees('link-waits-create');
    expect(bob.page.url() === address, `the address is ${bob.page.url()}`);
    await bob.shot('link');
    await bob.create();
    await bob.join('Alice');
  });
  await check('both talk', async () => {
    await talk(alice, bob);
    await alice.shot('talk');
    await bob.shot('talk');
  });
  await check('after a reload the password opens it again', async () => {
    await alice.page.reload();
    await alice.sees('unlock');
    await alice.shot('locked');
    await alice.unlock();
    await alice.openChat('Lunch');
    await alice.hears('Bob: good.');
    await talk(bob, alice);
  });
  await check('a long text is kept in a file as well, and is there again', async () => {
    await alice.write(long);
    await bob.hears(long.slice(-20));
    expect((await countFiles(alice)) === 1, 'there is no file');
    await alice.page.reload();
    await alice.unlock();
    await alice.openChat('Lunch');
    await alice.says(long.slice(-20));
  });
  if (isLong) {
    await check('two people in a room see and hear each other in a call, with the same words', async () => {
      const [anna, ben] = [await person('Anna', await started(calling), desk), await person('Ben', await started(calling), phone)];
      await anna.visit();
      const code = await anna.openRoom();
      await ben.visit();
      await ben.enterRoom(code);
      await anna.press('call-video');
      await anna.sees('call-address-room');
      await anna.pressIn('call-begin');
      await ben.press('call-join');
      await ben.pressIn('call-join');
      const words = await Promise.all([anna.inCall(), ben.inCall()]);
      expect(words[0] === words[1] && words[0].split(' ').length === 4, `the words are ${words.join(' and ')}`);
      await anna.shot('call');
      await ben.shot('call');
      await ben.press('call-end');
      await anna.sees('call-alone');
      await anna.press('call-end');
    });
    // the browser below, which keeps nothing either, walks most of this every day
    const { who } = await forgetful('private', privately, bob);
    await check('private: until the window is closed a reload forgets nothing', async () => {
      await who.page.reload();
      await who.unlock();
      await who.openChat('Friend');
      await talk(who, bob);
      // files are refused here, and the database has everything
      expect((await countFiles(who)) === 'SecurityError', 'files are not refused');
      await who.write(long);
      await bob.hears(long.slice(-20));
      // the export that was made is not known to this page any more
      who.page.once('dialog', (dialog) => void dialog.accept());
      await who.page.reload();
      await who.unlock();
      await who.openChat('Friend');
      await who.says(long.slice(-20));
    });
  }
  const { file } = await forgetful('like-tor', likeTor, bob);
  await check('like-tor: the file brings the chat to a browser that keeps it', async () => {
    const again = await person('like-tor-again', await browser.createBrowserContext(), desk);
    await again.visit();
    await again.press('import-identity');
    await (await again.page.waitForSelector('input[type=file]')).uploadFile(file);
    await again.fill('import-file-password', password);
    await again.submit();
    await again.inside();
    await again.openChat('Friend');
    await again.shot('like-tor-again');
  });
  await check('like-tor: without WebAssembly the page says that it can’t start, and why', async () => {
    const safer = await person('safer', await started(likeTorSafer), phone);
    await safer.visit();
    await safer.sees('failed-title');
    await safer.sees('failed-wasm');
    await safer.shot('like-tor-safer');
  });
} catch (failure) {
  if (failed === 0) failed++;
  say(failure.stack.split('\n').slice(0, 8).join('\n'));
  let n = 0;
  for (const browser of await browsers()) for (const page of await browser.pages()) await page.screenshot({ path: path.join(pictures, `failed-${n++}.png`) }).catch(() => undefined);
}
await check('no page complained, or asked anybody but its relay', () => expect(faults.length === 0, faults.join('\n        '))).catch(() => undefined);
await Promise.all((await browsers()).map((browser) => browser.close()));
rmSync(downloads, { recursive: true });
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
