// Codes that came early, late, or again, at a real window by a real clock.
import fs from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { call } from '../support/bridge.ts'
import { ada, lock, signedInAs, typeCode, whatHappened } from '../support/flows.ts'
import { codeNow } from '../support/phone.ts'
import { type Prepared, prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'
import { codeBefore } from '../support/steps.ts'

let prepared: Prepared
let station: StationApp
let page: Page

test.beforeEach(async () => {
  prepared = await prepareStation()
  station = await launchStation(prepared)
  page = station.page
})
test.afterEach(async () => {
  await station.close()
  fs.rmSync(prepared.folder, { recursive: true, force: true })
})

const wrong = 'That code did not match. Wait for the next one.'
const clock = "This workstation's clock is wrong. IT has been told."

test('a code is taken in its own step and in the next, once, and not before or after', async () => {
  const say = async (code: string, words: string) => {
    await typeCode(page, ada.staffId, code)
    await expect(whatHappened(page)).toHaveText(words)
    await expect(page.getByRole('textbox', { name: 'One-time code' })).toHaveValue('')
  }
  // Two steps old: right, but too late. In the window of no clock that is right.
  await say(codeNow(prepared.setupKey, -2), clock)
  await say(codeNow(prepared.setupKey, 2), clock)
  const earlier = await codeBefore(prepared.setupKey)
  await typeCode(page, ada.staffId, earlier)
  await expect(signedInAs(page, ada.name)).toBeVisible()
  await expect(page.getByText('Clock wrong', { exact: true })).toBeVisible()
  await lock(page)
  await say(earlier, 'Wait for the next code.')
  await say(codeNow(prepared.setupKey, -30), wrong)
})

test('a code of the station’s last hours is worth no more than a guess', async () => {
  for (const steps of [-240, -60])
    expect(await call(page, 'submitCode', { staffId: ada.staffId, code: codeNow(prepared.setupKey, steps) })).toEqual({
      ok: false,
      reason: 'wrong-code',
    })
  expect(await call(page, 'submitCode', { staffId: ada.staffId, code: codeNow(prepared.setupKey) })).toMatchObject({
    ok: true,
  })
})
