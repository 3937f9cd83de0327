// better-sqlite3 for an Electron below 36: the same source, built for Node-API 9, as a copy that only development knows.
import fs from 'node:fs'
import path from 'node:path'
import { localCache, modules, node, readPackage, root, userCache } from '../project.mjs'
import { runQuietly } from '../run-quietly.mjs'
import { Obstacle, say } from '../speak.mjs'
import { findNodePrefix } from './npm.mjs'

const source = path.join(modules, 'better-sqlite3')
const copy = path.join(localCache, 'better-sqlite3-napi9')
const built = 'build/Release/better_sqlite3.node'
export const bindingPath = path.join(copy, built)

/** @param {string} electron the binary that will load it, on which it is tried before it counts. */
export async function buildSqliteBinding(electron) {
  const { version } = readPackage(source)
  const name = `better-sqlite3-${version}-napi9-${process.platform}-${process.arch}.node`
  const kept = path.join(userCache, name)
  const note = path.join(copy, 'version')
  if (fs.existsSync(bindingPath) && fs.existsSync(note) && fs.readFileSync(note, 'utf8') === version) return
  if (!fs.existsSync(kept)) await build(kept, electron)
  fs.mkdirSync(path.dirname(bindingPath), { recursive: true })
  placeFile(kept, bindingPath)
  fs.writeFileSync(note, version)
}

async function build(kept, electron) {
  say('building better-sqlite3 for the test runtime (about 75 seconds, once)')
  fs.mkdirSync(localCache, { recursive: true })
  fs.mkdirSync(userCache, { recursive: true })
  // Inside node_modules, where its build finds node-addon-api.
  const work = fs.mkdtempSync(path.join(localCache, 'better-sqlite3-build-'))
  try {
    fs.cpSync(source, work, { recursive: true })
    lowerNodeApi(path.join(work, 'binding.gyp'))
    await compile(work)
    await tryOut(electron, work)
    placeFile(path.join(work, built), kept)
  } finally {
    fs.rmSync(work, { recursive: true, force: true })
  }
}

function lowerNodeApi(file) {
  const text = fs.readFileSync(file, 'utf8')
  const wanted = "'NAPI_VERSION=10'"
  if (!text.includes(wanted)) throw new Error(`${file} no longer says ${wanted}`)
  // What the source uses of version 10 was there before as an experiment, under these names.
  const lowered = "'NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'"
  fs.writeFileSync(file, text.replace(wanted, lowered))
}

async function compile(work) {
  const prefix = findNodePrefix()
  const gyp = path.join(modules, 'node-gyp', 'bin', 'node-gyp.js')
  const headers = prefix ? [`--nodedir=${prefix}`] : []
  const args = [gyp, 'rebuild', '--release', '--jobs=max', ...headers, '--', '-Dforce_build=1']
  const { ok, output } = await runQuietly(node, args, { cwd: work })
  if (!ok) throw new Obstacle(`better-sqlite3 can't be built for the test runtime:\n${output}`)
}

async function tryOut(electron, work) {
  const script = 'new (require(process.argv[1]))(":memory:", { nativeBinding: process.argv[2] }).exec("select 1")'
  const { ok, output } = await runQuietly(electron, ['-e', script, source, path.join(work, built)], {
    cwd: root,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })
  if (!ok) throw new Obstacle(`better-sqlite3 was built, but ${electron} can't use it:\n${output}`)
}

/** By a rename: a running Electron keeps the file it has mapped, and nobody sees half of one. */
function placeFile(from, to) {
  const part = `${to}.${process.pid}`
  fs.copyFileSync(from, part)
  fs.renameSync(part, to)
}
