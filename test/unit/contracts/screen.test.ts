// What the window is told: each screen as main pushes it, and nothing beside it.
import { describe, expect, it } from 'vitest'
import { type ScreenState, screenState } from '../../../src/contracts/screen.ts'

const id = '01890a5d-ac96-774b-bcce-b302099a8057'
const station = { name: 'Ward 7', location: 'Level 2', number: '0123456789abcdef' }
const offer = {
  id,
  personName: 'Ada Kern',
  staffId: 'A1001',
  digits: 6,
  expiresAtMs: 1,
  ended: false,
  withdrawn: false,
  secondPart: false,
  renewable: true,
  kind: 'phone',
  part: 'shown',
} as const
const log = { events: 3, state: 'complete' } as const
const screens: ScreenState[] = [
  { kind: 'starting' },
  { kind: 'failed', code: 'no-keychain', canRetry: true },
  { kind: 'failed', code: 'no-keychain', canRetry: true, emergency: true },
  {
    kind: 'emergency',
    station,
    name: 'Nora Quist',
    sinceMs: 1,
    limitAtMs: 2,
    record: 'emergency-record',
    version: '1.0.0',
  },
  {
    kind: 'first-run',
    name: '',
    location: '',
    administratorName: '',
    administratorStaffId: '',
    restorable: true,
    hub: null,
  },
  { kind: 'offer', offer },
  { kind: 'new-pin', personName: 'Ada Kern' },
  { kind: 'recovery-codes', personName: 'Ada Kern', station },
  {
    kind: 'locked',
    station,
    challenge: { state: 'resting' },
    codeLength: 6,
    log,
    hub: null,
    notice: 'none',
    unconfirmed: false,
    answers: { idNeeded: true },
    pin: 'asked',
    version: '1.0.0',
  },
  {
    kind: 'session',
    station,
    person: { displayName: 'Ada Kern', staffId: 'A1001', roles: ['supervisor'], may: ['see-people'] },
    sinceMs: 1,
    method: 'totp',
    newPhone: null,
    hasPin: true,
    recoveryCodesLeft: 10,
    idleLocksAtMs: 2,
    limitAtMs: 3,
    warningMs: 4,
    codeLength: 6,
    lastSignIns: [{ number: 7, atMs: 1, method: 'recovery', accepted: false, reason: 'wrong-code', durationMs: null }],
    alerts: [{ id: '0198c0de-0000-7000-8000-000000000001', kind: 'many-failures', atMs: 1 }],
    alertCount: 1,
    log,
    hub: { organisation: 'Acme', state: 'offline', confirmedAtMs: 1, lease: 'near' },
    offer: null,
    scans: true,
    question: null,
    welcome: { qr: { size: 21, modules: '1'.repeat(441) }, personName: 'Ada Kern', sent: false },
    codesFor: null,
    unconfirmed: false,
    pinFor: null,
    version: '1.0.0',
  },
]

describe.each(screens.map((screen) => [screen.kind, screen] as const))('%s', (_, screen) => {
  it('is pushed as it is', () => expect(screenState.parse(screen)).toEqual(screen))

  it('takes nothing along', () => {
    expect(screenState.safeParse({ ...screen, secret: 'x' }).success).toBe(false)
  })
})

it('covers every kind', () => {
  expect(new Set(screens.map(({ kind }) => kind))).toEqual(
    new Set(screenState.options.map((option) => option.shape.kind.value)),
  )
})

it.each([
  { kind: 'unlocked' },
  { kind: 'failed', code: 'because', canRetry: true },
  { kind: 'offer', offer: { ...offer, setupKey: 'JBSWY3DPEHPK3PXP' } },
  { kind: 'offer', offer: { ...offer, id: 'me' } },
  { kind: 'recovery-codes', personName: 'Ada', station, codes: [] },
])('refuses %j', (state) => expect(screenState.safeParse(state).success).toBe(false))
