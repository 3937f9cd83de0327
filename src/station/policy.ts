// The policy in force, read anew at each use, and what it means for one person here and now.
import { type PolicyDocument, type PolicySettings, policyDocument, policySettings } from '../contracts/policy.ts'
import type { Role } from '../contracts/roles.ts'
import { type Circumstances, evaluatePolicy } from '../core/policy.ts'
import { parseJson } from './anchor.ts'
import { DamageError } from './keys.ts'
import type { Ledger, Recorder } from './ledger.ts'
import { readStation } from './signing.ts'

/** The row is read and held against its digest each time; only the parsing of the same text is not done again. */
export function readPolicy(source: Ledger | Recorder): PolicyDocument {
  const text = source.get('policy', 'current')?.document ?? ''
  if (parsed?.text !== text) parsed = { text, document: parsePolicy(text) }
  return parsed.document
}
let parsed: { readonly text: string; readonly document: PolicyDocument } | null = null

function parsePolicy(text: string): PolicyDocument {
  const json = parseJson(text)
  // Before version 0.2 the document was the settings alone.
  const before = policySettings.safeParse(json)
  const document = policyDocument.safeParse(before.success ? { settings: before.data } : json)
  if (!document.success) throw new DamageError('data-edited', 'policy/current')
  return document.data
}

/** @param roles of whoever it is about; a person that nobody knows counts as staff. */
export function circumstancesOf(source: Ledger | Recorder, roles: readonly Role[], nowMs: number): Circumstances {
  const here = new Date(nowMs)
  return {
    roles,
    group: readStation(source)?.station_group ?? null,
    weekday: here.getDay(),
    minuteOfDay: here.getHours() * 60 + here.getMinutes(),
  }
}

export const settingsFor = (source: Ledger | Recorder, roles: readonly Role[], nowMs: number): PolicySettings =>
  evaluatePolicy(readPolicy(source), circumstancesOf(source, roles, nowMs)).settings
