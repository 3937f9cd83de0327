// The development keyring of one data folder: a GNOME keyring on a private bus, kept in the folder, apart from the person's own.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Obstacle } from '../speak.mjs'
import { hasSecretService } from './bus.mjs'
import { holdOpen } from './hold-open.mjs'

const busConfiguration = path.join(path.dirname(fileURLToPath(import.meta.url)), 'bus.conf')
// It protects nothing, and is not meant to: an empty one would make the daemon ask for another in a window.
const password = 'wardkey-development'
const lockIsHeld = 75
const patienceMs = 15_000

/**
 * Starts the keyring of a data folder, or joins the one that a command beside us has running.
 * @returns {Promise<{env: {DBUS_SESSION_BUS_ADDRESS: string}, close: () => Promise<void>}>}
 */
export async function openKeyring(dataFolder) {
  const folder = path.join(dataFolder, 'keyring')
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  fs.chmodSync(folder, 0o700)
  const deadline = Date.now() + patienceMs
  while (Date.now() < deadline) {
    const found = findRunning(folder)
    if (found) return { env: { DBUS_SESSION_BUS_ADDRESS: found }, close: async () => {} }
    const started = await start(folder)
    if (started) return started
    // Another command holds the lock and is still on its way up, or down.
    await wait(50)
  }
  throw new Obstacle(`the keyring in ${folder} is held by another command, and does not answer`)
}

/** @returns {string | null} the address of the bus of a keyring that is running on this folder. */
function findRunning(folder) {
  try {
    const address = fs.readFileSync(path.join(folder, 'bus'), 'utf8').trim()
    return hasSecretService(address) ? address : null
  } catch {
    return null
  }
}

async function start(folder) {
  // The kernel drops the lock with the process that holds it, so a crash leaves nothing to clear away.
  const lock = ['--nonblock', '--close', '--conflict-exit-code', `${lockIsHeld}`]
  const wrapper = [
    path.join(folder, 'lock'),
    'dbus-run-session',
    '--config-file',
    busConfiguration,
    '--',
  ]
  const held = await holdOpen('flock', [...lock, ...wrapper], ['DBUS_SESSION_BUS_ADDRESS'])
  if (held.failed === lockIsHeld) return null
  if (!held.env) throw new Obstacle(`no private bus can be started: ${held.output}`)
  const address = held.env.DBUS_SESSION_BUS_ADDRESS
  const daemon = startDaemon(folder, address)
  const close = async () => {
    fs.rmSync(path.join(folder, 'bus'), { force: true })
    await daemon.close()
    await held.close()
  }
  if (!(await becomesReady(daemon, address))) {
    await close()
    throw new Obstacle(`the keyring does not start:\n${daemon.complaints()}`)
  }
  publish(folder, address)
  return { env: held.env, close }
}

function startDaemon(folder, address) {
  // Sockets have short names only, so they can't go into a data folder of any depth.
  const control = fs.mkdtempSync('/tmp/wardkey-keyring-')
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: address, XDG_DATA_HOME: folder }
  const child = spawn(
    'gnome-keyring-daemon',
    ['--foreground', '--unlock', '--components=secrets', `--control-directory=${control}`],
    { env, stdio: ['pipe', 'ignore', 'pipe'], detached: true },
  )
  let complaints = ''
  let running = true
  child.stdin.on('error', () => {})
  child.stderr.on('data', (chunk) => {
    complaints += chunk
  })
  const ended = new Promise((resolve) => {
    child.once('close', resolve)
    child.once('error', (error) => {
      complaints += error.message
      resolve()
    })
  }).then(() => {
    running = false
    fs.rmSync(control, { recursive: true, force: true })
  })
  child.stdin.end(password)
  const close = () => {
    child.kill('SIGTERM')
    return ended
  }
  return { close, complaints: () => complaints, isRunning: () => running }
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
