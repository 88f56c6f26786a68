import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

// as many as the meter was first made with; its lists have nearly twice as many, and the rest are rarely anybody's password
const most = 30_000;
const lists = /@zxcvbn-ts\/.*\/(commonWords|passwords)\.json\.mjs$/;

/** Of the password meter's large lists, which begin with what is used most, only the first part comes into the app. */
export function words(): Plugin {
  return {
    name: 'words',
    async load(id) {
      if (!lists.test(id)) return null;
      const { default: all } = (await import(pathToFileURL(id).href)) as { default: string[] };
      return `export default ${JSON.stringify(all.slice(0, most).join(' '))}.split(' ');`;
    },
  };
}
