// A station that must not be used: what its screen says, that nothing gets in behind it, and that mending it is enough.
import { expect, type Page } from '@playwright/test'
import type { FailureCode } from '../../src/contracts/screen.ts'
import { failures } from '../../src/ui/messages/en/failures.ts'
import { call, nextFailure } from './bridge.ts'
import { ada, signedInAs, typeCode } from './flows.ts'
import { codeNow } from './phone.ts'
import type { Prepared } from './prepared-station.ts'

export async function expectFailure(page: Page, code: FailureCode): Promise<void> {
  const { title, wrong, next } = failures[code]
  // A keychain that does not answer has its eight seconds.
  await expect(page.getByRole('alert').getByRole('heading', { name: title })).toBeVisible({ timeout: 12_000 })
  await expect(page.getByText(wrong)).toBeVisible()
  await expect(page.getByText(next)).toBeVisible()
}

/** By the screen there is no way in, and by the bridge there is none either, however right what is sent would be. */
export async function expectClosed(
  page: Page,
  code: FailureCode,
  { setupKey, recoveryCodes }: Prepared,
): Promise<void> {
  await expectFailure(page, code)
  await expect(page.getByRole('textbox')).toHaveCount(0)
  const notNow = { ok: false, reason: 'not-now' }
  const notAllowed = { ok: false, reason: 'not-allowed' }
  const { staffId } = ada
  const right = codeNow(setupKey)
  expect(await call(page, 'submitCode', { staffId, code: right })).toEqual(notNow)
  expect(await call(page, 'submitRecoveryCode', { staffId, code: recoveryCodes[0] ?? '' })).toEqual(notNow)
  const place = { name: 'Anew', location: 'Here' }
  const person = { administratorName: 'Eve Black', administratorStaffId: 'E1' }
  expect(await call(page, 'setUpStation', { ...place, ...person })).toEqual(notNow)
  expect(await call(page, 'confirmOffer', { code: right })).toEqual(notNow)
  expect(await call(page, 'renewRecoveryCodes', {})).toEqual(notNow)
  expect(await call(page, 'listPeople', { search: '', page: 0 })).toEqual(notAllowed)
  const eve = { displayName: 'Eve Black', staffId: 'E1', roles: ['administrator' as const] }
  expect(await call(page, 'addPerson', eve)).toEqual(notAllowed)
  expect(await call(page, 'readScreen', {})).toMatchObject({ kind: 'failed', code })
}

/** Trying again without mending ends on the same screen. */
export async function expectStillClosed(page: Page, code: FailureCode, prepared: Prepared): Promise<void> {
  const failure = nextFailure(page)
  await page.getByRole('button', { name: 'Try again' }).click()
  // The screen from before would look just the same.
  await failure
  await expectClosed(page, code, prepared)
}

export async function expectMended(page: Page, { setupKey }: Prepared): Promise<void> {
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('img', { name: 'Login QR code' })).toBeVisible()
  await typeCode(page, ada.staffId, codeNow(setupKey))
  await expect(signedInAs(page, ada.name)).toBeVisible()
}
