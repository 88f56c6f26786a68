'use strict'
// node client.js '{"address":"net:127.0.0.1:18008~shs:<b64>","appKey":"<hex32>","seed":"<hex32>"}'
// Connects with secret-stack's app.connect(address) and runs the check battery; the
// remote must expose the manifest of plugin.js. Prints {"ev":"check","name","ok",...}
// and a last {"ev":"done","pass","fail"}. Exit code = number of failed checks (max 99).
//   only: ["async.echo", ...]   skip: [...]   alice: true (expect aliceOnly to be allowed)
//   hooks: true (server runs with hooks) ; quirks: true (also checks JS codec oddities)
const SecretStack = require('./stack')
const pull = require('pull-stream')
const assert = require('assert')
const { readConfig, hex, sha256, emit, show, showErr, wsPlugin } = require('./common')
const Harness = require('./plugin')

const c = readConfig({ address: null, timeoutMs: 30000 })
const appKey = c.appKey ? hex(c.appKey, 32, 'appKey') : sha256('secret-stack-peer')
const seed = c.seed ? hex(c.seed, 32, 'seed') : sha256('client')
const app = SecretStack({ global: { appKey } }).use(wsPlugin).use(Harness())({
  global: {
    seed,
    connections: { incoming: {}, outgoing: { net: [{ transform: 'shs' }], ws: [{ transform: 'shs' }] } },
    timers: { inactivity: c.inactivity === undefined ? 600000 : c.inactivity, handshake: 15000 }
  }
})
emit('self', { id: app.id, pubkey: app.shs.pubkey })

const P = (f) => new Promise((resolve, reject) => f((err, v) => err ? reject(err) : resolve(v)))
const collect = (src) => P((cb) => pull(src, pull.collect(cb)))
const collectBoth = (src) => new Promise((resolve) => pull(src, pull.collect((err, items) => resolve({ err, items }))))
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
async function rejects (p, re) {
  let v
  try { v = await p } catch (e) { if (re) assert.match(String(e && e.message), re); return e }
  assert.fail('expected an error, got ' + JSON.stringify(show(v)))
}

function checks (rpc) {
  const h = rpc.harness
  const T = {}
  T['manifest.get'] = async () => { const m = await rpc.manifest(); assert.deepStrictEqual(m.harness, Harness.manifest); return Object.keys(m) }
  for (const [n, v] of Object.entries({ number: 42, float: 1.5, neg: -7, string: 'hi', unicode: 'é€😀\u0000x', object: { a: [1, { b: null }] }, array: [1, 2, 3], null: null, true: true, false: false, bigjson: { s: 'y'.repeat(100000) } })) {
    T['async.echo.' + n] = async () => { assert.deepStrictEqual(await h.echo(v), v) }
  }
  // a Buffer as an ARGUMENT is JSON ({"type":"Buffer","data":[..]}); as a RESULT it would be type 0
  T['async.bufferArg'] = async () => { assert.deepStrictEqual(await h.echo(Buffer.from([1, 2])), { type: 'Buffer', data: [1, 2] }) }
  T['async.bufferResult'] = async () => { const b = await h.bytes(300); assert(Buffer.isBuffer(b)); assert.strictEqual(b.length, 300); assert.strictEqual(b[299], 299 & 255) }
  T['async.bufferResult64k'] = async () => { const b = await h.bytes(65536); assert(Buffer.isBuffer(b) && b.length === 65536) }
  T['async.stringResult'] = async () => { assert.strictEqual((await h.string(10000)).length, 10000) }
  T['async.stringResult1M'] = async () => { assert.strictEqual((await h.string(1 << 20)).length, 1 << 20) }
  T['async.args0'] = async () => { assert.deepStrictEqual(await h.args(), []) }
  T['async.args3'] = async () => { assert.deepStrictEqual(await h.args(1, 'b', { c: 1 }), [1, 'b', { c: 1 }]) }
  T['async.add'] = async () => { assert.strictEqual(await h.add(2, 3), c.hooks ? 1005 : 5) }
  T['async.fail'] = async () => { const e = await rejects(h.fail('boom'), /^boom$/); assert.strictEqual(e.name, 'TypeError'); return showErr(e) }
  T['async.throws'] = async () => showErr(await rejects(h.throws(), /thrown synchronously/))
  T['async.nul'] = async () => { assert.strictEqual(await h.nul(), null) }
  if (c.quirks) T['quirk.undef-is-false'] = async () => { assert.strictEqual(await h.undef(), false) }
  if (c.quirks) T['quirk.failString'] = async () => { const e = await rejects(h.failString()); return showErr(e) } // flat('str') = {message:undefined..} -> {}
  T['async.parallel1000'] = async () => { const r = await Promise.all(Array.from({ length: 1000 }, (_, i) => h.echo(i))); assert.deepStrictEqual(r, Array.from({ length: 1000 }, (_, i) => i)) }
  T['async.outOfOrder'] = async () => { const order = []; await Promise.all([h.delay(1500, 'a').then((x) => order.push(x)), h.delay(10, 'b').then((x) => order.push(x))]); assert.deepStrictEqual(order, ['b', 'a']) }
  T['async.whoami'] = async () => { const w = await h.whoami(); assert.strictEqual(w.id, app.id); assert.strictEqual(w.pubkey, app.shs.pubkey); return w }
  T['async.callMeBack'] = async () => { assert.deepStrictEqual(await h.callMeBack({ x: 1 }), { x: 1 }) }
  T['async.nested'] = async () => { assert.deepStrictEqual(await h.nested.deep.method(7), { deep: 7 }) }
  T['async.unknown'] = async () => { const e = await rejects(P((cb) => rpc.stream.remoteCall('async', ['harness', 'nope'], [], cb)), /./); return showErr(e) }
  T['async.wrongType'] = async () => { const e = await rejects(P((cb) => rpc.stream.remoteCall('async', ['harness', 'count'], [3], cb)), /no async:harness,count/); return showErr(e) }
  T['perm.denied'] = async () => { const e = await rejects(h.denied(), /method:harness,denied is not in list of allowed methods/); return showErr(e) }
  T['perm.aliceOnly'] = async () => { if (c.alice) assert.strictEqual(await h.aliceOnly(), 'hihihi'); else return showErr(await rejects(h.aliceOnly(), /not in list of allowed methods/)) }
  T['perm.coreAuth'] = async () => showErr(await rejects(rpc.auth('x'), /not in list of allowed/))
  T['sync.hello'] = async () => { assert.strictEqual(await h.hello('bob'), c.hooks ? 'HELLO, BOB.' : 'Hello, bob.') }
  T['sync.fail'] = async () => { const e = await rejects(h.syncFail(), /sync failure/); assert.strictEqual(e.name, 'RangeError') }
  T['source.count'] = async () => { assert.deepStrictEqual(await collect(h.count(5)), [0, 1, 2, 3, 4]) }
  T['source.count10k'] = async () => { const a = await collect(h.count(10000)); assert(a.length === 10000 && a[9999] === 9999) }
  T['source.empty'] = async () => { assert.deepStrictEqual(await collect(h.count(0)), []) }
  T['source.mixed'] = async () => { assert.deepStrictEqual(await collect(h.mixed()), [{ a: 1 }, 'text', Buffer.from([0, 1, 2, 255]), 42, null, [1, 'x'], true, 0, 'é€😀']) }
  T['source.buffers'] = async () => { const a = await collect(h.buffers(10000, 20)); assert(a.length === 20 && a.every((b) => Buffer.isBuffer(b) && b.length === 10000)) }
  T['source.failAfter'] = async () => { const r = await collectBoth(h.failAfter(3, 'midway')); assert.strictEqual(r.err && r.err.message, 'midway'); assert.deepStrictEqual(r.items, [0, 1, 2]); return showErr(r.err) }
  T['source.throws'] = async () => { const r = await collectBoth(h.throwsSource()); assert.match(r.err.message, /source threw/) }
  T['source.unknown'] = async () => { const r = await collectBoth(rpc.stream.remoteCall('source', ['harness', 'nope'], [], () => {})); assert(r.err); return showErr(r.err) }
  T['source.abort'] = async () => {
    const got = await P((cb) => pull(h.infinite(), pull.take(3), pull.collect(cb)))
    assert.deepStrictEqual(got, [0, 1, 2]); await sleep(100)
    return { remoteSaw: await h.lastAbort() }
  }
  T['source.abortErr'] = async () => {
    await new Promise((resolve) => { const read = h.infinite(); let i = 0; read(null, function next (e, d) { if (++i === 3) return read(new Error('consumer failed'), () => resolve()); read(null, next) }) })
    await sleep(100)
    return { remoteSaw: await h.lastAbort() }
  }
  T['source.nested'] = async () => { assert.deepStrictEqual(await collect(h.nested.deep.items(3)), [0, 1, 2]) }
  T['source.interleaved'] = async () => { const [a, b] = await Promise.all([collect(h.ticks(5, 10)), collect(h.ticks(7, 10))]); assert(a.length === 10 && b.length === 10) }
  T['sink.collect'] = async () => {
    await P((cb) => pull(pull.values([1, 'two', Buffer.from([3]), { four: 4 }]), h.collect('t1', cb)))
    await sleep(500)
    const s = await h.lastSink(); assert.strictEqual(s.tag, 't1'); assert.strictEqual(s.err, null); assert.deepStrictEqual(s.items, [1, 'two', { $buffer: '03' }, { four: 4 }])
  }
  T['sink.sourceError'] = async () => {
    const e = await rejects(P((cb) => pull(pull.error(new Error('source died')), h.collect('t2', cb))))
    await sleep(500)
    const s = await h.lastSink(); assert.strictEqual(s.err && s.err.message, 'source died'); return { local: showErr(e), remote: s.err }
  }
  T['sink.remoteAbort'] = async () => { const e = await rejects(P((cb) => pull(pull.infinite(), pull.asyncMap((x, k) => setImmediate(() => k(null, 1))), h.abortAfter(3, cb))), /sink had enough/); return showErr(e) }
  T['duplex.echo'] = async () => { assert.deepStrictEqual(await P((cb) => pull(pull.values([1, 2, 'x', Buffer.from([9])]), h.echoDuplex(), pull.collect(cb))), [1, 2, 'x', Buffer.from([9])]) }
  T['duplex.double'] = async () => { assert.deepStrictEqual(await P((cb) => pull(pull.values([1, 2, 3]), h.double(), pull.collect(cb))), [2, 4, 6]) }
  // both halves must be wired: an un-piped half of a refused duplex keeps the substream open and makes close() hang
  T['duplex.denied'] = async () => { const d = rpc.stream.remoteCall('duplex', ['harness', 'denied'], [], () => {}); pull(pull.empty(), d.sink); const r = await collectBoth(d.source); assert(r.err); return showErr(r.err) }
  // must be last: graceful close waits for open requests, then GOODBYE both ways
  T['close.graceful'] = async () => {
    const pending = h.delay(150, 'late')
    const closed = new Promise((resolve) => rpc.once('closed', resolve))
    const t0 = Date.now()
    const cb = P((k) => rpc.close(k))
    assert.strictEqual(await pending, 'late'); await cb; await closed
    const after = await rejects(h.echo(1)); return { ms: Date.now() - t0, afterClose: showErr(after) }
  }
  return T
}

app.connect(c.address, async (err, rpc) => {
  if (err) { emit('connect', { ok: false, err: showErr(err) }); app.close(true); return setTimeout(() => process.exit(100), 50) }
  emit('connect', { ok: true, id: rpc.id, address: rpc.stream.address })
  if (c.connectOnly) return setTimeout(() => process.exit(0), c.connectOnly)
  const T = checks(rpc)
  let pass = 0; let fail = 0
  for (const name of Object.keys(T)) {
    if (c.only && !c.only.some((o) => name.startsWith(o))) continue
    if (c.skip && c.skip.some((o) => name.startsWith(o))) continue
    try {
      const note = await Promise.race([T[name](), sleep(c.timeoutMs).then(() => { throw new Error('TIMEOUT') })])
      pass++; emit('check', { name, ok: true, note })
    } catch (e) { fail++; emit('check', { name, ok: false, error: e.message }) }
  }
  emit('done', { pass, fail })
  app.close(true)
  setTimeout(() => process.exit(Math.min(fail, 99)), 100)
})
