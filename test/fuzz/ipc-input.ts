// What a hostile window sends: right, almost right, and nothing like it. Everything here survives a structured clone.
import fc from 'fast-check'
import { credentialFilter } from '../../src/contracts/commands/credentials.ts'
import { peopleFilter } from '../../src/contracts/commands/people.ts'
import { type CommandName, commands } from '../../src/contracts/ipc.ts'
import { administrator } from '../support/fakes.ts'

const names = Object.keys(commands) as CommandName[]

/** Put in the place of what only a running station can say. */
export const standIns = {
  earlyCode: '00000001',
  lateCode: '00000002',
  personId: '01890000-0000-7000-8000-000000000001',
} as const

const hostileText = fc.constantFrom(
  '',
  ' ',
  '\0',
  '\ud800',
  'A\udc00B',
  'A'.repeat(100_000),
  ' '.repeat(100_000),
  '1-'.repeat(50_000),
  'ﬃ'.repeat(32),
  'ΐ'.repeat(32),
  '\u202e654321',
  '１２３４５６',
  '٠١٢٣٤٥',
  '123456\n',
  '-123456',
  '1e5',
  '0x1234',
  'null',
  "'; DROP TABLE event; --",
  '%',
  '\\',
  '../../../etc/passwd',
  '<img src=x onerror=alert(1)>',
  '[object Object]',
  '__proto__',
)
const hostileNumber = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, -1, 0.5, 1e308, 2 ** 53, 100_001)
const anything = fc.anything({
  maxDepth: 3,
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
  withNullPrototype: true,
  withObjectString: true,
})
const hostile = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  { weight: 2, arbitrary: hostileNumber },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 4, arbitrary: anything },
)

const staffId = fc.oneof(
  fc.constantFrom(administrator.staffId, ` ${administrator.staffId.toLowerCase()} `),
  fc.stringMatching(/^[\p{L}\p{N}._-]{1,32}$/u),
)
const sixDigits = fc.stringMatching(/^[0-9]{6,8}$/)
const oneTimeCode = fc.oneof(
  sixDigits,
  fc.constantFrom(standIns.earlyCode, standIns.lateCode),
  sixDigits.map((code) => `${code.slice(0, 3)} - ${code.slice(3)}`),
)
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 })
/** Rare: each one that is right in form costs a slow hash. */
const recoveryCode = fc.oneof(
  { weight: 1, arbitrary: fc.stringMatching(/^[A-Z2-7]{16}$/) },
  { weight: 60, arbitrary: fc.stringMatching(/^[a-z0-9 -]{0,40}$/) },
)
const page = fc.integer({ min: 0, max: 100_000 })
const role = fc.constantFrom('staff', 'supervisor', 'administrator', 'auditor')
const roles = fc.array(role, { minLength: 1, maxLength: 4 })
const personId = fc.oneof(fc.uuid(), fc.constant(standIns.personId))
const reason = fc.string({ unit: 'grapheme', minLength: 3, maxLength: 200 })
const csv = fc
  .array(fc.tuple(staffId, name, role), { maxLength: 5 })
  .map((rows) => ['staff_id,name,roles', ...rows.map((row) => row.join(','))].join('\n'))
const searched = fc.string({ unit: 'binary', maxLength: 100 })
const peoplePart = fc.constantFrom(...peopleFilter.options)
const eventNumber = fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1 }))
const nothing = fc.constant({})
/** Of no hub that answers. */
const link = fc.oneof(
  fc.constant('http://127.0.0.1:1/v1/acme/join#ABCDEFGHJKLMNPQR'),
  fc.string({ unit: 'binary', maxLength: 500 }),
)
const newPin = fc.stringMatching(/^[0-9]{0,40}$/)
const ticketPurpose = fc.constantFrom('sign-in', 'enroll')
const colour = fc.stringMatching(/^#[0-9a-f]{6}$/)
const brandLook = fc.record({
  name: fc.string({ maxLength: 40 }),
  colours: fc.record({ code: colour, frame: colour, frameInk: colour, accentDark: colour, accentLight: colour }),
})
const brandLogo = fc.oneof(
  fc.constantFrom(null, 'same'),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => ({ png: Buffer.from(bytes).toString('base64') })),
)
const policy = fc
  .record({ idleMs: fc.integer({ min: 31_000, max: 3_600_000 }), minute: fc.nat({ max: 1439 }), name, roles })
  .map(({ idleMs, minute, name, roles }) => ({
    settings: { idleMs },
    rules: [{ name, when: { roles, hours: { days: [1, 6], from: minute, to: 360 } }, set: { sessionMs: 3_600_000 } }],
  }))

const digits = fc.stringMatching(/^[0-9]{8}$/)
/** What a camera may read: ours, or anything. */
const shown = fc.oneof(fc.stringMatching(/^WARDKEY:[PR][A-Z2-7]{1,600}$/), fc.string({ minLength: 1, maxLength: 300 }))

/** Right in form for each command. One that is new in the contract does not compile until it is here. */
const rightInput: { [N in CommandName]: fc.Arbitrary<object> } = {
  readScreen: nothing,
  retryStart: nothing,
  setUpStation: fc.record({
    name,
    location: name,
    administratorName: name,
    administratorStaffId: staffId,
  }),
  renewOffer: nothing,
  abandonOffer: nothing,
  confirmOffer: fc.record({ code: oneTimeCode }),
  acknowledgeRecoveryCodes: nothing,
  renewRecoveryCodes: nothing,
  submitCode: fc.record({ staffId, code: oneTimeCode }),
  submitAnswer: fc.record({ staffId: fc.option(staffId), digits }),
  submitShownAnswer: fc.record({ text: shown }),
  showQuestion: fc.record({ about: fc.constantFrom('step-up', 'second', 'approval', 'move') }),
  hideQuestion: nothing,
  answerQuestion: fc.record({ staffId: fc.option(staffId), digits }),
  showAnswerToQuestion: fc.record({ text: shown }),
  submitPhonePart: fc.record({ text: shown }),
  submitTypedPart: fc.record({ part: recoveryCode }),
  confirmBinding: fc.record({ digits }),
  renewBinding: nothing,
  finishWelcome: nothing,
  bindPhone: fc.record({ personId, reason }, { requiredKeys: ['personId'] }),
  bindOwnPhone: nothing,
  submitRecoveryCode: fc.record({ staffId, code: recoveryCode }),
  submitPin: fc.record({ pin: fc.stringMatching(/^[0-9]{6,12}$/) }),
  setNewPin: fc.record({ pin: newPin, again: newPin }),
  cancelSignIn: nothing,
  submitTicket: fc.record({ staffId, code: recoveryCode }),
  changeOwnPin: fc.record({ pin: newPin, again: newPin }),
  makeOwnRecoveryCodes: nothing,
  enrollOwnPhone: fc.record({ approval: fc.option(fc.record({ staffId, code: oneTimeCode })) }),
  readPrinter: nothing,
  printRecoveryCodes: nothing,
  readTickets: fc.record({ personId }),
  issueTicket: fc.record({ personId, purpose: ticketPurpose, hours: fc.integer({ min: 1, max: 12 }), reason }),
  revokeTicket: fc.record({ ticketId: fc.uuid(), reason }),
  listTokens: nothing,
  exportPeople: nothing,
  revokeToken: fc.record({ tokenId: fc.uuid(), reason }),
  wakeChallenge: nothing,
  reportActivity: nothing,
  lockNow: nothing,
  listPeople: fc.record({ search: searched, page, filter: peoplePart }, { requiredKeys: ['search', 'page'] }),
  addPerson: fc.record({ displayName: name, staffId, roles }),
  makeOffer: fc.record({ personId, adds: fc.boolean(), reason }, { requiredKeys: ['personId'] }),
  stepUp: fc.record({ code: oneTimeCode }),
  readPerson: fc.record({ personId }),
  editPerson: fc.record({ personId, displayName: name, staffId, roles }),
  changePersonStatus: fc.record({ personId, status: fc.constantFrom('active', 'suspended', 'left'), reason }),
  revokeCredential: fc.record({ credentialId: fc.uuid(), reason }),
  previewImport: fc.record({ text: fc.oneof(csv, fc.string({ unit: 'binary' })) }),
  importPeople: fc.record({ text: fc.oneof(csv, fc.string({ unit: 'binary' })) }),
  listOffers: nothing,
  showOffer: fc.record({ offerId: fc.uuid() }),
  renewWaitingOffer: fc.record({ offerId: fc.uuid() }),
  withdrawOffer: fc.record({ offerId: fc.uuid(), reason }),
  listCredentials: fc.record({ filter: fc.constantFrom(...credentialFilter.options), search: searched, page }),
  moveToNewPhone: fc.record({ code: oneTimeCode }),
  approveAsSecond: fc.record({ staffId, code: oneTimeCode }),
  readWorkstation: nothing,
  changeWorkstation: fc.record({ name, location: name, group: fc.option(name) }),
  makeBackup: fc.record({ passphrase: fc.string({ unit: 'grapheme', maxLength: 200 }) }),
  readBackup: nothing,
  joinHub: fc.record({ link }),
  joinAtFirstRun: fc.record({ name, location: name, link }),
  chooseBackup: nothing,
  restoreBackup: fc.record({ passphrase: fc.string({ unit: 'grapheme', maxLength: 200 }) }),
  readRestore: nothing,
  stopRestore: nothing,
  listToConfirm: fc.record({ page }),
  confirmPeople: nothing,
  openCamera: fc.record({ use: fc.constantFrom('phone', 'link') }),
  closeCamera: nothing,
  readBrand: nothing,
  changeBrand: fc.record({ look: brandLook, logo: brandLogo }),
  removeBrand: nothing,
  openEmergency: fc.record({
    code: fc.stringMatching(/^[A-Za-z2-7 -]{28,40}$/),
    name,
    reason: fc.string({ unit: 'grapheme', minLength: 10, maxLength: 200 }),
  }),
  readEmergency: fc.record({ page }),
  makeEmergencyCodes: nothing,
  acknowledgeEmergencyCodes: nothing,
  reviewEmergency: fc.record({
    useId: fc.uuid(),
    finding: fc.string({ unit: 'grapheme', minLength: 10, maxLength: 500 }),
  }),
  readPolicy: nothing,
  listPolicyVersions: fc.record({ page }),
  readPolicyVersion: fc.record({ number: fc.integer({ min: 1, max: 5 }) }),
  checkPolicy: fc.record({ document: policy }),
  changePolicy: fc.record({ document: policy, after: fc.integer({ min: 1, max: 3 }), reason }),
  letInPhone: fc.record({ credentialId: fc.uuid(), reason }),
  reinstateCredential: fc.record({ credentialId: fc.uuid(), reason }),
  listAlerts: fc.record({ open: fc.boolean(), after: fc.option(fc.uuid()) }),
  acknowledgeAlert: fc.record({ alertId: fc.uuid(), note: reason }),
  readLog: fc.record({
    filter: fc.record({
      group: fc.option(fc.constantFrom('sign-ins', 'people', 'other')),
      person: fc.string({ unit: 'binary', maxLength: 100 }),
      outcome: fc.option(fc.constantFrom('accepted', 'refused')),
      fromMs: fc.option(fc.maxSafeNat()),
      toMs: fc.option(fc.maxSafeNat()),
    }),
    before: fc.option(eventNumber),
  }),
  readEvent: fc.record({ number: eventNumber }),
  verifyLog: nothing,
  exportLog: fc.record({ format: fc.constantFrom('jsonl', 'csv') }),
  readLogWork: nothing,
  cancelLogWork: nothing,
  reportNotMe: fc.record({ event: eventNumber }),
}

/** One thing about a right input made wrong. */
const almostRight = (right: fc.Arbitrary<object>): fc.Arbitrary<unknown> =>
  fc.tuple(right, fc.nat(), hostile, fc.nat(7)).map(([input, which, value, how]): unknown => {
    const keys = Object.keys(input)
    const key = keys[which % Math.max(keys.length, 1)] ?? 'code'
    const { [key]: one, ...rest } = input as Record<string, unknown>
    switch (how) {
      case 0:
        return rest
      case 1:
        return { ...input, extra: value }
      case 2:
        return JSON.parse(`{"__proto__":{"administrator":true},${JSON.stringify(input).slice(1)}`.replace(',}', '}'))
      case 3:
        return [input]
      case 4:
        return new Map(Object.entries(input))
      case 5:
        return { ...rest, [key]: [one] }
      default:
        return { ...rest, [key]: value }
    }
  })

const selfContaining: Record<string, unknown> = { staffId: administrator.staffId }
selfContaining.code = selfContaining

const ownNames = fc.constantFrom('', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'submitcode', 'call')

const call = (chosen: readonly CommandName[]) =>
  fc.constantFrom(...chosen).chain((command) =>
    fc.record({
      name: fc.constant(command as string),
      input: fc.oneof(
        { weight: 5, arbitrary: rightInput[command] },
        { weight: 10, arbitrary: almostRight(rightInput[command]) },
        { weight: 3, arbitrary: hostile },
        { weight: 1, arbitrary: fc.constant(selfContaining) },
      ),
    }),
  )

/** Whole messages, each for a command out of `chosen`. */
export const messages = (chosen: readonly CommandName[] = names): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 40, arbitrary: call(chosen) },
    { weight: 2, arbitrary: fc.record({ name: fc.oneof(ownNames, hostile), input: hostile }) },
    { weight: 1, arbitrary: call(chosen).map((message) => ({ ...message, sender: 'main' })) },
    { weight: 1, arbitrary: hostile },
  )

export { names as commandNames }
