// offers create, list, withdraw and audit. The secret of an offer is never printed here: it is shown once, at the station.
import type { OfferRow } from '../contracts/commands/offers.ts'
import { reasonText, staffId } from '../contracts/fields.ts'
import { type OfferStep, storyOf } from '../station/offer-audit.ts'
import { offersWaitMs, planFor, withdrawOffer } from '../station/offer-changes.ts'
import { makeWaitingOffer } from '../station/offers.ts'
import { listOffers, pageOfOffers } from '../station/offers-list.ts'
import { personByStaffId, rolesOf } from '../station/people.ts'
import { settingsFor } from '../station/policy.ts'
import { type Approver, withApproval } from './approved.ts'
import type { CliParts } from './compose.ts'
import { clock, withFolder } from './open-folder.ts'
import { type Answer, problem, UsageError } from './output.ts'
import { noSuchPerson } from './people.ts'

const offersShown = 50

export function createOffer(
  parts: CliParts,
  approver: Approver,
  id: string,
  wish: { readonly adds: boolean; readonly reason?: string | undefined },
): Promise<Answer> {
  const who = parsedStaffId(id)
  const reason = wish.reason === undefined ? undefined : parsedReason(wish.reason)
  return withApproval(parts, approver, 'offers.create', `offers create ${who}`, (recorder, actor) => {
    const person = personByStaffId(recorder, who)
    if (person?.status !== 'active') return noSuchPerson(who)
    const { phonesPerPerson } = settingsFor(recorder, rolesOf(person), clock.nowMs())
    const planned = planFor(recorder, person.id, phonesPerPerson, { adds: wish.adds, reason })
    if ('problem' in planned) return problem(planWords[planned.problem], { problem: planned.problem })
    const waitsUntilMs = clock.nowMs() + offersWaitMs
    const offer = makeWaitingOffer(recorder, person, waitsUntilMs, actor, planned.plan)
    const until = new Date(waitsUntilMs).toISOString()
    return {
      found: false,
      lines: [
        `${offer} waits until ${until}.`,
        'Its code is shown once, at the station: Administration, Credentials, Show the code.',
      ],
      json: { ok: true, offer, waitsUntil: until },
    }
  })
}

export function listAllOffers(parts: CliParts): Promise<Answer> {
  return withFolder(parts, (open) => {
    const { live, ended } = listOffers(open, clock.nowMs())
    return {
      found: false,
      lines: [...live, ...ended].map(lineOf),
      json: { ok: true, live, ended },
    }
  })
}

export function withdraw(parts: CliParts, approver: Approver, id: string, reason: string): Promise<Answer> {
  const why = parsedReason(reason)
  return withApproval(parts, approver, 'offers.withdraw', 'offers withdraw', (recorder, actor) => {
    const answer = withdrawOffer(recorder, id, { actor, reason: why })
    if (answer.ok) return { found: false, lines: ['The offer has ended.'], json: { ok: true, offer: id } }
    return problem('There is no such offer, or it has ended already.', { problem: answer.reason })
  })
}

export function auditOffers(parts: CliParts, id: string | undefined, page: number): Promise<Answer> {
  const who = id === undefined ? null : parsedStaffId(id)
  return withFolder(parts, (open) => {
    const person = who === null ? null : personByStaffId(open.ledger, who)
    if (who !== null && !person) return noSuchPerson(who)
    const offers = pageOfOffers(open, person?.id ?? null, page, offersShown).map((offer) => ({
      ...offer,
      steps: storyOf(open, offer.id),
    }))
    return {
      found: false,
      lines: offers.flatMap((offer) => [lineOf(offer), ...offer.steps.map(lineOfStep)]),
      json: { ok: true, page, offers },
    }
  })
}

const lineOf = (offer: OfferRow): string =>
  `${offer.id} ${offer.status.padEnd(9)} ${offer.purpose.padEnd(7)} ${offer.staffId} ${offer.personName}${
    offer.end ? `, ${offer.end.reason}` : `, until ${new Date(offer.expiresAtMs).toISOString()}`
  }`

function lineOfStep({ atMs, what, by, second, reason, why }: OfferStep): string {
  const parts = [by && `by ${by}`, second && `approved by ${second}`, reason, why && JSON.stringify(why)]
  return `  ${new Date(atMs).toISOString()} ${[what, ...parts.filter((part) => part)].join(', ')}`
}

const planWords = {
  'reason-needed': 'This person has a phone, which would end: give a --reason, or --add a second one.',
  'last-administrator':
    'It would end the phone by which the last administrator signs in as policy asks: bind another one first. Nothing was changed.',
  'phones-full': 'Policy gives this person no further phone: nothing was changed.',
} as const

function parsedStaffId(text: string): string {
  const parsed = staffId.safeParse(text)
  if (!parsed.success) throw new UsageError('that is no staff ID')
  return parsed.data
}

function parsedReason(text: string): string {
  const parsed = reasonText.safeParse(text)
  if (!parsed.success) throw new UsageError('give a --reason of 3 to 200 characters')
  return parsed.data
}
