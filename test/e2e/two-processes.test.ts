// Beside the running window another process of ours works on its folder: it ends a phone, and it hands in the same answer.
import fs from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { phoneHost, readChallenge } from '../support/bound-phone.ts'
import { call } from '../support/bridge.ts'
import type { AnswerHeat } from '../support/child-answer.ts'
import { type Child, startChild } from '../support/child-process.ts'
import { runCli } from '../support/cli-run.ts'
import { ada, bola, lock, signedInAs, whatHappened } from '../support/flows.ts'
import { eventsIn } from '../support/kept-rows.ts'
import { Phone, readQr } from '../support/phone.ts'
import { type PreparedPhones, preparePhones } from '../support/prepared-phones.ts'
import { launchStation, type StationApp, serviceOf } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

let prepared: PreparedPhones
let station: StationApp
let page: Page
let app: Phone

test.beforeAll(async () => {
  prepared = await preparePhones()
  station = await launchStation({ ...prepared, env: { WARDKEY_PHONE_URL: phoneHost } })
  page = station.page
  app = new Phone(prepared.setupKey)
})
test.afterAll(async () => {
  await station?.close()
  if (prepared) fs.rmSync(prepared.folder, { recursive: true, force: true })
})

const textbox = (name: string) => page.getByRole('textbox', { name, exact: true })
const code = () => page.getByRole('img', { name: 'Login QR code', exact: true })
async function challenge(): Promise<Uint8Array> {
  await expect(code()).toBeVisible()
  return readChallenge(readQr(await code().screenshot()))
}
const locked = (withinMs: number) => expect(code()).toBeVisible({ timeout: withinMs })
const ended = 'This sign-in was ended by an administrator.'
/** From the revocation on record to the end on record. */
function expectWithinASecond(): void {
  const [revoked] = eventsIn(prepared.folder, 'credential-ended').slice(-1)
  const [over] = eventsIn(prepared.folder, 'session-ended').slice(-1)
  expect(over).toMatchObject({ reason: 'revoked' })
  expect((over?.atMs ?? Number.NaN) - (revoked?.atMs ?? Number.NaN)).toBeLessThan(1000)
}

test.describe('one answer in two processes', () => {
  let other: Child
  const lines: string[] = []
  test.beforeAll(async () => {
    other = startChild('child-answer.ts', [prepared.folder, serviceOf(prepared.folder)])
    other.onLine((line) => lines.push(line))
    await expect.poll(() => lines.length, other.complaints()).toBe(1)
  })
  test.afterAll(async () => {
    other.process.stdin?.end()
    expect(await other.ended, other.complaints()).toBe(0)
  })

  for (const way of ['signed', 'typed', 'signed once more'] as const)
    test(`${way}: it opens once, in the process that showed the code`, async () => {
      const asked = await challenge()
      const before = eventsIn(prepared.folder, 'login-attempted').length
      const { bolas } = prepared
      const typed = way === 'typed'
      const answer = typed ? bolas.digits(asked) : bolas.shownAnswer(asked)
      const mark = process.hrtime.bigint() + 200_000_000n
      const heat: AnswerHeat = { staffId: bola.staffId, answer, tries: typed ? 1 : 3, mark: `${mark}` }
      const seen = lines.length
      other.send(JSON.stringify(heat))
      while (process.hrtime.bigint() < mark);
      const inWindow = await Promise.all(
        [1, 2].map(() =>
          typed
            ? call(page, 'submitAnswer', { staffId: bola.staffId, digits: answer })
            : call(page, 'submitShownAnswer', { text: answer }),
        ),
      )
      await expect.poll(() => lines.length).toBe(seen + 1)
      expect(JSON.parse(lines.at(-1) ?? '')).toEqual(Array(heat.tries).fill(typed ? 'wrong-or-over' : 'challenge-over'))
      expect(inWindow.filter(({ ok }) => ok)).toHaveLength(1)
      await expect(signedInAs(page, bola.name)).toBeVisible()
      const events = eventsIn(prepared.folder, 'login-attempted').slice(before)
      expect(events.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(1)
      expect(events.filter(({ outcome }) => outcome === 'refused').length).toBeGreaterThanOrEqual(heat.tries)
      await lock(page)
      // Nor afterwards, here or there.
      expect(
        typed
          ? await call(page, 'submitAnswer', { staffId: bola.staffId, digits: answer })
          : await call(page, 'submitShownAnswer', { text: answer }),
      ).toEqual({ ok: false, reason: 'already-used' })
    })
})

test('a session ends within a second of its phone’s revocation on the command line', async () => {
  await textbox('One-time code').fill(prepared.bolas.digits(await challenge()))
  await expect(signedInAs(page, bola.name)).toBeVisible()
  const { json } = await runCli(prepared.folder, 'credentials', 'list', bola.staffId, '--json')
  const phones = (json.credentials as { id: string; kind: string }[]).filter(({ kind }) => kind === 'phone')
  expect(phones).toHaveLength(1)
  const approval = ['--as', ada.staffId, '--code', await app.nextCode(), '--reason', 'phone lost']
  const { status, text } = await runCli(prepared.folder, 'credentials', 'revoke', phones[0]?.id ?? '', ...approval)
  expect(status, text).toBe(0)
  await locked(1_000)
  await expect(whatHappened(page)).toHaveText(ended)
  expectWithinASecond()
  await textbox('One-time code').fill(prepared.bolas.digits(await challenge()))
  await expect(whatHappened(page)).toHaveText(/^Those digits did not match\. This workstation has just started/)
})

test('and of its revocation in the window, by the person themselves', async () => {
  const text = prepared.adas.shownAnswer(await challenge())
  expect(await call(page, 'submitShownAnswer', { text })).toMatchObject({ ok: true })
  await expect(signedInAs(page, ada.name)).toBeVisible()
  expect(await call(page, 'stepUp', { code: await app.nextCode() })).toEqual({ ok: true })
  const [row] = eventsIn(prepared.folder, 'offer-confirmed').filter(({ method }) => method === 'phone')
  const revoked = await call(page, 'revokeCredential', { credentialId: row?.credential ?? '', reason: 'phone lost' })
  expect(revoked).toEqual({ ok: true })
  await locked(1_000)
  expectWithinASecond()
  expect(await call(page, 'submitShownAnswer', { text: prepared.adas.shownAnswer(await challenge()) })).toEqual({
    ok: false,
    reason: 'bad-answer',
  })
})
