// The policy document as a JSON Schema, for editors and for whoever writes one by hand.
import { z } from 'zod'
import { policyDocument } from './policy.ts'

/** draft 2020-12; what has a default may be left out. */
export const policyJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(policyDocument, { io: 'input' }),
  title: 'Wardkey policy',
  description: 'What a station asks of whom, how long things last, and who may do what. Durations are in milliseconds.',
})
