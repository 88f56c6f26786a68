// Display only, as docs/protocol/chats.md §4.8 wants it: text of others can't turn lines around, hide itself or pile up marks.

// eslint-disable-next-line no-misleading-character-class -- each is looked for by itself
const invisible = /[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}]/gu;
const noncharacter = /[\uD800-\uDFFF\u0080-\u009F\uFDD0-\uFDEF\uFFFE\uFFFF]|[\u{1FFFE}\u{1FFFF}\u{2FFFE}\u{2FFFF}\u{10FFFE}\u{10FFFF}]/gu;
const control = /[\u0000-\u0008\u000B-\u001F\u007F]/g;
const marks = /(\p{M}{8})\p{M}+/gu;
/** A joiner after a letter of a script that has none; scripts and emoji need theirs. */
const joiner = /(^|[\u0000-\u05FF])[\u200C\u200D]+/gu;

/** A text of several lines. */
export function neutralText(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(control, (c) => String.fromCharCode(c === '\u007F' ? 0x2421 : 0x2400 + c.charCodeAt(0)))
    .replace(noncharacter, '\uFFFD')
    .replace(invisible, '')
    .replace(marks, '$1');
}

/** A name: one line. */
export function neutralName(name: string): string {
  return neutralText(name)
    .replace(/[\n\t]+/g, ' ')
    .replace(joiner, '$1')
    .trim();
}
