// Runs Electron on the project inside a session.
import path from 'node:path'
import { calledFrom, root } from './project.mjs'
import { runChild } from './session/run-child.mjs'
import { Obstacle, say } from './speak.mjs'

/**
 * @param {{file: string, env: Record<string, string>}} electron what prepareStation gave.
 * @param {Record<string, string>} env the session's.
 * @param {string[]} args for the app.
 * @returns {Promise<number>} its exit status.
 */
export function openWindow(electron, env, args) {
  return runChild(electron.file, [...chromiumSwitches(), root, ...args], {
    cwd: root,
    env: { ...env, ...electron.env },
  })
}

function chromiumSwitches() {
  if (process.platform !== 'linux') return []
  // Named, since Chromium guesses by the desktop, and a guess of none would mean secrets sealed with a fixed key.
  // Chromium's own complaints about services that a bare Linux lacks would bury what the station has to say.
  const switches = ['--password-store=gnome-libsecret', '--log-level=3']
  if (process.getuid() !== 0) return switches
  say('running as root: Electron without its sandbox (--no-sandbox), which is for development only')
  return [...switches, '--no-sandbox']
}

/** What a person may pass on to the app: `--kiosk`, `--screenshot FILE`. */
export function readArguments(args) {
  const read = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]
    if (arg === '--kiosk') read.push(arg)
    else if (arg === '--screenshot') read.push(screenshot(args[++i]))
    else if (arg.startsWith('--screenshot=')) read.push(screenshot(arg.slice(13)))
    else throw new Obstacle(`the options are --kiosk and --screenshot FILE, not ${arg}`)
  }
  return read
}

function screenshot(file) {
  if (!file) throw new Obstacle('--screenshot needs the name of a file')
  return `--screenshot=${path.resolve(calledFrom, file)}`
}
