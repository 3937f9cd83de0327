// Many short folded texts, searched at every letter typed: by their masks most are passed over before any text is read.
import { wordsOf } from './fold.ts'

/** What a folded text has, a bit each: what lacks one of a word's bits lacks the word. */
export interface TextMask {
  /** Letters a to z, and the digits in pairs. */
  readonly letters: number
  /** Neighbours among its characters, hashed to one of 64 places. */
  readonly pairsLow: number
  readonly pairsHigh: number
}

export function maskOf(folded: string): TextMask {
  let letters = 0
  let pairsLow = 0
  let pairsHigh = 0
  let before = -1
  for (let at = 0; at < folded.length; at++) {
    const code = folded.charCodeAt(at)
    if (code >= 97 && code <= 122) letters |= 1 << (code - 97)
    else if (code >= 48 && code <= 57) letters |= 1 << (26 + ((code - 48) >> 1))
    if (before >= 0) {
      const place = (before * 31 + code * 7) & 63
      if (place < 32) pairsLow |= 1 << place
      else pairsHigh |= 1 << (place - 32)
    }
    before = code
  }
  return { letters, pairsLow, pairsHigh }
}

export interface SearchableText {
  /** Folded. */
  readonly text: string
  readonly mask: TextMask
}

export class TextSearch {
  /** Side by side: what is passed over is read from three short arrays alone. */
  readonly #letters: Int32Array
  readonly #pairsLow: Int32Array
  readonly #pairsHigh: Int32Array
  /** The characters of all texts in a row, and where each ends: it is quicker than going to each text. */
  readonly #characters: Uint16Array
  readonly #ends: Int32Array

  constructor(texts: readonly SearchableText[]) {
    this.#letters = Int32Array.from(texts, ({ mask }) => mask.letters)
    this.#pairsLow = Int32Array.from(texts, ({ mask }) => mask.pairsLow)
    this.#pairsHigh = Int32Array.from(texts, ({ mask }) => mask.pairsHigh)
    this.#characters = new Uint16Array(texts.reduce((length, { text }) => length + text.length, 0))
    this.#ends = new Int32Array(texts.length)
    let end = 0
    for (const [place, { text }] of texts.entries()) {
      for (let at = 0; at < text.length; at++) this.#characters[end++] = text.charCodeAt(at)
      this.#ends[place] = end
    }
  }

  /** The places, in order, of the texts that hold every word of `search`. */
  placesOf(search: string): Int32Array {
    const words = wordsOf(search)
    const places = this.#candidates(words.map(maskOf))
    // The letters alone decide about a word of one letter, as most begin.
    const long = words.filter((word) => !/^[a-z]$/.test(word))
    if (long.length === 0) return places
    let found = 0
    for (const place of places) if (long.every((word) => this.#holds(place, word))) places[found++] = place
    return places.subarray(0, found)
  }

  #holds(place: number, word: string): boolean {
    const characters = this.#characters
    const last = (this.#ends[place] as number) - word.length
    const first = word.charCodeAt(0)
    for (let from = place === 0 ? 0 : (this.#ends[place - 1] as number); from <= last; from++) {
      if (characters[from] !== first) continue
      let same = 1
      while (same < word.length && characters[from + same] === word.charCodeAt(same)) same++
      if (same === word.length) return true
    }
    return false
  }

  #candidates(words: readonly TextMask[]): Int32Array {
    const all = (part: keyof TextMask) => words.reduce((bits, mask) => bits | mask[part], 0)
    const [wantsLetters, wantsLow, wantsHigh] = [all('letters'), all('pairsLow'), all('pairsHigh')]
    const [letters, low, high] = [this.#letters, this.#pairsLow, this.#pairsHigh]
    const places = new Int32Array(letters.length)
    let found = 0
    for (let place = 0; place < letters.length; place++) {
      if (((letters[place] as number) & wantsLetters) !== wantsLetters) continue
      if (((low[place] as number) & wantsLow) !== wantsLow) continue
      if (((high[place] as number) & wantsHigh) !== wantsHigh) continue
      places[found++] = place
    }
    return places.subarray(0, found)
  }
}
