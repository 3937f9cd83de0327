// Contrast between two colours, as WCAG 2.2 reckons it (relative luminance, contrast ratio).

/** `#rrggbb`. */
export type Colour = string

const channel = (hex: string): number => {
  const share = Number.parseInt(hex, 16) / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

/** 0 for black to 1 for white. Throws a RangeError where it is no colour. */
export function luminance(colour: Colour): number {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) throw new RangeError('no colour')
  const [red, green, blue] = [colour.slice(1, 3), colour.slice(3, 5), colour.slice(5, 7)].map(channel)
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}

/** 1 for the same to 21 for black and white, whichever comes first. */
export function contrast(one: Colour, other: Colour): number {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

/** Black or white: what is easier to read on it, always 4.5 to 1 or more. */
export const inkOn = (ground: Colour): Colour =>
  contrast('#000000', ground) >= contrast('#ffffff', ground) ? '#000000' : '#ffffff'
