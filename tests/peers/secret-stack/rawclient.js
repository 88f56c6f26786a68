'use strict'
// Low-level client: net socket + secret-handshake.createClient + muxrpc bootstrap
// (remote manifest is fetched). Does not need to know the plugin beforehand.
// node rawclient.js '{"host":"127.0.0.1","port":18008,"key":"<b64 server pubkey>","appKey":"<hex>","seed":"<hex>","method":"harness.echo","args":[1]}'
const net = require('net')
const toPull = require('stream-to-pull-stream')
const pull = require('pull-stream')
const SHS = require('secret-handshake')
const Muxrpc = require('muxrpc')
const cl = require('chloride')
const { readConfig, hex, sha256, emit, show, showErr } = require('./common')
const c = readConfig({ host: '127.0.0.1', port: 18008, args: [] })
const appKey = c.appKey ? hex(c.appKey, 32, 'appKey') : sha256('secret-stack-peer')
const keys = cl.crypto_sign_seed_keypair(c.seed ? hex(c.seed, 32, 'seed') : sha256('client'))
const createClient = SHS.createClient(keys, appKey, 5000)
const sock = net.connect(c.port, c.host)
sock.on('error', (e) => emit('socket', { err: showErr(e) }))
const duplex = toPull.duplex(sock)
pull(duplex, createClient(Buffer.from(c.key, 'base64'), (err, stream) => {
  emit('handshake', { err: showErr(err), remote: stream && stream.remote.toString('base64') })
  if (err) return process.exit(1)
  const rpc = Muxrpc((err, manifest) => {
    emit('manifest', { err: showErr(err), manifest })
    if (err) return process.exit(2)
    if (!c.method) return rpc.close(() => process.exit(0))
    const path = c.method.split('.')
    const f = path.reduce((o, k) => o && o[k], rpc)
    const type = path.reduce((o, k) => o && o[k], manifest)
    const end = (err, v) => { emit('result', { err: showErr(err), value: show(v) }); rpc.close(() => process.exit(err ? 3 : 0)) }
    if (type === 'source') pull(f(...c.args), pull.collect((err, a) => end(err, a.map(show))))
    else if (type === 'sink') pull(pull.values(c.items || []), f(...c.args, end))
    else if (type === 'duplex') pull(pull.values(c.items || []), f(...c.args), pull.collect((err, a) => end(err, a && a.map(show))))
    else f(...c.args, end)
  })
  pull(stream, rpc.stream, stream)
}), duplex)
