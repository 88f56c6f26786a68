'use strict'
// node server.js '{"port":18008,"wsPort":18009,"appKey":"<hex32>","seed":"<hex32>"}'
//   host          default 127.0.0.1
//   alice         ["@...ed25519"]  ids that get allow = everything incl. aliceOnly
//   full          ["@..."]         ids that get {allow:null,deny:null}
//   deny          {"@...":["harness.echo"]}  ids that get {allow:null,deny:[..]}
//   reject        ["@..."]         ids refused inside the handshake (auth hook calls back an error)
//   inactivity    ms (timers.inactivity; default 600000; 0 = off)
//   handshake     ms (timers.handshake; default 15000)
//   noauthPort    adds net~noauth (plain muxrpc) for wire debugging
//   hooks         true: hooks harness.add (+1000 to the result) and harness.hello (upper-cases)
// stdin commands (one JSON per line): {"cmd":"close"} {"cmd":"close","err":true}
//   {"cmd":"call","method":"harness.echo","args":[1],"peer":"@..."}   server calls the connected peer
//   {"cmd":"closePeer","peer":"@...","err":false}   {"cmd":"stats"}
const SecretStack = require('./stack')
const pull = require('pull-stream')
const { readConfig, hex, sha256, emit, show, showErr, wsPlugin, noauthPlugin } = require('./common')
const Harness = require('./plugin')

const c = readConfig({ host: '127.0.0.1', port: 18008, inactivity: 600000, handshake: 15000 })
const appKey = c.appKey ? hex(c.appKey, 32, 'appKey') : sha256('secret-stack-peer')
const seed = c.seed ? hex(c.seed, 32, 'seed') : sha256('server')

const incoming = { net: [{ scope: ['device', 'local', 'public'], transform: 'shs', host: c.host, port: c.port }] }
if (c.noauthPort) incoming.net.push({ scope: 'device', transform: 'noauth', host: '127.0.0.1', port: c.noauthPort })
if (c.wsPort) incoming.ws = [{ scope: ['device', 'local', 'public'], transform: 'shs', host: c.host, port: c.wsPort }]
const outgoing = { net: [{ transform: 'shs' }], ws: [{ transform: 'shs' }] }

const create = SecretStack({ global: { appKey } }).use(wsPlugin)
if (c.noauthPort) create.use(noauthPlugin(require('chloride').crypto_sign_seed_keypair(seed).publicKey))
create.use(Harness())
create.use(function authPlugin (api) { // unnamed plugin: returns nothing, only hooks
  api.auth.hook(function (fn, args) {
    const [id, cb] = args
    emit('auth', { id })
    if ((c.reject || []).includes(id)) return cb(new Error('rejected by auth hook'))
    if ((c.alice || []).includes(id)) return cb(null, { allow: Harness.ALL.filter((n) => n !== 'denied').map((n) => 'harness.' + n).concat('manifest'), deny: null })
    if ((c.full || []).includes(id)) return cb(null, { allow: null, deny: null })
    if (c.deny && c.deny[id]) return cb(null, { allow: null, deny: c.deny[id] })
    fn.apply(this, args) // falls through to the core auth: cb() -> anonymous permissions
  })
})
if (c.hooks) {
  create.use(function hookPlugin (api) {
    api.harness.add.hook(function (fn, args) { // async: wrap the callback
      const cb = args.pop()
      fn.apply(this, args.concat((err, v) => cb(err, v + 1000)))
    })
    api.harness.hello.hook(function (fn, args) { return fn.apply(this, args).toUpperCase() }) // sync: wrap the value
  })
}
const app = create({
  global: { seed, connections: { incoming, outgoing }, timers: { inactivity: c.inactivity, handshake: c.handshake } }
})
app.on('multiserver:listening', () => emit('listening', {
  pid: process.pid, id: app.id, pubkey: app.shs.pubkey, address: app.getAddress('device'), net: app.getAddress('device').split(';').find((a) => a.startsWith('net:')), manifest: app.getManifest()
}))
app.on('rpc:connect', (rpc, isClient) => {
  emit('rpc:connect', { id: rpc.id, isClient, address: rpc.stream.address })
  rpc.once('closed', () => emit('closed', { id: rpc.id }))
})
app.on('close', (err) => emit('close', { err: showErr(err) }))

const find = (id) => { for (const k in app.peers) { if ((!id || k === id) && app.peers[k].length) return app.peers[k][0] } }
let buf = ''
process.stdin.on('data', (d) => {
  buf += d
  let i
  while ((i = buf.indexOf('\n')) >= 0) { const l = buf.slice(0, i); buf = buf.slice(i + 1); if (l.trim()) command(JSON.parse(l)) }
})
function command (m) {
  if (m.cmd === 'close') return app.close(m.err || null, (err) => emit('close.cb', { err: showErr(err) }))
  if (m.cmd === 'exit') process.exit(0)
  if (m.cmd === 'stats') return emit('stats', process.memoryUsage())
  const rpc = find(m.peer)
  if (!rpc) return emit('nopeer', { peer: m.peer })
  if (m.cmd === 'closePeer') return rpc.close(m.err || null, (err) => emit('closePeer.cb', { err: showErr(err) }))
  if (m.cmd === 'call') {
    const path = m.method.split('.')
    const f = path.reduce((o, k) => o && o[k], rpc)
    const type = path.reduce((o, k) => o && o[k], app.getManifest())
    if (!f) return emit('result', { id: m.id, err: 'no such method' })
    if (type === 'source') return pull(f(...m.args), pull.collect((err, a) => emit('result', { id: m.id, err: showErr(err), value: a.map(show) })))
    if (type === 'sink') return pull(pull.values(m.items || []), f(...m.args, (err) => emit('result', { id: m.id, err: showErr(err) })))
    f(...m.args, (err, v) => emit('result', { id: m.id, err: showErr(err), value: show(v) }))
  }
}
process.on('SIGTERM', () => app.close(true, () => process.exit(0)))
