// Times libsignal with in-memory stores: node bench.mjs [messages]. Prints one JSON object: milliseconds of processor time a message.
import * as S from '@signalapp/libsignal-client';

const count = Number(process.argv[2] ?? 2000);
const body = new Uint8Array(100).fill(7);

class Sessions extends S.SessionStore {
  map = new Map();
  async saveSession(name, record) { this.map.set(name.toString(), record.serialize()); }
  async getSession(name) { const bytes = this.map.get(name.toString()); return bytes ? S.SessionRecord.deserialize(bytes) : null; }
  async getExistingSessions(names) { return Promise.all(names.map((name) => this.getSession(name))); }
}
class Identities extends S.IdentityKeyStore {
  key = S.PrivateKey.generate();
  known = new Map();
  async getIdentityKey() { return this.key; }
  async getLocalRegistrationId() { return 1; }
  async saveIdentity(name, key) { this.known.set(name.toString(), key); return S.IdentityChange.NewOrUnchanged; }
  async isTrustedIdentity() { return true; }
  async getIdentity(name) { return this.known.get(name.toString()) ?? null; }
}
class PreKeys extends S.PreKeyStore {
  map = new Map();
  async savePreKey(id, record) { this.map.set(id, record); }
  async getPreKey(id) { return this.map.get(id); }
  async removePreKey(id) { this.map.delete(id); }
}
class SignedPreKeys extends S.SignedPreKeyStore {
  map = new Map();
  async saveSignedPreKey(id, record) { this.map.set(id, record); }
  async getSignedPreKey(id) { return this.map.get(id); }
}
class KyberPreKeys extends S.KyberPreKeyStore {
  map = new Map();
  async saveKyberPreKey(id, record) { this.map.set(id, record); }
  async getKyberPreKey(id) { return this.map.get(id); }
  async markKyberPreKeyUsed() {}
}

function party(name) {
  return { name: S.ProtocolAddress.new(name, 1), sessions: new Sessions(), identities: new Identities(), pre: new PreKeys(), signed: new SignedPreKeys(), kyber: new KyberPreKeys() };
}

async function bundleOf(p) {
  const pre = S.PrivateKey.generate();
  const signed = S.PrivateKey.generate();
  const kyber = S.KEMKeyPair.generate();
  const signedSignature = p.identities.key.sign(signed.getPublicKey().serialize());
  const kyberSignature = p.identities.key.sign(kyber.getPublicKey().serialize());
  await p.pre.savePreKey(1, S.PreKeyRecord.new(1, pre.getPublicKey(), pre));
  await p.signed.saveSignedPreKey(1, S.SignedPreKeyRecord.new(1, 0, signed.getPublicKey(), signed, signedSignature));
  await p.kyber.saveKyberPreKey(1, S.KyberPreKeyRecord.new(1, 0, kyber, kyberSignature));
  return S.PreKeyBundle.new(1, 1, 1, pre.getPublicKey(), 1, signed.getPublicKey(), signedSignature, p.identities.key.getPublicKey(), 1, kyber.getPublicKey(), kyberSignature);
}

async function pass(from, to) {
  const sealed = await S.signalEncrypt(body, to.name, from.name, from.sessions, from.identities);
  const bytes = sealed.serialize();
  if (sealed.type() === S.CiphertextMessageType.PreKey)
    return S.signalDecryptPreKey(S.PreKeySignalMessage.deserialize(bytes), from.name, to.name, to.sessions, to.identities, to.pre, to.signed, to.kyber);
  return S.signalDecrypt(S.SignalMessage.deserialize(bytes), from.name, to.name, to.sessions, to.identities);
}

const alice = party('alice');
const bob = party('bob');
const started = performance.now();
await S.processPreKeyBundle(await bundleOf(bob), bob.name, alice.name, alice.sessions, alice.identities);
await pass(alice, bob);
await pass(bob, alice);
const agreement = performance.now() - started;
for (let i = 0; i < 500; i++) { await pass(alice, bob); await pass(bob, alice); }

async function mean(run) {
  const start = process.cpuUsage();
  await run(count);
  const used = process.cpuUsage(start);
  return (used.user + used.system) / 1000 / count;
}
const oneWay = await mean(async (n) => { for (let i = 0; i < n; i++) await pass(alice, bob); });
const pingPong = await mean(async (n) => { for (let i = 0; i < n / 2; i++) { await pass(alice, bob); await pass(bob, alice); } });
console.log(JSON.stringify({ oneWay, pingPong, agreement }));
