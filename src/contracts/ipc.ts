// The one contract between the station's window and main: each command with its input and output.
import { z } from 'zod'
import { displayName, oneTimeCode, reasonText, recoveryCodeText, staffId, stationLabel } from './fields.ts'
import { importProblem, newPerson, role } from './people-import.ts'
import { qrSymbol, screenState } from './screen.ts'

const nothing = z.strictObject({})
const done = z.strictObject({ ok: z.literal(true) })
const refused = <const R extends readonly [string, ...string[]]>(reasons: R) =>
  z.strictObject({ ok: z.literal(false), reason: z.enum(reasons), waitMs: z.number().int().nonnegative().optional() })

/** What enrolls a phone. Given out once, by the command that made the offer. */
export const offerSecret = z.strictObject({
  qr: qrSymbol,
  setupKey: z.string().regex(/^[A-Z2-7]{32,}$/),
})
export type OfferSecret = z.infer<typeof offerSecret>

const offered = z.union([
  z.strictObject({ ok: z.literal(true), secret: offerSecret }),
  refused(['not-now', 'staff-id-taken', 'no-such-person']),
])
const confirmed = z.union([
  z.strictObject({ ok: z.literal(true), recoveryCodes: z.array(z.string()).length(10) }),
  refused(['not-now', 'wrong-code', 'clock-wrong', 'expired', 'too-many-tries']),
])
/** reason 'wrong-code' is all an outsider learns of a person; the log has the true one. */
const loginRefused = refused([
  'not-now',
  'wrong-code',
  'already-used',
  'throttled',
  'clock-wrong',
  'clock-closed',
  'suspended',
])
export const loginAnswer = z.union([z.strictObject({ ok: z.literal(true), displayName: z.string() }), loginRefused])
export type LoginAnswer = z.infer<typeof loginAnswer>

export const personRow = z.strictObject({
  id: z.uuid(),
  staffId: z.string(),
  displayName: z.string(),
  roles: z.array(role),
  status: z.enum(['active', 'suspended', 'left']),
  enrolled: z.boolean(),
  recoveryCodesLeft: z.number().int().nonnegative(),
  lastSignInMs: z.number().int().nullable(),
})
export type PersonRow = z.infer<typeof personRow>

export const credentialRow = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['totp', 'recovery']),
  status: z.enum(['pending', 'active', 'suspended', 'ended']),
  madeAtMs: z.number().int().nonnegative(),
  /** Recovery codes that are left; null for anything else. */
  codesLeft: z.number().int().nonnegative().nullable(),
})
export type CredentialRow = z.infer<typeof credentialRow>

/** 'step-up-needed': the last proof is too old, a fresh code comes first. */
const administrationRefusals = ['not-allowed', 'step-up-needed'] as const
const changeRefusals = ['no-such-person', 'staff-id-taken', 'last-administrator', 'has-left'] as const
const importText = z.string().max(8 * 1024 * 1024)
const importPreview = z.strictObject({
  ok: z.literal(true),
  count: z.number().int().nonnegative(),
  sample: z.array(newPerson).max(20),
  problemCount: z.number().int().nonnegative(),
  problems: z.array(importProblem).max(200),
})

const command = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({
  window: 'station' as const,
  input,
  output,
})

export const commands = {
  readScreen: command(nothing, screenState),
  retryStart: command(nothing, done),
  setUpStation: command(
    z.strictObject({
      name: stationLabel,
      location: stationLabel,
      administratorName: displayName,
      administratorStaffId: staffId,
    }),
    offered,
  ),
  /** A fresh offer for the same person; the one before ends. */
  renewOffer: command(nothing, offered),
  abandonOffer: command(nothing, done),
  confirmOffer: command(z.strictObject({ code: oneTimeCode }), confirmed),
  acknowledgeRecoveryCodes: command(nothing, z.union([done, refused(['not-now'])])),
  /** New codes where the ones before were never acknowledged. */
  renewRecoveryCodes: command(
    nothing,
    z.union([
      z.strictObject({ ok: z.literal(true), recoveryCodes: z.array(z.string()).length(10) }),
      refused(['not-now']),
    ]),
  ),
  submitCode: command(z.strictObject({ staffId, code: oneTimeCode }), loginAnswer),
  submitRecoveryCode: command(z.strictObject({ staffId, code: recoveryCodeText }), loginAnswer),
  wakeChallenge: command(nothing, done),
  reportActivity: command(nothing, done),
  lockNow: command(nothing, done),
  listPeople: command(
    z.strictObject({ search: z.string().max(100), page: z.number().int().min(0).max(100_000) }),
    z.union([
      z.strictObject({
        ok: z.literal(true),
        people: z.array(personRow).max(50),
        total: z.number().int(),
        pageSize: z.number().int(),
      }),
      refused(['not-allowed']),
    ]),
  ),
  addPerson: command(
    z.strictObject({ displayName, staffId, roles: z.array(role).min(1).max(4) }),
    z.union([
      z.strictObject({ ok: z.literal(true), personId: z.uuid() }),
      refused([...administrationRefusals, 'staff-id-taken']),
    ]),
  ),
  makeOffer: command(z.strictObject({ personId: z.uuid() }), z.union([offered, refused(administrationRefusals)])),
  /** A fresh code of whoever is signed in, for what asks for one. */
  stepUp: command(z.strictObject({ code: oneTimeCode }), z.union([done, loginRefused, refused(['not-allowed'])])),
  readPerson: command(
    z.strictObject({ personId: z.uuid() }),
    z.union([
      z.strictObject({ ok: z.literal(true), person: personRow, credentials: z.array(credentialRow).max(100) }),
      refused(['not-allowed', 'no-such-person']),
    ]),
  ),
  editPerson: command(
    z.strictObject({ personId: z.uuid(), displayName, staffId, roles: z.array(role).min(1).max(4) }),
    z.union([done, refused([...administrationRefusals, ...changeRefusals])]),
  ),
  changePersonStatus: command(
    z.strictObject({ personId: z.uuid(), status: z.enum(['active', 'suspended', 'left']), reason: reasonText }),
    z.union([done, refused([...administrationRefusals, ...changeRefusals])]),
  ),
  revokeCredential: command(
    z.strictObject({ credentialId: z.uuid(), reason: reasonText }),
    z.union([done, refused([...administrationRefusals, 'no-such-credential', 'last-administrator'])]),
  ),
  previewImport: command(z.strictObject({ text: importText }), z.union([importPreview, refused(['not-allowed'])])),
  /** All of the file or nothing. */
  importPeople: command(
    z.strictObject({ text: importText }),
    z.union([
      z.strictObject({ ok: z.literal(true), added: z.number().int().nonnegative() }),
      refused([...administrationRefusals, 'has-problems']),
    ]),
  ),
  acknowledgeAlert: command(
    z.strictObject({ alertId: z.uuid() }),
    z.union([done, refused([...administrationRefusals, 'no-such-alert'])]),
  ),
} as const

export type Commands = typeof commands
export type CommandName = keyof Commands
/** What the window sends, and what a handler gets once it is parsed. */
export type Input<N extends CommandName> = z.input<Commands[N]['input']>
export type Parsed<N extends CommandName> = z.output<Commands[N]['input']>
export type Output<N extends CommandName> = z.output<Commands[N]['output']>
export type Handlers = { [N in CommandName]: (input: Parsed<N>) => Output<N> | Promise<Output<N>> }

/** A call that main refuses before any handler sees it. */
export const refusal = z.strictObject({ refused: z.enum(['unknown-command', 'bad-input', 'bad-sender', 'failed']) })

/** Channel on which main pushes ScreenState, and the one on which the window calls commands. */
export const screenChannel = 'wardkey:screen'
export const commandChannel = 'wardkey:command'

/** What preload puts on `window.wardkey`. */
export interface Bridge {
  call<N extends CommandName>(name: N, input: Input<N>): Promise<Output<N>>
  onScreen(listener: (state: z.infer<typeof screenState>) => void): () => void
}
