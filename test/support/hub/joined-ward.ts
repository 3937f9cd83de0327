// A ward's station that joins a hub from its command line, beside the station that runs.
import { createHttpHub } from '../../../src/station/hub/http.ts'
import { type JoinOutcome, joinHub, parseJoinLink } from '../../../src/station/hub/joining.ts'
import { type Opened, openStation } from '../../../src/station/open-station.ts'
import { newId } from '../../../src/station/primitives.ts'
import { newWard, type Ward } from '../attack-station.ts'
import { newScanningWard } from '../scanning-ward.ts'
import type { Reached } from './running-hub.ts'

/** At the hub's own time. */
export async function wardBy(hub: Reached): Promise<Ward> {
  const ward = await newWard()
  ward.clock.pass(hub.time.ms - ward.clock.nowMs())
  return ward
}

/** The same, with a phone page. */
export async function scanningWardBy(hub: Reached): Promise<Ward> {
  const ward = await newScanningWard()
  ward.clock.pass(hub.time.ms - ward.clock.nowMs())
  return ward
}

export async function openBeside(ward: Ward): Promise<Opened> {
  const parts = { dataFolder: ward.folder, keychain: ward.keychain, clock: ward.clock, appVersion: 'test' }
  const result = await openStation({ ...parts, sqliteBinding: undefined })
  if (result.kind !== 'opened') throw new Error(JSON.stringify(result))
  return result.opened
}

export async function join(ward: Ward, link: string): Promise<JoinOutcome> {
  const opened = await openBeside(ward)
  const parsed = parseJoinLink(link)
  if (!parsed) throw new Error('no link')
  try {
    return await joinHub(opened, {
      hub: createHttpHub(),
      link: parsed,
      appVersion: 'test',
      nowMs: ward.clock.nowMs(),
      actor: newId(),
    })
  } finally {
    opened.db.close()
  }
}
