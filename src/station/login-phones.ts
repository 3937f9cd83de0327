// What a typed one-time code is held against: a person's phones, and as many stand-ins as make the work everybody's.
import { hkdfSync } from 'node:crypto'
import type { PolicyDocument } from '../contracts/policy.ts'
import { type TotpOutcome, type TotpParameters, verifyTotp } from '../core/otp.ts'
import type { StationKeys } from './keys.ts'
import type { Row } from './ledger.ts'
import { totpParameters } from './offers.ts'
import { hmac } from './primitives.ts'

export interface TriedPhone {
  readonly credential: Row<'credential'> | null
  readonly parameters: TotpParameters
  readonly outcome: TotpOutcome
}

interface Typed {
  /** Stands for the staff ID. */
  readonly subject: string
  readonly code: string
  readonly nowMs: number
  readonly windowSteps: number
}

/**
 * The same HMACs for everybody, known or not: who has no phone there gets a secret that nobody has.
 * @param totp what new phones show, for those without.
 */
export function tryPhone(
  keys: StationKeys,
  credential: Row<'credential'> | null,
  totp: TotpParameters,
  { subject, code, nowMs, windowSteps }: Typed,
): TriedPhone {
  const parameters = credential ? totpParameters(credential.parameters, `credential/${credential.id}`) : totp
  const secret = credential?.secret ? keys.open(credential.secret, place(credential)) : standInKey(subject, 20)
  const lastStep = credential?.last_step ?? -1
  const outcome = verifyTotp(secret, parameters, code, nowMs, lastStep, windowSteps, hmac)
  return { credential, parameters, outcome }
}

/** What nobody has, for whoever has nothing. */
export const standInKey = (subject: string, bytes = 32): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', subject, '', 'wardkey nobody', bytes))

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

const place = (credential: Row<'credential'>) => ({
  table: 'credential',
  row: credential.id,
  person: credential.person_id,
  kind: 'totp',
})
