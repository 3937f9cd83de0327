// Electron's fuses as every package of ours has them, and what a binary really says of itself.
import { readFile } from 'node:fs/promises'

/** By electron-builder's names. */
export const fuses = {
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  onlyLoadAppFromAsar: true,
  // Enforced by Electron on Windows and macOS alone; on Linux root's ownership of the files has to do.
  enableEmbeddedAsarIntegrityValidation: true,
  enableCookieEncryption: true,
  grantFileProtocolExtraPrivileges: false,
  loadBrowserProcessSpecificV8Snapshot: false,
}

/** In the order in which Electron keeps them (its build/fuses/fuses.json5). */
const order = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
]
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/**
 * Reads the fuses off the binary's own bytes, without the library that set them.
 * @param {string} file an Electron binary.
 * @returns {Promise<Record<string, boolean>>} by electron-builder's names.
 */
export async function readFuses(file) {
  const bytes = await readFile(file)
  const at = bytes.indexOf(sentinel)
  if (at < 0) throw new Error(`${file} has no fuses: it is not an Electron`)
  const [version, length] = bytes.subarray(at + sentinel.length)
  if (version !== 1 || length < order.length) throw new Error(`the fuses of ${file} are of a kind that we do not know`)
  const wire = bytes.subarray(at + sentinel.length + 2)
  return Object.fromEntries(order.map((name, index) => [name, wire[index] === '1'.charCodeAt(0)]))
}

/** @returns {Promise<string[]>} the names of those that are not as they should be. */
export async function findWrongFuses(file) {
  const found = await readFuses(file)
  return Object.entries(fuses).flatMap(([name, wanted]) => (found[name] === wanted ? [] : [name]))
}
