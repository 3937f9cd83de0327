// How strong a passphrase is: an estimate by its length and variety, not a promise.

export type PassphraseStrength = 'weak' | 'fair' | 'strong'

export const passphraseRule = { minimumLength: 12, minimumWords: 4, minimumDistinct: 6 } as const
/** A word out of a list of some eight thousand. */
const bitsOfWord = 12.9
const strongBits = 64

/** One form for what different keyboards send. */
export const plainPassphrase = (text: string): string => text.normalize('NFC')

/** 'weak' is refused: fewer than 12 characters and fewer than 4 words, or nearly all the same. */
export function passphraseStrength(text: string): PassphraseStrength {
  const characters = [...plainPassphrase(text).trim()]
  const words = characters
    .join('')
    .split(/[\s-]+/u)
    .filter((word) => word.length > 1)
  const distinct = new Set(characters.map((character) => character.toLowerCase())).size
  const isLong = characters.length >= passphraseRule.minimumLength || words.length >= passphraseRule.minimumWords
  if (!isLong || distinct < passphraseRule.minimumDistinct || isRun(characters)) return 'weak'
  const different = new Set(words.map((word) => word.toLowerCase())).size
  const bits = Math.max(different * bitsOfWord, different > 1 ? 0 : characters.length * Math.log2(distinct))
  return bits >= strongBits ? 'strong' : 'fair'
}

/** Each character the one after, or before, the last: `abcdefghijkl`, `987654321098`. */
function isRun(characters: readonly string[]): boolean {
  const steps = characters
    .slice(1)
    .map((character, i) => (character.codePointAt(0) ?? 0) - (characters[i]?.codePointAt(0) ?? 0))
  return steps.filter((step) => Math.abs(step) <= 1).length > steps.length * 0.75
}
