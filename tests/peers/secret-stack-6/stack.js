'use strict'
// The configuration of generation 8 (`global` and a key for each plugin) as the flat one of generation 6.
const SecretStack = require('secret-stack')
const flat = (config) => {
  const { appKey, ...rest } = (config && config.global) || {}
  return appKey ? { appKey, caps: { shs: appKey.toString('base64') }, ...rest } : rest
}
module.exports = (defaults) => {
  const create = SecretStack(flat(defaults))
  const start = (config) => {
    const app = create(flat(config))
    app.shs = app.shs || { pubkey: app.id.slice(1).replace('.ed25519', '') }
    return app
  }
  start.use = (plugin) => { create.use(plugin); return start }
  return start
}
