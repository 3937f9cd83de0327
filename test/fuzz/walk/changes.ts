// What administrators change: people, credentials, offers, tickets. At the desk, or by another process beside it.
import { expect } from 'vitest'
import type { Role } from '../../../src/contracts/roles.ts'
import type { Recorder } from '../../../src/station/ledger.ts'
import { offersWaitMs, planFor, withdrawOffer } from '../../../src/station/offer-changes.ts'
import { makeWaitingOffer } from '../../../src/station/offers.ts'
import { changePersonStatus, reinstateCredential, revokeCredential } from '../../../src/station/people-changes.ts'
import { importPeople, isAnyTaken, planOf } from '../../../src/station/people-file.ts'
import { endOffersOf, reasonOf, showOffer } from './attempts.ts'
import {
  type Bound,
  boundOf,
  type CodeSet,
  type Model,
  type Offer,
  type Person,
  type Phone,
  type Pin,
  phonesOf,
} from './model.ts'
import type { WalkedStation } from './station.ts'

type Credential = Phone | Bound | CodeSet | Pin
type Answer = { readonly ok: boolean; readonly reason?: string }
const reason = 'the walk goes on'

/** One change: how each place does it, when it may be done, and what it means. */
export interface Change {
  readonly name: string
  /** Would it be done, if whoever asks may ask? null: not for a walk to say. */
  readonly works: ((model: Model, station: WalkedStation) => boolean) | null
  readonly atDesk: (station: WalkedStation) => Promise<Answer> | Answer
  readonly beside: (recorder: Recorder, actor: string, model: Model, nowMs: number) => Answer
  readonly noted: (model: Model, station: WalkedStation) => void
}

export async function changeAtDesk(model: Model, station: WalkedStation, change: Change) {
  const may = model.mayChange(station.now())
  const works = may && change.works?.(model, station) === true
  const answer = await change.atDesk(station)
  expect(answer.ok, `${change.name} at the desk, answered ${answer.reason ?? 'done'}`).toBe(works)
  if (!may) expect(answer.reason).toMatch(/^(not-allowed|step-up-needed|no-such-.*)$/)
  station.count(`${change.name} ${answer.ok ? 'done' : 'refused'}`)
  if (answer.ok) change.noted(model, station)
}

export const statusChange = (person: Person, status: Person['status']): Change => ({
  name: `change to ${status}`,
  works: (model) =>
    !(person.status === 'left' && status === 'suspended') &&
    (status === 'active' || !model.isLastAdministrator(person)),
  atDesk: ({ handlers }) => handlers.changePersonStatus({ personId: person.id, status, reason }),
  beside: (recorder, actor) => changePersonStatus(recorder, person.id, status, { actor, reason }),
  noted: (model) => {
    if (person.status === status) return
    person.status = status
    if (status === 'active') return
    endOffersOf(model, person)
    for (const ticket of person.tickets) ticket.open = false
    if (status === 'left') for (const each of person.credentials) each.status = 'ended'
  },
})

export const revocation = (person: Person, credential: Credential): Change => ({
  name: `revoke ${credential.kind}`,
  works: (model) => {
    const phones = [...phonesOf(person), ...boundOf(person)]
    const others = phones.some((phone) => phone !== credential && phone.status === 'active')
    const isPhone = credential.kind === 'totp' || credential.kind === 'phone'
    return credential.status !== 'ended' && (!isPhone || others || !model.isLastAdministrator(person))
  },
  atDesk: ({ handlers }) => handlers.revokeCredential({ credentialId: credential.id, reason }),
  beside: (recorder, actor) => revokeCredential(recorder, credential.id, { actor, reason }),
  noted: () => {
    credential.status = 'ended'
  },
})

export const reinstatement = (person: Person, credential: Credential): Change => ({
  name: 'reinstate',
  works: ({ policy }) => {
    const most = credential.kind === 'totp' || credential.kind === 'phone' ? policy.phonesPerPerson : 1
    const active = person.credentials.filter(({ kind, status }) => kind === credential.kind && status === 'active')
    return credential.status === 'suspended' && active.length < most
  },
  atDesk: ({ handlers }) => handlers.reinstateCredential({ credentialId: credential.id, reason }),
  beside: (recorder, actor, { policy }) =>
    reinstateCredential(recorder, credential.id, { actor, reason }, policy.phonesPerPerson),
  noted: () => {
    credential.status = 'active'
  },
})

export const withdrawal = (offer: Offer): Change => ({
  name: 'withdraw an offer',
  works: () => /waiting|open/.test(offer.status),
  atDesk: ({ handlers }) => handlers.withdrawOffer({ offerId: offer.id, reason }),
  beside: (recorder, actor) => withdrawOffer(recorder, offer.id, { actor, reason }),
  noted: () => {
    offer.status = 'ended'
  },
})

const isActive = ({ status }: Credential): boolean => status === 'active'

/** At the desk its code is shown at once; from elsewhere it waits. */
export const newOffer = (person: Person, adds: boolean): Change => {
  const plan = () => ({
    purpose: adds && phonesOf(person).length > 0 ? ('add' as const) : ('replace' as const),
    replaces: null,
    endsBound: !adds && phonesOf(person).length > 0,
  })
  // It ends the phones that scan as well, and one of those may be all that the last administrator comes in by.
  const leavesNobody = (model: Model) =>
    plan().endsBound &&
    !phonesOf(person).some(isActive) &&
    boundOf(person).some(isActive) &&
    model.isLastAdministrator(person)
  let setupKey = ''
  return {
    name: 'make an offer',
    works: (model) =>
      person.status === 'active' &&
      (plan().purpose === 'replace' || phonesOf(person).length < model.policy.phonesPerPerson) &&
      !leavesNobody(model),
    atDesk: async ({ handlers }) => {
      const answer = await handlers.makeOffer({ personId: person.id, adds, reason })
      if (answer.ok) setupKey = answer.secret.setupKey
      return answer
    },
    beside: (recorder, actor, { policy }, nowMs) => {
      const row = recorder.get('person', person.id)
      if (row?.status !== 'active') return { ok: false, reason: 'no-such-person' }
      const planned = planFor(recorder, person.id, policy.phonesPerPerson, { adds, reason })
      if ('problem' in planned) return { ok: false, reason: planned.problem }
      makeWaitingOffer(recorder, row, nowMs + offersWaitMs, actor, planned.plan)
      return { ok: true }
    },
    noted: (model, station) => {
      if (setupKey) return showOffer(model, station, person, plan(), setupKey)
      endOffersOf(model, person)
      const expiresAtMs = station.now().wallMs + offersWaitMs
      const rest = { setupKey: '', expiresAtMs, tries: 0, wasOver: false }
      model.offers.push({ id: station.newestOffer(person), person, ...plan(), status: 'waiting', ...rest })
    },
  }
}

/** A file of people: all of them, or none where anybody has one of the staff IDs. */
export const importOf = (staffIds: readonly string[]): Change => {
  const text = ['staff_id,name', ...staffIds.map((staffId) => `${staffId},Person ${staffId}`)].join('\n')
  return {
    name: 'import people',
    works: (model) => staffIds.every((staffId) => !model.personOf(staffId)),
    atDesk: ({ handlers }) => handlers.importPeople({ text }),
    beside: (recorder, actor) => {
      const { people } = planOf(Buffer.from(text))
      if (people.length === 0 || isAnyTaken(recorder, people)) return { ok: false, reason: 'has-problems' }
      importPeople(recorder, people, actor)
      return { ok: true }
    },
    noted: (model, station) => {
      for (const staffId of staffIds) {
        const rest = { isAdministrator: false, status: 'active' as const, credentials: [], tickets: [] }
        model.people.push({ id: station.personId(staffId), staffId, ...rest })
      }
    },
  }
}

export async function showWaiting(model: Model, station: WalkedStation, offer: Offer) {
  const { wallMs } = station.now()
  const works = model.mayChange(station.now()) && offer.status === 'waiting' && wallMs < offer.expiresAtMs
  const answer = await station.handlers.showOffer({ offerId: offer.id })
  if (answer.ok) expect(works, 'an offer that waited is shown').toBe(true)
  else if (works) expect(offer.wasOver, `an offer that waits, answered ${answer.reason}`).toBe(true)
  if (!answer.ok) return
  model.leaveStage()
  offer.status = 'open'
  offer.setupKey = answer.secret.setupKey
  offer.expiresAtMs = wallMs + 5 * 60_000
  offer.wasOver = false
  model.stage = { kind: 'offer', offer }
}

export async function addSomebody(model: Model, station: WalkedStation, staffId: string, roles: Role[]) {
  const works = model.mayChange(station.now()) && !model.personOf(staffId)
  const answer = await station.handlers.addPerson({ displayName: `Person ${staffId}`, staffId, roles })
  expect(answer.ok, `adding ${staffId}, answered ${reasonOf(answer)}`).toBe(works)
  if (!answer.ok) return
  const isAdministrator = roles.includes('administrator')
  model.people.push({ id: answer.personId, staffId, isAdministrator, status: 'active', credentials: [], tickets: [] })
}

/** Another staff ID: what is typed for the one before is for nobody from then on. */
export async function rename(model: Model, station: WalkedStation, person: Person, staffId: string) {
  const other = model.personOf(staffId)
  const works = model.mayChange(station.now()) && person.status !== 'left' && (!other || other === person)
  const roles: Role[] = [person.isAdministrator ? 'administrator' : 'staff']
  const edit = { personId: person.id, displayName: `Person ${staffId}`, staffId, roles }
  const answer = await station.handlers.editPerson(edit)
  expect(answer.ok, `a new staff ID, answered ${reasonOf(answer)}`).toBe(works)
  if (!answer.ok) return
  if (person.staffId !== staffId) model.failures.delete(`totp:${staffId}`)
  person.staffId = staffId
}

export async function issueTicket(
  model: Model,
  station: WalkedStation,
  person: Person,
  purpose: 'sign-in' | 'enroll',
  hours: number,
) {
  const issuer = model.session?.person
  const allowed = purpose === 'sign-in' || model.policy.firstSignIn === 'ticket'
  const works = model.mayChange(station.now()) && person.status === 'active' && person !== issuer && allowed
  const answer = await station.handlers.issueTicket({ personId: person.id, purpose, hours, reason })
  expect(answer.ok, `a ticket for ${person.staffId}, answered ${reasonOf(answer)}`).toBe(works)
  if (!answer.ok || !issuer) return
  for (const ticket of person.tickets) ticket.open = false
  const issuedAtMs = station.now().wallMs
  const { ticket: text, expiresAtMs } = answer
  person.tickets.push({ text, purpose, issuer, issuedAtMs, expiresAtMs, open: true, wasOver: false })
}

/** One of their sign-ins was not theirs: of somebody who is not an administrator. */
export async function disown(model: Model, station: WalkedStation) {
  const { session } = model
  const { screen } = station
  const signIn = screen.kind === 'session' ? screen.lastSignIns[0] : undefined
  if (!session || !signIn || session.person.isAdministrator) return
  expect(await station.handlers.reportNotMe({ event: signIn.number })).toEqual({ ok: true })
  const { person } = session
  for (const each of person.credentials) if (each.status === 'active') each.status = 'suspended'
  for (const ticket of person.tickets) ticket.open = false
  endOffersOf(model, person)
  person.status = 'suspended'
  model.endSession()
}
