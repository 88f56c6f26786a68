// Starts the app without a network. It keeps the files of one build, whole, under that build's hash, and nothing else ever; what a page in
// rooms is handing to itself over a reload passes through its memory alone.
interface Build {
  kept: string;
  files: Record<string, string>;
}

const scope = self as unknown as ServiceWorkerGlobalScope;
const prefix = 'secrets-build-';
/** Which build this is; put in by the build's last step. */
const own = '%BUILD%';
const cacheName = prefix + own;
// what only somebody needs who blurs the picture of a call, which there is none of without a network
const optional = /^assets\/(blur\.worker|tflite|selfie)/;
const listed = new URL('build.json', scope.registration.scope).href;

scope.addEventListener('install', (event) => event.waitUntil(keep()));
scope.addEventListener('activate', (event) => event.waitUntil(clean()));
/** What pages hand to themselves over a reload, by an id that only that tab knows. Each is given out once, and gone after a while. */
const held = new Map<string, unknown>();
const heldFor = 30_000;

type Told = 'go' | { kind: 'hold'; id: string; place: unknown } | { kind: 'take'; id: string };

scope.addEventListener('message', (event) => {
  const told = event.data as Told;
  // the person has said that the new version may come in
  if (told === 'go') void scope.skipWaiting();
  else if (told.kind === 'hold') event.waitUntil(hold(told.id, told.place));
  else {
    event.ports[0]?.postMessage(held.get(told.id) ?? null);
    held.delete(told.id);
  }
});
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && request.url.startsWith(scope.registration.scope)) event.respondWith(answer(request));
});
scope.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(focus());
});

/** Waiting keeps this worker, and its memory, alive for as long as that. */
async function hold(id: string, place: unknown): Promise<void> {
  held.set(id, place);
  await new Promise((resolve) => setTimeout(resolve, heldFor));
  held.delete(id);
}

async function keep(): Promise<void> {
  const list = await fetch(listed, { cache: 'no-store' });
  const build = (await list.clone().json()) as Build;
  // put up in between: the next look finds the service worker that belongs to it
  if (build.kept !== own) throw new Error('the list is of another build');
  const cache = await caches.open(cacheName);
  const kept = new Set((await cache.keys()).map((request) => request.url));
  for (const [file, hash] of Object.entries(build.files)) {
    const url = new URL(file === 'index.html' ? './' : file, scope.registration.scope).href;
    if (file === 'sw.js' || optional.test(file) || kept.has(url)) continue;
    const bytes = new Uint8Array(hash.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? []);
    // a file that is not this build's ends the installation: the version before stays
    const integrity = `sha256-${btoa(String.fromCharCode(...bytes))}`;
    const answered = await fetch(url, { cache: 'no-cache', integrity });
    if (!answered.ok) throw new Error('a file of the build is missing');
    await cache.put(url, answered);
  }
  await cache.put(listed, list);
}

async function clean(): Promise<void> {
  const builds = (await caches.keys()).filter((build) => build.startsWith(prefix) && build !== cacheName);
  await Promise.all(builds.map((build) => caches.delete(build)));
  await scope.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const url = new URL(request.url);
  url.hash = '';
  const key = request.mode === 'navigate' ? scope.registration.scope : url.href;
  const found = await (await caches.open(cacheName)).match(key);
  return found ?? fetch(request);
}

async function focus(): Promise<void> {
  const [page] = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (page === undefined) await scope.clients.openWindow(scope.registration.scope);
  else await page.focus();
}
