'use strict'
// node peer.js '{"port":18008,"path":"/tmp/…"}'
// Starts the stack of stack.js with a new key on the network of the tests, publishes one message, and prints its address and the message's id.
// On stdin, a line with an address of ours, in JSON: connects to it, calls what it has of the same methods, and prints what came back.
const crypto = require('crypto')
const pull = require('pull-stream')
const ssbKeys = require('ssb-keys')
const { create, publish, call } = require('./stack')

const c = JSON.parse(process.argv[2])
const emit = (ev, fields) => process.stdout.write(JSON.stringify({ ev, ...fields }) + '\n')
const keys = ssbKeys.generate()
const shs = crypto.createHash('sha256').update('secret-stack-peer').digest('base64')
const sbot = create({
  path: c.path,
  keys,
  caps: { shs },
  connections: {
    incoming: { net: [{ scope: 'device', host: '127.0.0.1', port: c.port, transform: 'shs' }] },
    outgoing: { net: [{ transform: 'shs' }] }
  }
})
// the tests' client is nobody whom it knows
sbot.auth.hook((fn, args) => args[1](null, { allow: null, deny: null }))
publish(sbot, keys, { type: 'post', text: 'hello' }, (err, message) => {
  emit('listening', { address: sbot.getAddress('device'), id: keys.id, key: message && message.key, err: err && String(err) })
})

let text = ''
process.stdin.on('data', (data) => {
  text += data
  if (!text.includes('\n')) return
  sbot.connect(JSON.parse(text), (err, rpc) => {
    if (err) return emit('called', { err: String(err) })
    const { async, source } = call(rpc)
    async((err, value) => pull(source(), pull.collect((failure, items) => {
      emit('called', { err: err && err.message, value, failure: failure && failure.message, items })
    })))
  })
})
