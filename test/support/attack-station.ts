// A station that somebody reaches into: stopped, copied, edited by SQL without any key, and started again.
import fs from 'node:fs'
import Database from 'better-sqlite3'
import { expect } from 'vitest'
import type { z } from 'zod'
import type { AuditEvent } from '../../src/contracts/event.ts'
import { policyDocument } from '../../src/contracts/policy.ts'
import type { Role } from '../../src/contracts/roles.ts'
import { databaseFile, openDatabase, type StationDatabase } from '../../src/station/database.ts'
import type { Desk, DeskOptions } from '../../src/station/desk.ts'
import { StationKeys } from '../../src/station/keys.ts'
import { type Opened, openStation } from '../../src/station/open-station.ts'
import type { Clock, Keychain } from '../../src/station/ports.ts'
import { administrator, type Bench, codeOf, FakeClock, FakeKeychain, newFolder, setUp, startDesk } from './fakes.ts'

/** What outlives its process: the folder, the keychain, the time of day, and what people keep in their pockets. */
export interface Stopped {
  readonly folder: string
  readonly keychain: FakeKeychain
  readonly clock: FakeClock
  readonly setupKey: string
  readonly recoveryCodes: readonly string[]
}
export type Ward = Bench & Stopped
export const { staffId } = administrator

const desks: Desk[] = []
const folders: string[] = []

/** At the end of a test: desks that run. At the end of a file, with `true`: their folders, too. */
export async function closeAll(forGood = false): Promise<void> {
  for (const desk of desks.splice(0)) await desk.close()
  if (forGood) for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true })
}

/** A desk that `closeAll` closes. */
export async function begin(parts: Partial<Bench> = {}, more: Partial<DeskOptions> = {}): Promise<Bench> {
  const bench = await startDesk({ ...parts, folder: parts.folder ?? temporaryFolder() }, more)
  desks.push(bench.desk)
  return bench
}

/** Set up, locked and running. */
export async function newWard(parts: Partial<Bench> = {}): Promise<Ward> {
  const bench = await begin(parts)
  return { ...bench, ...(await setUp(bench)) }
}

export const restart = async (station: Stopped, more: Partial<DeskOptions> = {}): Promise<Ward> => ({
  ...station,
  ...(await begin(bare(station), more)),
})
const bare = ({ folder, keychain, clock }: Stopped) => ({ folder, keychain, clock })

/** Another one just like it; the attack on it leaves the first alone. */
export function copyOf<S extends Pick<Stopped, 'folder' | 'keychain' | 'clock'>>(
  station: S,
  keychain = new FakeKeychain(),
): Omit<S, 'folder' | 'keychain' | 'clock'> & Pick<Stopped, 'folder' | 'keychain' | 'clock'> {
  const folder = temporaryFolder()
  fs.cpSync(station.folder, folder, { recursive: true })
  for (const [account, value] of station.keychain.entries) keychain.entries.set(account, value)
  const clock = new FakeClock()
  clock.wallMs = station.clock.wallMs
  clock.running = station.clock.running
  return { ...station, folder, keychain, clock }
}

function temporaryFolder(): string {
  const folder = newFolder()
  folders.push(folder)
  return folder
}

/** As sqlite3 would: any statement, no key, no foreign keys in the way. */
export function reachInto<R>({ folder }: { readonly folder: string }, work: (db: StationDatabase) => R): R {
  const db = new Database(databaseFile(folder))
  try {
    db.pragma('foreign_keys = OFF')
    return work(db)
  } finally {
    db.close()
  }
}

export function read<T>({ folder }: { readonly folder: string }, sql: string, ...values: unknown[]): T[] {
  const db = openDatabase(folder, { readonly: true })
  try {
    return db
      .prepare(sql)
      .pluck()
      .all(...values) as T[]
  } finally {
    db.close()
  }
}

export const keysOf = ({ keychain }: Stopped): StationKeys =>
  new StationKeys(Buffer.from(keychain.entries.get('root-key') ?? '', 'base64'))

export const codeNow = ({ clock }: Bench, setupKey: string): string => codeOf(setupKey, clock.nowMs())

/** With the next code of the phone, a step after whatever was before. */
export async function signIn(ward: Ward, who = staffId, setupKey = ward.setupKey): Promise<void> {
  ward.clock.pass(30_000)
  const answer = await ward.desk.handlers.submitCode({ staffId: who, code: codeNow(ward, setupKey) })
  expect(answer).toMatchObject({ ok: true })
}

/** By the administrator who is signed in. */
export async function addPerson(ward: Ward, who: string, roles: Role[] = ['staff']): Promise<string> {
  const added = await ward.desk.handlers.addPerson({ displayName: `Person ${who}`, staffId: who, roles })
  if (!added.ok) throw new Error(added.reason)
  return added.personId
}

/** A phone for this person, to acknowledged recovery codes; returns its setup key. */
export async function enroll({ desk, clock }: Ward, personId: string): Promise<string> {
  const offered = await desk.handlers.makeOffer({ personId, reason: 'a new phone' })
  if (!offered.ok) throw new Error(offered.reason)
  const { setupKey } = offered.secret
  expect(await desk.handlers.confirmOffer({ code: codeOf(setupKey, clock.nowMs()) })).toMatchObject({ ok: true })
  expect(await desk.handlers.acknowledgeRecoveryCodes({})).toEqual({ ok: true })
  return setupKey
}

/** Until the check of the whole log has said something. */
export const checked = ({ desk }: Bench) =>
  expect.poll(
    () => {
      const screen = desk.screen()
      return screen.kind === 'failed' ? screen.code : screen.kind === 'locked' ? screen.log.state : screen.kind
    },
    { timeout: 10_000 },
  )

/** The station says why it stays closed, and whoever types a code is not heard. */
export async function expectClosed(ward: Ward, code: string): Promise<void> {
  expect(ward.desk.screen()).toMatchObject({ kind: 'failed', code })
  const typed = codeNow(ward, ward.setupKey)
  expect(await ward.desk.handlers.submitCode({ staffId, code: typed })).toEqual({ ok: false, reason: 'not-now' })
}
export const plain = (recoveryCode = ''): string => recoveryCode.replaceAll('-', '')

interface Beside {
  readonly folder: string
  readonly keychain: Keychain
  readonly clock: Clock
}
/** What another process of ours does to the running station, such as the command line. */
export async function beside(station: Beside, work: (opened: Opened) => void): Promise<void> {
  const { folder: dataFolder, keychain, clock } = station
  const result = await openStation({ dataFolder, keychain, clock, appVersion: '0.0.0', sqliteBinding: undefined })
  if (result.kind !== 'opened') throw new Error(`the station can't be opened: ${JSON.stringify(result)}`)
  work(result.opened)
  result.opened.db.close()
}

/** A policy of the test's own, in force from now on. */
export const putPolicy = (station: Beside, wanted: z.input<typeof policyDocument>): Promise<void> =>
  beside(station, ({ ledger }) =>
    ledger.record((recorder) => {
      recorder.put('policy', 'current', { document: JSON.stringify(policyDocument.parse(wanted)) })
      recorder.event({ type: 'policy-changed' })
    }),
  )

/** The events of these types, oldest first. */
export const eventsOf = (station: Bench, ...types: string[]): AuditEvent[] =>
  read<string>(station, 'SELECT body FROM event ORDER BY number')
    .map((body) => JSON.parse(body) as AuditEvent)
    .filter(({ type }) => types.includes(type))
