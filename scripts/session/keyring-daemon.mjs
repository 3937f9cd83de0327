// The GNOME keyring daemon of one folder: it alone is told to keep its files there.
import { spawn } from 'node:child_process'
import fs from 'node:fs'

// It protects nothing, and is not meant to: an empty one would make the daemon ask for another in a window.
const password = 'wardkey-development'

/** @param {string} address the private bus that it serves. */
export function startDaemon(folder, address) {
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
