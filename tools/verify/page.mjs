// What a page would load. It need not understand every page: one that isn't the build's is reported by its hash already.

const TAG = /<([a-z][a-z0-9-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
const ATTRIBUTE = /([^\s"'=<>/]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;
const ADDRESSES = new Set(['src', 'href', 'srcset', 'data', 'poster', 'action', 'formaction', 'background', 'xlink:href']);
/** Links that a person follows; nothing is loaded by them. */
const FOLLOWED = new Set(['a', 'area']);

/** The addresses that a page loads from, resolved against `base`, and the scripts that stand in the page itself. */
export function referencesOf(html, base) {
  const addresses = new Set();
  const inline = [];
  for (const [, tag, rest] of html.replace(/<!--[\s\S]*?-->/g, '').matchAll(TAG)) {
    const element = tag.toLowerCase();
    const attributes = new Map([...rest.matchAll(ATTRIBUTE)].map(([, name, a, b, c]) => [name.toLowerCase(), decode(a ?? b ?? c)]));
    if (element === 'script' && !attributes.has('src')) inline.push('a script without a file');
    if (element === 'base') inline.push('a base address');
    if (element === 'meta' && attributes.get('http-equiv')?.toLowerCase() === 'refresh') inline.push('a refresh to elsewhere');
    for (const [name, value] of attributes) {
      if (name.startsWith('on')) inline.push(`a script in ${name}`);
      if (!ADDRESSES.has(name) || FOLLOWED.has(element)) continue;
      for (const one of name === 'srcset' ? value.split(',').map((part) => part.trim().split(/\s/)[0]) : [value]) if (one !== '' && !/^(#|data:image\/)/.test(one)) addresses.add(resolve(one, base));
    }
  }
  return { addresses: [...addresses], inline: [...new Set(inline)] };
}

function resolve(address, base) {
  try {
    const url = new URL(address, base);
    url.hash = '';
    return url.href;
  } catch {
    return address;
  }
}

const decode = (text) => text.replace(/&(?:amp|#38|#x26);/gi, '&').replace(/&(?:quot|#34|#x22);/gi, '"').replace(/&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));?/gi, (all, hex, decimal) => {
  const point = hex ? parseInt(hex, 16) : Number(decimal);
  return point > 0 && point < 0x110000 ? String.fromCodePoint(point) : all;
});
