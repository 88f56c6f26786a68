// An echo bot: what others write in any chat of an identity, it writes back.
// Usage: node echo-bot.js CONNECT.JSON     (the file that `secrets daemon` names when it is ready)
'use strict';
const fs = require('fs');
const net = require('net');
const pull = require('pull-stream');
const toPull = require('stream-to-pull-stream');
const chloride = require('chloride');
const createClient = require('secret-handshake').createClient;
const createRpc = require('muxrpc');

const connect = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const keys = chloride.crypto_sign_seed_keypair(Buffer.from(connect.seed, 'hex'));
const shakeHands = createClient(keys, Buffer.from(connect.app_key, 'hex'), 15000);
const [way, key] = connect.address.split(';')[0].split('~shs:');

let begun = false;
const answered = {}; // the position in each chat up to which it is answered

// what another machine has to say may be net:HOST:PORT; here it is unix:PATH
function dial() {
  const [, host, port] = /^net:(.*):(\d+)$/.exec(way) || [];
  return port ? net.connect(Number(port), host) : net.connect(way.slice('unix:'.length));
}

function live() {
  const socket = dial();
  let over = false;
  const again = (failure) => {
    if (over) return;
    over = true;
    console.error('again in a second:', failure && failure.message);
    socket.destroy();
    setTimeout(live, 1000);
  };
  socket.on('error', again);
  const stream = toPull.duplex(socket);
  pull(stream, shakeHands(Buffer.from(key, 'base64'), (failure, box) => {
    if (failure) return again(failure);
    // without a manifest of its own it asks the daemon for one
    const daemon = createRpc((failure) => {
      if (failure) return again(failure);
      pull(
        daemon.events(),
        pull.asyncMap((event, done) => { take(daemon, event).then(() => done(null), done); }),
        pull.onEnd(again),
      );
    });
    pull(box, daemon.stream, box);
  }), stream);
}

async function take(daemon, event) {
  if (event.kind === 'message_added' && !event.message.own) await answer(daemon, event.chat.id);
  if (event.kind !== 'listening') return;
  for (const chat of await daemon.chats.list()) {
    if (begun) await answer(daemon, chat.id); // back again: what was said meanwhile
    else if (chat.last_message) answered[chat.id] = chat.last_message.position; // what was there before is not echoed
  }
  begun = true;
  console.log('listening');
}

async function answer(daemon, chat) {
  for (const message of await daemon.messages.page({ chat, before: null, count: 100 })) {
    if (message.position <= (answered[chat] || 0)) continue;
    answered[chat] = message.position;
    if (message.kind !== 'text' || message.own) continue;
    await daemon.messages.send({ chat, text: message.text }).catch((refusal) => console.error('not echoed:', refusal.name, refusal.message));
  }
}

live();
