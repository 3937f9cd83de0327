// What the station's window shows: one immutable state that main owns and pushes.
import { z } from 'zod'
import { action, role } from './roles.ts'

const text = z.string().max(200)
const time = z.number().int().nonnegative()
/** At this length a code goes by itself; Enter takes any of six to eight digits. */
const codeLength = z.number().int().min(6).max(8)

/** Which of the organisation's looks is in use: `readBrand` has it. Absent: none. */
const brandRevision = z.number().int().positive().optional()

/** QR modules, row by row, '1' dark and '0' light; size is the side in modules without quiet zone. */
export const qrSymbol = z.strictObject({
  size: z.number().int().min(21).max(177),
  modules: z.string().regex(/^[01]+$/),
})
export type QrSymbol = z.infer<typeof qrSymbol>

/** Why the station stays locked and can't be used. Each has its own words on the screen. */
export const failureCode = z.enum([
  'no-keychain',
  'keychain-locked',
  'insecure-keychain',
  'key-missing',
  'key-changed',
  'checkpoint-missing',
  'data-missing',
  'data-damaged',
  'data-edited',
  'data-newer',
  'data-unwritable',
  'data-busy',
  'data-readonly',
  'disk-full',
  'log-cut',
  'log-changed',
  'second-instance',
  'unexpected',
])
export type FailureCode = z.infer<typeof failureCode>

export const stationFacts = z.strictObject({ name: text, location: text, number: z.string().regex(/^[0-9a-f]{16}$/) })
export type StationFacts = z.infer<typeof stationFacts>

export const logFacts = z.strictObject({
  events: z.number().int().nonnegative(),
  state: z.enum(['checking', 'complete']),
})
export type LogFacts = z.infer<typeof logFacts>

/** 'online': its last request was answered. 'closed': the hub wants nothing more of it. */
export const hubState = z.enum(['none', 'connecting', 'online', 'offline', 'closed'])

/** How the station stands with its hub. The lease is that of what came from it. */
export const hubFacts = z.strictObject({
  organisation: text,
  state: hubState,
  confirmedAtMs: time,
  lease: z.enum(['holds', 'near', 'over']),
})
export type HubFacts = z.infer<typeof hubFacts>

/** 'pin': a one-time code, or a phone's answer, and then the PIN. 'phone': a bound phone answered. */
export const signInMethod = z.enum(['totp', 'pin', 'recovery', 'ticket', 'phone'])
export type SignInMethod = z.infer<typeof signInMethod>

/** An enrollment in progress as the screen may know it: its secret is given once, by the command that made it. */
export const offerView = z.strictObject({
  id: z.uuid(),
  /** An authenticator app that shows codes, or a phone that scans. */
  kind: z.enum(['totp', 'phone']),
  /** Of a phone that scans: how its part came. null before, and for an authenticator app. */
  part: z.enum(['shown', 'typed', 'sent']).nullable(),
  personName: text,
  staffId: text,
  /** Of the code that the phone will show. */
  digits: codeLength,
  expiresAtMs: time,
  ended: z.boolean(),
  /** Not one that a ticket led to: who comes by later must not be able to make another. */
  renewable: z.boolean(),
  /** Somebody ended it, from wherever, while it was shown. */
  withdrawn: z.boolean(),
  /** Another phone answered it as well, which ended it: whoever stands here has to know. */
  secondPart: z.boolean(),
})
export type OfferView = z.infer<typeof offerView>

export const signInView = z.strictObject({
  /** Of its event in the log. */
  number: z.number().int().positive(),
  atMs: time,
  method: signInMethod,
  accepted: z.boolean(),
  reason: text.nullable(),
  durationMs: time.nullable(),
})

export const challengeView = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('shown'),
    qr: qrSymbol,
    issuedAtMs: time,
    renewsAtMs: time,
    scanningReady: z.boolean(),
  }),
  z.strictObject({ state: z.literal('resting') }),
])

/** 'step-up': a change of one's own. 'second': somebody else's yes to one. 'approval': to one's new phone. 'move': by the phone from before. */
export const questionAbout = z.enum(['step-up', 'second', 'approval', 'move'])
export type QuestionAbout = z.infer<typeof questionAbout>

/** A challenge that waits for a phone in a session. */
export const questionView = z.strictObject({
  about: questionAbout,
  challenge: challengeView,
  /** Whether a one-time code would do as well. */
  takesCode: z.boolean(),
})
export type QuestionView = z.infer<typeof questionView>

export const lockedScreen = z.strictObject({
  kind: z.literal('locked'),
  station: stationFacts,
  challenge: challengeView,
  codeLength,
  log: logFacts,
  /** null: the station belongs to none. */
  hub: hubFacts.nullable(),
  notice: z.enum([
    'none',
    'wait-for-next-code',
    'pin-time-over',
    'session-ended-idle',
    'session-ended-limit',
    'session-ended-revoked',
    'reported',
    'reported-last',
  ]),
  /** Restored from a backup, and no administrator has confirmed the people yet. */
  unconfirmed: z.boolean(),
  /** Emergency access is offered here now. */
  emergency: z.boolean().optional(),
  /** How phones answer the login QR code: without a staff ID only while there are few, and nobody has just failed so. */
  answers: z.strictObject({ idNeeded: z.boolean() }),
  /** A right code was typed, and policy wants the PIN as well: asked for, or chosen where there is none yet. */
  pin: z.enum(['asked', 'new']).nullable(),
  brand: brandRevision,
  version: text,
})

export const sessionScreen = z.strictObject({
  kind: z.literal('session'),
  station: stationFacts,
  /** `may`: what their roles allow, so that the window offers nothing that would be refused. */
  person: z.strictObject({ displayName: text, staffId: text, roles: z.array(role), may: z.array(action) }),
  sinceMs: time,
  method: signInMethod,
  /** Their phone did not sign them in: a new one, by themselves or with somebody's approval. */
  newPhone: z.enum(['alone', 'with-approval']).nullable(),
  /** Whether they have a PIN. */
  hasPin: z.boolean(),
  recoveryCodesLeft: z.number().int().nonnegative(),
  idleLocksAtMs: time,
  limitAtMs: time,
  warningMs: time,
  codeLength,
  lastSignIns: z.array(signInView).max(10),
  alerts: z.array(z.strictObject({ id: z.uuid(), kind: text, atMs: time })).max(20),
  /** All that are open, also those that are not listed here. */
  alertCount: z.number().int().nonnegative(),
  log: logFacts,
  hub: hubFacts.nullable(),
  /** An enrollment that an administrator has open in Administration. */
  offer: offerView.nullable(),
  /** There is a phone page, so that phones can be bound. */
  scans: z.boolean(),
  /** What a phone may answer now; null where nothing is asked. */
  question: questionView.nullable(),
  /** A phone was bound just now: what it scans to know this workstation by. `sent`: a hub carries it there as well. */
  welcome: z.strictObject({ qr: qrSymbol, personName: text, sent: z.boolean() }).nullable(),
  /** Whose recovery codes wait to be stored before anything else goes on. */
  codesFor: text.nullable(),
  /** Restored from a backup: the people wait to be confirmed. */
  unconfirmed: z.boolean(),
  /** Who chooses a PIN, after their first code. */
  pinFor: text.nullable(),
  brand: brandRevision,
  version: text,
})
export type SessionScreen = z.infer<typeof sessionScreen>

/** Somebody came in with an emergency code: the screen is open, and that is all. */
export const emergencyScreen = z.strictObject({
  kind: z.literal('emergency'),
  station: stationFacts,
  /** As they typed it. */
  name: text,
  sinceMs: time,
  limitAtMs: time,
  /** Where it is on record by now: in the audit log, or only in the emergency record until the station is well. */
  record: z.enum(['log', 'emergency-record']),
  version: text,
})
export type EmergencyScreen = z.infer<typeof emergencyScreen>

export const screenState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('starting') }),
  z.strictObject({
    kind: z.literal('failed'),
    code: failureCode,
    canRetry: z.boolean(),
    emergency: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal('first-run'),
    name: text,
    location: text,
    administratorName: text,
    administratorStaffId: text,
    /** Nothing of a station is here yet: one may be restored from a backup instead. */
    restorable: z.boolean(),
    /** Joined, and waiting for the first people who can sign in. */
    hub: hubFacts.nullable(),
  }),
  z.strictObject({ kind: z.literal('offer'), offer: offerView }),
  z.strictObject({ kind: z.literal('new-pin'), personName: text }),
  z.strictObject({ kind: z.literal('recovery-codes'), personName: text, station: stationFacts }),
  lockedScreen,
  sessionScreen,
  emergencyScreen,
])
export type ScreenState = z.infer<typeof screenState>
