import path from 'node:path';
import { defineConfig } from 'vite';
import { icons } from '../../scripts/icons-plugin';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: path.resolve(import.meta.dirname, '../../public'),
  plugins: [icons()],
  resolve: { alias: { 'decode-named-character-reference': path.resolve(import.meta.dirname, '../../src/ui/rooms/references.ts') } },
  build: { target: 'es2023', modulePreload: { polyfill: false }, assetsInlineLimit: 0, outDir: path.resolve(import.meta.dirname, '../../../artifacts/web-double'), emptyOutDir: true },
});
