// Every version of the policy: the newest is in force; one transaction sets a version, with who, when, why and its event.
import type { PolicyDocument } from '../contracts/policy.ts'
import type { PolicyReport } from '../contracts/policy-findings.ts'
import { policyChanges, summaryOf } from '../core/policy-changes.ts'
import { checkPolicy } from '../core/policy-check.ts'
import { DamageError } from './keys.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import { parsePolicy, policyRow, readPolicy } from './policy.ts'
import { policyFacts } from './policy-facts.ts'
import { timeOfId } from './primitives.ts'
import type { Rows } from './schema.ts'

export const versionsOnPage = 50
const summaryLength = 500

export interface PolicyVersion {
  readonly number: number
  readonly atMs: number
  /** Name of who set it; null where it came with the station, or by IT. */
  readonly who: string | null
  /** Empty for the one that the station began with. */
  readonly reason: string
}

/** The first is kept beside the others from the second on; until then it is the one in force. */
export function versionInForce(source: Ledger | Recorder): number {
  const [newest] = source.find('policy_version', '1 ORDER BY number DESC LIMIT 1')
  if (newest && newest.document !== source.get('policy', policyRow)?.document)
    throw new DamageError('data-edited', `policy_version/${newest.id}`)
  return newest?.number ?? 1
}

/** A page of them, newest first. */
export function listVersions(source: Ledger | Recorder, page: number): { versions: PolicyVersion[]; total: number } {
  const total = versionInForce(source)
  const rows = source.find(
    'policy_version',
    `1 ORDER BY number DESC LIMIT ${versionsOnPage} OFFSET ?`,
    page * versionsOnPage,
  )
  const known = rows.map((row) => versionOf(source, row))
  return { versions: known.length === 0 && page === 0 ? [first(source)] : known, total }
}

export function readVersion(
  source: Ledger | Recorder,
  number: number,
): (PolicyVersion & { readonly document: PolicyDocument }) | null {
  const row = source.get('policy_version', String(number))
  if (row) return { ...versionOf(source, row), document: parsePolicy(row.document, `policy_version/${row.id}`) }
  return number === versionInForce(source) ? { ...first(source), document: readPolicy(source) } : null
}

function versionOf(source: Ledger | Recorder, { number, at_ms, actor, reason }: Row<'policy_version'>): PolicyVersion {
  const who = actor === null ? null : (source.get('person', actor)?.display_name ?? null)
  return { number, atMs: at_ms, who, reason }
}

/** The one that the station began with. */
function first(source: Ledger | Recorder): PolicyVersion {
  const [person] = source.find('person', '1 ORDER BY id LIMIT 1')
  return { number: 1, atMs: person ? timeOfId(person.id) : 0, who: null, reason: '' }
}

interface Setting {
  /** Absent where IT does it with its provisioning token. */
  readonly actor: string | undefined
  readonly reason: string
  /** The version that whoever sets this one has seen; null to take whichever is in force. */
  readonly after: number | null
  readonly nowMs: number
}
export type PolicyAnswer =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly reason: 'nothing-changed' | 'policy-moved-on' }
  | ({ readonly ok: false; readonly reason: 'policy-problems' } & Pick<PolicyReport, 'problems'>)

export function setPolicy(recorder: Recorder, document: PolicyDocument, setting: Setting): PolicyAnswer {
  const { actor, reason, after, nowMs } = setting
  const before = versionInForce(recorder)
  if (after !== null && after !== before) return { ok: false, reason: 'policy-moved-on' }
  const old = readPolicy(recorder)
  const changes = policyChanges(old, document)
  if (changes.length === 0) return { ok: false, reason: 'nothing-changed' }
  const { problems } = checkPolicy(document, policyFacts(recorder))
  if (problems.length > 0) return { ok: false, reason: 'policy-problems', problems }
  const number = before + 1
  const text = JSON.stringify(document)
  const keep = (version: Rows['policy_version']) => recorder.put('policy_version', String(version.number), version)
  if (before === 1) {
    const { atMs } = first(recorder)
    keep({ number: 1, document: JSON.stringify(old), at_ms: atMs, actor: null, reason: '' })
  }
  recorder.put('policy', policyRow, { document: text })
  keep({ number, document: text, at_ms: nowMs, actor: actor ?? null, reason })
  const details = { before, after: number, changes: summaryOf(changes, summaryLength) }
  recorder.event({ type: 'policy-changed', reason, details, ...(actor === undefined ? {} : { actor }) })
  return { ok: true, version: number }
}
