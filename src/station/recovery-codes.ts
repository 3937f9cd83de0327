// Sets of recovery codes: made once, kept as keyed tags of slow hashes, each good for one use.
import { z } from 'zod'
import { parseJson } from '../contracts/json.ts'
import { recoveryCode, recoveryCodeBytes, recoveryCodeCount } from '../core/recovery.ts'
import { DamageError, type StationKeys } from './keys.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import { newId, random } from './primitives.ts'
import { olderKey, slowTag } from './slow-hash.ts'

const set = z.strictObject({ salt: z.base64(), tags: z.array(z.base64().nullable()), key: olderKey })
export type RecoverySet = z.infer<typeof set>

export interface NewSet {
  readonly codes: string[]
  readonly set: RecoverySet
}

export async function makeRecoverySet(keys: StationKeys): Promise<NewSet> {
  const salt = random(16)
  const codes = Array.from({ length: recoveryCodeCount }, () => recoveryCode(random(recoveryCodeBytes)))
  const tags: string[] = []
  for (const code of codes) tags.push(await tagOf(keys, plain(code), salt))
  return { codes, set: { salt: salt.toString('base64'), tags } }
}

/** The keyed tag of a typed code under a set's salt; one slow hash, whoever it is for. */
export const tagOf = (keys: StationKeys, code: string, salt: Buffer): Promise<string> =>
  slowTag(keys.recovery, code, salt)

const plain = (code: string): string => code.replaceAll('-', '')

/** Written as pending: it works only once its owner has said that it is stored. */
export function putPendingSet(recorder: Recorder, keys: StationKeys, person: string, content: RecoverySet): string {
  const id = newId()
  recorder.put('credential', id, {
    person_id: person,
    kind: 'recovery',
    status: 'pending',
    parameters: '{}',
    secret: sealSet(keys, id, person, content),
    last_step: -1,
  })
  return id
}

export const sealSet = (keys: StationKeys, id: string, person: string, content: RecoverySet): Buffer =>
  keys.seal(Buffer.from(JSON.stringify(content)), { table: 'credential', row: id, person, kind: 'recovery' })

export function openSet(keys: StationKeys, credential: Row<'credential'>): RecoverySet {
  const place = { table: 'credential', row: credential.id, person: credential.person_id, kind: 'recovery' }
  const sealed = credential.secret
  const parsed = set.safeParse(sealed ? parseJson(keys.open(sealed, place).toString()) : undefined)
  if (!parsed.success) throw new DamageError('data-edited', `credential/${credential.id}`)
  return parsed.data
}

/** The set that works, if the person has one. */
export const activeSet = (source: Ledger | Recorder, person: string): Row<'credential'> | null =>
  source.find('credential', "person_id = ? AND kind = 'recovery' AND status = 'active'", person)[0] ?? null

export const codesLeft = (keys: StationKeys, credential: Row<'credential'>): number =>
  openSet(keys, credential).tags.filter((tag) => tag !== null).length

/** The pending set that was shown becomes the one that works; all others end. */
export function acknowledgeSet(recorder: Recorder, person: string, id: string): boolean {
  const sets = recorder.find('credential', "person_id = ? AND kind = 'recovery' AND status != 'ended'", person)
  const pending = sets.find((each) => each.id === id && each.status === 'pending')
  if (!pending) return false
  for (const each of sets) {
    const { id, event_number: _, ...content } = each
    const rest = each === pending ? { status: 'active' as const } : { status: 'ended' as const, secret: null }
    recorder.put('credential', id, { ...content, ...rest })
  }
  recorder.event({ type: 'recovery-codes-acknowledged', person, credential: pending.id })
  return true
}

/** Sets that were shown but never acknowledged leave nothing that works. */
export function endPendingSets(recorder: Recorder, person: string): void {
  for (const each of recorder.find(
    'credential',
    "person_id = ? AND kind = 'recovery' AND status = 'pending'",
    person,
  )) {
    const { id, event_number: _, ...content } = each
    recorder.put('credential', id, { ...content, status: 'ended', secret: null })
  }
}
