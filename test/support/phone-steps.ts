// What a person does with the phone page, step by step: bind it in either way, scan, read off what it shows.
import { expect, type Page } from '@playwright/test'
import { fromBase32 } from '../../src/core/base32.ts'
import { type PhonePart, readPhonePart, readShownText } from '../../src/core/binding.ts'
import { type PhoneAnswer, readAnswer } from '../../src/core/phone-answer.ts'
import { readQr } from './phone.ts'
import type { PhonePage } from './phone-page.ts'
import { type FakeOffer, type FakeStation, offerLink, pixelsOf, welcomeLink } from './phone-station.ts'

/** The eight digits on the screen. */
export async function readDigits(page: Page): Promise<string> {
  const said = await page.getByRole('img', { name: /^Eight digits: / }).getAttribute('aria-label')
  return (said ?? '').replace(/\D/g, '')
}

/** What another camera reads off the phone. */
export const readShown = async (page: Page, name: string): Promise<string> =>
  readQr(await page.getByRole('img', { name, exact: true }).screenshot())

export interface ShownPart {
  readonly bytes: Uint8Array
  readonly part: PhonePart
}

type Link = Parameters<typeof pixelsOf>[0]

/** What a code carries, as the phone's own camera app hands it to the page that is open: with no camera of the page's. */
export const openLink = ({ page }: PhonePage, [, , fragment]: readonly [string, string, string]): Promise<void> =>
  page.evaluate((hash) => {
    location.hash = hash
  }, fragment)

/** Scans the offer's pixels and has the phone make its part. */
export async function scanOffer(phone: PhonePage, offer: FakeOffer): Promise<void> {
  await phone.scan(await pixelsOf(offerLink(offer)))
  await makePart(phone)
}

/** The same by the offer's link. */
export async function answerOffer(phone: PhonePage, offer: FakeOffer, protect?: boolean): Promise<void> {
  await openLink(phone, offerLink(offer))
  await makePart(phone, protect)
}

async function makePart(phone: PhonePage, protect?: boolean): Promise<void> {
  const box = phone.page.getByRole('checkbox', { name: 'Protect it with my fingerprint, face or PIN' })
  if (protect !== undefined) await box.setChecked(protect)
  await phone.page.getByRole('button', { name: 'Bind this phone' }).click()
  await expect(phone.page.getByRole('heading', { name: 'Show this phone to the workstation' })).toBeVisible()
}

export async function readPart(page: Page): Promise<ShownPart> {
  const bytes = readShownText(await readShown(page, 'This phone’s part'), 'P')
  const part = bytes && readPhonePart(bytes)
  if (!bytes || !part) throw new Error('the phone shows no part')
  return { bytes, part }
}

/** r, its ten bytes, from the letters to type. */
export async function readTypedPart(page: Page): Promise<Uint8Array> {
  const letters = await page.getByLabel('This phone’s part').textContent()
  return fromBase32((letters ?? '').replaceAll(' ', ''))
}

export async function scanWelcome(phone: PhonePage, text: Link): Promise<void> {
  phone.holdUp(await pixelsOf(text))
  await phone.page.getByRole('button', { name: 'Scan its new code' }).click()
}

/** Whole, its codes opened as links. @param protect whether a passkey is made, where the phone can. */
export async function bindShown(
  phone: PhonePage,
  station: FakeStation,
  protect?: boolean,
): Promise<ShownPart & { offer: FakeOffer }> {
  const offer = station.makeOffer()
  await answerOffer(phone, offer, protect)
  const shown = await readPart(phone.page)
  await openLink(phone, welcomeLink(station.welcome(offer)))
  await expect(phone.page.getByText('This phone is bound.')).toBeVisible()
  return { ...shown, offer }
}

/** From "Show to the camera instead" on. */
export async function readSignedAnswer(page: Page): Promise<PhoneAnswer> {
  const bytes = readShownText(await readShown(page, 'Signed answer'), 'R')
  const answer = bytes && readAnswer(bytes)
  if (!answer) throw new Error('the phone shows no answer')
  return answer
}

/** Of each binding on the phone: whether its keys lie wrapped, and which of all that is kept could be taken out. */
export const readKeptKeys = (page: Page): Promise<{ sealed: boolean; readable: string[] }[]> =>
  page.evaluate(async () => {
    const wait = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, failed) => {
        request.onsuccess = () => done(request.result)
        request.onerror = () => failed(request.error)
      })
    const database = await wait(indexedDB.open('wardkey'))
    const store = database.transaction('binding').objectStore('binding')
    const kept: { keys: { sealed: boolean } & Record<string, unknown> }[] = await wait(store.getAll())
    database.close()
    const readable = async (key: unknown): Promise<boolean> => {
      if (!(key instanceof CryptoKey)) return false
      if (key.extractable) return true
      return crypto.subtle.exportKey(key.type === 'secret' ? 'raw' : 'pkcs8', key).then(
        () => true,
        () => false,
      )
    }
    return Promise.all(
      kept.map(async ({ keys }) => {
        const taken = await Promise.all(
          Object.entries(keys).map(async ([name, key]) => ((await readable(key)) ? [name] : [])),
        )
        return { sealed: keys.sealed, readable: taken.flat() }
      }),
    )
  })
