'use strict'
const Server = require('ssb-server')
module.exports = {
  create: (config) => Server(config),
  publish: (sbot, keys, content, cb) => sbot.publish(content, cb),
  call: (rpc) => ({ async: (cb) => rpc.whoami(cb), source: () => rpc.createHistoryStream({ id: 'anybody' }) })
}
