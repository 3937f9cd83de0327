// While another process writes, as a long import does, what the hub has to say waits: nothing is wrong with the station.
import { setTimeout as delay } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { databaseFile } from '../../../src/station/database.ts'
import { createHttpHub } from '../../../src/station/hub/http.ts'
import { type JoinOutcome, joinHub, parseJoinLink } from '../../../src/station/hub/joining.ts'
import { readLink } from '../../../src/station/hub/link.ts'
import { newId } from '../../../src/station/primitives.ts'
import { closeAll, read, type Ward } from '../../support/attack-station.ts'
import { join, openBeside, wardBy } from '../../support/hub/joined-ward.ts'
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
  ward = await wardBy(hub)
  expect(await join(ward, await joinLink(hub, acme, 'Ward 7'))).toMatchObject({ ok: true })
}, 60_000)
afterAll(async () => {
  await closeAll(true)
  await hub?.close()
})

it('goes on once the store is free', { timeout: 40_000 }, async () => {
  await expect.poll(() => ward.desk.screen(), patient).toMatchObject({ hub: { state: 'online' } })
  const other = new Database(databaseFile(ward.folder))
  other.exec('BEGIN IMMEDIATE')
  const nina = await enrollAtHub(hub, acme, 'NINA-1')
  // Longer than the station waits for the store before it gives up a write.
  await delay(4000)
  expect(ward.desk.screen()).toMatchObject({ kind: 'locked' })
  other.exec('ROLLBACK')
  other.close()
  await expect
    .poll(() => read<string>(ward, 'SELECT status FROM credential WHERE id = ?', nina.credentialId)[0], patient)
    .toBe('active')
  expect(ward.desk.screen()).toMatchObject({ kind: 'locked', hub: { state: 'online' } })
})

it('joins once the store is free, and loses nothing of what the hub gave', { timeout: 60_000 }, async () => {
  const next = await wardBy(hub)
  const opened = await openBeside(next)
  const link = parseJoinLink(await joinLink(hub, acme))
  if (!link) throw new Error('no link')
  const other = new Database(databaseFile(next.folder))
  other.exec('BEGIN IMMEDIATE')
  let joined: JoinOutcome | null = null
  const facts = { appVersion: 'test', nowMs: next.clock.nowMs(), actor: newId() }
  const joining = joinHub(opened, { hub: createHttpHub(), link, ...facts }).then((outcome) => {
    joined = outcome
  })
  await delay(4000)
  expect(joined).toBeNull()
  expect(readLink(opened.ledger)).toBeNull()
  other.exec('ROLLBACK')
  other.close()
  await joining
  expect(joined).toMatchObject({ ok: true })
  opened.db.close()
  await expect.poll(() => next.desk.screen(), patient).toMatchObject({ hub: { state: 'online' } })
})
