'use strict'
// node lan.js '{"host":"192.168.1.7","port":18008}'
// A node with ssb-lan: tells its address, connects once to each that it finds, and calls it.
const SecretStack = require('./stack')
const Lan = require('ssb-lan')
const keys = require('ssb-keys').generate()
const pull = require('pull-stream')
const { readConfig, sha256, emit, showErr } = require('./common')
const Harness = require('./plugin')

const c = readConfig({ host: null, port: 0 })
// where the first private address is of IPv6, ssb-lan makes 0.0.0.0 of it, which is no broadcast
const destinations = Lan.prototype.getBroadcastIPs
Lan.prototype.getBroadcastIPs = function () { return destinations.call(this).map((ip) => ip === '0.0.0.0' ? '255.255.255.255' : ip) }
const appKey = sha256('secret-stack-peer')
const lan = {
  name: 'lan',
  version: Lan.version,
  manifest: Lan.manifest,
  // it is written for the flat configuration of generation 6
  init: (api) => Lan.init(Object.assign(api, { keys }), { caps: { shs: appKey.toString('base64') } })
}
const app = SecretStack({ global: { appKey } }).use(Harness()).use(lan)({
  global: {
    keys,
    connections: {
      incoming: { net: [{ scope: ['device', 'local', 'private'], transform: 'shs', host: c.host, port: c.port }] },
      outgoing: { net: [{ transform: 'shs' }] }
    },
    timers: { inactivity: 600000, handshake: 15000 }
  }
})
app.on('multiserver:listening', () => {
  app.lan.start()
  emit('listening', { id: app.id, address: app.getAddress('local') })
})

const tried = new Set()
pull(app.lan.discoveredPeers(), pull.drain(({ address, verified }) => {
  if (tried.has(address)) return
  tried.add(address)
  app.connect(address, (err, rpc) => {
    if (err) return emit('found', { address, verified, err: showErr(err) })
    rpc.harness.add(2, 3, (err, sum) => emit('found', { address, verified, id: rpc.id, sum, err: showErr(err) }))
  })
}))
