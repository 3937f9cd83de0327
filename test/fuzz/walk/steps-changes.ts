// Steps of administrators, at the desk or by another process: people, credentials, tickets, policy.
import fc from 'fast-check'
import { typeRecoveryCode } from './attempts.ts'
import { changeBeside, policyChange, type WalkedPolicy } from './beside.ts'
import {
  addSomebody,
  type Change,
  changeAtDesk,
  disown,
  importOf,
  issueTicket,
  newOffer,
  reinstatement,
  rename,
  revocation,
  statusChange,
  withdrawal,
} from './changes.ts'
import { administratorIsThere, comes, lock } from './coming.ts'
import { type Model, type Person, setOf } from './model.ts'
import type { WalkedStation } from './station.ts'
import { ableAdministrators, any, pick, pickLate, step, typed, typist, works } from './steps.ts'

export const adds = step(
  'a new person',
  fc.record({ number: fc.nat(40), administrator: fc.nat(3) }),
  ({ number, administrator }) =>
    (model, station) =>
      addSomebody(model, station, `P${number}`, [administrator === 0 ? 'administrator' : 'staff']),
)
const staffIds = fc.uniqueArray(fc.nat(200), { minLength: 1, maxLength: 3 }).map((all) => all.map((each) => `P${each}`))
export const imports = step(
  'an import',
  fc.record({ ids: staffIds, who: any, able: fc.boolean() }),
  ({ ids, who, able }) =>
    async (model, station) => {
      if (able) await administratorIsThere(model, station, who)
      await changeAtDesk(model, station, importOf(ids))
    },
)
export const importsBeside = step(
  'an import by another process',
  fc.record({ ids: staffIds, as: typist, able: fc.nat(9) }),
  ({ ids, as, able }) =>
    async (model, station) => {
      const approver = approverOf(model, station, as, able)
      if (approver) await changeBeside(model, station, approver, importOf(ids))
    },
)
export const renames = step(
  'a new staff ID',
  fc.record({ who: any, number: fc.nat(40) }),
  ({ who, number }) =>
    async (model, station) => {
      const person = pick(model.people, who)
      if (person) await rename(model, station, person, `P${number}`)
    },
)
export const tickets = step(
  'a ticket is issued',
  fc.record({ who: any, enroll: fc.boolean(), hours: fc.integer({ min: 1, max: 12 }), able: fc.boolean() }),
  ({ who, enroll, hours, able }) =>
    async (model, station) => {
      if (able) await administratorIsThere(model, station, who)
      const person = pick(model.people, who)
      if (person) await issueTicket(model, station, person, enroll ? 'enroll' : 'sign-in', hours)
    },
)

export const policies: fc.Arbitrary<WalkedPolicy> = fc.record({
  factors: fc.constantFrom('code', 'code-and-pin'),
  totpWindowSteps: fc.nat(2),
  phonesPerPerson: fc.integer({ min: 1, max: 2 }),
  firstSignIn: fc.constantFrom('administrator', 'ticket'),
  suspendsAt: fc.constantFrom(20, 100),
})
/** Any change that the desk and another process can both make. */
export const changes = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(any, fc.constantFrom('active', 'active', 'suspended', 'left'))
      .map(([who, status]) => ({ who, status })),
  },
  { weight: 4, arbitrary: fc.record({ who: any, credential: any }) },
  { weight: 2, arbitrary: fc.record({ offer: any }) },
  { weight: 2, arbitrary: fc.record({ who: any, adds: fc.boolean() }) },
)
type Chosen = { who?: number; status?: string; credential?: number; offer?: number; adds?: boolean }
export function changeOf(
  { people, offers }: Model,
  { who, status, credential, offer, adds: isSecond }: Chosen,
): Change | null {
  const person = pick(people, who ?? 0)
  if (offer !== undefined)
    return offers.length > 0 ? withdrawal(pickLate(offers, offer) as (typeof offers)[number]) : null
  if (!person) return null
  if (status !== undefined) return statusChange(person, status as Person['status'])
  if (isSecond !== undefined) return newOffer(person, isSecond)
  const each = pickLate(person.credentials, credential ?? 0)
  return each ? (each.status === 'suspended' ? reinstatement : revocation)(person, each) : null
}
export const atDesk = step(
  'a change at the desk',
  fc.record({ chosen: changes, who: any, able: fc.boolean() }),
  ({ chosen, who, able }) =>
    async (model, station) => {
      if (able) await administratorIsThere(model, station, who)
      const change = changeOf(model, chosen)
      if (change) await changeAtDesk(model, station, change)
    },
)
export const besides = step(
  'a change by another process',
  fc.record({ chosen: changes, as: typist, able: fc.nat(9) }),
  ({ chosen, as, able }) =>
    async (model, station) => {
      const change = changeOf(model, chosen)
      const approver = approverOf(model, station, as, able)
      if (change && approver) await changeBeside(model, station, approver, change)
    },
)
export const policy = step(
  'a policy by another process',
  fc.record({ wanted: policies, as: typist, able: fc.nat(9) }),
  ({ wanted, as, able }) =>
    async (model, station) => {
      const approver = approverOf(model, station, as, able)
      if (approver) await changeBeside(model, station, approver, policyChange(wanted))
    },
)
/** Mostly an administrator with the next code of a phone that works. */
export function approverOf(model: Model, station: WalkedStation, as: Parameters<typeof typed>[1], able: number) {
  const person = pick(ableAdministrators(model), as.who)
  const phone = person && works(person)
  if (able < 3 || !phone) return typed(model, as)
  station.pass(model, 30_000)
  return { staffId: person.staffId, phone, offset: 0 }
}

export const disowns = step('it was not me', fc.constant(null), () => disown)
/** Whoever was suspended comes back, and tries what they had: what was suspended with them stays so. */
export const returns = step('somebody is let back in', any, (who) => async (model, station) => {
  await administratorIsThere(model, station, who)
  const person = pick(
    model.people.filter(({ status }) => status === 'suspended'),
    who,
  )
  if (!person) return
  await changeAtDesk(model, station, statusChange(person, 'active'))
  const set = setOf(person)
  await lock(model, station)
  if (set) await typeRecoveryCode(model, station, person.staffId, set, set.used.size)
})
/** Somebody of staff says that a sign-in was not theirs. */
export const disownsNow = step('somebody comes and it was not me', any, (who) => async (model, station) => {
  const staff = model.people.filter((each) => !each.isAdministrator && each.status === 'active' && works(each))
  const person = pick(staff, who)
  await comes(model, station, person)
  await comes(model, station, person)
  if (model.session?.person === person) await disown(model, station)
})
