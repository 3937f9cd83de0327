// Ends with 0 where the hub of this computer can work, else with 1: for Docker, or whatever else asks by a command.
import http from 'node:http'
import https from 'node:https'

const { WARDKEY_HUB_PORT: port = '8788', WARDKEY_HUB_TLS_CERT: tls } = process.env
// Its certificate is of the name that stations use: whoever could stand between is on this computer already.
const asked = tls ? https : http
const options = { host: '127.0.0.1', port, path: '/readyz', timeout: 4000, rejectUnauthorized: false }
asked
  .get(options, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1))
  .on('timeout', () => process.exit(1))
  .on('error', () => process.exit(1))
