// The shapes that many commands answer with.
import { z } from 'zod'

export const nothing = z.strictObject({})
export const done = z.strictObject({ ok: z.literal(true) })
export const refused = <const R extends readonly [string, ...string[]]>(reasons: R) =>
  z.strictObject({ ok: z.literal(false), reason: z.enum(reasons), waitMs: z.number().int().nonnegative().optional() })

/**
 * 'step-up-needed': the last proof is too old, a fresh code comes first. 'second-needed': policy wants a second person.
 * 'not-now': another process writes, such as an import; nothing was changed.
 */
export const administrationRefusals = ['not-allowed', 'step-up-needed', 'second-needed', 'not-now'] as const

/** Each command says which window it belongs to. */
export const command = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({
  window: 'station' as const,
  input,
  output,
})
