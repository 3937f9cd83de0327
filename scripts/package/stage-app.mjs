// Lays out what goes into a package, file by file: nothing gets in by being nearby.
import fs from 'node:fs'
import path from 'node:path'
import { drawIcon } from '../phone-icon.mjs'
import { modules, readPackage, root } from '../project.mjs'
import { bindingPath } from '../setup/sqlite-binding.mjs'

export const made = path.join(root, 'out', 'package')

const natives = {
  'better-sqlite3': ['LICENSE', 'lib', `prebuilds/${process.platform}-${process.arch}.node`],
  keytar: ['LICENSE.md', 'lib', 'build/Release/keytar.node'],
}

/**
 * @param {{version: string, dist: string, isTest: boolean}} runtime the Electron that goes along, and where it lies.
 * @returns {string} the version that the package will say.
 */
export function stageApp({ dist, isTest }) {
  fs.rmSync(made, { recursive: true, force: true })
  const app = path.join(made, 'app')
  const { name, productName, description, version, license } = readPackage(root)
  const saying = isTest ? `${version}-test` : version
  write(path.join(app, 'package.json'), {
    ...{ name, productName, description, version: saying, license, private: true, type: 'module' },
    ...{ main: 'out/start/index.js', homepage: 'https://wardkey.invalid', author: 'Wardkey' },
    dependencies: Object.fromEntries(Object.keys(natives).map((each) => [each, versionOf(each)])),
  })
  for (const bundle of ['start', 'main', 'preload', 'renderer']) copy(`out/${bundle}`, app)
  for (const [each, parts] of Object.entries(natives)) stageNative(app, each, parts)
  // The one seam: an older Electron can't load the binary that comes in the package, so its own build takes its place.
  if (isTest)
    fs.copyFileSync(bindingPath, path.join(app, 'node_modules', 'better-sqlite3', natives['better-sqlite3'][2]))
  const foreign = path.join(dist, 'resources')
  fs.cpSync(dist, path.join(made, 'electron'), {
    recursive: true,
    filter: (file) => file === foreign || !file.startsWith(foreign + path.sep),
  })
  for (const side of [64, 128, 256, 512])
    write(path.join(made, 'resources', 'icons', `${side}x${side}.png`), drawIcon(side))
  return saying
}

/** Its own files, without sources, build files and the binaries of other systems. */
function stageNative(app, name, parts) {
  for (const part of parts) copy(path.join('node_modules', name, part), app)
  const { version, main, license } = readPackage(path.join(modules, name))
  write(path.join(app, 'node_modules', name, 'package.json'), { name, version, main, license })
}

const versionOf = (name) => readPackage(path.join(modules, name)).version

function copy(part, app) {
  fs.cpSync(path.join(root, part), path.join(app, part), { recursive: true })
}

function write(file, content) {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, Buffer.isBuffer(content) ? content : `${JSON.stringify(content, null, 2)}\n`)
}
