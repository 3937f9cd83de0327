// The organisation on the lock screen: its name, its colours, and how large its logo may be.
import { z } from 'zod'

const colour = z.string().regex(/^#[0-9a-f]{6}$/)

export const brandColours = z.strictObject({
  /** Dark parts of a QR code, on white. */
  code: colour,
  /** Around the code, and the words on it. */
  frame: colour,
  frameInk: colour,
  /** For "do this": in the dark theme, and in the light one. High contrast keeps its own. */
  accentDark: colour,
  accentLight: colour,
})
export type BrandColours = z.infer<typeof brandColours>
export type BrandColour = keyof BrandColours

export const brandLook = z.strictObject({
  /** Empty: the logo says it. */
  name: z
    .string()
    .trim()
    .max(40)
    .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u),
  colours: brandColours,
})
export type BrandLook = z.infer<typeof brandLook>

/** Base64 of a PNG of 128 KiB at most. */
export const logoText = z
  .string()
  .max(174_764)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/)
