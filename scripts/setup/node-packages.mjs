// node_modules: installed exactly as the lock file says, once per lock file.
import fs from 'node:fs'
import path from 'node:path'
import { localCache, modules, node, root } from '../project.mjs'
import { Obstacle, say } from '../speak.mjs'
import { hashContents, readStamp, writeStamp } from './content-hash.mjs'
import { runNpm } from './npm.mjs'

const stamp = path.join(localCache, 'packages.stamp')
const keytar = path.join(modules, 'keytar/build/Release/keytar.node')

export async function installNodePackages() {
  const wanted = `${hashContents(root, ['package-lock.json'])} ${process.platform}-${process.arch}`
  if (readStamp(stamp) === wanted && hasProducts()) return
  if (!(hasProducts() && matchesLock())) await install()
  writeStamp(stamp, wanted)
}

async function install() {
  say('installing npm packages (about a minute)')
  // NODE_ENV=production in somebody's shell would leave out the tools that build and run everything.
  const { ok, output } = await runNpm(['ci', '--include=dev', '--no-progress'], { cwd: root })
  if (!ok) throw new Obstacle(`npm ci failed:\n${output}`)
  if (!hasProducts())
    throw new Obstacle(
      `npm ci left out ${[keytar, node].filter((file) => !fs.existsSync(file)).join(' and ')}.\n` +
        'Their install scripts did not run: look for ignore-scripts in your npm configuration, and for a C++ compiler.\n' +
        output,
    )
}

function hasProducts() {
  return fs.existsSync(keytar) && fs.existsSync(node)
}

/** An install made by hand (`npm ci`, `npm install`) counts, if what npm recorded of it is what the lock file wants. */
function matchesLock() {
  const wanted = readLock(path.join(root, 'package-lock.json'))
  const found = readLock(path.join(modules, '.package-lock.json'))
  if (!wanted || !found) return false
  return Object.entries(wanted)
    .filter(([name, entry]) => name !== '' && !entry.optional && !entry.peer)
    .every(([name, entry]) => found[name]?.version === entry.version)
}

function readLock(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages
  } catch {
    return null
  }
}
