// "It was not me": whoever is signed in says that one of their sign-ins was somebody else's. What could be used again closes.
import type { SignInMethod } from '../contracts/screen.ts'
import { raiseAlert } from './alerts.ts'
import { DamageError, type StationKeys } from './keys.ts'
import type { Recorder, Row } from './ledger.ts'
import { changePersonStatus, isLastAdministrator, suspendCredential } from './people-changes.ts'
import { codesLeft } from './recovery-codes.ts'
import { endOpenSession } from './sessions.ts'
import { endTicketsOf } from './tickets.ts'

export interface DisownedSignIn {
  /** Number of its event. */
  readonly event: number
  readonly atMs: number
  readonly method: SignInMethod
}

/**
 * In one transaction: the session ends, the person and their credentials are suspended, an alert names the sign-in. Nothing
 * is erased, so an administrator can decide.
 *
 * The last administrator who can sign in would leave nobody to decide. They stay active, and what the sign-in in question
 * used is suspended only where the other way in still works: their recovery codes for the phone, the phone for the codes.
 * @returns whether they were the last administrator.
 */
export function disownSignIn(
  recorder: Recorder,
  keys: StationKeys,
  session: { readonly id: string; readonly personId: string },
  signIn: DisownedSignIn,
  nowMs: number,
): boolean {
  const person = recorder.get('person', session.personId)
  if (!person) throw new DamageError('data-edited', `person/${session.personId}`)
  const isLast = isLastAdministrator(recorder, person)
  const active = recorder.find('credential', "person_id = ? AND status = 'active'", person.id)
  const suspended = isLast ? usedAndReplaceable(keys, active, signIn.method) : active
  const details = { sign_in: signIn.event, sign_in_at_ms: signIn.atMs, last_administrator: isLast }
  recorder.event({ type: 'sign-in-disowned', person: person.id, session: session.id, method: signIn.method, details })
  endOpenSession(recorder, session.id, 'not-me', nowMs)
  endTicketsOf(recorder, person.id, 'not-me')
  if (!isLast) changePersonStatus(recorder, person.id, 'suspended', { actor: undefined, reason: 'not-me' })
  for (const credential of suspended) suspendCredential(recorder, credential, 'not-me')
  raiseAlert(recorder, 'not-me', nowMs, { person: person.id }, { sign_in: signIn.event, sign_in_at_ms: signIn.atMs })
  return isLast
}

/** What the sign-in used, where another way in is left. */
function usedAndReplaceable(
  keys: StationKeys,
  active: readonly Row<'credential'>[],
  method: DisownedSignIn['method'],
): readonly Row<'credential'>[] {
  // A ticket is used up by now, whoever used it.
  if (method === 'ticket') return []
  const works = (credential: Row<'credential'>): boolean =>
    method === 'recovery'
      ? credential.kind === 'totp' || credential.kind === 'phone'
      : credential.kind === 'recovery' && codesLeft(keys, credential) > 0
  const used = (kind: Row<'credential'>['kind']) =>
    kind === method || (method === 'pin' && (kind === 'totp' || kind === 'phone'))
  return active.some(works) ? active.filter(({ kind }) => used(kind)) : []
}
