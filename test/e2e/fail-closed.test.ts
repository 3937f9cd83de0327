// What must keep a station locked: each fault has its own screen, nothing unlocks behind it, and mending it is enough.
import fs from 'node:fs'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { call } from '../support/bridge.ts'
import { expectClosed, expectFailure, expectMended, expectStillClosed } from '../support/closed.ts'
import { entryFaults, fileFaults, handFaults } from '../support/faults.ts'
import { ada, signedInAs, typeCode } from '../support/flows.ts'
import { type Entries, keptEntries, PrivateBus, removeEntry, writeEntry } from '../support/keyring.ts'
import { codeNow } from '../support/phone.ts'
import { changeStation, copyOf, type Prepared, prepareStation } from '../support/prepared-station.ts'
import { type Launch, launchStation, type StationApp } from '../support/station-app.ts'
import { codeBefore } from '../support/steps.ts'
import { editEvent, fileBytes, sqlite } from '../support/tamper.ts'

let prepared: Prepared
let folder: string
let entries: Entries
const stations: StationApp[] = []

test.beforeAll(async () => {
  prepared = await prepareStation()
})
test.beforeEach(async () => {
  folder = await copyOf(prepared)
  entries = await keptEntries(folder)
})
test.afterEach(async () => {
  await closeStations()
  fs.rmSync(folder, { recursive: true, force: true })
})
test.afterAll(() => fs.rmSync(prepared.folder, { recursive: true, force: true }))

async function launch(parts: Omit<Launch, 'folder'> = {}): Promise<Page> {
  const station = await launchStation({ folder, ...parts })
  stations.push(station)
  return station.page
}

async function closeStations(): Promise<void> {
  for (const station of stations.splice(0)) await station.close()
}

test.describe('the keychain', () => {
  let bus: PrivateBus
  test.beforeEach(async () => {
    bus = await PrivateBus.open()
  })
  test.afterEach(async () => {
    bus.goOn()
    // Before the bus: a program whose bus goes away ends with it.
    await closeStations()
    await bus.close()
  })

  const startWithEntries = async () => {
    await bus.startKeyring()
    await bus.keep(folder, entries)
  }

  test('none on the bus', async () => {
    const page = await launch({ env: bus.env })
    await expectClosed(page, 'no-keychain', prepared)
    await startWithEntries()
    await expectMended(page, prepared)
  })

  test('locked by its owner', async () => {
    await startWithEntries()
    bus.lock()
    const page = await launch({ env: bus.env })
    await expectClosed(page, 'keychain-locked', prepared)
    await bus.unlock()
    await expectMended(page, prepared)
  })

  test('never unlocked since the login, on a station whose data is gone', async () => {
    await startWithEntries()
    await bus.stopKeyring()
    await bus.startKeyring('locked')
    for (const name of fs.readdirSync(folder)) fs.rmSync(path.join(folder, name), { recursive: true })
    // A locked keychain can't say that there was a station here, so nobody may take this one for a new one.
    await expectClosed(await launch({ env: bus.env }), 'keychain-locked', prepared)
  })

  test('there, but without an answer', async () => {
    await startWithEntries()
    bus.freeze()
    const page = await launch({ env: bus.env })
    await expectClosed(page, 'keychain-locked', prepared)
    bus.goOn()
    await expectMended(page, prepared)
  })

  test('taken away from a station in use', async () => {
    await startWithEntries()
    const page = await launch({ env: bus.env })
    await expect(page.getByRole('img', { name: 'Login QR code' })).toBeVisible()
    await bus.stopKeyring()
    // The session opens, its checkpoint can't be kept: the station is not to go on. By the bridge, since the checkpoint of
    // the start may meet the missing keychain first, and then there is no field any more.
    await call(page, 'submitCode', { staffId: ada.staffId, code: await codeBefore(prepared.setupKey) })
    await expectClosed(page, 'no-keychain', prepared)
    await bus.startKeyring()
    // libsecret keeps a connection that has died for as long as its process lives: as the screen says, a restart helps.
    await closeStations()
    const again = await launch({ env: bus.env })
    await expect(again.getByRole('img', { name: 'Login QR code' })).toBeVisible()
  })

  test('one that Electron would fill under a fixed password', async () => {
    const page = await launch({ args: ['--password-store=basic'] })
    await expectClosed(page, 'insecure-keychain', prepared)
    await expectStillClosed(page, 'insecure-keychain', prepared)
  })
})

for (const fault of [...entryFaults, ...fileFaults, ...handFaults])
  test(fault.name, async () => {
    await fault.cause(folder, entries)
    const before = fileBytes(folder)
    const entriesBefore = await keptEntries(folder)
    const page = await launch()
    await expectClosed(page, fault.code, prepared)
    // Nothing is made anew in place of what is wrong.
    if (fileFaults.includes(fault)) expect(fileBytes(folder)).toEqual(before)
    expect(await keptEntries(folder)).toEqual(entriesBefore)
    if (!fault.mend) return expectStillClosed(page, fault.code, prepared)
    await fault.mend(folder, entries)
    await expectMended(page, prepared)
  })

test('a file from the future, which trying again would not make younger', async () => {
  sqlite(folder, 'PRAGMA user_version = 99')
  const page = await launch()
  await expectClosed(page, 'data-newer', prepared)
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0)
  await call(page, 'retryStart', {})
  await expectClosed(page, 'data-newer', prepared)
})

test.describe('the check of the whole log, which goes on behind the lock screen', () => {
  // Long enough that there is time to sign in before the check comes to the entry that was changed, its last but a few.
  const entriesMade = 50_000
  let long: Prepared
  test.beforeAll(async () => {
    long = { ...prepared, folder: await copyOf(prepared) }
    await changeStation(long.folder, ({ ledger }) =>
      ledger.record((recorder) => {
        for (let made = 0; made < entriesMade; made++) recorder.event({ type: 'challenges-shown' })
      }),
    )
    editEvent(long.folder, entriesMade, '$.type', 'person-left')
  })
  test.beforeEach(async () => {
    fs.rmSync(folder, { recursive: true })
    folder = await copyOf(long)
    entries = await keptEntries(folder)
  })
  test.afterAll(() => fs.rmSync(long.folder, { recursive: true, force: true }))

  /** The window is up before the check begins: it waits at a fault that is mended then. */
  const launchToLockScreen = async () => {
    await removeEntry(folder, 'root-key')
    const page = await launch()
    await expectFailure(page, 'key-missing')
    await writeEntry(folder, 'root-key', entries.get('root-key') ?? '')
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByText(/^Checking the log/)).toBeVisible()
    return page
  }

  test('it closes a lock screen that is in use', async () => {
    const page = await launchToLockScreen()
    await expect(page.getByRole('img', { name: 'Login QR code' })).toBeVisible()
    await expectClosed(page, 'log-changed', prepared)
    await expectStillClosed(page, 'log-changed', prepared)
  })

  test('it ends a session that was opened meanwhile', async () => {
    const page = await launchToLockScreen()
    await typeCode(page, ada.staffId, codeNow(prepared.setupKey))
    await expect(signedInAs(page, ada.name)).toBeVisible()
    await expectClosed(page, 'log-changed', prepared)
  })
})

test('a second window on the same folder, while the first goes on working', async () => {
  const first = await launch()
  const second = await launch()
  await expectClosed(second, 'second-instance', prepared)
  await typeCode(first, ada.staffId, await codeBefore(prepared.setupKey))
  await expect(signedInAs(first, ada.name)).toBeVisible()
  await expectStillClosed(second, 'second-instance', prepared)
  await stations.shift()?.close()
  await expectMended(second, prepared)
})
