// How people come and go at the desk, as most steps want it first: in by code, PIN or recovery code, and out.
import { choosePin, signIn, typePin, typeRecoveryCode } from './attempts.ts'
import { addSomebody, changeAtDesk, newOffer } from './changes.ts'
import { acknowledge, confirm, renewCodes } from './enrollment.ts'
import { isOver, type Model, type Person, pinOf, setOf } from './model.ts'
import type { WalkedStation } from './station.ts'
import { ableAdministrators, minute, pick, pins, works } from './steps.ts'

/** To the lock screen and in again, with a PIN where policy wants one. */
export async function comes(model: Model, station: WalkedStation, person: Person | undefined, wrongPin = false) {
  const phone = person && works(person)
  if (!phone) return
  await lock(model, station)
  station.pass(model, 30_000)
  await signIn(model, station, person.staffId, phone, 0)
  if (model.pending?.asked && wrongPin) await typePin(model, station, '640281')
  if (model.pending) await goOn(model, station, pins[0])
}
export async function administratorIsThere(model: Model, station: WalkedStation, who: number) {
  if (model.mayChange(station.now())) return
  const able = pick(ableAdministrators(model), who)
  if (able) await comes(model, station, able)
  else
    await comesByCode(
      model,
      station,
      model.people.find(({ isAdministrator }) => isAdministrator),
    )
  if (model.stage) await goOn(model, station, pins[0])
}
export async function comesByCode(model: Model, station: WalkedStation, person: Person | undefined) {
  const set = person && setOf(person)
  if (!set) return
  await lock(model, station)
  station.pass(model, 40 * minute)
  await typeRecoveryCode(model, station, person.staffId, set, set.used.size)
}
export async function goOn(model: Model, station: WalkedStation, pin: string) {
  const { pending, stage } = model
  if (stage?.kind === 'codes') return stage.set ? acknowledge(model, station) : renewCodes(model, station)
  if (stage?.kind === 'pin' || (pending && !pending.asked)) return choosePin(model, station, pin)
  if (pending) return typePin(model, station, pinOf(pending.person)?.text ?? pin)
}
export async function enroll(model: Model, station: WalkedStation, person: Person, stores: boolean) {
  await changeAtDesk(model, station, newOffer(person, false))
  const shown = model.stage
  if (shown?.kind !== 'offer') return
  await confirm(model, station, shown.offer, 0)
  const next = model.stage?.kind as string
  if (next === 'pin') await choosePin(model, station, pins[0])
  if (stores) await acknowledge(model, station)
}
/** Where a walk begins: two administrators and two of staff, each with a phone. */
export async function populate(model: Model, station: WalkedStation) {
  await comes(model, station, model.people[0])
  for (const who of ['P1', 'P2', 'P3']) {
    await addSomebody(model, station, who, [who === 'P1' ? 'administrator' : 'staff'])
    const person = model.personOf(who)
    if (person) await enroll(model, station, person, true)
  }
}

export async function lock(model: Model, station: WalkedStation) {
  await station.handlers.lockNow({})
  model.endSession()
  model.pending = null
}

/** What is shown on the screen is gone after it. */
export async function restart(model: Model, station: WalkedStation) {
  await station.restart()
  model.endSession()
  model.pending = null
  const { wallMs } = station.now()
  for (const offer of model.offers)
    if (offer.status === 'open' || (offer.status === 'waiting' && wallMs >= offer.expiresAtMs)) offer.status = 'ended'
  for (const each of model.people.flatMap(({ tickets }) => tickets)) if (isOver(each, wallMs)) each.open = false
}
