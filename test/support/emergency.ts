// Emergency codes of a station in a test: policy that allows them, a set made at the desk, and emergency.db as somebody edits it.
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { expect } from 'vitest'
import type { Output } from '../../src/contracts/ipc.ts'
import { type PolicyDocument, policyDocument } from '../../src/contracts/policy.ts'
import { CheckpointKeeper } from '../../src/station/checkpoint-keeper.ts'
import type { Ledger } from '../../src/station/ledger.ts'
import { openStation } from '../../src/station/open-station.ts'
import { closeAll, newWard, reachInto, restart, type Stopped, signIn, type Ward } from './attack-station.ts'
import type { Bench } from './fakes.ts'

export const reason = 'The ward needs this screen, and no phone is left.'
export const who = 'Nora Quist'
export const emergencyDb = ({ folder }: { readonly folder: string }): string => path.join(folder, 'emergency.db')

/** By the product's own ledger, on a station that is closed. */
export async function changeClosed(stopped: Stopped, work: (ledger: Ledger) => void): Promise<void> {
  const { folder: dataFolder, keychain, clock } = stopped
  const result = await openStation({ dataFolder, keychain, clock, appVersion: '0.0.0', sqliteBinding: undefined })
  if (result.kind !== 'opened') throw new Error(JSON.stringify(result))
  try {
    work(result.opened.ledger)
    await new CheckpointKeeper(result.opened, keychain, (error) => {
      throw error
    }).now()
  } finally {
    result.opened.db.close()
  }
}

export function writePolicy(ledger: Ledger, wanted: Partial<PolicyDocument>): void {
  ledger.record((recorder) => {
    recorder.put('policy', 'current', { document: JSON.stringify(policyDocument.parse(wanted)) })
    recorder.event({ type: 'policy-changed' })
  })
}

export const allowing = policyDocument.parse({}).settings
export const allow = (stopped: Stopped): Promise<void> =>
  changeClosed(stopped, (ledger) => writePolicy(ledger, { settings: { ...allowing, breakGlass: true } }))

/** Made and acknowledged by the administrator, who is signed out again afterwards. */
export async function makeCodes(ward: Ward): Promise<string[]> {
  await signIn(ward)
  const made = await ward.desk.handlers.makeEmergencyCodes({})
  if (!made.ok) throw new Error(made.reason)
  expect(await ward.desk.handlers.acknowledgeEmergencyCodes({})).toEqual({ ok: true })
  await ward.desk.handlers.lockNow({})
  return made.emergencyCodes
}

export interface WithCodes extends Stopped {
  readonly codes: readonly string[]
}
/** Set up, with a policy that allows emergency access and three codes in the envelope; stopped. */
export async function stationWithCodes(): Promise<WithCodes> {
  const ward = await newWard()
  await closeAll()
  await allow(ward)
  const again = await restart(ward)
  const codes = await makeCodes(again)
  await closeAll()
  return { ...ward, codes }
}

export const openWith = ({ desk }: Bench, code = '', name = who, why = reason) =>
  Promise.resolve(desk.handlers.openEmergency({ code: code.replaceAll('-', ''), name, reason: why }))

/** As sqlite3 would. */
export function reachIntoRecord<R>(station: { readonly folder: string }, work: (db: Database.Database) => R): R {
  const db = new Database(emergencyDb(station))
  try {
    return work(db)
  } finally {
    db.close()
  }
}

export interface LoggedEvent {
  readonly type: string
  readonly reason?: string
  readonly actor?: string
  readonly details?: Record<string, unknown>
}
export const eventsOf = (station: { readonly folder: string }, type: string): LoggedEvent[] =>
  reachInto(station, (db) =>
    (db.prepare('SELECT body FROM event WHERE type = ? ORDER BY number').pluck().all(type) as string[]).map(
      (body) => JSON.parse(body) as LoggedEvent,
    ),
  )
export const alertsOf = (station: { readonly folder: string }): string[] =>
  reachInto(station, (db) =>
    db.prepare('SELECT kind FROM alert WHERE acknowledged = 0 ORDER BY at_ms, kind').pluck().all(),
  ) as string[]

export const setAsideIn = ({ folder }: { readonly folder: string }): string[] =>
  fs.readdirSync(folder).filter((name) => name.startsWith('emergency.db.set-aside-'))

export type Status = Extract<Output<'readEmergency'>, { ok: true }>
export async function statusOf({ desk }: Bench): Promise<Status> {
  const status = await desk.handlers.readEmergency({ page: 0 })
  if (!status.ok) throw new Error(status.reason)
  return status
}
