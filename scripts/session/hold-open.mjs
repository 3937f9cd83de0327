// Keeps a wrapper such as xvfb-run or dbus-run-session open beside us, instead of nesting our command inside it:
// the command then stays our own child, gets its signals once, and gives us its exit status.
import { spawn } from 'node:child_process'

/**
 * @param {string[]} variables names of the environment variables that the wrapper gives to its command.
 * @returns {Promise<{env: Record<string, string>, ended: Promise<void>, close: () => Promise<void>} | {failed: number | null, output: string}>}
 */
export function holdOpen(command, args, variables, env = process.env) {
  // `cat` ends when our end of its input closes, so the wrapper goes even if we are killed outright.
  const print = variables.map((name) => `"$${name}"`).join(' ')
  const script = `printf '%s\\n' ${print} end; exec cat >/dev/null`
  const child = spawn(command, [...args, 'sh', '-c', script], {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    // Its own group: a Ctrl-C in the terminal must not take the display away before the window has closed.
    detached: true,
  })
  child.stdin.on('error', () => {})
  const ended = new Promise((resolve) => child.once('close', resolve))
  const close = () => {
    child.stdin.end()
    return ended
  }
  return new Promise((resolve) => {
    let output = ''
    let complaints = ''
    child.stderr.on('data', (chunk) => {
      complaints += chunk
    })
    child.stdout.on('data', (chunk) => {
      output += chunk
      const lines = output.split('\n')
      if (lines.length > variables.length + 1) resolve({ env: pair(variables, lines), ended, close })
    })
    child.once('error', (error) => resolve({ failed: null, output: error.message }))
    child.once('close', (status) => resolve({ failed: status, output: complaints }))
  })
}

function pair(names, lines) {
  return Object.fromEntries(names.map((name, index) => [name, lines[index]]))
}
