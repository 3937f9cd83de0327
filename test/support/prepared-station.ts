// A station that is set up by the product's own code without a window, and copied, keychain entries and all, for each test.
import fs from 'node:fs'
import { HOTP, Secret } from 'otpauth'
import { CheckpointKeeper } from '../../src/station/checkpoint-keeper.ts'
import { createDesk } from '../../src/station/create-desk.ts'
import { createKeytarKeychain } from '../../src/station/keytar-keychain.ts'
import { type Opened, openStation } from '../../src/station/open-station.ts'
import { FakeLog, FakePrinter } from './fakes.ts'
import { ada, type Enrolled, place } from './flows.ts'
import { keptEntries, writeEntry } from './keyring.ts'
import { Phone } from './phone.ts'
import { newDataFolder, serviceOf } from './station-app.ts'

export interface Prepared {
  readonly folder: string
  readonly setupKey: string
  readonly recoveryCodes: readonly string[]
}

export const partsOf = (folder: string, agoMs = 0) => ({
  dataFolder: folder,
  appVersion: '0.0.0',
  clock: { nowMs: () => Date.now() - agoMs, runningMs: () => performance.now() },
  keychain: createKeytarKeychain(serviceOf(folder)),
  log: new FakeLog(),
  printer: new FakePrinter(),
  phoneHost: null,
  sqliteBinding: undefined,
})

export const made = <T extends { ok: boolean }>(answer: T): Extract<T, { ok: true }> => {
  if (!answer.ok) throw new Error(`the station could not be prepared: ${JSON.stringify(answer)}`)
  return answer as Extract<T, { ok: true }>
}

/** Set up a while ago, so that every code of today is still unused: a test has to wait for none. */
export async function prepareStation(agoMs = 10 * 60_000): Promise<Prepared> {
  const folder = newDataFolder()
  const parts = partsOf(folder, agoMs)
  const desk = createDesk(parts)
  await desk.start()
  const person = { administratorName: ada.name, administratorStaffId: ada.staffId }
  const { secret } = made(await desk.handlers.setUpStation({ ...place, ...person }))
  const counter = Math.floor(parts.clock.nowMs() / 30_000)
  const code = HOTP.generate({ secret: Secret.fromBase32(secret.setupKey), counter })
  const { recoveryCodes } = made(await desk.handlers.confirmOffer({ code }))
  made(await desk.handlers.acknowledgeRecoveryCodes({}))
  await desk.close()
  return { folder, setupKey: secret.setupKey, recoveryCodes }
}

/** Its administrator as a test's own first run would have left them. */
export const administratorOf = ({ setupKey, recoveryCodes }: Prepared): Enrolled => ({
  phone: new Phone(setupKey),
  setupKey,
  recoveryCodes,
})

export async function copyOf({ folder }: Prepared): Promise<string> {
  const copy = newDataFolder()
  fs.cpSync(folder, copy, { recursive: true })
  for (const [account, value] of await keptEntries(folder)) await writeEntry(copy, account, value)
  return copy
}

/** Changes a station that is closed as the product itself would: with events, and the new head in the keychain. */
export async function changeStation(folder: string, work: (opened: Opened) => void): Promise<void> {
  const parts = partsOf(folder)
  const result = await openStation(parts)
  if (result.kind !== 'opened') throw new Error(`the station can't be opened: ${JSON.stringify(result)}`)
  const { opened } = result
  const keeper = new CheckpointKeeper(opened, parts.keychain, (error) => {
    throw error
  })
  try {
    work(opened)
    await keeper.now()
  } finally {
    opened.db.close()
  }
}
