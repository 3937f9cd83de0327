// A login QR code that nobody looked at for long rests, whatever the hub has to say meanwhile.
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { challengeRule } from '../../../src/core/challenge.ts'
import { closeAll, read, type Ward } from '../../support/attack-station.ts'
import { join, wardBy } from '../../support/hub/joined-ward.ts'
import {
  beginOrganisation,
  enrollAtHub,
  joinLink,
  type Organisation,
  type RunningHub,
  startTestHub,
} from '../../support/hub/running-hub.ts'

const patient = { timeout: 15_000 }
let hub: RunningHub
let acme: Organisation
let ward: Ward
beforeAll(async () => {
  hub = await startTestHub()
  acme = await beginOrganisation(hub, 'acme')
  // Those of the station alone: its timers go when the test says so.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  ward = await wardBy(hub)
  expect(await join(ward, await joinLink(hub, acme, 'Ward 7'))).toMatchObject({ ok: true })
  vi.advanceTimersByTime(1000)
}, 60_000)
afterAll(async () => {
  vi.useRealTimers()
  await closeAll(true)
  await hub?.close()
})

it('is not woken by a person who comes down', async () => {
  await expect.poll(() => ward.desk.screen(), patient).toMatchObject({ hub: { state: 'online' } })
  vi.advanceTimersByTime(12 * challengeRule.rotatesMs)
  expect(ward.desk.screen()).toMatchObject({ kind: 'locked', challenge: { state: 'resting' } })
  const nina = await enrollAtHub(hub, acme, 'NINA-1')
  await expect
    .poll(() => read<string>(ward, 'SELECT status FROM credential WHERE id = ?', nina.credentialId)[0], patient)
    .toBe('active')
  expect(ward.desk.screen()).toMatchObject({ challenge: { state: 'resting' } })
})
