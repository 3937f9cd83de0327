// The one contract between the station's window and main: each command with its input and output.
import { z } from 'zod'
import { displayName, oneTimeCode, recoveryCodeText, staffId, stationLabel } from './fields.ts'
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
export const loginAnswer = z.union([
  z.strictObject({ ok: z.literal(true), displayName: z.string() }),
  refused(['not-now', 'wrong-code', 'already-used', 'throttled', 'clock-wrong', 'clock-closed', 'suspended']),
])
export type LoginAnswer = z.infer<typeof loginAnswer>

export const personRow = z.strictObject({
  id: z.uuid(),
  staffId: z.string(),
  displayName: z.string(),
  roles: z.array(z.enum(['staff', 'supervisor', 'administrator', 'auditor'])),
  status: z.enum(['active', 'suspended', 'left']),
  enrolled: z.boolean(),
  recoveryCodesLeft: z.number().int().nonnegative(),
  lastSignInMs: z.number().int().nullable(),
})
export type PersonRow = z.infer<typeof personRow>

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
    z.strictObject({ displayName, staffId, role: z.enum(['staff', 'supervisor', 'administrator', 'auditor']) }),
    z.union([z.strictObject({ ok: z.literal(true), personId: z.uuid() }), refused(['not-allowed', 'staff-id-taken'])]),
  ),
  makeOffer: command(z.strictObject({ personId: z.uuid() }), z.union([offered, refused(['not-allowed'])])),
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
