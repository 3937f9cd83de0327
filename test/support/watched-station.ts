// A station with all that it writes gathered in three folders, and everything in it that must not lie there in any of them.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { databaseFile } from '../../src/station/database.ts'
import { type Finding, findCodes, findSecrets, listFiles, type Secret, textsIn, textsInLine } from './secret-scan.ts'
import { launchStation, type StationApp, stationEnv } from './station-app.ts'
import { sameTime } from './station-time.ts'

const root = path.resolve(import.meta.dirname, '../..')

export class WatchedStation {
  readonly folder: string
  /** Where an app could write besides: home, caches, temporary files. */
  readonly #around = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-around-'))
  /** What it says on its outputs; a test may put more there. */
  readonly outputs = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-outputs-'))
  readonly secrets: Secret[] = []
  readonly #codes = new Set<string>()
  #app: StationApp | null = null

  constructor(folder: string) {
    this.folder = folder
  }

  get app(): StationApp {
    if (!this.#app) throw new Error('it is not running')
    return this.#app
  }

  get codes(): readonly string[] {
    return [...this.#codes]
  }

  async open(env: Readonly<Record<string, string>> = {}, args: readonly string[] = []): Promise<StationApp> {
    const surroundings = { ...this.#surroundings, ...env }
    this.#app = await launchStation({
      folder: this.folder,
      env: surroundings,
      args: ['--enable-logging=stderr', ...args],
      ownTime: true,
    })
    for (const name of ['stdout', 'stderr'] as const)
      this.#app.app.process()[name]?.on('data', (chunk) => this.keep(`electron.${name}`, chunk))
    return this.#app
  }

  /** The command line with both of its outputs kept. */
  cli(...args: string[]): Promise<number | null> {
    const child = spawn(process.execPath, [path.join(root, 'src/cli/index.ts'), ...args], {
      env: { ...stationEnv(this.folder), ...this.#surroundings, ...sameTime() },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const name = `cli-${args.filter((arg) => /^[a-z-]+$/.test(arg)).join('-')}`
    for (const output of ['stdout', 'stderr'] as const)
      child[output].on('data', (chunk) => this.keep(`${name}.${output}`, chunk))
    return new Promise((resolve) => child.once('close', resolve))
  }

  keep(name: string, text: string | Buffer): void {
    fs.appendFileSync(path.join(this.outputs, name), text)
  }

  /** A code is a secret from when it is typed. */
  typed(code: string): string {
    this.#codes.add(code)
    return code
  }

  files = (): string[] => listFiles([this.folder, this.#around, this.outputs])

  /** As it lies there now. */
  look = (): Finding[] => findSecrets(this.files(), this.secrets)

  /** With all that the window keeps brought to the disk first. */
  async scan(): Promise<Finding[]> {
    await this.app.app.evaluate(({ session }) => session.defaultSession.flushStorageData())
    await delay(500)
    return this.look()
  }

  /** Every text in the log file and on the outputs, and every cell of the store. */
  texts(): { lines: string[]; cells: string[] } {
    const lines = listFiles([path.join(this.folder, 'logs'), this.outputs]).flatMap((file) => {
      // Chromium begins its own lines with the time of the day, which is six digits.
      const text = fs.readFileSync(file, 'utf8').replace(/\[\d+:\d{4}\/\d{6}\.\d+:/g, '[')
      return text.split('\n').flatMap(textsInLine)
    })
    const db = new Database(databaseFile(this.folder), { readonly: true })
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[]
    const cells = tables
      .flatMap((table) => db.prepare(`SELECT * FROM "${table}"`).all().flatMap(textsIn))
      .flatMap(textsInLine)
    db.close()
    return { lines, cells }
  }

  /** Codes that were typed and are written down all the same. */
  writtenCodes(): string[] {
    const { lines, cells } = this.texts()
    return findCodes([...lines, ...cells].join('\n'), this.codes)
  }

  remove(): void {
    for (const folder of [this.folder, this.#around, this.outputs]) fs.rmSync(folder, { recursive: true, force: true })
  }

  get #surroundings(): Record<string, string> {
    const names = ['HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'TMPDIR']
    return Object.fromEntries(names.map((name) => [name, this.#around]))
  }
}
