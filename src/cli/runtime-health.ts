// What the station's window would run on from here: which Electron, and whether Chromium's sandbox can work.
import fs from 'node:fs'
import path from 'node:path'
import { appVersion } from './compose.ts'
import { found, type Looked } from './doctor-words.ts'

/** How the setup marks the substitute for places where the official Electron can't be had. */
const testRuntime = /-test$/

export function lookAtRuntime(): Looked {
  // Inside the packaged app the answer is at hand: what was made from the test runtime says so in its version.
  if (process.versions.electron)
    return testRuntime.test(appVersion())
      ? found('runtime', 'look', 'runtime-test')
      : found('runtime', 'good', 'runtime-official')
  const given = process.env.WARDKEY_ELECTRON
  const folder = given ? path.dirname(given) : path.join(import.meta.dirname, '../../node_modules/electron/dist')
  if (!fs.existsSync(folder)) return found('runtime', 'stop', 'runtime-missing')
  const isTest = testRuntime.test(path.basename(fs.realpathSync(folder)))
  return isTest ? found('runtime', 'look', 'runtime-test') : found('runtime', 'good', 'runtime-official')
}

/** Of Linux only: elsewhere the system's own sandbox needs no leave. */
export function lookAtSandbox(): Looked {
  if (process.platform !== 'linux') return found('sandbox', 'good', 'sandbox-ready')
  if (process.getuid?.() === 0) return found('sandbox', 'look', 'sandbox-root')
  const closed =
    setting('/proc/sys/kernel/unprivileged_userns_clone') === '0' ||
    setting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1' ||
    setting('/proc/sys/user/max_user_namespaces') === '0'
  return closed ? found('sandbox', 'look', 'sandbox-closed') : found('sandbox', 'good', 'sandbox-ready')
}

const setting = (file: string): string | null => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : null)
