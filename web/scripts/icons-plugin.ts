import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';
import { iconNames } from './icon-names';

/** Gives `virtual:icons`: the shapes of the icons that are used, as data, so that no SVG text is parsed in the page. */
export function icons(): Plugin {
  const id = 'virtual:icons';
  return {
    name: 'icons',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load(loading) {
      if (loading !== `\0${id}`) return null;
      const path = createRequire(import.meta.url).resolve('lucide-static/icon-nodes.json');
      const nodes = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
      const used = iconNames.map((name) => {
        if (!(name in nodes)) throw new Error(`no icon is called ${name}`);
        return [name, nodes[name]];
      });
      return `export const shapes = ${JSON.stringify(used)};`;
    },
  };
}
