// The policy document: what a station asks of people and how long things last.
import { z } from 'zod'

const minutes = (least: number, most: number) =>
  z
    .number()
    .int()
    .min(least * 60_000)
    .max(most * 60_000)

export const policyDocument = z.strictObject({
  totpWindowSteps: z.number().int().min(0).max(2).default(1),
  idleMs: z
    .number()
    .int()
    .min(5_000)
    .max(60 * 60_000)
    .default(5 * 60_000),
  idleWarningMs: z
    .number()
    .int()
    .min(1_000)
    .max(5 * 60_000)
    .default(30_000),
  sessionMs: z
    .number()
    .int()
    .min(10_000)
    .max(24 * 60 * 60_000)
    .default(12 * 60 * 60_000),
  freshMs: minutes(1, 60).default(5 * 60_000),
  offerMs: minutes(1, 60).default(5 * 60_000),
})
export type PolicyDocument = z.infer<typeof policyDocument>
export const defaultPolicy: PolicyDocument = policyDocument.parse({})
