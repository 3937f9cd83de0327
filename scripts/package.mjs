// `npm run package`: an unpacked application and an installer for this system, in out/package/made, with what is in them and their checksums.
import fs from 'node:fs'
import path from 'node:path'
import { buildBundles } from './build-bundles.mjs'
import { findWrongFuses } from './package/fuses.mjs'
import { made, stageApp } from './package/stage-app.mjs'
import { listParts, writeChecksums } from './package/write-papers.mjs'
import { modules, node, readPackage, root } from './project.mjs'
import { runQuietly } from './run-quietly.mjs'
import { electronPackage } from './setup/official-electron.mjs'
import { prepareStation } from './setup/prepare.mjs'
import { Obstacle, runScript, say } from './speak.mjs'

await runScript(async () => {
  const args = process.argv.slice(2)
  const unknown = args.find((arg) => arg !== '--release')
  if (unknown) throw new Obstacle(`the one option is --release, not ${unknown}`)
  if (process.platform !== 'linux') throw new Obstacle('packages are made on Linux alone so far')
  const runtime = lookAtRuntime(await prepareStation())
  if (args.includes('--release') && runtime.isTest)
    throw new Obstacle(
      `nothing for release was made: it takes the official Electron ${runtime.official}, and this is ${runtime.version}, the ` +
        'test runtime, which is old and gets no security updates. Name a mirror in ELECTRON_MIRROR, and run it again.',
    )
  await buildBundles()
  await run('the start of the package', path.join('vite', 'bin', 'vite.js'), [
    'build',
    '--config',
    'vite.start.config.ts',
  ])
  const version = stageApp(runtime)
  say('packing')
  await run(
    'electron-builder',
    path.join('electron-builder', 'cli.js'),
    ['--linux', '--publish=never', '--config=electron-builder.config.mjs'],
    {
      WARDKEY_PACKAGE_ELECTRON_VERSION: runtime.version,
      CUSTOM_FPM_PATH: path.join(root, 'scripts', 'package', 'fpm.sh'),
    },
  )
  const folder = path.join(made, 'made')
  const wrong = await findWrongFuses(path.join(folder, 'linux-unpacked', 'wardkey'))
  if (wrong.length > 0)
    throw new Obstacle(`the packed app has fuses that are not as they should be: ${wrong.join(', ')}`)
  const packages = fs.readdirSync(folder).filter((name) => name.endsWith('.deb'))
  const list = `wardkey-${version}.cdx.json`
  fs.writeFileSync(path.join(folder, list), `${JSON.stringify(await listParts(version, runtime.version), null, 2)}\n`)
  writeChecksums(folder, [...packages, list])
  for (const name of packages) say(`made ${path.relative(root, path.join(folder, name))}`)
  if (runtime.isTest) say('this is a test artefact, on the test runtime: it must never be released')
})

/** @param {{file: string}} electron what prepareStation gave. */
function lookAtRuntime({ file }) {
  const dist = fs.realpathSync(path.dirname(file))
  const version = fs.readFileSync(path.join(dist, 'version'), 'utf8').trim().replace(/^v/, '')
  const official = readPackage(electronPackage).version
  return { dist, version, official, isTest: version !== official }
}

async function run(what, program, args, env = {}) {
  const { ok, output } = await runQuietly(node, [path.join(modules, program), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
  })
  if (!ok) throw new Obstacle(`${what} failed:\n${output}`)
}
