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
