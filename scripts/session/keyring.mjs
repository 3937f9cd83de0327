// The development keyring of one data folder: a GNOME keyring on a private bus, kept in the folder, apart from the person's own.
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Obstacle } from '../speak.mjs'
import { hasSecretService } from './bus.mjs'
import { makeFolder } from './folder.mjs'
import { holdOpen } from './hold-open.mjs'
import { startDaemon } from './keyring-daemon.mjs'

const busConfiguration = path.join(path.dirname(fileURLToPath(import.meta.url)), 'bus.conf')
const lockIsHeld = 75
const patienceMs = 15_000
const farewellSeconds = '10'

/**
 * Starts the keyring of a data folder, or joins the one that a command beside us has running.
 * @returns {Promise<{env: {DBUS_SESSION_BUS_ADDRESS: string}, close: () => Promise<void>}>}
 */
export async function openKeyring(dataFolder) {
  const folder = path.join(dataFolder, 'keyring')
  makeFolder(folder)
  fs.chmodSync(folder, 0o700)
  const deadline = Date.now() + patienceMs
  while (Date.now() < deadline) {
    const keyring = (await join(folder)) ?? (await start(folder))
    if (keyring) return keyring
    // Another command holds the lock and is still on its way up, or down.
    await wait(50)
  }
  throw new Obstacle(`the keyring in ${folder} is held by another command, and does not answer`)
}

/** Uses the keyring that another command has running on this folder; null where none answers. */
async function join(folder) {
  if (!hasSecretService(readAddress(folder))) return null
  // Held as long as we use it: its owner waits for us before it takes the keyring down.
  const visit = await holdOpen('flock', ['--shared', path.join(folder, 'visitors')], [])
  const address = readAddress(folder)
  if (visit.env && hasSecretService(address)) return { env: { DBUS_SESSION_BUS_ADDRESS: address }, close: visit.close }
  await visit.close?.()
  return null
}

function readAddress(folder) {
  try {
    return fs.readFileSync(path.join(folder, 'bus'), 'utf8').trim()
  } catch {
    return undefined
  }
}

async function start(folder) {
  // The kernel drops the lock with the process that holds it, so a crash leaves nothing to clear away.
  const lock = ['--nonblock', '--close', '--conflict-exit-code', `${lockIsHeld}`]
  const wrapper = [path.join(folder, 'lock'), 'dbus-run-session', '--config-file', busConfiguration, '--']
  const held = await holdOpen('flock', [...lock, ...wrapper], ['DBUS_SESSION_BUS_ADDRESS'])
  if (held.failed === lockIsHeld) return null
  if (!held.env) throw new Obstacle(`no private bus can be started: ${held.output}`)
  const address = held.env.DBUS_SESSION_BUS_ADDRESS
  const daemon = startDaemon(folder, address)
  const close = async () => {
    // Nobody comes in any more, and those who are in get some time to finish.
    fs.rmSync(path.join(folder, 'bus'), { force: true })
    const alone = await holdOpen('flock', ['--wait', farewellSeconds, path.join(folder, 'visitors')], [])
    await daemon.close()
    await held.close()
    await alone.close?.()
  }
  if (!(await becomesReady(daemon, address))) {
    await close()
    throw new Obstacle(`the keyring does not start:\n${daemon.complaints()}`)
  }
  publish(folder, address)
  return { env: held.env, close }
}

async function becomesReady(daemon, address) {
  const deadline = Date.now() + patienceMs
  while (daemon.isRunning() && Date.now() < deadline) {
    if (hasSecretService(address)) return true
    await wait(20)
  }
  return false
}

/** For the commands that come beside us; readable by this account alone. */
function publish(folder, address) {
  const part = path.join(folder, `bus.${process.pid}`)
  fs.writeFileSync(part, `${address}\n`, { mode: 0o600 })
  fs.renameSync(part, path.join(folder, 'bus'))
}
