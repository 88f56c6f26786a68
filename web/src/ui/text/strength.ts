// Loaded on its own, when a password is made: the dictionaries are larger than the rest of the page. Of the English ones the common words
// and first names are taken; surnames and an encyclopedia's words would double the size for little (the rest of the choice: scripts/words-plugin.ts).
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import words from '@zxcvbn-ts/language-en/dist/commonWords.json.mjs';
import names from '@zxcvbn-ts/language-en/dist/firstnames.json.mjs';

const meter = new ZxcvbnFactory({ graphs: adjacencyGraphs, dictionary: { ...common, 'commonWords-en': words, 'firstnames-en': names } });

/** From 0, guessed at once, to 4. Long passwords are judged by their beginning, as judging takes time. */
export function strengthOf(password: string, name: string): number {
  return meter.check(password.slice(0, 64), name === '' ? [] : [name]).score;
}
