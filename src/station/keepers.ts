// Who keeps a station: its active administrators, and whether one of them still gets in under the policy in force.
import type { Keeper } from '../contracts/policy-findings.ts'
import { lockedOut } from '../core/policy-lock-out.ts'
import type { Ledger, Recorder } from './ledger.ts'
import { answeringPhones, type PhoneParameters, readPhoneParameters } from './phone-credentials.ts'
import { readPolicy } from './policy.ts'
import { readStation } from './signing.ts'

/** Ids of what is about to go, or to count no more. */
export interface Without {
  readonly person?: string
  readonly credentials?: readonly string[]
  /** A phone that somebody is about to have in their place. */
  readonly gains?: { readonly person: string; readonly parameters: PhoneParameters }
}

/** Those who are alike stand there once. */
export function keepersOf(source: Ledger | Recorder, { person = '', credentials = [], gains }: Without = {}): Keeper[] {
  const owned = (kind: string, status: string) =>
    source
      .find('credential', `kind = ? AND status = ? AND person_id IN (${administrators})`, kind, status)
      .filter(({ id }) => !credentials.includes(id))
  const ownersOf = (kind: string, status: string) => new Set(owned(kind, status).map((row) => row.person_id))
  const codes = ownersOf('totp', 'active')
  const phones = owned('phone', 'active')
  // Whoever has no PIN yet chooses one at the next sign-in: only one that too many tries suspended keeps them out.
  const suspendedPins = ownersOf('pin', 'suspended')
  const keepers = source.find('person', `id IN (${administrators}) AND id != ?`, person).map(({ id, roles }) =>
    JSON.stringify({
      roles: (JSON.parse(roles) as string[]).toSorted(),
      provesCode: codes.has(id),
      provesPin: !suspendedPins.has(id),
      ...provedBy([
        ...phones.filter((phone) => phone.person_id === id).map(readPhoneParameters),
        ...(gains?.person === id ? [gains.parameters] : []),
      ]),
    }),
  )
  return [...new Set(keepers)].map((each) => JSON.parse(each) as Keeper)
}

/** Whether none gets in at any hour, by what policy asks of each. @param group that the station is in, or would be. */
export const lacksKeeper = (
  source: Ledger | Recorder,
  without: Without,
  group = readStation(source)?.station_group ?? null,
): boolean => lockedOut(readPolicy(source), { group, keepers: keepersOf(source, without) }) === 'always'

/**
 * Whether nobody would be left without them, by what policy asks, who gets in and can put things right. Where nobody does as
 * it is, whoever has a phone at all is somebody who can be let in again.
 */
export function nobodyKeeps(source: Ledger | Recorder, without: Without): boolean {
  const policy = readPolicy(source)
  const group = readStation(source)?.station_group ?? null
  const isOut = (each: Without) => {
    const { credentials = [], gains } = each
    const answers =
      gains !== undefined || answeringPhones(source, credentials.length).some(({ id }) => !credentials.includes(id))
    return lockedOut(policy, { group, keepers: keepersOf(source, each) }, !answers) === 'always'
  }
  if (!isOut(without)) return false
  return !isOut({}) || !keepersOf(source, without).some(({ provesCode, provesPhone }) => provesCode || provesPhone)
}

function provedBy(phones: readonly PhoneParameters[]) {
  const signing = phones.flatMap((phone) => (phone.form === 'keys' ? [phone] : []))
  return {
    provesPhone: phones.length > 0,
    provesSigned: signing.length > 0,
    provesVerified: signing.some(({ passkey }) => passkey !== null),
  }
}
const administrators = "SELECT id FROM person WHERE status = 'active' AND roles LIKE '%\"administrator\"%'"
