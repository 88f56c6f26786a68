const letters = /\p{L}+/gu;

/** How many words a code has. */
export const codeWords = 8;

export function wordsIn(text: string): readonly string[] {
  return text.match(letters) ?? [];
}

/** The text with its word at a place, from 1 on, replaced by another one. */
export function withWord(text: string, position: number, word: string): string {
  let at = 0;
  return text.replaceAll(letters, (typed) => (++at === position ? word : typed));
}

/** Where a relay is, by its address. */
export function hostOf(relay: string): string {
  return /^[a-z]+:(?:\/\/)?([^/~]+)/i.exec(relay)?.[1] ?? relay;
}
