/** The longest message, in bytes of UTF-8: docs/protocol/limits.md. */
const maxTextBytes = 65_536;

const encoder = new TextEncoder();

/** How many bytes a text is over the limit; 0 if it is not. */
export function bytesOver(text: string, most = maxTextBytes): number {
  // a unit is at most three bytes: short texts, which most are, need no encoding
  return text.length * 3 <= most ? 0 : Math.max(0, encoder.encode(text).length - most);
}
