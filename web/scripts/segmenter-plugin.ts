import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

const folder = path.join(import.meta.dirname, '../node_modules/@twilio/video-processors/dist/build');
const parts = { engine: 'tflite-simd-1-0-0.wasm', model: 'selfie_segmentation_landscape.tflite' };

/** Gives `virtual:segmenter`: where the engine and the model that find a person in a picture are, and the hashes that they must have. */
export function segmenter(): Plugin {
  const id = 'virtual:segmenter';
  // what the engine would ask for outside a browser
  const nothing = '\0nothing';
  return {
    name: 'segmenter',
    enforce: 'pre',
    resolveId: (source, importer) => (source === id ? `\0${id}` : importer?.startsWith(folder) === true && (source === 'fs' || source === 'path') ? nothing : null),
    load(loading) {
      if (loading === nothing) return 'export default {};';
      if (loading !== `\0${id}`) return null;
      return Object.entries(parts)
        .map(([name, file], i) => {
          const whole = path.join(folder, file);
          const integrity = `sha384-${createHash('sha384').update(readFileSync(whole)).digest('base64')}`;
          return `import url${i} from ${JSON.stringify(`${whole}?url`)};\nexport const ${name} = { url: url${i}, integrity: ${JSON.stringify(integrity)} };`;
        })
        .join('\n');
    },
  };
}
