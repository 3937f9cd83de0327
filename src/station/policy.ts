// The policy in force, read anew at each use, and what it means for one person here and now.

import { parseJson } from '../contracts/json.ts'
import { type PolicyDocument, type PolicySettings, policyDocument, policySettings } from '../contracts/policy.ts'
import type { Role } from '../contracts/roles.ts'
import { type Circumstances, evaluatePolicy, type Surroundings, throttleFor } from '../core/policy.ts'
import type { ThrottleRule } from '../core/throttle.ts'
import { DamageError } from './keys.ts'
import type { Ledger, Recorder } from './ledger.ts'
import { readStation } from './signing.ts'

export const policyRow = 'current'

/** The row is authentic each time it is read; the same text means the same, so it is parsed once. Nobody changes what comes out. */
let parsed: { readonly text: string; readonly policy: PolicyDocument } | null = null

export function readPolicy(source: Ledger | Recorder): PolicyDocument {
  const text = source.get('policy', policyRow)?.document ?? ''
  if (parsed?.text !== text) parsed = { text, policy: parsePolicy(text, `policy/${policyRow}`) }
  return parsed.policy
}

/** @param where the row it is from, for whoever has to look into it where it is none. */
export function parsePolicy(text: string, where: string): PolicyDocument {
  const json = parseJson(text)
  // Before version 0.2 the document was the settings alone.
  const before = policySettings.safeParse(json)
  const document = policyDocument.safeParse(before.success ? { settings: before.data } : json)
  if (!document.success) throw new DamageError('data-edited', where)
  return document.data
}

export function surroundingsOf(source: Ledger | Recorder, nowMs: number): Surroundings {
  const here = new Date(nowMs)
  return {
    group: readStation(source)?.station_group ?? null,
    weekday: here.getDay(),
    minuteOfDay: here.getHours() * 60 + here.getMinutes(),
  }
}

/** @param roles of whoever it is about; a person that nobody knows counts as staff. */
export const circumstancesOf = (source: Ledger | Recorder, roles: readonly Role[], nowMs: number): Circumstances => ({
  ...surroundingsOf(source, nowMs),
  roles,
})

export const settingsFor = (source: Ledger | Recorder, roles: readonly Role[], nowMs: number): PolicySettings =>
  evaluatePolicy(readPolicy(source), circumstancesOf(source, roles, nowMs)).settings

/** How this station slows what is typed now, whoever types it. */
export const throttleNow = (source: Ledger | Recorder, nowMs: number): ThrottleRule =>
  throttleFor(readPolicy(source), surroundingsOf(source, nowMs))
