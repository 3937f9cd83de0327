// The text of a PDF that Chromium made, glyph by glyph through the fonts' own tables, one line a text object.
import zlib from 'node:zlib'

interface Part {
  readonly dictionary: string
  readonly content: string
}

function partsOf(pdf: Buffer): Map<string, Part> {
  const text = pdf.toString('latin1')
  const parts = new Map<string, Part>()
  for (const found of text.matchAll(/(\d+) 0 obj\b([\s\S]*?)\bendobj/g)) {
    const [, id = '', body = ''] = found
    const at = body.indexOf('stream')
    if (at < 0) {
      parts.set(id, { dictionary: body, content: '' })
      continue
    }
    const dictionary = body.slice(0, at)
    const begin = body.slice(at).match(/^stream\r?\n/)?.[0].length ?? 0
    const length = Number(dictionary.match(/\/Length (\d+)/)?.[1] ?? 0)
    const raw = body.slice(at + begin, at + begin + length)
    const bytes = Buffer.from(raw, 'latin1')
    const content = dictionary.includes('/FlateDecode') ? zlib.inflateSync(bytes).toString('latin1') : raw
    parts.set(id, { dictionary, content })
  }
  return parts
}

const textOf = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le')

/** A text that stands for the glyphs up to its end; a font; glyphs. */
const tokens =
  /\/ActualText \(([^)]*)\) ?>> BDC[\s\S]*?EMC|\/ActualText <([0-9A-Fa-f]+)> ?>> BDC[\s\S]*?EMC|\/(\w+) [\d.]+ Tf|<([0-9A-Fa-f]+)> Tj/g

/** Glyph, in the hex digits that its font's table has for it, to its text. */
function glyphsOf(table: string): Map<string, string> {
  const glyphs = new Map<string, string>()
  for (const [, block = ''] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, glyph = '', to = ''] of block.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g))
      glyphs.set(glyph.toUpperCase(), textOf(to))
  for (const [, block = ''] of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = '', until = '', to = ''] of block.matchAll(
      /<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g,
    ))
      for (let at = Number.parseInt(from, 16); at <= Number.parseInt(until, 16); at++) {
        const code = Number.parseInt(to, 16) + at - Number.parseInt(from, 16)
        glyphs.set(at.toString(16).toUpperCase().padStart(from.length, '0'), String.fromCharCode(code))
      }
  return glyphs
}

export function textOfPdf(pdf: Buffer): string {
  const parts = partsOf(pdf)
  const all = [...parts.values()]
  const fonts = new Map<string, Map<string, string>>()
  for (const { dictionary } of all)
    for (const [, list = ''] of dictionary.matchAll(/\/Font\s*<<([\s\S]*?)>>/g))
      for (const [, name = '', id = ''] of list.matchAll(/\/(\w+) (\d+) 0 R/g)) {
        const table = parts.get(id)?.dictionary.match(/\/ToUnicode (\d+) 0 R/)?.[1]
        if (table) fonts.set(name, glyphsOf(parts.get(table)?.content ?? ''))
      }
  const lines: string[] = []
  for (const { content } of all)
    for (const [, block = ''] of content.matchAll(/\bBT\b([\s\S]*?)\bET\b/g)) {
      let font = new Map<string, string>()
      let line = ''
      for (const [, said, saidHex, name, hex] of block.matchAll(tokens)) {
        if (name) font = fonts.get(name) ?? new Map()
        const digits = [...font.keys()][0]?.length ?? 4
        for (const glyph of hex?.match(new RegExp(`.{${digits}}`, 'g')) ?? [])
          line += font.get(glyph.toUpperCase()) ?? ''
        if (saidHex) line += textOf(saidHex.replace(/^FEFF/i, ''))
        line += said ?? ''
      }
      lines.push(line)
    }
  return lines.join('\n')
}
