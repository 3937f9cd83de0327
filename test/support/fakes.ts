// Ports filled by hand: a clock that stands still until told, a keychain in memory, a log that keeps its lines.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { HOTP, Secret } from 'otpauth'
import { createDesk } from '../../src/station/create-desk.ts'
import type { Desk, DeskOptions } from '../../src/station/desk.ts'
import type { Clock, Keychain, KeychainAccount, Log, Printer } from '../../src/station/ports.ts'

export class FakeClock implements Clock {
  wallMs = Date.UTC(2026, 0, 5, 8, 0, 0)
  running = 1000
  nowMs = () => this.wallMs
  runningMs = () => this.running
  pass(ms: number): void {
    this.wallMs += ms
    this.running += ms
  }
}

export class FakeKeychain implements Keychain {
  readonly entries = new Map<KeychainAccount, string>()
  read = async (account: KeychainAccount) => this.entries.get(account) ?? null
  write = async (account: KeychainAccount, value: string) => {
    this.entries.set(account, value)
  }
  remove = async (account: KeychainAccount) => {
    this.entries.delete(account)
  }
}

export class FakeLog implements Log {
  readonly lines: string[] = []
  info = (event: string, fields?: object) => this.#keep(event, fields)
  warn = (event: string, fields?: object) => this.#keep(event, fields)
  error = (event: string, fields?: object) => this.#keep(event, fields)
  #keep(event: string, fields?: object): void {
    this.lines.push(`${event} ${JSON.stringify(fields ?? {})}`)
  }
}

/** Counts what it printed; without paper it is not ready. */
export class FakePrinter implements Printer {
  ready = true
  printed = 0
  isReady = async () => this.ready
  printWindow = async () => {
    if (this.ready) this.printed++
    return this.ready
  }
}

export interface Bench {
  readonly folder: string
  readonly clock: FakeClock
  readonly keychain: FakeKeychain
  readonly log: FakeLog
  readonly printer: FakePrinter
  readonly desk: Desk
}

export const newFolder = (): string => fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-test-'))

/** @param more what a desk may have besides. */
export async function startDesk(parts: Partial<Bench> = {}, more: Partial<DeskOptions> = {}): Promise<Bench> {
  const folder = parts.folder ?? newFolder()
  const clock = parts.clock ?? new FakeClock()
  const keychain = parts.keychain ?? new FakeKeychain()
  const log = parts.log ?? new FakeLog()
  const printer = parts.printer ?? new FakePrinter()
  const desk = createDesk({
    dataFolder: folder,
    appVersion: '0.0.0',
    clock,
    keychain,
    log,
    printer,
    phoneHost: null,
    sqliteBinding: undefined,
    ...more,
  })
  await desk.start()
  return { folder, clock, keychain, log, printer, desk }
}

export const codeOf = (setupKey: string, nowMs: number): string =>
  HOTP.generate({ secret: Secret.fromBase32(setupKey), counter: Math.floor(nowMs / 30_000) })

export const administrator = { name: 'Ada Kern', staffId: 'A1001' }

/** Through first run to the lock screen, as an administrator would. */
export async function setUp(bench: {
  readonly desk: Desk
  readonly clock: Clock
}): Promise<{ setupKey: string; recoveryCodes: string[] }> {
  const { handlers } = bench.desk
  const offered = await handlers.setUpStation({
    name: 'Ward 7',
    location: 'Level 2',
    administratorName: administrator.name,
    administratorStaffId: administrator.staffId,
  })
  if (!offered.ok) throw new Error(offered.reason)
  const confirmed = await handlers.confirmOffer({ code: codeOf(offered.secret.setupKey, bench.clock.nowMs()) })
  if (!confirmed.ok) throw new Error(confirmed.reason)
  const acknowledged = await handlers.acknowledgeRecoveryCodes({})
  if (!acknowledged.ok) throw new Error(acknowledged.reason)
  return { setupKey: offered.secret.setupKey, recoveryCodes: confirmed.recoveryCodes }
}
