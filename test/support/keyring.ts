// The keychain as a test breaks it: entries taken away or changed, and a bus whose keyring is missing, locked or stands still.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import keytar from 'keytar'
import { holdOpen } from '../../scripts/session/hold-open.mjs'
import type { KeychainAccount } from '../../src/station/ports.ts'
import { serviceOf } from './station-app.ts'

export type Entries = ReadonlyMap<KeychainAccount, string>
const accounts = ['root-key', 'next-root-key', 'checkpoint'] as const
const configuration = path.resolve(import.meta.dirname, '../../scripts/session/bus.conf')
/** The one that keytar looks for. */
const schema = 'org.freedesktop.Secret.Generic'
const password = 'a keyring of a test'
const patienceMs = 10_000
const secrets = 'org.freedesktop.secrets'
const collection = '/org/freedesktop/secrets/collection/login'

export const writeEntry = (folder: string, account: KeychainAccount, value: string): Promise<void> =>
  keytar.setPassword(serviceOf(folder), account, value)

export const removeEntry = (folder: string, account: KeychainAccount): Promise<boolean> =>
  keytar.deletePassword(serviceOf(folder), account)

export async function keptEntries(folder: string): Promise<Entries> {
  const kept = new Map<KeychainAccount, string>()
  for (const account of accounts) {
    const value = await keytar.getPassword(serviceOf(folder), account)
    if (value !== null) kept.set(account, value)
  }
  return kept
}

/** A private bus that starts no services by itself: it has a keyring only while the test runs one on it. */
export class PrivateBus {
  readonly address: string
  readonly #folder: string
  readonly #as: readonly string[]
  readonly #end: () => Promise<void>
  #keyring: { end: () => Promise<void> } | null = null

  private constructor(address: string, folder: string, as: readonly string[], end: () => Promise<void>) {
    this.address = address
    this.#folder = folder
    this.#as = as
    this.#end = end
  }

  /**
   * @param as words before each command, which change to the account that the bus is for.
   * @param folder of that account; the keyring's files go into it.
   */
  static async open(
    as: readonly string[] = [],
    folder: string = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-bus-')),
  ): Promise<PrivateBus> {
    const file = path.join(folder, 'bus.conf')
    fs.writeFileSync(file, fs.readFileSync(configuration), { mode: 0o644 })
    const [command = '', ...args] = [...as, 'dbus-run-session', '--config-file', file, '--']
    const held = await holdOpen(command, args, ['DBUS_SESSION_BUS_ADDRESS'])
    if (!('env' in held)) throw new Error(`no private bus: ${held.output}`)
    return new PrivateBus(held.env.DBUS_SESSION_BUS_ADDRESS ?? '', folder, as, held.close)
  }

  get env(): Record<string, string> {
    return { DBUS_SESSION_BUS_ADDRESS: this.address }
  }

  /** Unlocked, with its password on standard input; else as after a login that did not unlock it. */
  async startKeyring(state: 'unlocked' | 'locked' = 'unlocked'): Promise<void> {
    const control = `--control-directory=${path.join(this.#folder, 'control')}`
    const unlock = state === 'unlocked' ? ['--unlock'] : []
    // Said after the words that change the account, which leave nothing of our environment.
    const settings = [`DBUS_SESSION_BUS_ADDRESS=${this.address}`, `XDG_DATA_HOME=${this.#folder}`]
    const daemon = ['gnome-keyring-daemon', '--foreground', '--components=secrets', control, ...unlock]
    const [command = '', ...args] = [...this.#as, 'env', ...settings, ...daemon]
    const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'ignore'] })
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
    this.#keyring = {
      end: () => {
        child.kill('SIGTERM')
        return ended
      },
    }
    child.stdin.end(state === 'unlocked' ? password : '')
    // It has its name on the bus a moment before it has read its files.
    const deadline = Date.now() + patienceMs
    while (!this.#isKept(state)) {
      if (Date.now() > deadline) throw new Error('the keyring does not start')
      await delay(20)
    }
  }

  async stopKeyring(): Promise<void> {
    await this.#keyring?.end()
    this.#keyring = null
  }

  /** Takes over what the session's keychain has of a station. */
  async keep(folder: string, entries: Entries): Promise<void> {
    for (const [account, value] of entries) {
      const attributes = ['xdg:schema', schema, 'service', serviceOf(folder), 'account', account]
      execFileSync('secret-tool', ['store', '--label=wardkey', ...attributes], {
        env: { ...process.env, ...this.env },
        input: value,
      })
    }
  }

  lock(): void {
    const method = 'org.freedesktop.Secret.Service.Lock'
    this.#call(secrets, '/org/freedesktop/secrets', [method, `array:objpath:${collection}`])
  }

  /** As a login does it: the password over the daemon's control socket (its operation 1; whole numbers big-endian). */
  async unlock(): Promise<void> {
    const word = Buffer.from(password)
    const packet = Buffer.alloc(12 + word.length)
    for (const [at, number] of [packet.length, 1, word.length].entries()) packet.writeUInt32BE(number, 4 * at)
    word.copy(packet, 12)
    const socket = net.connect(path.join(this.#folder, 'control', 'control'))
    socket.write(Buffer.alloc(1))
    socket.end(packet)
    const [answer] = (await once(socket, 'data')) as [Buffer]
    if (answer.readUInt32BE(4) !== 0) throw new Error('the keyring did not unlock')
  }

  /** It takes calls and answers none, until it goes on. */
  freeze = (): void => this.#signal('SIGSTOP')
  goOn = (): void => this.#signal('SIGCONT')

  async close(): Promise<void> {
    this.goOn()
    await this.stopKeyring()
    await this.#end()
    fs.rmSync(this.#folder, { recursive: true, force: true })
  }

  #signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    const pid = this.#keyringProcess()
    if (pid !== null) process.kill(pid, signal)
  }

  #isKept(state: 'unlocked' | 'locked'): boolean {
    if (this.#keyringProcess() === null) return false
    const property = ['string:org.freedesktop.Secret.Collection', 'string:Locked']
    try {
      const said = this.#call(secrets, collection, ['org.freedesktop.DBus.Properties.Get', ...property])
      return /boolean true/.test(said) === (state === 'locked')
    } catch {
      // No collection yet.
      return false
    }
  }

  #keyringProcess(): number | null {
    const method = 'org.freedesktop.DBus.GetConnectionUnixProcessID'
    try {
      const said = this.#call('org.freedesktop.DBus', '/org/freedesktop/DBus', [method, `string:${secrets}`])
      return Number(/uint32 (\d+)/.exec(said)?.[1])
    } catch {
      // Nobody has that name on the bus.
      return null
    }
  }

  #call(service: string, object: string, call: readonly string[]): string {
    const [command = '', ...args] = [...this.#as, 'dbus-send', `--bus=${this.address}`, '--print-reply']
    return execFileSync(command, [...args, `--dest=${service}`, object, ...call], { encoding: 'utf8', stdio: 'pipe' })
  }
}
