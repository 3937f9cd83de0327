// Which command does something in which state, from the running window: locked, as an administrator, as staff.
import { expect, type Page, test } from '@playwright/test'
import { type CommandName, commands, type Input, type Output } from '../../src/contracts/ipc.ts'
import { defaultPolicy } from '../../src/contracts/policy.ts'
import { screenState } from '../../src/contracts/screen.ts'
import { plainColours } from '../../src/core/brand.ts'
import { call } from '../support/bridge.ts'
import { ada, bola, type Enrolled, enroll } from '../support/flows.ts'
import { type Prepared, prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

let prepared: Prepared
let station: StationApp
let page: Page
let nurse: Enrolled

test.beforeAll(async () => {
  prepared = await prepareStation()
  station = await launchStation(prepared)
  page = station.page
})
test.afterAll(async () => station.close())

type Calls = { [N in CommandName]?: Input<N> }
const nobody = '01890000-0000-7000-8000-000000000000'
const eve = { displayName: 'Eve', staffId: 'E1', roles: ['administrator' as const] }
const text = 'staff_id,name,roles\nE1,Eve,administrator\n'
const reason = 'because'

const administration: Calls = {
  listPeople: { search: '', page: 0 },
  readPerson: { personId: nobody },
  addPerson: eve,
  makeOffer: { personId: nobody },
  editPerson: { personId: nobody, ...eve },
  changePersonStatus: { personId: nobody, status: 'active', reason },
  revokeCredential: { credentialId: nobody, reason },
  previewImport: { text },
  importPeople: { text },
  listOffers: {},
  showOffer: { offerId: nobody },
  renewWaitingOffer: { offerId: nobody },
  withdrawOffer: { offerId: nobody, reason },
  listCredentials: { filter: 'everybody', search: '', page: 0 },
  readWorkstation: {},
  changeWorkstation: { name: 'X', location: 'X', group: null },
  joinHub: { link: 'https://hub.invalid/v1/acme/join#ABCDEFGHJKLMNPQR' },
  makeBackup: { passphrase: 'correct horse battery staple' },
  readBackup: {},
  listToConfirm: { page: 0 },
  confirmPeople: {},
  changeBrand: { look: { name: 'Ward', colours: plainColours }, logo: null },
  removeBrand: {},
  readEmergency: { page: 0 },
  makeEmergencyCodes: {},
  acknowledgeEmergencyCodes: {},
  reviewEmergency: { useId: nobody, finding: 'nothing at all' },
  readTickets: { personId: nobody },
  revokeTicket: { ticketId: nobody, reason },
  listTokens: {},
  exportPeople: {},
  revokeToken: { tokenId: nobody, reason },
  bindPhone: { personId: nobody },
  readPolicy: {},
  listPolicyVersions: { page: 0 },
  readPolicyVersion: { number: 1 },
  checkPolicy: { document: defaultPolicy },
  changePolicy: { document: defaultPolicy, after: 1, reason },
  letInPhone: { credentialId: nobody, reason },
  reinstateCredential: { credentialId: nobody, reason },
  listAlerts: { open: true, after: null },
  acknowledgeAlert: { alertId: nobody, note: 'looked at' },
  readLog: { filter: { group: null, person: '', outcome: null, fromMs: null, toMs: null }, before: null },
  readEvent: { number: 1 },
  verifyLog: {},
  exportLog: { format: 'csv' },
  readLogWork: {},
  cancelLogWork: {},
}
const enrollment: Calls = {
  setUpStation: { name: 'X', location: 'X', administratorName: 'Eve', administratorStaffId: 'E1' },
  renewOffer: {},
  confirmOffer: { code: '123456' },
  acknowledgeRecoveryCodes: {},
  renewRecoveryCodes: {},
  printRecoveryCodes: {},
  setNewPin: { pin: '528163', again: '528163' },
  submitPhonePart: { text: 'WARDKEY:PAA' },
  submitTypedPart: { part: 'AAAA-AAAA-AAAA-AAAA' },
  confirmBinding: { digits: '12345678' },
  renewBinding: {},
  finishWelcome: {},
  joinAtFirstRun: { name: 'X', location: 'X', link: 'https://hub.invalid/v1/acme/join#ABCDEFGHJKLMNPQR' },
  chooseBackup: {},
  restoreBackup: { passphrase: 'correct horse battery staple' },
  readRestore: {},
  stopRestore: {},
}
const login: Calls = {
  submitCode: { staffId: ada.staffId, code: '123456' },
  submitRecoveryCode: { staffId: ada.staffId, code: 'AAAA-AAAA-AAAA-AAAA' },
  submitTicket: { staffId: ada.staffId, code: 'AAAA-AAAA-AAAA-AAAA' },
  submitPin: { pin: '528163' },
  submitAnswer: { staffId: null, digits: '12345678' },
  submitShownAnswer: { text: 'WARDKEY:RAA' },
}
const always: Calls = {
  retryStart: {},
  abandonOffer: {},
  wakeChallenge: {},
  reportActivity: {},
  cancelSignIn: {},
  hideQuestion: {},
}
const own = {
  changeOwnPin: { pin: '528163', again: '528163' },
  makeOwnRecoveryCodes: {},
  bindOwnPhone: {},
  enrollOwnPhone: { approval: null },
} satisfies Calls
const issue = { issueTicket: { personId: nobody, purpose: 'sign-in', hours: 1, reason } } satisfies Calls
const rest: Calls = {
  readScreen: {},
  lockNow: {},
  stepUp: { code: '123456' },
  showQuestion: { about: 'step-up' },
  answerQuestion: { staffId: null, digits: '12345678' },
  showAnswerToQuestion: { text: 'WARDKEY:RAA' },
  reportNotMe: { event: 1 },
  approveAsSecond: { staffId: ada.staffId, code: '123456' },
  moveToNewPhone: { code: '123456' },
  readPrinter: {},
  openCamera: { use: 'phone' },
  closeCamera: {},
  readBrand: {},
  openEmergency: { code: 'A'.repeat(28), name: 'Eve', reason: 'because I want to' },
  ...issue,
  ...own,
}

const notAllowed = { ok: false, reason: 'not-allowed' }
const notNow = { ok: false, reason: 'not-now' }

async function expectOf(calls: Calls, answer: object): Promise<void> {
  for (const [name, input] of Object.entries(calls))
    expect({ name, answer: await call(page, name as CommandName, input as Input<CommandName>) }).toEqual({
      name,
      answer,
    })
}
async function screen(): Promise<Output<'readScreen'>> {
  // Strict: an answer with one field more than the contract has is none.
  return screenState.parse(await call(page, 'readScreen', {}))
}

test('every command of the contract is tried here', () => {
  const tried = [administration, enrollment, login, always, rest].flatMap((calls) => Object.keys(calls))
  expect(tried.toSorted()).toEqual(Object.keys(commands).toSorted())
})

test('a locked station lists nobody, changes nobody and enrolls nobody', async () => {
  const before = await screen()
  await expectOf(administration, notAllowed)
  await expectOf(enrollment, notNow)
  await expectOf(always, { ok: true })
  expect(await call(page, 'stepUp', { code: '123456' })).toEqual(notNow)
  expect(await call(page, 'showQuestion', { about: 'step-up' })).toEqual(notNow)
  expect(await call(page, 'answerQuestion', { staffId: ada.staffId, digits: '12345678' })).toEqual(notNow)
  expect(await call(page, 'showAnswerToQuestion', { text: 'WARDKEY:RAA' })).toEqual(notNow)
  const { enrollOwnPhone, ...changes } = own
  await expectOf(changes, notAllowed)
  await expectOf({ enrollOwnPhone }, notNow)
  await expectOf(issue, notAllowed)
  expect(await call(page, 'moveToNewPhone', { code: '123456' })).toEqual(notNow)
  expect(await call(page, 'approveAsSecond', { staffId: ada.staffId, code: '123456' })).toEqual(notNow)
  expect(await call(page, 'reportNotMe', { event: 1 })).toEqual(notNow)
  // Sixteen zero bytes with their check: right in form, but policy allows no emergency access, and there are no codes.
  expect(await call(page, 'openEmergency', { code: 'A'.repeat(28), name: 'Eve', reason: 'because I want to' })).toEqual(
    notAllowed,
  )
  expect(await call(page, 'lockNow', {})).toEqual({ ok: true })
  const after = await screen()
  expect(before.kind).toBe('locked')
  expect(after.kind).toBe('locked')
})

test('an administrator may, and nobody else can come in meanwhile', async () => {
  const { staffId } = ada
  const [code = '', other = ''] = prepared.recoveryCodes
  expect(await call(page, 'submitRecoveryCode', { staffId, code })).toEqual({ ok: true, displayName: ada.name })
  await expectOf(login, notNow)
  expect(await call(page, 'submitRecoveryCode', { staffId, code: other })).toEqual(notNow)
  await expectOf(enrollment, notNow)
  const list = commands.listPeople.output.parse(await call(page, 'listPeople', { search: '', page: 0 }))
  expect(list).toMatchObject({ ok: true, total: 1, people: [{ displayName: ada.name }] })
  expect(await call(page, 'addPerson', { ...eve, staffId })).toEqual({ ok: false, reason: 'staff-id-taken' })
  expect(await call(page, 'makeOffer', { personId: nobody })).toEqual({ ok: false, reason: 'no-such-person' })
  expect(await call(page, 'openEmergency', { code: 'A'.repeat(28), name: 'Eve', reason: 'because I want to' })).toEqual(
    notNow,
  )
  expect(await call(page, 'acknowledgeEmergencyCodes', {})).toEqual({ ok: false, reason: 'codes-gone' })
})

test('what an enrollment gives out once is in no state, and nothing else goes on meanwhile', async () => {
  const added = await call(page, 'addPerson', {
    ...eve,
    displayName: bola.name,
    staffId: bola.staffId,
    roles: ['staff'],
  })
  if (!added.ok) throw new Error(added.reason)
  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('button', { name: `Enroll phone for ${bola.name}` }).click()
  const key = await page.getByRole('textbox', { name: 'Setup key' }).inputValue()
  const offering = await screen()
  expect(offering).toMatchObject({ offer: { personName: bola.name } })
  expect(JSON.stringify(offering)).not.toContain(key.replaceAll(' ', ''))
  nurse = await enroll(page, async () => {
    const storing = await screen()
    expect(storing).toMatchObject({ codesFor: bola.name })
    const codes = await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allInnerTexts()
    expect(codes).toHaveLength(10)
    for (const each of codes) expect(JSON.stringify(storing)).not.toContain(each)
    await expectOf(administration, notAllowed)
  })
  expect(await call(page, 'lockNow', {})).toEqual({ ok: true })
})

test('a member of staff is no administrator, whatever the page asks', async () => {
  const [code = ''] = nurse.recoveryCodes
  const answer = await call(page, 'submitRecoveryCode', { staffId: bola.staffId, code })
  expect(answer).toEqual({ ok: true, displayName: bola.name })
  await expectOf(administration, notAllowed)
  await expectOf({ ...issue, enrollOwnPhone: own.enrollOwnPhone }, notAllowed)
  await expectOf(enrollment, notNow)
  await expectOf(login, notNow)
  expect(await screen()).toMatchObject({ alerts: [], person: { displayName: bola.name, may: ['change-own'] } })
  expect(await call(page, 'lockNow', {})).toEqual({ ok: true })
  await expectOf(administration, notAllowed)
})
