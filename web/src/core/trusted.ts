// The one Trusted Types policy: it lets through the workers of this build, which are named where they are made, and nothing else.

const allowed = new Set<string>();

const policy = globalThis.trustedTypes?.createPolicy('secrets', {
  createScriptURL(url: string): string {
    if (!allowed.has(url)) throw new TypeError('not one of ours');
    return url;
  },
});

/** Starts a module worker from an address that the build made. */
export function startWorker(url: string): Worker {
  allowed.add(url);
  return new Worker((policy?.createScriptURL(url) ?? url) as string, { type: 'module' });
}

/** The service worker's address, next to the page. */
export function serviceWorkerAddress(): string {
  const url = new URL('sw.js', document.baseURI).href;
  allowed.add(url);
  return (policy?.createScriptURL(url) ?? url) as string;
}
