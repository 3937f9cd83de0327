// A one-time code for a command that runs as a process of its own, and takes its time.
import { setTimeout as delay } from 'node:timers/promises'
import { codeOf } from './fakes.ts'

const stepMs = 30_000
const commandMs = 8000

/** One that is good for as long as a command takes. @param steps from the present one: -1 or 0. */
export async function lastingCode(setupKey: string, steps: number): Promise<string> {
  const left = stepMs - (Date.now() % stepMs)
  if (left < commandMs) await delay(left)
  return codeOf(setupKey, Date.now() + steps * stepMs)
}
