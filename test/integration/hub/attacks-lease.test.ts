// A clock set back before each start: the lease of what came from the hub counts what the computer has run, whatever its clock says.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPostgres } from '../../../src/hub/database.ts'
import { readLink } from '../../../src/station/hub/link.ts'
import { closeAll, codeNow, newWard, read, restart, signIn as signInAt } from '../../support/attack-station.ts'
import { FakeClock } from '../../support/fakes.ts'
import { join, openBeside } from '../../support/hub/joined-ward.ts'
import { type PostgresServer, startPostgres } from '../../support/hub/postgres.ts'
import {
  beginOrganisation,
  enrollAtHub,
  joinLink,
  type RunningHub,
  startTestHub,
} from '../../support/hub/running-hub.ts'

class BootClock extends FakeClock {
  boot = 'first'
  /** The computer is off for no time at all, and its clock is set back meanwhile. */
  startAgain(boot: string, backMs: number): void {
    this.boot = boot
    this.running = 1000
    this.wallMs -= backMs
  }
}
const hourMs = 60 * 60_000
let server: PostgresServer
let hub: RunningHub
beforeAll(async () => {
  server = await startPostgres()
  hub = await startTestHub(await openPostgres(server.newDatabase()))
}, 60_000)
afterAll(async () => {
  await closeAll(true)
  await hub?.close()
  server?.stop()
})

it('is over by summed running time', { timeout: 60_000 }, async () => {
  const acme = await beginOrganisation(hub, 'acme')
  const { setupKey, credentialId } = await enrollAtHub(hub, acme, 'LEASE-1')
  const clock = new BootClock()
  let ward = await newWard({ clock })
  clock.pass(hub.time.ms - clock.nowMs())
  expect(await join(ward, await joinLink(hub, acme))).toMatchObject({ ok: true })
  const has = () => read(ward, 'SELECT 1 FROM credential WHERE id = ?', credentialId)
  await expect.poll(has, { timeout: 20_000 }).toEqual([1])
  const link = async () => {
    const opened = await openBeside(ward)
    const found = readLink(opened.ledger)
    opened.db.close()
    return found
  }
  await expect.poll(async () => (await link())?.confirmed_running_ms ?? null, { timeout: 20_000 }).not.toBe(null)
  await hub.cutOff()
  for (const boot of ['second', 'third']) {
    clock.pass(24 * hourMs)
    await signInAt(ward)
    ward.desk.lock('lock-button')
    await closeAll()
    clock.startAgain(boot, 24 * hourMs)
    ward = { ...ward, ...(await restart(ward)) }
  }
  const tryIn = async () => ward.desk.handlers.submitCode({ staffId: 'LEASE-1', code: codeNow(ward, setupKey) })
  expect(await tryIn()).toMatchObject({ ok: true })
  ward.desk.lock('lock-button')
  clock.pass(25 * hourMs)
  expect(await tryIn()).toMatchObject({ ok: false, reason: 'stale' })
})
