// Offers on the screen, confirmed or not, and the recovery codes and PINs that follow.
import { expect } from 'vitest'
import { reasonOf, showOffer, typeCode } from './attempts.ts'
import { boundOf, type CodeSet, codeAt, type Model, type Offer, type Phone, phonesOf, pinOf, stepAt } from './model.ts'
import type { WalkedStation } from './station.ts'

/** By what is on the screen, or with the code of an offer that is not: a photo of it. */
export async function confirm(model: Model, station: WalkedStation, offer: Offer, offset: number) {
  const { stage } = model
  const shown = stage?.kind === 'offer' ? stage.offer : null
  const now = station.now()
  const step = Math.max(stepAt(now) + offset, 0)
  const isLive = shown?.status === 'open'
  const isTimely = now.wallMs < offer.expiresAtMs && offset <= 0 && offset >= -model.policy.totpWindowSteps
  const works = isLive && shown === offer && isTimely && offer.person.status === 'active'
  const answer = await station.handlers.confirmOffer({ code: codeAt(offer, step) })
  expect(answer.ok, `confirming for ${offer.person.staffId}, answered ${reasonOf(answer)}`).toBe(works)
  station.count(`offer ${answer.ok ? 'confirmed' : 'refused'}`)
  if (!answer.ok) {
    if (!isLive || !shown) return
    if (['wrong-code', 'clock-wrong'].includes(answer.reason)) shown.tries++
    else shown.status = 'ended'
    return
  }
  const { person, setupKey } = offer
  for (const old of endingPhones(model, offer)) old.status = 'ended'
  if (offer.endsBound) for (const old of boundOf(person)) old.status = 'ended'
  for (const each of person.credentials) if (each.status === 'pending') each.status = 'ended'
  offer.status = 'confirmed'
  model.failures.delete(`totp:${person.staffId}`)
  person.credentials.push({
    ...{ kind: 'totp', id: station.newest(person, 'totp'), status: 'active' },
    ...{ setupKey, lastStep: step },
  })
  const set = pendingSet(station, offer, answer.recoveryCodes)
  const kind = model.policy.factors === 'code-and-pin' && !pinOf(person) ? 'pin' : 'codes'
  model.stage = { kind, person, set, newPhone: true }
}

function pendingSet(station: WalkedStation, { person }: Pick<Offer, 'person'>, codes: readonly string[]): CodeSet {
  const id = station.newest(person, 'recovery')
  const set: CodeSet = { kind: 'recovery', id, status: 'pending', codes, used: new Set() }
  person.credentials.push(set)
  return set
}

function endingPhones(model: Model, { person, purpose, replaces }: Offer): Phone[] {
  const phones = phonesOf(person)
  if (purpose === 'replace') return phones
  const staying = phones.filter((phone) => phone !== replaces).slice(0, model.policy.phonesPerPerson - 1)
  return phones.filter((phone) => !staying.includes(phone))
}

export async function acknowledge(model: Model, station: WalkedStation) {
  const { stage, session } = model
  const answer = await station.handlers.acknowledgeRecoveryCodes({})
  const set = stage?.kind === 'codes' ? stage.set : null
  const works = stage?.kind === 'codes' && set?.status === 'pending' && stage.person.status === 'active'
  expect(answer.ok, 'storing recovery codes').toBe(works)
  if (stage?.kind === 'codes' && set && stage.person.status !== 'active') model.stage = null
  if (!works || !set) return
  const { person, newPhone } = stage
  for (const each of person.credentials) if (each.kind === 'recovery' && each !== set) each.status = 'ended'
  set.status = 'active'
  model.stage = null
  if (session?.person !== person) return
  if (newPhone) model.endSession()
  else if (session.method === 'recovery') session.livesBy = set
}

/** Those that nobody has written down are made anew. */
export async function renewCodes(model: Model, station: WalkedStation) {
  const { stage } = model
  const answer = await station.handlers.renewRecoveryCodes({})
  const works = stage?.kind === 'codes' && stage.person.status === 'active'
  expect(answer.ok, 'new recovery codes').toBe(works)
  if (stage?.kind !== 'codes') return
  if (!answer.ok) {
    model.stage = null
    return
  }
  for (const each of stage.person.credentials) if (each.status === 'pending') each.status = 'ended'
  model.stage = { ...stage, set: pendingSet(station, stage, answer.recoveryCodes) }
}

/** By whoever is signed in, with a code of the phone that they move from. */
export async function moveToNewPhone(model: Model, station: WalkedStation, phone: Phone, offset: number) {
  const { session, stage } = model
  const staffId = session?.person.staffId ?? ''
  if (!session) return
  const answer = await typeCode(
    model,
    station,
    { staffId, phone, offset },
    {
      allowed: () => stage === null,
      send: async (code) => station.handlers.moveToNewPhone({ code }),
    },
  )
  if (answer.ok) showOffer(model, station, session.person, { purpose: 'move', replaces: phone }, answer.secret.setupKey)
}
