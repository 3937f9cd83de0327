// The organisation's look in a window: who draws with it reads it here, and its accents go into the tokens.
import { createContext, useContext } from 'react'
import type { BrandColours, BrandLook } from '../contracts/brand.ts'
import { inkOn } from '../core/contrast.ts'

export interface BrandView extends BrandLook {
  /** Address of the picture, as data. */
  readonly logo: string | null
}

export const Brand = createContext<BrandView | null>(null)
export const useBrandView = (): BrandView | null => useContext(Brand)

export const logoAddress = (png: string): string => `data:image/png;base64,${png}`

/** @param colours null: the station's own again. */
export function applyAccents(colours: BrandColours | null): void {
  const { style } = document.documentElement
  for (const [theme, accent] of [
    ['dark', colours?.accentDark],
    ['light', colours?.accentLight],
  ] as const) {
    if (accent === undefined) {
      style.removeProperty(`--brand-accent-${theme}`)
      style.removeProperty(`--brand-ink-${theme}`)
    } else {
      style.setProperty(`--brand-accent-${theme}`, accent)
      style.setProperty(`--brand-ink-${theme}`, inkOn(accent))
    }
  }
}
