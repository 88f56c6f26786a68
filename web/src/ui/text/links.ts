/** A part of a text: plain, or a link with where it really leads. */
export type Part = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string; host: string | null };

const address = /\bhttps?:\/\/[^\s<>"'`{}|\\^\u0000-\u001F]+/giu;
const trailing = /[.,;:!?…)\]’”»]+$/u;

/** Finds the web links in a text. Only http and https; everything else stays text. */
export function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const typed = trimmed(match[0]);
    const link = linkOf(typed);
    if (link === null) continue;
    if (match.index > from) parts.push({ kind: 'text', text: text.slice(from, match.index) });
    parts.push(link);
    from = match.index + typed.length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}

/** Without the punctuation of the sentence around it; a bracket stays if it was opened within. */
function trimmed(typed: string): string {
  const end = trailing.exec(typed)?.[0] ?? '';
  if (end === '') return typed;
  const body = typed.slice(0, -end.length);
  const opened = body.split('(').length - body.split(')').length;
  return opened > 0 && end.startsWith(')') ? `${body})` : body;
}

/** Where an address on the web leads; null for everything else. */
export function targetOf(typed: string): { href: string; host: string } | null {
  let url: URL;
  try {
    url = new URL(typed);
  } catch {
    return null;
  }
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') return null;
  return { href: url.href, host: url.host };
}

function linkOf(typed: string): Part | null {
  const url = targetOf(typed);
  if (url === null) return null;
  // What is typed may name another host than the one it leads to: letters that look alike, or a host's name before an @.
  const named = /^https?:\/\/([^/?#]*)/i.exec(typed)?.[1]?.toLowerCase() ?? '';
  const plain = named === url.host || named === `${url.host}:${url.href.startsWith('https:') ? 443 : 80}`;
  return { kind: 'link', text: typed, href: url.href, host: plain ? null : url.host };
}
