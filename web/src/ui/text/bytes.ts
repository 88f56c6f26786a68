/** The longest message, in bytes of UTF-8: docs/protocol/limits.md. */
export const maxTextBytes = 65_536;

const encoder = new TextEncoder();

export function byteCount(text: string): number {
  // every unit is at most three bytes: short texts, which most are, need no encoding
  return text.length * 3 <= maxTextBytes ? text.length : encoder.encode(text).length;
}

/** How many bytes a text is over the limit; 0 if it is not. */
export function bytesOver(text: string): number {
  return Math.max(0, byteCount(text) - maxTextBytes);
}
