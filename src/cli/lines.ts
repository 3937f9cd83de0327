// The lines of a file of any size, each of a bounded length; and a text from outside as a terminal may show it.

/** Far more than any event has, in UTF-16 units. */
const longestLine = 1024 * 1024

/** One that never ends is cut there and is the last: nobody can read it either way, and it fills no memory. */
export async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line
    if (rest.length > longestLine) break
  }
  if (rest !== '') yield rest.slice(0, longestLine)
}

/** In quotation marks, with what steers a terminal, or turns the reading direction round, spelt out. */
export const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (sign) => `\\u{${sign.codePointAt(0)?.toString(16) ?? ''}}`,
  )
