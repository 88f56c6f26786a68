// The content address of a build on IPFS.
import { importer } from 'ipfs-unixfs-importer';
import { LIST } from './build.mjs';

/**
 * The CIDv1 of the folder with exactly the listed files and build.json, in the profile unixfs-v1-2025.
 * The compressed copies and the signature stay outside: the one can be made anew from the files, with other bytes by another
 * version of the compressor; the other comes after the build, and as often as somebody signs.
 */
export async function cidOf(listBytes, contents) {
  const files = [...contents, [LIST, listBytes]].map(([path, content]) => ({ path, content })).sort((a, b) => (a.path < b.path ? -1 : 1));
  const nowhere = { put: async (cid) => cid };
  let root;
  for await (const entry of importer(files, nowhere, { profile: 'unixfs-v1-2025', wrapWithDirectory: true })) root = entry;
  return root.cid.toString();
}
