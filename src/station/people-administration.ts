// People and what they prove who they are by, as somebody who is signed in looks at them and changes them.
import type { peopleCommands } from '../contracts/commands/people.ts'
import type { Handlers } from '../contracts/ipc.ts'
import type { Role } from '../contracts/roles.ts'
import { mayActOn } from '../core/permissions.ts'
import type { Actor, Administration } from './administration.ts'
import { readPerson } from './credentials.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import { planFor } from './offer-changes.ts'
import { phonesOf } from './offers.ts'
import { mayEnroll } from './offers-administration.ts'
import { addPerson, rolesOf } from './people.ts'
import { changePersonStatus, editPerson, letInPhone, reinstateCredential, revokeCredential } from './people-changes.ts'
import { importPeople, previewImport } from './people-file.ts'
import { listPeople } from './people-list.ts'
import { boundPhonesOf } from './phone-credentials.ts'
import { settingsFor } from './policy.ts'

const problemsShown = 200
const sampleShown = 20
const notAllowed = { ok: false, reason: 'not-allowed' } as const
const gone = { ok: false, reason: 'no-such-person' } as const

export function peopleHandlers(
  administration: Administration,
): Pick<Handlers, Exclude<keyof typeof peopleCommands, 'exportPeople'>> {
  const { station, enrollment, people } = administration
  const phonesAllowed = (source: Ledger | Recorder, person: Row<'person'>) =>
    settingsFor(source, rolesOf(person), administration.nowMs()).phonesPerPerson
  const mayWith = (actor: Actor, person: Row<'person'>) => {
    const isTheirs = mayActOn(actor.roles, rolesOf(person))
    const enroll = actor.may('enroll') && person.status === 'active' && mayEnroll(actor, person)
    const phones = phonesOf(station.ledger, person.id).length
    return {
      change: isTheirs && actor.may('change-people'),
      revoke: isTheirs && actor.may('revoke'),
      enroll,
      addPhone: enroll && phones > 0 && phones < phonesAllowed(station.ledger, person),
      bind: enroll && administration.scans,
    }
  }
  const ownerOf = (recorder: Recorder, credentialId: string) => {
    const credential = recorder.get('credential', credentialId)
    return credential && recorder.get('person', credential.person_id)
  }
  const mayGive = (actor: Actor, roles: readonly Role[]) => mayActOn(actor.roles, roles)

  return {
    listPeople: (query) =>
      administration.read('see-people', () => ({ ok: true, ...listPeople(station, people, query) })),
    readPerson: ({ personId }) =>
      administration.read('see-people', (actor) => {
        const person = station.ledger.get('person', personId)
        const found = person && readPerson(station, people, personId)
        return found ? { ok: true, ...found, may: mayWith(actor, person) } : gone
      }),
    addPerson: (person) =>
      administration.change('change-people', (recorder, actor, who) => {
        if (!mayGive(who, person.roles)) return notAllowed
        const id = addPerson(recorder, person, actor)
        return id === null ? { ok: false, reason: 'staff-id-taken' } : { ok: true, personId: id }
      }),
    editPerson: ({ personId, ...edit }) =>
      administration.change('change-people', (recorder, actor, who) => {
        const person = recorder.get('person', personId)
        if (person && !mayGive(who, [...rolesOf(person), ...edit.roles])) return notAllowed
        return editPerson(recorder, station.keys, personId, edit, actor)
      }),
    changePersonStatus: ({ personId, status, reason }) =>
      administration.change('change-people', (recorder, actor, who) => {
        const person = recorder.get('person', personId)
        if (person && !mayGive(who, rolesOf(person))) return notAllowed
        return changePersonStatus(recorder, personId, status, { actor, reason })
      }),
    revokeCredential: ({ credentialId, reason }) =>
      administration.change('revoke', (recorder, _actor, who) => {
        const person = ownerOf(recorder, credentialId)
        if (person && !mayGive(who, rolesOf(person))) return notAllowed
        return revokeCredential(recorder, credentialId, { actor: who.personId, reason })
      }),
    reinstateCredential: ({ credentialId, reason }) =>
      administration.change('revoke', (recorder, actor, who) => {
        const person = ownerOf(recorder, credentialId)
        if (person && !mayGive(who, rolesOf(person))) return notAllowed
        const allowed = person ? phonesAllowed(recorder, person) : 1
        return reinstateCredential(recorder, credentialId, { actor, reason }, allowed)
      }),
    letInPhone: ({ credentialId, reason }) =>
      administration.change('enroll', (recorder, actor, who) => {
        const person = ownerOf(recorder, credentialId)
        if (!person) return { ok: false, reason: 'no-such-credential' }
        if (!mayEnroll(who, person)) return notAllowed
        const answer = letInPhone(recorder, credentialId, { actor, reason }, phonesAllowed(recorder, person))
        if (answer.ok) return answer
        return { ok: false, reason: answer.reason === 'has-newer' ? 'phones-full' : answer.reason }
      }),
    previewImport: ({ text }) =>
      administration.read('change-people', () => {
        const { people: planned, problems } = previewImport(station.ledger, Buffer.from(text))
        return {
          ok: true,
          count: planned.length,
          sample: planned.slice(0, sampleShown),
          problemCount: problems.length,
          problems: problems.slice(0, problemsShown),
        }
      }),
    importPeople: ({ text }) =>
      administration.change('change-people', (recorder, actor, who) => {
        const { people: planned, problems } = previewImport(recorder, Buffer.from(text))
        if (problems.length > 0) return { ok: false, reason: 'has-problems' }
        if (!planned.every(({ roles }) => mayGive(who, roles))) return notAllowed
        importPeople(recorder, planned, actor)
        return { ok: true, added: planned.length }
      }),
    makeOffer: ({ personId, adds, reason }) =>
      administration.act('enroll', (actor) => {
        const person = station.ledger.get('person', personId)
        if (!person) return gone
        if (!mayEnroll(actor, person)) return notAllowed
        const allowed = phonesAllowed(station.ledger, person)
        const planned = planFor(station.ledger, personId, allowed, { adds: adds === true, reason })
        if ('problem' in planned) return { ok: false, reason: planned.problem }
        return enrollment.offerTo(person.staff_id, actor.personId, planned.plan)
      }),
    bindPhone: ({ personId, reason }) =>
      administration.act('enroll', (actor) => {
        const person = station.ledger.get('person', personId)
        if (!person) return gone
        if (!mayEnroll(actor, person)) return notAllowed
        // Whoever had the phone from before did not show it: why it ends is said, and stays in the log.
        const isFull = boundPhonesOf(station.ledger, personId).length >= phonesAllowed(station.ledger, person)
        if (isFull && reason === undefined) return { ok: false, reason: 'reason-needed' }
        const plan = reason === undefined ? ({ purpose: 'add' } as const) : ({ purpose: 'replace', reason } as const)
        return enrollment.binding.offerTo(person.staff_id, actor.personId, plan)
      }),
  }
}
