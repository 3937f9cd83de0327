// Set-up as a whole: each step looks whether its work is done, and does it if not.
import { prepareElectron } from './electron-runtime.mjs'
import { installNodePackages } from './node-packages.mjs'
import { installSystemPackages } from './system-packages.mjs'

/** What the sources need to run under Node, as the command line does. */
export async function prepareNode() {
  await installSystemPackages(['base'])
  await installNodePackages()
}

/** What the windows need too. @returns the Electron to run, see prepareElectron. */
export async function prepareStation({ tests = false } = {}) {
  await installSystemPackages(['base', 'window', ...(tests ? ['test'] : [])])
  await installNodePackages()
  return prepareElectron()
}
