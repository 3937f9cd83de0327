// The contract between window and main: every command strict both ways, secrets where they belong and nowhere else.
import { describe, expect, it } from 'vitest'
import { type CommandName, commands, type Input, refusal } from '../../../src/contracts/ipc.ts'
import { defaultPolicy } from '../../../src/contracts/policy.ts'
import { screenState } from '../../../src/contracts/screen.ts'
import { plainColours } from '../../../src/core/brand.ts'
import { fc } from '../support/properties.ts'
import { fieldsOf, isStrict, partsOf } from '../support/schemas.ts'

const id = '01890a5d-ac96-774b-bcce-b302099a8057'
/** One good input a command: a new command does not compile until it has one. */
const good: { readonly [N in CommandName]: Input<N> } = {
  readScreen: {},
  retryStart: {},
  setUpStation: { name: 'Ward 7', location: 'Level 2', administratorName: 'Ada Kern', administratorStaffId: 'a1001' },
  renewOffer: {},
  abandonOffer: {},
  confirmOffer: { code: '123 456' },
  acknowledgeRecoveryCodes: {},
  renewRecoveryCodes: {},
  submitCode: { staffId: 'a1001', code: '123456' },
  submitAnswer: { staffId: 'a1001', digits: '1234 5678' },
  submitShownAnswer: { text: 'WARDKEY:RAA' },
  showQuestion: { about: 'step-up' },
  hideQuestion: {},
  answerQuestion: { staffId: null, digits: '12345678' },
  showAnswerToQuestion: { text: 'WARDKEY:RAA' },
  submitPhonePart: { text: 'WARDKEY:PAA' },
  submitTypedPart: { part: 'abcd-efgh-ij23-4567' },
  confirmBinding: { digits: '12345678' },
  renewBinding: {},
  finishWelcome: {},
  bindPhone: { personId: id },
  bindOwnPhone: {},
  submitRecoveryCode: { staffId: 'a1001', code: 'abcd-efgh-ij23-4567' },
  submitPin: { pin: '528163' },
  setNewPin: { pin: '528163', again: '528163' },
  cancelSignIn: {},
  submitTicket: { staffId: 'a1001', code: 'abcd-efgh-ij23-4567' },
  changeOwnPin: { pin: '528163', again: '528163' },
  makeOwnRecoveryCodes: {},
  enrollOwnPhone: { approval: { staffId: 'a1001', code: '123456' } },
  readPrinter: {},
  printRecoveryCodes: {},
  readTickets: { personId: id },
  issueTicket: { personId: id, purpose: 'sign-in', hours: 12, reason: 'phone left at home' },
  revokeTicket: { ticketId: id, reason: 'given to somebody else' },
  listTokens: {},
  exportPeople: {},
  revokeToken: { tokenId: id, reason: 'the script is gone' },
  wakeChallenge: {},
  reportActivity: {},
  lockNow: {},
  listPeople: { search: '', page: 0 },
  addPerson: { displayName: 'Bola Adeyemi', staffId: 'n2044', roles: ['staff'] },
  makeOffer: { personId: id },
  stepUp: { code: '123456' },
  readPerson: { personId: id },
  editPerson: { personId: id, displayName: 'Bola', staffId: 'n2044', roles: ['staff'] },
  changePersonStatus: { personId: id, status: 'suspended', reason: 'on leave' },
  revokeCredential: { credentialId: id, reason: 'phone lost' },
  previewImport: { text: 'staff_id,name' },
  importPeople: { text: 'staff_id,name' },
  letInPhone: { credentialId: id, reason: 'asked her' },
  reinstateCredential: { credentialId: id, reason: 'it was them' },
  listAlerts: { open: true, after: null },
  acknowledgeAlert: { alertId: id },
  listOffers: {},
  showOffer: { offerId: id },
  renewWaitingOffer: { offerId: id },
  withdrawOffer: { offerId: id, reason: 'a mistake' },
  listCredentials: { filter: 'no-phone', search: '', page: 0 },
  moveToNewPhone: { code: '123456' },
  approveAsSecond: { staffId: 'a1001', code: '123456' },
  readWorkstation: {},
  changeWorkstation: { name: 'Ward 7', location: 'Level 2', group: 'wards' },
  joinHub: { link: 'https://hub.example/v1/acme/join#ABCD-EFGH-JKLM-NPQR' },
  joinAtFirstRun: { name: 'Ward 7', location: 'Level 2', link: 'https://hub.example/v1/acme/join#ABCD' },
  chooseBackup: {},
  restoreBackup: { passphrase: 'correct horse battery staple' },
  readRestore: {},
  stopRestore: {},
  makeBackup: { passphrase: 'correct horse battery staple' },
  readBackup: {},
  listToConfirm: { page: 0 },
  confirmPeople: {},
  openCamera: { use: 'link' },
  closeCamera: {},
  readBrand: {},
  changeBrand: { look: { name: 'Ward', colours: plainColours }, logo: null },
  removeBrand: {},
  readPolicy: {},
  listPolicyVersions: { page: 0 },
  readPolicyVersion: { number: 1 },
  checkPolicy: { document: defaultPolicy },
  changePolicy: { document: defaultPolicy, after: 1, reason: 'nights' },
  readLog: { filter: { group: null, person: '', outcome: null, fromMs: null, toMs: null }, before: null },
  readEvent: { number: 1 },
  verifyLog: {},
  exportLog: { format: 'csv' },
  readLogWork: {},
  cancelLogWork: {},
  reportNotMe: { event: 1 },
  openEmergency: { code: 'abcd-efgh-ij23-4567-abcd-efgh-ij23', name: 'Nora Quist', reason: 'no phone is left' },
  readEmergency: { page: 0 },
  makeEmergencyCodes: {},
  acknowledgeEmergencyCodes: {},
  reviewEmergency: { useId: id, finding: 'spoke with Nora' },
}
const names = Object.keys(commands) as CommandName[]

describe.each(names)('%s', (name) => {
  const { input, output } = commands[name]
  const passes = (value: unknown) => input.safeParse(value).success

  it('takes what it is for', () => expect(passes(good[name])).toBe(true))

  it('takes no other field, and none less', () => {
    expect(passes({ ...good[name], role: 'administrator', extra: 1 })).toBe(false)
    expect(passes({ ...good[name], extra: undefined })).toBe(false)
    for (const field of Object.keys(good[name])) {
      expect(passes({ ...good[name], [field]: undefined }), field).toBe(false)
      expect(passes({ ...good[name], [field]: [] }), field).toBe(false)
      expect(passes({ ...good[name], [field]: { toString: 'x' } }), field).toBe(false)
    }
  })

  it.each([undefined, null, '', 'x', 0, true, [], [{}]])('takes no %j', (value) => expect(passes(value)).toBe(false))

  it('is strict in every object, of its input and of its output', () => {
    for (const schema of [input, output])
      for (const { def, path } of partsOf(schema)) if (def.type === 'object') expect(isStrict(def), path).toBe(true)
  })

  it('answers any value with a decision, never by throwing', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        input.safeParse(value)
        output.safeParse(value)
      }),
      { numRuns: 100 },
    )
  })

  it('is the station window’s', () => expect(commands[name].window).toBe('station'))
})

describe('secrets', () => {
  const carrying = (field: string) => names.filter((name) => fieldsOf(commands[name].output).has(field))

  it('leave only with the command that makes them', () => {
    expect(carrying('emergencyCodes')).toEqual(['makeEmergencyCodes'])
    expect(carrying('setupKey')).toEqual([
      'setUpStation',
      'renewOffer',
      'moveToNewPhone',
      'submitTicket',
      'answerQuestion',
      'showAnswerToQuestion',
      'enrollOwnPhone',
      'makeOffer',
      'showOffer',
    ])
    expect(carrying('recoveryCodes')).toEqual([
      'confirmOffer',
      'renewRecoveryCodes',
      'finishWelcome',
      'makeOwnRecoveryCodes',
    ])
    expect(carrying('ticket')).toEqual(['issueTicket'])
  })

  it('are not part of what the screen is told again and again', () => {
    const fields = [...fieldsOf(screenState)]
    expect(fields).toContain('idleLocksAtMs')
    expect(fields.filter((field) => /secret|setup|key|codes$|uri/i.test(field))).toEqual([])
    for (const { def, path } of partsOf(screenState)) if (def.type === 'object') expect(isStrict(def), path).toBe(true)
  })

  it('don’t pass in an answer that has no place for them', () => {
    const leak = { ok: true, displayName: 'Ada Kern', secret: 'JBSWY3DPEHPK3PXP' }
    expect(commands.submitCode.output.safeParse(leak).success).toBe(false)
    const person = {
      id,
      staffId: 'A1001',
      displayName: 'Ada Kern',
      roles: ['staff'],
      status: 'active',
      enrolled: true,
      bound: false,
      recoveryCodesLeft: 10,
      lastSignInMs: null,
    }
    const counts = { everybody: 1, active: 1, 'no-phone': 0, suspended: 0, left: 0 }
    const list = (row: object) => ({ ok: true, people: [row], total: 1, pageSize: 50, counts })
    expect(commands.listPeople.output.safeParse(list(person)).success).toBe(true)
    expect(commands.listPeople.output.safeParse(list({ ...person, secret: 'x' })).success).toBe(false)
    expect(commands.listPeople.output.safeParse(list({ ...person, mac: 'x' })).success).toBe(false)
  })
})

describe('answers', () => {
  it('to a login know no reason that tells whether a person exists', () => {
    for (const reason of ['unknown-person', 'no-credential', 'left', 'revoked'])
      expect(commands.submitCode.output.safeParse({ ok: false, reason }).success, reason).toBe(false)
    expect(commands.submitCode.output.safeParse({ ok: false, reason: 'wrong-code' }).success).toBe(true)
    expect(commands.submitCode.output.safeParse({ ok: false, reason: 'throttled', waitMs: 2000 }).success).toBe(true)
    expect(commands.submitCode.output.safeParse({ ok: false, reason: 'throttled', waitMs: -1 }).success).toBe(false)
  })

  it('give a ticket for one to twelve whole hours, and never without a reason', () => {
    const { input } = commands.issueTicket
    for (const hours of [0, 13, 1.5, -1]) expect(input.safeParse({ ...good.issueTicket, hours }).success).toBe(false)
    expect(input.safeParse({ ...good.issueTicket, reason: ' ' }).success).toBe(false)
  })

  it('hold ten recovery codes, no fewer and no more', () => {
    const answer = (count: number) => ({ ok: true, recoveryCodes: Array(count).fill('ABCD-EFGH-IJ23-4567') })
    for (const { output } of [commands.confirmOffer, commands.renewRecoveryCodes]) {
      expect(output.safeParse(answer(10)).success).toBe(true)
      expect(output.safeParse(answer(9)).success).toBe(false)
      expect(output.safeParse(answer(11)).success).toBe(false)
    }
  })

  it('that main gives by itself say one of four words and nothing about the input', () => {
    for (const refused of ['unknown-command', 'bad-input', 'bad-sender', 'failed'])
      expect(refusal.parse({ refused })).toEqual({ refused })
    expect(refusal.safeParse({ refused: 'bad-input', issues: [] }).success).toBe(false)
  })
})
