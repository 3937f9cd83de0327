// What the next person finds of the one before: nothing on the clipboards, nothing in what a page can store.
import { expect, type Page, test } from '@playwright/test'
import {
  ada,
  bola,
  type Enrolled,
  enroll,
  lock,
  pressRealKeys,
  setUpStation,
  signedInAs,
  unlock,
} from '../support/flows.ts'
import { launchStation, newDataFolder, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

const secret = 'the patient in bay 3'
let station: StationApp
let page: Page
let administrator: Enrolled
let nurse: Enrolled

test.beforeAll(async () => {
  station = await launchStation({ folder: newDataFolder(), ownTime: true })
  page = station.page
  administrator = await setUpStation(page)
})
test.afterAll(async () => station?.close())

/** By real keys: text is written, marked (which is the primary selection), and copied. */
async function copyByKeys(): Promise<void> {
  await page.getByRole('link', { name: 'People' }).click()
  const field = page.getByRole('searchbox').or(page.getByRole('textbox')).first()
  await field.fill(secret)
  await field.focus()
  pressRealKeys('ctrl+a')
  pressRealKeys('ctrl+c')
  await expect.poll(clipboards).toContain(secret)
}
/** As a page or another program would read them. */
const clipboards = () =>
  station.app.evaluate(({ clipboard }) => {
    const { readText } = clipboard as unknown as { readText(type?: string): string }
    return [readText('clipboard'), readText('selection')]
  })
/** What stays of a page: cookies, databases, caches. */
const leave = () =>
  station.app.evaluate(async ({ session, BrowserWindow }) => {
    await session.defaultSession.cookies.set({ url: 'https://station.example', name: 'who', value: 'ada' })
    await BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
      "new Promise((done, fail) => { const asked = indexedDB.open('of-ada'); asked.onsuccess = () => { asked.result.close(); done(null) }; asked.onerror = fail })",
    )
  })
const left = () =>
  station.app.evaluate(async ({ session, BrowserWindow }) => ({
    cookies: (await session.defaultSession.cookies.get({})).length,
    databases: await BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
      'indexedDB.databases().then((all) => all.map(({ name }) => name))',
    ),
    kept: await BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
      "Object.keys(localStorage).filter((key) => !['wardkey-theme', 'wardkey-language'].includes(key))",
    ),
  }))
const nothing = { cookies: 0, databases: [], kept: [] }

test('Ada enrolls Bola, copies, and leaves what a page can leave', async () => {
  await unlock(page, ada, administrator.phone)
  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('button', { name: 'Add person' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(bola.name)
  await page.getByRole('textbox', { name: 'Staff ID' }).fill(bola.staffId)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  nurse = await enroll(page)
  await copyByKeys()
  await leave()
  expect(await left()).toEqual({ cookies: 1, databases: ['of-ada'], kept: [] })
})

test('as soon as she has locked, it is gone', async () => {
  await lock(page)
  await expect.poll(clipboards).toEqual(['', ''])
  await expect.poll(left).toEqual(nothing)
})

test('Bola, next, pastes nothing', async () => {
  const field = page.getByRole('textbox', { name: 'Staff ID' })
  await field.focus()
  pressRealKeys('ctrl+v')
  pressRealKeys('x')
  await expect(field).toHaveValue(/^x$/i)
  await unlock(page, bola, nurse.phone)
  await expect(signedInAs(page, bola.name)).toBeVisible()
  expect(await left()).toEqual(nothing)
  await lock(page)
})

test('nor after a lock by the system, which no button announces', async () => {
  await unlock(page, ada, administrator.phone)
  await copyByKeys()
  await leave()
  await station.app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'))
  await expect(page.getByRole('textbox', { name: 'Staff ID' })).toBeVisible()
  await expect.poll(clipboards).toEqual(['', ''])
  await expect.poll(left).toEqual(nothing)
})
