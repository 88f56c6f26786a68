// What a person does in the app.
import { markOf } from './browser.mjs';

const click = (page, name) => page.getByRole('button', { name, exact: true }).first().click();

/** Makes an identity from the first screen. */
export async function create(page, name, password) {
  await click(page, 'Create identity');
  await page.getByLabel('Your name', { exact: true }).fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.locator('form button[type=submit]').click();
  await page.waitForSelector('.shell');
}

/** Makes a chat; gives the link to its secret. */
export async function makeChat(page, address) {
  await click(page, 'New chat');
  await page.getByLabel('Name of the chat', { exact: true }).fill('Lunch');
  await click(page, 'Make its secret');
  await page.locator('.qr').waitFor();
  await page.getByText('As text').click();
  return `${address}#${(await page.locator('.secret-text').innerText()).trim()}`;
}

/** Enters the secret of the link that the page was opened with. */
export async function join(page, name) {
  await page.getByLabel('What do you call them?').waitFor();
  await page.getByLabel('What do you call them?').fill(name);
  await click(page, 'Start the chat');
  await page.locator('.composer textarea').waitFor();
}

/** Says something; gives when Enter was pressed and when it was on the own screen. */
export async function say(page, text) {
  await page.locator('.composer textarea').fill(text);
  await page.evaluate((t) => globalThis.bench.want('own', '.message .text', t), text);
  await page.keyboard.press('Enter');
  const shown = await markOf(page, 'own');
  return { pressed: await markOf(page, 'enter'), shown };
}

/** Imports a file from the first screen. */
export async function importFile(page, file, password) {
  await click(page, 'Import identity');
  await page.setInputFiles('input[type=file]', file);
  await page.getByLabel('Password of the file', { exact: true }).fill(password);
  await page.locator('form button[type=submit]').click();
  await page.waitForSelector('.chat-item');
}

/** Unlocks the one identity; milliseconds from Enter until its chats are there. */
export async function unlock(page, password) {
  await markOf(page, 'password');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.evaluate(() => globalThis.bench.want('open', '.shell'));
  await page.keyboard.press('Enter');
  const open = await markOf(page, 'open');
  return open - (await markOf(page, 'enter'));
}
