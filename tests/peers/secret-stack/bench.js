'use strict'
// node bench.js '{"address":"net:...~shs:...","what":["seq","par","source","handshake","idle"]}'
// Client side of the baseline. The server is any peer that exposes plugin.js' manifest
// (node server.js or the .NET one). One JSON line per measurement.
const SecretStack = require('./stack')
const pull = require('pull-stream')
const fs = require('fs')
const { readConfig, hex, sha256, emit, wsPlugin } = require('./common')
const Harness = require('./plugin')
const c = readConfig({ what: ['seq', 'par', 'source', 'handshake'], seconds: 3, rounds: 3, inflight: 100, pid: 0, conns: 1000, idleOnly: false })
const appKey = c.appKey ? hex(c.appKey, 32, 'appKey') : sha256('secret-stack-peer')
const app = SecretStack({ global: { appKey } }).use(wsPlugin).use(Harness())({
  global: { seed: c.seed ? hex(c.seed, 32, 'seed') : sha256('client'), connections: { incoming: {}, outgoing: { net: [{ transform: 'shs' }], ws: [{ transform: 'shs' }] } }, timers: { inactivity: 0, handshake: 15000 } }
})
const connect = () => new Promise((resolve, reject) => app.connect(c.address, (e, r) => e ? reject(e) : resolve(r)))
const now = () => Number(process.hrtime.bigint()) / 1e9
const median = (a) => a.slice().sort((x, y) => x - y)[a.length >> 1]
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const procMem = (pid) => { const s = fs.readFileSync('/proc/' + pid + '/status', 'utf8'); const g = (k) => +s.match(new RegExp(k + ':\\s+(\\d+)'))[1] / 1024; return { rssMB: +g('VmRSS').toFixed(1), threads: +s.match(/Threads:\s+(\d+)/)[1] } }
// CPU seconds (user+sys) of the server process, for numbers that survive a busy machine
const srvCpu = () => { if (!c.pid) return 0; const f = fs.readFileSync('/proc/' + c.pid + '/stat', 'utf8').replace(/^.*\) /, '').split(' '); return (+f[11] + +f[12]) / 100 }
const ownCpu = () => { const u = process.cpuUsage(); return (u.user + u.system) / 1e6 }
let ops = 0 // set by the measured function: operations (or MB) done, for the CPU cost per op
async function rounds (name, unit, f) {
  const v = []; const cc = []; const cs = []
  await f() // warm-up, not counted
  for (let i = 0; i < c.rounds; i++) {
    const a = ownCpu(); const b = srvCpu()
    v.push(+(await f()).toFixed(1))
    cc.push((ownCpu() - a) / ops); cs.push((srvCpu() - b) / ops)
  }
  const us = (x) => +(median(x) * 1e6).toFixed(1)
  emit('bench', { name, unit, median: median(v), runs: v, clientCpuUsPerOp: us(cc), serverCpuUsPerOp: us(cs), op: unit === 'MB/s' ? 'MB' : 'op' })
}
async function main () {
  const rpc = await connect(); const h = rpc.harness
  if (c.what.includes('seq')) await rounds('async sequential', 'rt/s', async () => { await h.add(1, 2); let n = 0; const t = now(); while (now() - t < c.seconds) { await h.add(n, 2); n++ } ops = n; return n / (now() - t) })
  if (c.what.includes('par')) {
    await rounds('async ' + c.inflight + ' in flight', 'rt/s', async () => {
      let n = 0; const t = now(); const end = t + c.seconds
      await Promise.all(Array.from({ length: c.inflight }, async () => { while (now() < end) { await h.add(n, 2); n++ } }))
      ops = n; return n / (now() - t)
    })
  }
  if (c.what.includes('source')) {
    for (const [size, count] of [[1024, 20000], [4096, 15000], [65536, 2000]]) {
      await rounds('source ' + size / 1024 + 'KB buffers', 'MB/s', async () => {
        let bytes = 0; const t = now()
        await new Promise((resolve, reject) => pull(h.buffers(size, count), pull.drain((b) => { bytes += b.length }, (e) => e ? reject(e) : resolve())))
        if (bytes !== size * count) throw new Error('lost bytes ' + bytes)
        ops = bytes / 1e6; return ops / (now() - t)
      })
    }
  }
  if (c.what.includes('sink')) {
    for (const [size, count] of [[1024, 20000], [4096, 15000], [65536, 2000]]) {
      const b = Buffer.alloc(size, 1)
      await rounds('sink ' + size / 1024 + 'KB buffers', 'MB/s', async () => {
        const t = now(); let i = 0
        await new Promise((resolve, reject) => pull((e, cb) => e ? cb(e) : i++ < count ? cb(null, b) : cb(true), h.discard((e) => e ? reject(e) : resolve())))
        // the caller's sink callback fires when the LOCAL source ended, long before delivery
        // (no backpressure in the reference): ask the remote, in order, on the same connection
        const got = await h.lastSink()
        if (!got || got.bytes !== size * count) throw new Error('remote got ' + JSON.stringify(got))
        ops = size * count / 1e6; return ops / (now() - t)
      })
    }
  }
  if (c.what.includes('handshake')) {
    for (const par of [1, 20]) {
      await rounds('handshakes, ' + par + ' at a time (TCP connect + SHS + close(true))', '/s', async () => {
        let n = 0; const t = now(); const end = t + c.seconds
        await Promise.all(Array.from({ length: par }, async () => { while (now() < end) { const r = await connect(); n++; r.close(true, () => {}) } }))
        ops = n; return n / (now() - t)
      })
    }
  }
  if (c.what.includes('idle')) {
    await sleep(1000); await h.stats().catch(() => {})
    emit('idle', { conns: 1, server: c.pid ? procMem(c.pid) : null, stats: await h.stats().catch(() => null) })
    const all = []
    for (let i = 1; i < c.conns; i += 20) all.push(...await Promise.all(Array.from({ length: Math.min(20, c.conns - i) }, connect)))
    await sleep(2000); await h.stats().catch(() => {}); await sleep(500)
    emit('idle', { conns: all.length + 1, server: c.pid ? procMem(c.pid) : null, stats: await h.stats().catch(() => null), client: procMem(process.pid) })
  }
  process.exit(0)
}
main().catch((e) => { emit('error', { message: e.message }); process.exit(1) })
