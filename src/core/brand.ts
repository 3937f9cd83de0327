// What an organisation's colours must hold to, so that a camera reads the code and people read the screen.
import type { BrandColours } from '../contracts/brand.ts'
import { type Colour, contrast } from './contrast.ts'

/** To 1; WCAG 2.2, 1.4.3, and what cameras need in poor light. */
export const leastContrast = 4.5
/** The card that the code is drawn on, whatever the theme. */
export const paper: Colour = '#ffffff'
/** What the accent may lie on in each theme: the tokens `ground`, `raised` and `card`. */
export const grounds = {
  dark: ['#0b1117', '#121a23', '#182330'],
  light: ['#f2f5f8', '#ffffff', '#e4ebf1'],
} as const

/** What a form begins with: the station's own colours. */
export const plainColours: BrandColours = {
  code: '#000000',
  frame: '#ffffff',
  frameInk: '#000000',
  accentDark: '#4cc2ff',
  accentLight: '#00598a',
}

/** In pixels and bytes: as large as it is drawn on a screen of double density. */
export const logoLimits = { width: 640, height: 200, bytes: 128 * 1024 } as const

/** What is held to something; around the code any colour will do, as long as its words are read on it. */
type Held = Exclude<keyof BrandColours, 'frame'>

export interface LowContrast {
  readonly field: Held
  /** To 1, rounded down to a tenth: what is refused never reads as if it were enough. */
  readonly ratio: number
}

/** Each colour that is too close to what it stands on. */
export function lowContrasts(colours: BrandColours): LowContrast[] {
  const against: Record<Held, readonly Colour[]> = {
    code: [paper],
    frameInk: [colours.frame],
    accentDark: grounds.dark,
    accentLight: grounds.light,
  }
  return (Object.keys(against) as Held[]).flatMap((field) => {
    const ratio = Math.min(...against[field].map((ground) => contrast(colours[field], ground)))
    return ratio < leastContrast ? [{ field, ratio: Math.floor(ratio * 10) / 10 }] : []
  })
}

/** The colour that the code is drawn in: black, where the wanted one can't be read. */
export const codeColour = (wanted: Colour): Colour => (contrast(wanted, paper) >= leastContrast ? wanted : '#000000')
