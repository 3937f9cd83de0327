// The environment variables that the station reads, each parsed before anything uses it.
import path from 'node:path'
import { z } from 'zod'

/** `https://phone.example.org`, or the host alone. */
const phoneHost = z
  .string()
  .transform((value) => value.replace(/^https:\/\//i, '').replace(/\/$/, ''))
  .pipe(z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,80}[a-z0-9])?$/i))

const schema = z.object({
  WARDKEY_DATA_DIR: z
    .string()
    .min(1)
    .transform((folder) => path.resolve(folder))
    .optional(),
  WARDKEY_KEYCHAIN_SERVICE: z.string().min(1).max(200).default('wardkey'),
  WARDKEY_PHONE_URL: phoneHost.optional(),
})
export type StationEnvironment = z.infer<typeof schema>

/** Throws an Error that names the variable, never its value. */
export function readEnvironment(env: NodeJS.ProcessEnv): StationEnvironment {
  const parsed = schema.safeParse(env)
  if (parsed.success) return parsed.data
  throw new Error(
    `${parsed.error.issues[0]?.path.join('.')} does not hold a usable value; the README says what it takes`,
  )
}
