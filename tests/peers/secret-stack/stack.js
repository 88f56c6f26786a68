'use strict'
module.exports = require('secret-stack')
