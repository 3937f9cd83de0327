// Sample people for the demonstration, enrolled as an administrator would enroll them: offer, first code, recovery codes.

import type { PersonRow } from '../contracts/commands/people.ts'
import type { Handlers, Output } from '../contracts/ipc.ts'
import { fromBase32 } from '../core/base32.ts'
import { defaultTotp, hotpCode, stepAt } from '../core/otp.ts'
import { createDesk } from '../station/create-desk.ts'
import type { DeskOptions } from '../station/desk.ts'
import { hmac } from '../station/primitives.ts'

export interface DemoPerson {
  readonly staffId: string
  readonly displayName: string
  readonly role: PersonRow['roles'][number]
  readonly setupKey: string
}

const administrator = { staffId: 'A1001', displayName: 'Ada Kern', role: 'administrator' } as const
const others = [
  { staffId: 'N2044', displayName: 'Bola Adeyemi', role: 'staff' },
  { staffId: 'N2107', displayName: 'Carmen Ruiz', role: 'supervisor' },
  { staffId: 'N2190', displayName: 'Dieter Vogt', role: 'staff' },
] as const
/** Somebody whose phone is left to enroll. */
const withoutPhone = { staffId: 'D0317', displayName: 'Elif Demir', role: 'staff' } as const

const periodMs = defaultTotp.periodSeconds * 1000
const anHourMs = 60 * 60_000

export const codeAt = (setupKey: string, nowMs: number): string =>
  hotpCode(fromBase32(setupKey), stepAt(nowMs, defaultTotp.periodSeconds), defaultTotp, hmac)

/** Sets the station up as if an hour ago, so that every code from now on is a new one. Closes it again. */
export async function enrollDemoPeople(options: Omit<DeskOptions, 'clock'>): Promise<DemoPerson[]> {
  const clock = new PastClock()
  const desk = createDesk({ ...options, clock })
  await desk.start()
  try {
    return await enroll(desk.handlers, clock)
  } finally {
    await desk.close()
  }
}

async function enroll(handlers: Handlers, clock: PastClock): Promise<DemoPerson[]> {
  const first = await handlers.setUpStation({
    name: 'Ward 7, bay 3',
    location: 'Level 2, north wing',
    administratorName: administrator.displayName,
    administratorStaffId: administrator.staffId,
  })
  const setupKey = await confirm(handlers, first, clock)
  const people: DemoPerson[] = [{ ...administrator, setupKey }]
  clock.pass(periodMs)
  must(await handlers.submitCode({ staffId: administrator.staffId, code: codeAt(setupKey, clock.nowMs()) }))
  for (const person of others) {
    const { personId } = must(await handlers.addPerson(newPerson(person)))
    people.push({ ...person, setupKey: await confirm(handlers, await handlers.makeOffer({ personId }), clock) })
  }
  must(await handlers.addPerson(newPerson(withoutPhone)))
  must(await handlers.lockNow({}))
  return people
}

const newPerson = ({ staffId, displayName, role }: Omit<DemoPerson, 'setupKey'>) => ({
  staffId,
  displayName,
  roles: [role],
})

async function confirm(handlers: Handlers, offered: Output<'makeOffer'>, clock: PastClock): Promise<string> {
  const { setupKey } = must(offered).secret
  must(await handlers.confirmOffer({ code: codeAt(setupKey, clock.nowMs()) }))
  must(await handlers.acknowledgeRecoveryCodes({}))
  return setupKey
}

function must<T extends { readonly ok: boolean }>(answer: T): Extract<T, { ok: true }> {
  if (!answer.ok) throw new Error(`the station refused: ${'reason' in answer ? answer.reason : 'no reason'}`)
  return answer as Extract<T, { ok: true }>
}

class PastClock {
  #aheadMs = -anHourMs
  nowMs = (): number => Date.now() + this.#aheadMs
  runningMs = (): number => performance.now()
  pass(ms: number): void {
    this.#aheadMs += ms
  }
}
