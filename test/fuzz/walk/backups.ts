// A backup beside the running station, and a restore from the first screen of another computer: what goes on there, and what has ended.
import path from 'node:path'
import { expect } from 'vitest'
import { begin } from '../../support/attack-station.ts'
import { backUp, passphrase } from '../../support/backups.ts'
import { FakeKeychain, newFolder } from '../../support/fakes.ts'
import { scanning } from '../../support/scanning-ward.ts'
import { administratorIsThere, goOn } from './coming.ts'
import { type Model, type Person, stepAt } from './model.ts'
import type { WalkedStation } from './station.ts'
import { ableAdministrators, minute, pins } from './steps.ts'

/** What a backup knows: a copy, in which everybody stands as they stood then. */
export interface Backup {
  readonly file: string
  readonly people: readonly Person[]
  readonly failures: ReadonlyMap<string, number>
  readonly policy: Model['policy']
}

export async function backup(model: Model, station: WalkedStation): Promise<Backup> {
  const file = path.join(newFolder(), 'backup.age')
  await backUp(station.ward, file)
  const { people, failures, policy } = model
  return { file, ...structuredClone({ people, failures, policy }) }
}

/** The computer of before is gone; somebody goes on at a new one. */
export async function restore(model: Model, station: WalkedStation, from: Backup, passphraseTyped = passphrase) {
  const bench = await begin(
    { clock: station.ward.clock, keychain: new FakeKeychain() },
    { openFile: async () => from.file, ...scanning },
  )
  expect(await bench.desk.handlers.chooseBackup({})).toMatchObject({ ok: true })
  const answer = await bench.desk.handlers.restoreBackup({ passphrase: passphraseTyped })
  const works = passphraseTyped === passphrase && ableAdministrators(from).length > 0
  expect(answer.ok, `a restore, answered ${answer.ok ? 'done' : answer.reason}`).toBe(works)
  station.count(`restore ${answer.ok ? 'done' : 'refused'}`)
  if (!answer.ok) {
    expect(bench.desk.screen()).toMatchObject({ kind: 'first-run', restorable: true })
    return
  }
  await station.ward.desk.close()
  const { setupKey, recoveryCodes } = station.ward
  station.moveTo({ ...bench, setupKey, recoveryCodes })
  note(model, station, from)
  // The step of the restore and the next are over for every code.
  station.pass(model, 3 * minute)
  await confirmPeople(model, station)
}

/** Apps go on; whatever else proved somebody, was open, or came after the backup proves nothing. */
function note(model: Model, station: WalkedStation, from: Backup): void {
  const { people, failures, policy } = structuredClone({ ...from, file: '' })
  const now = stepAt(station.now())
  for (const person of people) {
    const since = model.people.find(({ id }) => id === person.id)?.credentials ?? []
    const later = since.filter((each) => !person.credentials.some(({ id }) => id === each.id))
    // What came later is tried all the same.
    ;(person.credentials as unknown[]).unshift(...later.map((each) => ({ ...each, status: 'ended' })))
    for (const each of person.credentials) {
      if (each.kind !== 'totp') each.status = 'ended'
      else if (each.status !== 'ended') each.lastStep = Math.max(each.lastStep, now + 1)
    }
    for (const ticket of person.tickets) ticket.open = false
  }
  model.endSession()
  model.pending = null
  for (const offer of model.offers) offer.status = 'ended'
  model.people.splice(0, model.people.length, ...people)
  model.failures.clear()
  for (const [who, count] of failures) model.failures.set(who, count)
  model.policy = policy
  model.unconfirmed = true
}

export async function confirmPeople(model: Model, station: WalkedStation) {
  await administratorIsThere(model, station, 0)
  for (let more = 0; model.stage && more < 3; more++) await goOn(model, station, pins[0])
  const works = model.unconfirmed && model.mayChange(station.now())
  const answer = await station.handlers.confirmPeople({})
  expect(answer.ok, `confirming the people, answered ${answer.ok ? 'done' : answer.reason}`).toBe(works)
  if (answer.ok) model.unconfirmed = false
}
