// What the figures were seen on: the runtimes and the machine, without which they say little.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const tmpfs = 0x01021994

export interface Surroundings {
  readonly node: string
  readonly electron: string
  /** The substitute for places where the official Electron can't be had. */
  readonly isTestRuntime: boolean
  readonly system: string
  readonly cores: number
  readonly processor: string
  readonly memoryGb: number
  /** Commits to memory take no time to speak of, and say nothing about a disk. */
  readonly commitsToMemory: boolean
  /** Of the last minute: above the number of cores, something else was at work. */
  readonly load: number
}

export function describeSurroundings(electron: string, folder: string): Surroundings {
  // The test runtime is linked to from where the official one would be.
  const runtime = path.dirname(fs.realpathSync(electron))
  return {
    node: process.versions.node,
    electron: fs.readFileSync(path.join(runtime, 'version'), 'utf8').trim().replace(/^v/, ''),
    isTestRuntime: path.basename(runtime).endsWith('-test'),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    cores: os.availableParallelism(),
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    commitsToMemory: fs.statfsSync(folder).type === tmpfs,
    load: Number((os.loadavg()[0] ?? 0).toFixed(2)),
  }
}
