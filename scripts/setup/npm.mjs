// Calls npm with the Node it belongs to, and tells native builds where that machine's Node headers are.
import fs from 'node:fs'
import path from 'node:path'
import { runQuietly } from '../run-quietly.mjs'

/** Inside `npm start` the first `node` on the path is the project's own, which `npm ci` is about to replace. */
const npmNode = process.env.npm_node_execpath || process.execPath

/** The prefix whose include/node holds headers, so that node-gyp has nothing to download; null where there are none. */
export function findNodePrefix() {
  const prefixes = [path.dirname(path.dirname(npmNode)), '/usr', '/usr/local']
  return prefixes.find((prefix) => fs.existsSync(path.join(prefix, 'include/node/node_api.h'))) ?? null
}

export function runNpm(args, { cwd, timeLimitMs } = {}) {
  const prefix = findNodePrefix()
  const env = { ...process.env, ...(prefix && { npm_config_nodedir: prefix }) }
  const script = process.env.npm_execpath
  if (script && /npm-cli\.c?js$/.test(script)) return runQuietly(npmNode, [script, ...args], { cwd, env, timeLimitMs })
  if (process.platform === 'win32') return runQuietly('cmd', ['/c', 'npm', ...args], { cwd, env, timeLimitMs })
  return runQuietly('npm', args, { cwd, env, timeLimitMs })
}
