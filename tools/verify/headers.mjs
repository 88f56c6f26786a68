// The headers that belong on every answer: those of src/Secrets.Relay/Web/WebHeaders.cs, to which a test holds this file.

const policy = (connect) =>
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; font-src 'self'; connect-src " +
  `${connect}; worker-src 'self'; manifest-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types secrets`;

export const POLICY = policy("'self' wss:");
export const LOCAL_POLICY = policy("'self' wss: ws://127.0.0.1:* ws://localhost:*");
export const INTEGRITY_POLICY = 'blocked-destinations=(script), sources=(inline)';

export const FIXED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'Permissions-Policy':
    'accelerometer=(), autoplay=(self), browsing-topics=(), camera=(self), clipboard-read=(), clipboard-write=(self), display-capture=(self), encrypted-media=(), fullscreen=(self), ' +
    'geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(self), midi=(), payment=(), picture-in-picture=(self), ' +
    'publickey-credentials-get=(self), screen-wake-lock=(self), serial=(), usb=(), window-management=(), xr-spatial-tracking=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-DNS-Prefetch-Control': 'off',
};

/** What would load more than the list has, report to somebody, or mark a visitor. */
const FORBIDDEN = [
  'Link', 'Refresh', 'Set-Cookie', 'Content-Security-Policy-Report-Only', 'Report-To', 'Reporting-Endpoints', 'NEL', 'SourceMap', 'X-SourceMap',
  'Service-Worker-Allowed', 'Speculation-Rules', 'Use-As-Dictionary',
];

const TYPES = {
  __proto__: null,
  html: ['text/html'],
  js: ['text/javascript', 'application/javascript'],
  mjs: ['text/javascript', 'application/javascript'],
  css: ['text/css'],
  json: ['application/json'],
  wasm: ['application/wasm'],
  webmanifest: ['application/manifest+json'],
  png: ['image/png'],
  svg: ['image/svg+xml'],
};

const isLocal = (host) => host === '127.0.0.1' || host === 'localhost';

/** The faults of one answer's headers. `all` has each header's values under its name in lower case; `name` is null for an answer that is no file. */
export function headerFaults(all, hostname, name) {
  const faults = [];
  const values = (header) => all.get(header.toLowerCase()) ?? [];
  const wants = { 'Content-Security-Policy': isLocal(hostname) ? LOCAL_POLICY : POLICY, ...FIXED };
  if (name?.endsWith('.html')) wants['Integrity-Policy'] = INTEGRITY_POLICY;
  for (const [header, wanted] of Object.entries(wants)) {
    const [value, ...more] = values(header);
    if (value === undefined) faults.push(`${header} is missing`);
    else if (more.length > 0) faults.push(`${header} is sent ${more.length + 1} times`);
    else if (value !== wanted) faults.push(`${header} is not ours: ${value}`);
  }
  for (const header of FORBIDDEN) if (values(header).length > 0) faults.push(`${header} is sent: ${values(header)[0]}`);
  const types = TYPES[name?.split('.').at(-1)];
  const type = values('Content-Type')[0]?.split(';')[0].trim().toLowerCase();
  if (types !== undefined && !types.includes(type)) faults.push(`Content-Type is ${type ?? 'missing'} instead of ${types[0]}`);
  return faults;
}
