// The words of every language as one flat table of keys and texts.
import { type Language, languageCodes } from '../../src/ui/messages/languages.ts'
import { words as catalogues } from '../../src/ui/messages/words.ts'

/** "lock.unlock" to its text; a list has one entry a place. */
function flatten(words: object, path = ''): Record<string, string> {
  const entries = Object.entries(words as Record<string, string | object>).map(([name, value]) =>
    typeof value === 'string' ? { [path + name]: value } : flatten(value, `${path}${name}.`),
  )
  return Object.assign({}, ...entries)
}

const words = Object.fromEntries(
  await Promise.all(languageCodes.map(async (code) => [code, flatten(await catalogues[code]())] as const)),
)
export const textsOf = (code: Language) => words[code] ?? {}
