// A restored station and the phones of before: none answers there, and a policy that wants one locks no administrator out.
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addPerson, closeAll, enroll, putPolicy, read, signIn, staffId, type Ward } from '../support/attack-station.ts'
import { backUp, restoreTo } from '../support/backups.ts'
import type { BoundPhone } from '../support/bound-phone.ts'
import { codeOf, newFolder } from '../support/fakes.ts'
import {
  bind,
  challengeOf,
  freshChallenge,
  newScanningWard,
  nurse,
  refused,
  restartScanning,
} from '../support/scanning-ward.ts'

const root = newFolder()
let ward: Ward
let adas: BoundPhone
let nurseKey = ''
beforeAll(async () => {
  const before = await newScanningWard()
  await signIn(before)
  adas = await bind(before, before.desk.handlers.bindOwnPhone({}))
  nurseKey = await enroll(before, await addPerson(before, nurse))
  await putPolicy(before, { settings: { factors: 'phone' } })
  await before.desk.handlers.lockNow({})
  await before.desk.handlers.submitAnswer({ staffId: null, digits: '00000000' })
  const file = path.join(root, 'backup.age')
  await backUp(before, file)
  await closeAll()
  const elsewhere = await restoreTo(path.join(root, 'restored'), file, before.clock)
  expect(elsewhere.answer).toMatchObject({ ok: true, people: 2 })
  ward = await restartScanning({ ...before, folder: elsewhere.folder, keychain: elsewhere.keychain })
}, 60_000)
afterAll(async () => {
  await closeAll(true)
  fs.rmSync(root, { recursive: true, force: true })
})

it('ends bound phones: no answer of theirs opens anything, and what went before asks nobody for an ID', async () => {
  expect(read(ward, "SELECT id FROM credential WHERE kind = 'phone'")).toEqual([])
  expect(ward.desk.screen()).toMatchObject({ kind: 'locked', unconfirmed: true, answers: { idNeeded: false } })
  const challenge = await challengeOf(ward)
  const { handlers } = ward.desk
  expect(await handlers.submitShownAnswer({ text: adas.shownAnswer(challenge) })).toEqual(refused('bad-answer'))
  expect(await handlers.submitAnswer({ staffId, digits: adas.digits(challenge) })).toEqual(refused('wrong-or-over'))
})

it('takes a code of an administrator, and of nobody else, until the first phone is bound', async () => {
  const { handlers } = ward.desk
  const code = (key: string) => codeOf(key, ward.clock.nowMs())
  ward.clock.pass(3_600_000)
  expect(await handlers.submitCode({ staffId: nurse, code: code(nurseKey) })).toEqual(refused('phone-needed'))
  await signIn(ward)
  await handlers.renewRecoveryCodes({})
  await handlers.acknowledgeRecoveryCodes({})
  expect(await handlers.confirmPeople({})).toMatchObject({ ok: true })
  const mine = await bind(ward, handlers.bindOwnPhone({}))
  await handlers.lockNow({})
  ward.clock.pass(30_000)
  expect(await handlers.submitCode({ staffId, code: code(ward.setupKey) })).toEqual(refused('phone-needed'))
  expect(await handlers.submitAnswer({ staffId: null, digits: mine.digits(await freshChallenge(ward)) })).toMatchObject(
    {
      ok: true,
    },
  )
})
