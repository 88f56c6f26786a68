// Stands for `decode-named-character-reference`, which asks the browser's own parser of HTML: in a room `&copy;` stays what was typed.
export function decodeNamedCharacterReference(): false {
  return false;
}
