// A restore from the first screen of a workstation that has no station yet: the file that was chosen, and how far it is.
import fs from 'node:fs'
import path from 'node:path'
import type { Output } from '../contracts/ipc.ts'
import type { DeskOptions } from './desk.ts'
import { failureOf } from './open-station.ts'

export interface FirstRestoreHost {
  /** The first screen, with nothing of a station behind it. */
  isNew(): boolean
  /** There is a station now: open it. */
  restored(): Promise<void>
}
const notNow = { ok: false, reason: 'not-now' } as const

export class FirstRestore {
  readonly #options: DeskOptions
  readonly #host: FirstRestoreHost
  #file: string | null = null
  #part: number | null = null
  /** The restore under way is not wanted any more. */
  #unwanted = false
  #stopped = false
  #work: Promise<unknown> = Promise.resolve()

  constructor(options: DeskOptions, host: FirstRestoreHost) {
    this.#options = options
    this.#host = host
  }

  read(): Output<'readRestore'> {
    return this.#host.isNew() ? { ok: true, part: this.#part } : notNow
  }

  /** The path stays here; the window learns the file's name. */
  async choose(): Promise<Output<'chooseBackup'>> {
    const { openFile } = this.#options
    if (!this.#host.isNew() || !openFile) return notNow
    const file = await openFile()
    if (!this.#host.isNew()) return notNow
    if (file === null) return { ok: false, reason: 'cancelled' }
    // A pipe or a device never ends, or never begins.
    const stat = fs.statSync(file, { throwIfNoEntry: false })
    if (!stat?.isFile()) return { ok: false, reason: 'unreadable' }
    this.#file = file
    return { ok: true, name: path.basename(file), bytes: stat.size }
  }

  run(passphrase: string): Promise<Output<'restoreBackup'>> {
    const work = this.#run(passphrase)
    // Whoever called gets a failure; here it only has to be over.
    this.#work = work.catch(() => {})
    return work
  }

  async #run(passphrase: string): Promise<Output<'restoreBackup'>> {
    const file = this.#file
    if (!this.#host.isNew() || file === null || this.#stopped) return notNow
    this.#part = 0
    this.#unwanted = false
    try {
      // Read when it is wanted: a start has no use for it.
      const { restoreBackup } = await import('./restore.ts')
      const restored = await restoreBackup(this.#options, file, passphrase, {
        holdsFolder: true,
        watch: {
          progress: (part) => {
            this.#part = Math.min(part, 1)
          },
          stopped: () => this.#stopped || this.#unwanted,
        },
      })
      if (!restored.ok) return { ok: false, reason: restored.reason }
      this.#file = null
      if (!this.#stopped) await this.#host.restored()
      return { ok: true, people: restored.people, madeAtMs: restored.madeAtMs }
    } catch (error) {
      const failure = failureOf(error)
      // There was no store here before, so what is wrong with one is wrong with that of the backup.
      if (failure === 'data-damaged' || failure === 'data-edited') return { ok: false, reason: 'damaged' }
      if (failure === 'disk-full') return { ok: false, reason: failure }
      throw error
    } finally {
      this.#part = null
    }
  }

  /** Whoever began it thinks better of it: it ends as soon as it can, and answers so itself. */
  stopNow(): Output<'stopRestore'> {
    if (this.#part === null) return notNow
    this.#unwanted = true
    return { ok: true }
  }

  /** At quit: nothing is left halfway. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.#work
  }
}
