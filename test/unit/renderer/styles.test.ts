// The window's styles: what is said of one selector is said in one file, or the last to be read decides for them all.
import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const folder = path.resolve(import.meta.dirname, '../../../src/renderer/styles')
const comment = /\/\*[\s\S]*?\*\//g
const media = /@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g
const rule = /([^{}]+)\{([^{}]*)\}/g

/** Each property of each selector outside media queries, with the files that set it. */
function settings(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const file of fs.readdirSync(folder)) {
    const text = fs.readFileSync(path.join(folder, file), 'utf8').replace(comment, '').replace(media, '')
    for (const [, selectors = '', body = ''] of text.matchAll(rule))
      for (const selector of selectors.split(','))
        for (const declaration of body.split(';').filter((each) => each.includes(':'))) {
          const name = `${selector.trim()} { ${declaration.split(':')[0]?.trim()} }`
          found.set(name, (found.get(name) ?? new Set()).add(file))
        }
  }
  return found
}

it('say each thing in one file', () => {
  const all = settings()
  expect(all.size).toBeGreaterThan(300)
  expect([...all].filter(([, files]) => files.size > 1).map(([name, files]) => [name, ...files])).toEqual([])
})
