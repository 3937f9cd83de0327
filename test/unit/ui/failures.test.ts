// Every failure has words of its own.
import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { failureCode } from '../../../src/contracts/screen.ts'
import { startMessages } from '../../../src/ui/i18n.ts'
import { failures } from '../../../src/ui/messages/en/failures.ts'

beforeAll(startMessages)

describe.each(failureCode.options)('failure %s', (code) => {
  it('has words of its own: a title, what is wrong, what to do next', () => {
    const words = failures[code]
    for (const part of ['title', 'wrong', 'next'] as const) {
      expect(words[part], part).toMatch(/\S/)
      expect(i18next.t(`failures.${code}.${part}`)).toBe(words[part])
    }
    const same = failureCode.options.filter((other) => failures[other].title === words.title)
    expect(same).toEqual([code])
  })
})

it('has no words for a failure that does not exist', () => {
  expect(Object.keys(failures).sort()).toEqual([...failureCode.options].sort())
})
