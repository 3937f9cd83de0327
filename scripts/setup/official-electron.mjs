// The official Electron of package.json's version: found, or fetched by the electron package's own installer.
import fs from 'node:fs'
import path from 'node:path'
import { modules, node, readPackage, userCache } from '../project.mjs'
import { runQuietly } from '../run-quietly.mjs'
import { say } from '../speak.mjs'
import { readStamp, writeStamp } from './content-hash.mjs'

export const electronPackage = path.join(modules, 'electron')
export const dist = path.join(electronPackage, 'dist')

const failure = path.join(userCache, 'electron-fetch-failed.stamp')
const forgetAfterMs = 6 * 60 * 60 * 1000
const timeLimitMs = 5 * 60 * 1000

/** @returns {string | null} */
export function findOfficialElectron() {
  try {
    const version = fs.readFileSync(path.join(dist, 'version'), 'utf8').trim().replace(/^v/, '')
    if (version !== readPackage(electronPackage).version) return null
    const file = path.join(dist, fs.readFileSync(path.join(electronPackage, 'path.txt'), 'utf8'))
    return fs.existsSync(file) ? file : null
  } catch {
    return null
  }
}

/** @returns {Promise<string | null>} null where it can't be had; that is remembered for some hours. */
export async function fetchOfficialElectron() {
  const { version } = readPackage(electronPackage)
  // A mirror named since is worth a new try.
  const attempt = `${version} ${process.env.ELECTRON_MIRROR ?? ''}`.trim()
  if (failedLately(attempt)) return null
  say(`fetching Electron ${version} (at most ${timeLimitMs / 60_000} minutes)`)
  // The installer unpacks into dist: were that still our link, it would write into the cache of the test runtime.
  if (fs.lstatSync(dist, { throwIfNoEntry: false })?.isSymbolicLink()) fs.unlinkSync(dist)
  const { output, timedOut } = await runQuietly(node, [path.join(electronPackage, 'install.js')], {
    cwd: electronPackage,
    timeLimitMs,
  })
  const file = findOfficialElectron()
  if (file) return file
  // Half an unpacked Electron must not pass for a whole one later.
  fs.rmSync(dist, { recursive: true, force: true })
  const reason = timedOut ? 'it took too long' : (output.trim().split('\n').shift() ?? '')
  say(`Electron ${version} can't be fetched here (${reason})`)
  writeStamp(failure, attempt)
  return null
}

function failedLately(attempt) {
  if (readStamp(failure) !== attempt) return false
  const ageMs = Date.now() - fs.statSync(failure).mtimeMs
  return ageMs >= 0 && ageMs < forgetAfterMs
}
