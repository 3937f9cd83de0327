// A station that phones scan: its phone page has a host, and people bind phones to it in either way.
import { expect } from 'vitest'
import type { BindingOffered } from '../../src/contracts/commands/binding.ts'
import type { DeskOptions } from '../../src/station/desk.ts'
import { addPerson, begin, restart, type Stopped, signIn, type Ward } from './attack-station.ts'
import { BoundPhone, phoneHost, readChallenge } from './bound-phone.ts'
import { type Bench, setUp } from './fakes.ts'
import { readSymbol } from './read-symbol.ts'

export const nurse = 'N2044'
export const scanning = { phoneHost } as const
export const refused = (reason: string) => ({ ok: false, reason })

export async function newScanningWard(parts: Partial<Bench> = {}): Promise<Ward> {
  const bench = await begin(parts, scanning)
  return { ...bench, ...(await setUp(bench)) }
}

export const restartScanning = (station: Stopped, more: Partial<DeskOptions> = {}): Promise<Ward> =>
  restart(station, { ...scanning, ...more })

/** The administrator is signed in, and a nurse is known who has nothing yet. */
export async function withNurse(): Promise<Ward & { readonly nurseId: string }> {
  const ward = await newScanningWard()
  await signIn(ward)
  return { ...ward, nurseId: await addPerson(ward, nurse) }
}

type Kind = ConstructorParameters<typeof BoundPhone>[1]
type Offered = BindingOffered | { readonly ok: false; readonly reason: string }

/** What whoever photographs the screen has, too. */
export async function offerText(offered: Offered | Promise<Offered>): Promise<string> {
  const answer = await offered
  if (!answer.ok) throw new Error(answer.reason)
  return readSymbol(answer.qr)
}

/** From an offer that is on the screen to a phone that knows the workstation; recovery codes are stored where there are any. */
export async function bind(
  { desk }: Ward,
  offered: Offered | Promise<Offered>,
  { way = 'camera', passkey = 'no-passkey' }: { way?: 'camera' | 'typed'; passkey?: Kind } = {},
): Promise<BoundPhone> {
  const { handlers } = desk
  const phone = new BoundPhone(await offerText(offered), passkey)
  const taken =
    way === 'camera'
      ? await handlers.submitPhonePart({ text: phone.part() })
      : await handlers.submitTypedPart({ part: phone.typedPart.replaceAll('-', '') })
  expect(taken).toEqual({ ok: true })
  const digits = way === 'camera' ? phone.digitsForPart() : phone.digitsForTyped()
  expect(await handlers.confirmBinding({ digits })).toEqual({ ok: true })
  await welcome({ desk }, phone)
  return phone
}

export async function welcome({ desk }: Pick<Ward, 'desk'>, phone: BoundPhone): Promise<void> {
  const screen = desk.screen()
  if (screen.kind !== 'session' || !screen.welcome) throw new Error('there is no welcome on the screen')
  expect(phone.take(readSymbol(screen.welcome.qr))).toBe(true)
  const finished = await desk.handlers.finishWelcome({})
  expect(finished).toMatchObject({ ok: true })
  if ('recoveryCodes' in finished) expect(await desk.handlers.acknowledgeRecoveryCodes({})).toEqual({ ok: true })
}

/** The bytes of the login QR code that is on the locked screen now. */
export async function challengeOf({ desk }: Pick<Ward, 'desk'>): Promise<Uint8Array> {
  await desk.handlers.wakeChallenge({})
  const screen = desk.screen()
  if (screen.kind !== 'locked' || screen.challenge.state !== 'shown')
    throw new Error(`the station shows ${screen.kind}`)
  return readChallenge(readSymbol(screen.challenge.qr))
}

/** Locks whatever is open, and reads the code that is shown then. */
export async function freshChallenge(ward: Pick<Ward, 'desk'>): Promise<Uint8Array> {
  await ward.desk.handlers.lockNow({})
  return challengeOf(ward)
}
