// Somebody came in under another's name, and types wrong codes after it: the sign-in stays in its owner's sight, to be disowned.
import { afterAll, afterEach, expect, it } from 'vitest'
import { closeAll, newWard, signIn } from '../support/attack-station.ts'
import { member, typeCode } from '../support/ward-ways.ts'

afterEach(() => closeAll())
afterAll(() => closeAll(true))

it('however many wrong codes follow it', async () => {
  const ward = await newWard()
  const bola = await member(ward, 'N2044')
  await signIn(ward, bola.staffId, bola.setupKey)
  ward.desk.lock('lock-button')
  const { handlers } = ward.desk
  for (let tries = 0; tries < 8; tries++) await handlers.submitCode({ staffId: bola.staffId, code: '00000000' })
  ward.clock.pass(60_000)
  expect(await typeCode(ward, bola.staffId, bola.setupKey)).toMatchObject({ ok: true })
  const screen = ward.desk.screen()
  if (screen.kind !== 'session') throw new Error(screen.kind)
  expect(screen.lastSignIns).toHaveLength(5)
  expect(screen.lastSignIns.map(({ number }) => number)).toEqual(
    screen.lastSignIns.map(({ number }) => number).toSorted((a, b) => b - a),
  )
  const theirs = screen.lastSignIns.find(({ accepted }) => accepted)
  expect(theirs).toMatchObject({ method: 'totp' })
  expect(await handlers.reportNotMe({ event: theirs?.number ?? 0 })).toEqual({ ok: true })
})
