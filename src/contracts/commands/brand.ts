// Commands about the organisation's name, logo and colours on the lock screen.
import { z } from 'zod'
import { brandColours, brandLook, logoText } from '../brand.ts'
import { administrationRefusals, command, done, nothing, refused } from './answers.ts'

const colourName = z.enum(Object.keys(brandColours.shape) as [keyof typeof brandColours.shape])
const lowContrast = z.strictObject({
  ok: z.literal(false),
  reason: z.enum(['low-contrast']),
  low: z.array(z.strictObject({ field: colourName, ratio: z.number().min(1).max(21) })).min(1),
})

/** Whoever stands at the lock screen sees it. */
export const brandCommands = {
  readBrand: command(
    nothing,
    z.union([
      z.strictObject({ ok: z.literal(true), look: brandLook.nullable(), logo: logoText.nullable() }),
      refused(['not-now']),
    ]),
  ),
} as const

export const brandAdministrationCommands = {
  changeBrand: command(
    z.strictObject({
      look: brandLook,
      /** null: no logo. 'same': the one that is there. */
      logo: z.union([z.literal('same'), z.strictObject({ png: logoText })]).nullable(),
    }),
    z.union([done, lowContrast, refused([...administrationRefusals, 'bad-logo'])]),
  ),
  /** Back to Wardkey's own look. */
  removeBrand: command(nothing, z.union([done, refused(administrationRefusals)])),
} as const
