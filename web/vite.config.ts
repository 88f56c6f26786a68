import path from 'node:path';
import { defineConfig } from 'vite';
import { icons } from './scripts/icons-plugin';
import { segmenter } from './scripts/segmenter-plugin';
import { words } from './scripts/words-plugin';

// Two builds of one tree give the same bytes: names come from contents, nothing from the clock or the path.
export default defineConfig({
  base: './',
  plugins: [icons(), words()],
  resolve: { alias: { 'decode-named-character-reference': path.join(import.meta.dirname, 'src/ui/rooms/references.ts') } },
  worker: { format: 'es', plugins: () => [segmenter()] },
  build: {
    target: 'es2023',
    sourcemap: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    rollupOptions: {
      input: { index: 'index.html', sw: 'src/sw/sw.ts' },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
  test: { include: ['test/unit/**/*.test.ts'], environment: 'node' },
});
