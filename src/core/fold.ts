// Text as it is searched: without case, accents and the like, so that "zoe" finds "Zoë" and "muller" finds "Müller".

/** Letters that Unicode does not take apart. */
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}
const special = /[ßæœøłđðþı]/g

/** Most names are these letters alone, and need nothing of the rest. */
const simple = /^[\x20-\x7e]*$/

export function foldText(text: string): string {
  if (simple.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(special, (letter) => plain[letter] ?? letter)
}

/** What is typed, as the words that must all be found. */
export const wordsOf = (search: string): string[] =>
  foldText(search)
    .split(/\s+/)
    .filter((word) => word !== '')

/** The letters a to z in a folded text, a bit each, and the digits in five more: what lacks one of a word's lacks the word. */
export function lettersOf(folded: string): number {
  let letters = 0
  for (let at = 0; at < folded.length; at++) {
    const code = folded.charCodeAt(at)
    if (code >= 97 && code <= 122) letters |= 1 << (code - 97)
    else if (code >= 48 && code <= 57) letters |= 1 << (26 + ((code - 48) >> 1))
  }
  return letters
}
