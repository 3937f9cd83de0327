// What the scripts say: short lines on stderr, so that a command's own output stays alone on stdout.
import { Interrupted, listenForInterruption } from './interruption.mjs'

/** Something the reader can put right: told in plain words, without a stack. */
export class Obstacle extends Error {}

export function say(line) {
  process.stderr.write(`wardkey: ${line}\n`)
}

/** Runs a script's work and turns its outcome into the exit status. */
export async function runScript(work) {
  listenForInterruption()
  try {
    process.exitCode = (await work()) ?? 0
  } catch (error) {
    if (error instanceof Interrupted) process.exitCode = error.status
    else if (error instanceof Obstacle) {
      say(error.message)
      process.exitCode = 1
    } else throw error
  }
}
