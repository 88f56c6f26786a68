'use strict'
const SecretStack = require('secret-stack')
module.exports = {
  create: (config) => SecretStack({ appKey: Buffer.from(config.caps.shs, 'base64'), caps: config.caps }).use(require('ssb-db2'))(config),
  publish: (sbot, keys, content, cb) => sbot.db.create({ content, keys }, cb),
  call: (rpc) => ({ async: (cb) => rpc.db.get('anything', cb), source: () => rpc.db.indexingProgress() })
}
