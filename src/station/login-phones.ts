// What a typed one-time code is held against: a person's phones, and as many stand-ins as make the work everybody's.
import { hkdfSync } from 'node:crypto'
import type { PolicyDocument } from '../contracts/policy.ts'
import { defaultTotp, type TotpOutcome, type TotpParameters, verifyTotp } from '../core/otp.ts'
import type { StationKeys } from './keys.ts'
import type { Recorder, Row } from './ledger.ts'
import { totpParameters } from './offers.ts'
import { hmac } from './primitives.ts'

export interface TriedPhone {
  readonly credential: Row<'credential'> | null
  readonly parameters: TotpParameters
  readonly outcome: TotpOutcome
}

/** The same HMACs for everybody, known or not: who has no phone there gets a secret that nobody has. */
export function tryPhone(
  keys: StationKeys,
  credential: Row<'credential'> | null,
  subject: string,
  code: string,
  nowMs: number,
  windowSteps: number,
): TriedPhone {
  const parameters = credential ? totpParameters(credential.parameters, `credential/${credential.id}`) : defaultTotp
  const secret = credential?.secret
    ? keys.open(credential.secret, place(credential))
    : new Uint8Array(hkdfSync('sha256', subject, '', 'wardkey nobody', 20))
  const lastStep = credential?.last_step ?? -1
  const outcome = verifyTotp(secret, parameters, code, nowMs, lastStep, windowSteps, hmac)
  return { credential, parameters, outcome }
}

/** The phone whose code it is; else whichever says most about what was typed; else the newest. */
export function mostTelling(tried: readonly TriedPhone[]): TriedPhone {
  const says = (reason: string) => tried.find(({ outcome }) => !outcome.ok && outcome.reason === reason)
  const newestPhone = tried[0]
  if (!newestPhone) throw new Error('policy gives everybody a phone')
  return tried.find(({ outcome }) => outcome.ok) ?? says('already-used') ?? says('clock-wrong') ?? newestPhone
}

/** The most that any rule gives anybody: how much work a code takes tells nothing of a person. */
export const mostPhones = ({ settings, rules }: PolicyDocument): number =>
  Math.max(settings.phonesPerPerson, ...rules.map(({ set }) => set.phonesPerPerson ?? 1))

/** Newest first. Sorted here and not in SQL, where no index has this order: SQLite's sorter costs as much as thirty HMACs. */
export const phonesHeldAgainst = (recorder: Recorder, person: string, most: number): Row<'credential'>[] =>
  recorder
    .find('credential', "person_id = ? AND kind = 'totp' AND status IN ('active', 'suspended')", person)
    .sort((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, most)

const place = (credential: Row<'credential'>) => ({
  table: 'credential',
  row: credential.id,
  person: credential.person_id,
  kind: 'totp',
})
