// Reading and writing the fields of a payload, one after the other; nothing may be left over.

/** Joins what it is given. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Throws a URIError on half of a surrogate pair. By way of URIs: the language has no other UTF-8, and core knows no platform. */
export const utf8 = (text: string): Uint8Array =>
  Uint8Array.from(encodeURIComponent(text).match(/%[0-9A-F]{2}|./g) ?? [], (each) =>
    each.length === 3 ? Number.parseInt(each.slice(1), 16) : each.charCodeAt(0),
  )

/** Throws a URIError on bytes that are no UTF-8. */
const fromUtf8 = (bytes: Uint8Array): string =>
  decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''))

export const oneByte = (value: number): Uint8Array => Uint8Array.of(value)

/** A length of one byte, then UTF-8. Throws a RangeError where it is longer than `most` bytes. */
export function textField(text: string, most: number): Uint8Array {
  const bytes = utf8(text)
  if (bytes.length > most) throw new RangeError('the text is too long for its field')
  return joined(oneByte(bytes.length), bytes)
}

/** The longest beginning of a text that fits a field of so many bytes, cut between characters. */
export function fitting(text: string, most: number): string {
  let fits = ''
  let length = 0
  for (const character of text) {
    length += utf8(character).length
    if (length > most) break
    fits += character
  }
  return fits
}

/** Every read throws a RangeError past the end; `end` throws where something is left. */
export class FieldReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  take(length: number): Uint8Array {
    const end = this.#at + length
    if (end > this.#bytes.length) throw new RangeError('the payload ends early')
    const taken = this.#bytes.slice(this.#at, end)
    this.#at = end
    return taken
  }

  byte(): number {
    return this.take(1)[0] ?? 0
  }

  /** UTF-8 that says something printable, or nothing. */
  text(most: number): string {
    const length = this.byte()
    if (length > most) throw new RangeError('a text is too long')
    const text = fromUtf8(this.take(length))
    if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text)) throw new RangeError('a text holds what cannot be shown')
    return text
  }

  /** How far it has read, in bytes. */
  get at(): number {
    return this.#at
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new RangeError('the payload goes on')
  }
}

/** What `read` makes of the bytes, or null where they are not exactly what it expects. */
export function readFields<T>(bytes: Uint8Array, read: (fields: FieldReader) => T): T | null {
  try {
    const fields = new FieldReader(bytes)
    const value = read(fields)
    fields.end()
    return value
  } catch (error) {
    if (error instanceof RangeError || error instanceof URIError) return null
    throw error
  }
}
