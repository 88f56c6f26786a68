'use strict'
// The packages below secret-stack, one by one, without it: secret-handshake on a socket of Node's, or multiserver (TCP or
// WebSocket), and muxrpc on top.
// node parts.js '{"role":"server","part":"secret-handshake","port":18008}'                  listens, and serves the harness
// node parts.js '{"role":"server","part":"multiserver","port":18008,"wsPort":18009}'
// node parts.js '{"role":"client","part":"multiserver","address":"ws://…~shs:<b64>"}'       connects, and prints checks
const assert = require('assert')
const net = require('net')
const toPull = require('stream-to-pull-stream')
const pull = require('pull-stream')
const SHS = require('secret-handshake')
const MultiServer = require('multiserver')
const Net = require('multiserver/plugins/net')
const WS = require('multiserver/plugins/ws')
const Shs = require('multiserver/plugins/shs')
const Muxrpc = require('muxrpc')
const cl = require('chloride')
const Harness = require('./plugin')
const { readConfig, sha256, emit, show, showErr } = require('./common')

const c = readConfig({ host: '127.0.0.1' })
const appKey = sha256('secret-stack-peer')
const keys = cl.crypto_sign_seed_keypair(sha256(c.role))
const everybody = (id, cb) => cb(null, true)
const manifest = { harness: Harness.manifest }

function multiserver () {
  const shs = Shs({ keys, appKey, auth: everybody, timeout: 5000 })
  const plugins = [[Net({ host: c.host, port: c.port, scope: 'device' }), shs]]
  if (c.role === 'client' || c.wsPort) plugins.push([WS({ host: c.host, port: c.wsPort, scope: 'device' }), shs])
  return MultiServer(plugins)
}

function serve (stream) {
  const rpc = Muxrpc({}, manifest, { harness: Harness().init({ peers: {} }) })
  pull(stream, rpc.stream, stream)
}

function server () {
  if (c.part === 'multiserver') {
    const ms = multiserver()
    ms.server(serve, (err) => emit('refused', { err: showErr(err) }), () => emit('listening', { address: ms.stringify('device') }))
    return
  }
  const shake = SHS.createServer(keys, everybody, appKey, 5000)
  net.createServer((socket) => {
    const duplex = toPull.duplex(socket)
    pull(duplex, shake((err, stream) => err ? emit('refused', { err: showErr(err) }) : serve(stream)), duplex)
  }).listen(c.port, c.host, () => emit('listening', { address: `net:${c.host}:${c.port}~shs:${keys.publicKey.toString('base64')}` }))
}

function connect (cb) {
  if (c.part === 'multiserver') return multiserver().client(c.address, cb)
  const [, host, port, key] = /^net:(.*):(\d+)~shs:(.*)$/.exec(c.address)
  const duplex = toPull.duplex(net.connect(Number(port), host))
  pull(duplex, SHS.createClient(keys, appKey, 5000)(Buffer.from(key, 'base64'), cb), duplex)
}

const P = (f) => new Promise((resolve, reject) => f((err, v) => err ? reject(err) : resolve(v)))
const collect = (source) => P((cb) => pull(source, pull.collect(cb)))

const checks = {
  remote: async (h, stream) => assert.strictEqual(stream.remote.toString('base64'), /~shs:(.*)$/.exec(c.address)[1]),
  async: async (h) => assert.deepStrictEqual(await P((cb) => h.echo({ a: [1, 'é', null] }, cb)), { a: [1, 'é', null] }),
  bytes: async (h) => assert.deepStrictEqual(show(await P((cb) => h.bytes(300, cb))), { $buffer: Buffer.from(Array.from({ length: 300 }, (_, i) => i & 255)).toString('hex') }),
  sync: async (h) => assert.strictEqual(await P((cb) => h.hello('bob', cb)), 'Hello, bob.'),
  error: async (h) => assert.strictEqual(await P((cb) => h.fail('boom', (err) => cb(null, err && err.message))), 'boom'),
  source: async (h) => assert.deepStrictEqual(await collect(h.count(1000)), Array.from({ length: 1000 }, (_, i) => i)),
  sink: async (h) => {
    await P((cb) => pull(pull.values([1, 'two', Buffer.from([3])]), h.collect('parts', cb)))
    let last
    do last = await P((cb) => h.lastSink(cb)); while (!last)
    assert.deepStrictEqual(last, { tag: 'parts', err: null, items: [1, 'two', { $buffer: '03' }] })
  },
  duplex: async (h) => assert.deepStrictEqual(await collect(pull(pull.values([1, 'x']), h.echoDuplex())), [1, 'x'])
}

function client () {
  connect(async (err, stream) => {
    emit('connect', { ok: !err, err: showErr(err) })
    if (err) return process.exit(1)
    const rpc = Muxrpc(manifest)
    pull(stream, rpc.stream, stream)
    for (const [name, check] of Object.entries(checks)) {
      try {
        await check(rpc.harness, stream)
        emit('check', { name, ok: true })
      } catch (e) {
        emit('check', { name, ok: false, error: String(e) })
      }
    }
    rpc.close((err) => { emit('done', { err: showErr(err) }); process.exit(0) })
  })
}

if (c.role === 'server') server()
else client()
