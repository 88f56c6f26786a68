// Parts of the page that are loaded when they are needed. The page runs no script without integrity, and import() has no place for it: so
// such a part is fetched ahead, with the hash that the page itself names for it, and import() takes it from there.

/** Fetches a part of the page; `import()` it after that. */
export async function fetchPart(name: string): Promise<void> {
  const known = document.querySelector<HTMLMetaElement>(`meta[name="part-${name}"]`)?.content.split(' ');
  // while it is being worked on, the page has no such list and no such rule
  if (known === undefined) return;
  const [file = '', integrity = ''] = known;
  const link = document.createElement('link');
  link.rel = 'modulepreload';
  link.crossOrigin = '';
  link.integrity = integrity;
  link.href = new URL(file, document.baseURI).href;
  await new Promise((resolve, reject) => {
    link.addEventListener('load', resolve);
    link.addEventListener('error', () => reject(new Error('a part of the page did not come')));
    document.head.append(link);
  });
}
