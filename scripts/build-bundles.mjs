// The bundles of the app, by electron-vite, and of the phone page, by vite; quiet when all is well, whole when it is not.
import fs from 'node:fs'
import path from 'node:path'
import { modules, node, root } from './project.mjs'
import { runQuietly } from './run-quietly.mjs'
import { hashContents, readStamp, writeStamp } from './setup/content-hash.mjs'
import { Obstacle, say } from './speak.mjs'

const stamp = path.join(root, 'out', '.stamp')

export async function buildBundles() {
  const wanted = hashContents(root, sources())
  if (readStamp(stamp) === wanted) return
  say('building the app')
  // Gone before the build starts: half a build that somebody interrupts must not pass for a whole one.
  fs.rmSync(stamp, { force: true })
  await build(path.join('electron-vite', 'bin', 'electron-vite.js'), ['build'])
  await build(path.join('vite', 'bin', 'vite.js'), ['build', '--config', 'vite.phone.config.ts'])
  writeStamp(stamp, wanted)
}

async function build(program, args) {
  const { ok, output } = await runQuietly(node, [path.join(modules, program), ...args], { cwd: root })
  if (!ok) throw new Obstacle(`the build failed:\n${output}`)
}

function sources() {
  const tsconfigs = fs.readdirSync(root).filter((name) => /^tsconfig.*\.json$/.test(name))
  return [
    ...[
      'src',
      'resources',
      'electron.vite.config.ts',
      'vite.phone.config.ts',
      'scripts/phone-icon.mjs',
      'scripts/package/list-packages.mjs',
    ],
    ...['package-lock.json', ...tsconfigs],
  ]
}
