// The small values of the hub's interface, each parsed and put into one form before anything looks at it.
import { z } from 'zod'

/** In every address of an organisation: lower case letters, digits and dashes, 2 to 40. */
export const organisationSlug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])$/)

/** First 8 bytes of SHA-256 of a station's signing public key, in hex. */
export const stationNumber = z.string().regex(/^[0-9a-f]{16}$/)

/** A ward, a floor: stations belong to one, people to those whose stations they use. */
export const groupName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u)

/** Who belongs to it is known at every station. */
export const everyGroup = '*'

/** 256 random bits, in base64url. */
export const secretText = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** A code to join with: 16 base32 characters, 80 bits; case, spaces and dashes are free. */
export const joinCode = z
  .string()
  .max(40)
  .transform((value) => value.toUpperCase().replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^[A-Z2-7]{16}$/))

/** As a station says of itself; no database keeps a text with a zero in it. */
export const versionText = z
  .string()
  .max(200)
  .refine((text) => !text.includes('\0'))

/** A change's place in its organisation: 0 is before all. */
export const cursor = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER)

export const timeMs = z.number().int().nonnegative().max(8_640_000_000_000_000)

/** What is wrong, by a name for programs; `number` where it is about one event. */
export const hubRefusal = z.object({ ok: z.literal(false), reason: z.string(), number: z.number().int().optional() })
export type HubRefusal = z.infer<typeof hubRefusal>
