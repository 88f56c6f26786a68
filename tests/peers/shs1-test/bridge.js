#!/usr/bin/env node
'use strict'
// The program that the published suites start for each case: hands its arguments and its standard input to the test behind a
// Unix socket, and the test's answers to its standard output. The test sends frames: a length byte and that many bytes; a zero
// says that the handshake was good. An end without it is a refusal.
const net = require('net')
const socket = net.connect(process.env.SHS1_SOCKET)
socket.write(JSON.stringify(process.argv.slice(2)) + '\n')
process.stdin.pipe(socket)
let rest = Buffer.alloc(0)
let good = false
socket.on('data', (data) => {
  rest = Buffer.concat([rest, data])
  while (rest.length > 0 && rest.length > rest[0]) {
    if (rest[0] === 0) good = true
    else process.stdout.write(rest.subarray(1, 1 + rest[0]))
    rest = rest.subarray(1 + rest[0])
  }
})
socket.on('error', () => process.exit(2))
socket.on('end', () => { if (!good) process.exit(1) })
socket.on('close', () => process.exit(good ? 0 : 1))
