// Provisioning tokens of IT: what one may be made for, its name and its days.
import { z } from 'zod'

/** Each is a change of the command line, as `tokens create --may` takes it. Nothing else can be done with a token. */
export const tokenScope = z.enum([
  'people.add',
  'people.import',
  'people.suspend',
  'people.reinstate',
  'people.leave',
  'offers.create',
  'offers.withdraw',
  'credentials.revoke',
])
export type TokenScope = z.infer<typeof tokenScope>

/** Never like an id, so that whoever names one means one alone. */
export const tokenName = z
  .string()
  .max(100)
  .transform((value) => value.trim().normalize('NFC'))
  .pipe(
    z
      .string()
      .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u)
      .refine((value) => !z.uuid().safeParse(value).success),
  )

export const tokenDays = z.number().int().min(1).max(366)
export const defaultTokenDays = 90
