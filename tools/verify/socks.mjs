// A SOCKS5 proxy such as Tor's (RFC 1928, RFC 1929). The name of the host goes to the proxy; nothing is looked up here.
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';

const PATIENCE = 120_000;
const REFUSALS = ['', 'the proxy failed', 'the proxy does not allow it', 'the network can\'t be reached', 'the host can\'t be reached', 'nothing listens there', 'it took too long'];

/** Agents whose connections go through a proxy. The name and password are made up: Tor gives each such pair a way of its own through its network. */
export function socksAgents(proxy, options) {
  const name = randomBytes(8).toString('hex');
  const connect = (target, callback) => open(proxy, target.host, Number(target.port), name).then((socket) => callback(null, socket), callback);
  class Plain extends http.Agent {
    createConnection(target, callback) {
      connect(target, callback);
    }
  }
  class Secure extends https.Agent {
    createConnection(target, callback) {
      connect(target, (error, socket) => (error ? callback(error) : callback(null, tls.connect({ ...target, socket, servername: net.isIP(target.host) ? '' : target.host }))));
    }
  }
  return { http: new Plain(options), https: new Secure(options) };
}

async function open(proxy, host, port, name) {
  const socket = net.connect(Number(proxy.port), proxy.hostname.replace(/^\[|\]$/g, ''));
  socket.setTimeout(PATIENCE, () => socket.destroy(new Error('the proxy does not answer')));
  try {
    const { read, release } = reader(socket);
    socket.write(Buffer.from([5, 2, 0, 2]));
    const [, method] = await read(2);
    if (method === 2) {
      socket.write(Buffer.concat([Buffer.from([1, name.length]), Buffer.from(name), Buffer.from([name.length]), Buffer.from(name)]));
      if ((await read(2))[1] !== 0) throw new Error('the proxy refuses');
    } else if (method !== 0) throw new Error('the proxy is no SOCKS5 proxy, or wants a password');
    const target = Buffer.from(host);
    socket.write(Buffer.concat([Buffer.from([5, 1, 0, 3, target.length]), target, Buffer.from([port >> 8, port & 255])]));
    const [, reply, , kind] = await read(4);
    if (reply !== 0) throw new Error(REFUSALS[reply] ?? 'the proxy refuses');
    await read((kind === 1 ? 4 : kind === 4 ? 16 : (await read(1))[0]) + 2);
    socket.setTimeout(0);
    release();
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** Reads exact numbers of bytes, so that nothing of what follows the handshake is swallowed; then leaves the socket to others. */
function reader(socket) {
  let failure = null;
  let wake = () => {};
  const listeners = {
    error: (error) => {
      failure ??= error;
      wake();
    },
    close: () => {
      failure ??= new Error('the proxy hung up');
      wake();
    },
    readable: () => wake(),
  };
  for (const [event, listener] of Object.entries(listeners)) socket.on(event, listener);
  const read = async (count) => {
    for (;;) {
      const bytes = socket.read(count);
      if (bytes !== null && bytes.length === count) return bytes;
      if (failure !== null) throw failure;
      await new Promise((resolve) => (wake = resolve));
    }
  };
  const release = () => {
    for (const [event, listener] of Object.entries(listeners)) socket.off(event, listener);
  };
  return { read, release };
}
