// The clock of this computer: wall time, and running time that every process of it counts from the same start.
import fs from 'node:fs'
import type { Clock } from './ports.ts'

/** Linux names each start; elsewhere only the running time itself tells. */
const bootFile = '/proc/sys/kernel/random/boot_id'

export function machineClock(): Clock {
  return {
    nowMs: () => Date.now(),
    // Not `performance.now`, which begins with the process. A sleep may be left out: then less has run than has passed.
    runningMs: () => Number(process.hrtime.bigint()) / 1e6,
    boot: readBoot(),
  }
}

function readBoot(): string | null {
  if (process.platform !== 'linux') return null
  try {
    return fs.readFileSync(bootFile, 'utf8').trim() || null
  } catch {
    // A sandbox without /proc: as on the other systems.
    return null
  }
}
