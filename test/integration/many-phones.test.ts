// How many phones there are decides whether eight digits are enough: at ninety-five yes, at one more the staff ID as well.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { mostWithoutId } from '../../src/station/login-answer.ts'
import { sealAnswerKey } from '../../src/station/phone-credentials.ts'
import { digitsFor } from '../../src/station/phone-keys.ts'
import { newId, random } from '../../src/station/primitives.ts'
import { beside, closeAll, copyOf, eventsOf, type Stopped, type Ward } from '../support/attack-station.ts'
import { challengeOf, newScanningWard, refused, restartScanning } from '../support/scanning-ward.ts'

const keys: Buffer[] = []
let station: Stopped
/** One answer key each for so many people; `same` gives the last two one and the same. */
const fill = (stopped: Stopped, count: number, same = false) =>
  beside(stopped, (opened) =>
    opened.ledger.record((recorder) => {
      keys.length = 0
      for (let i = 0; i < count; i++) {
        const [person, credential] = [newId(), newId()]
        const key = same && i === count - 1 ? (keys[i - 1] ?? random(32)) : random(32)
        keys.push(key)
        const name = `Person ${i}`
        recorder.put('person', person, {
          staff_id: `N${1000 + i}`,
          display_name: name,
          roles: '["staff"]',
          status: 'active',
        })
        recorder.put('credential', credential, {
          person_id: person,
          kind: 'phone',
          status: 'active',
          parameters: JSON.stringify({ form: 'typed' }),
          secret: sealAnswerKey(opened.keys, credential, person, key),
          last_step: -1,
        })
      }
      recorder.event({ type: 'filled' })
    }),
  )
beforeAll(async () => {
  const ward = await newScanningWard()
  await closeAll()
  station = ward
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

async function locked(count: number, same = false): Promise<Ward> {
  const copy = copyOf(station)
  await fill(copy, count, same)
  return restartScanning(copy)
}
const typed = async (ward: Ward, key: Buffer | undefined, staffId: string | null = null) =>
  ward.desk.handlers.submitAnswer({ staffId, digits: digitsFor(key ?? random(32), await challengeOf(ward)) })

it('is enough at the most that leaves twenty bits', async () => {
  const ward = await locked(mostWithoutId)
  expect(ward.desk.screen()).toMatchObject({ answers: { idNeeded: false } })
  expect(await typed(ward, keys.at(-1))).toEqual({ ok: true, displayName: `Person ${mostWithoutId - 1}` })
})

it('is not at one more: the ID is asked for, and nobody’s answer is looked at without it', async () => {
  const ward = await locked(mostWithoutId + 1)
  expect(ward.desk.screen()).toMatchObject({ answers: { idNeeded: true } })
  expect(await typed(ward, keys[0])).toEqual(refused('id-needed'))
  expect(eventsOf(ward, 'login-attempted').at(-1)).toMatchObject({ outcome: 'refused', reason: 'id-needed' })
  expect(await typed(ward, keys[0], 'N1000')).toMatchObject({ ok: true })
})

it('asks for the ID where the digits are two people’s', async () => {
  const ward = await locked(3, true)
  expect(await typed(ward, keys[2])).toEqual(refused('id-needed'))
  expect(eventsOf(ward, 'login-attempted').at(-1)).toMatchObject({ reason: 'two-phones' })
  expect(await typed(ward, keys[2], 'N1002')).toEqual({ ok: true, displayName: 'Person 2' })
})

it('asks nobody who guesses for less: twenty tries in ten minutes slow the station', async () => {
  const ward = await locked(mostWithoutId + 1)
  for (let i = 0; i < 20; i++) await typed(ward, undefined)
  expect(eventsOf(ward, 'alert-raised').at(-1)).toMatchObject({ reason: 'many-failures' })
})
