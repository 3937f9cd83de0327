// The signals that end a script: passed on to what is running, after which the script unwinds and clears up behind itself.
import os from 'node:os'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
// A Ctrl-C comes twice: from the terminal, and from npm. Chromium takes a second one as a demand to end at once.
const sameKeyPressMs = 500
const children = new Set()
const endings = new Set()
let received = null
let lastMs = Number.NEGATIVE_INFINITY

/** Unwinds a script that was told to stop. */
export class Interrupted extends Error {
  constructor(signal) {
    super(`stopped by ${signal}`)
    this.status = statusOf(signal)
  }
}

export function listenForInterruption() {
  for (const signal of signals) process.on(signal, handle)
}

export function passSignalsTo(child) {
  children.add(child)
  child.once('exit', () => children.delete(child))
  child.once('error', () => children.delete(child))
}

/** For what a script serves by itself. @param {() => void} end */
export function whenInterrupted(end) {
  endings.add(end)
}

export function stopIfInterrupted() {
  if (received) throw new Interrupted(received)
}

/** The exit status that a shell gives to a process ended by a signal. */
export function statusOf(signal) {
  return 128 + os.constants.signals[signal]
}

function handle(signal) {
  const nowMs = performance.now()
  if (nowMs - lastMs < sameKeyPressMs) return
  lastMs = nowMs
  received = signal
  for (const child of children) child.kill(signal)
  for (const end of endings) end()
}
