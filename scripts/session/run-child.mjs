// Runs one command in the foreground: signals reach it once, its exit status is returned, nothing of it stays behind.
import { spawn } from 'node:child_process'
import { passSignalsTo, statusOf, stopIfInterrupted } from '../interruption.mjs'

/**
 * @param {{cwd?: string, env: Record<string, string>, stdio?: import('node:child_process').StdioOptions}} options
 * @returns {{child: import('node:child_process').ChildProcess, ended: Promise<number>}} ended gives the exit status, as a shell would.
 */
export function startChild(command, args, { cwd, env, stdio = 'inherit' }) {
  stopIfInterrupted()
  // Its own group, which the terminal's Ctrl-C does not reach: the signal comes from us, once.
  const child = spawn(command, args, { cwd, env, stdio, detached: process.platform !== 'win32' })
  passSignalsTo(child)
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (status, signal) => resolve(status ?? statusOf(signal)))
  }).finally(() => endGroup(child))
  return { child, ended }
}

export function runChild(command, args, options) {
  return startChild(command, args, options).ended
}

function endGroup(child) {
  if (process.platform === 'win32' || child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {} // The usual case: nobody is left in the group.
}
