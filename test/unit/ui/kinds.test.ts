// What the log names by a kind has words in every language, and so has what a newer station may have written.
import i18next from 'i18next'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AlertKind } from '../../../src/station/alerts.ts'
import { speak, startMessages } from '../../../src/ui/i18n.ts'
import { alertWords, reasonWords } from '../../../src/ui/messages/kinds.ts'
import { languageCodes } from '../../../src/ui/messages/languages.ts'
import { textsOf } from '../../support/words.ts'

beforeAll(startMessages)
afterEach(async () => {
  await speak('en')
})

/** Every kind that the station raises: a new one does not compile here until it has words. */
const alertKinds: Record<AlertKind, true> = {
  'many-failures': true,
  'clock-wrong': true,
  'credential-suspended': true,
  'pin-suspended': true,
  'log-caught-up': true,
  'not-me': true,
  'station-restored': true,
  'disk-low': true,
  'break-glass': true,
  'emergency-record-broken': true,
  'emergency-codes-planted': true,
  'phone-denied': true,
  'phone-not-mine': true,
  'hub-conflict': true,
  'hub-policy-refused': true,
  'hub-phone-waiting': true,
  'hub-key-refused': true,
}
const reasons = [
  'wrong-pin',
  'no-ticket',
  'ticket-ended',
  'pin-suspended',
  'credential-ended',
  'wrong-code',
  'already-used',
  'throttled',
  'clock-wrong',
  'clock-closed',
  'suspended',
  'left',
  'credential-suspended',
  'no-credential',
  'unknown-person',
]

describe.each(languageCodes)('what the log names by a kind, in %s', (code) => {
  it.each(Object.keys(alertKinds))('alert %s has words', async (kind) => {
    await speak(code)
    expect(alertWords(kind, i18next.t)).toBe(textsOf(code)[`session.alert.${kind}`])
  })

  it.each(reasons)('reason %s has words', async (reason) => {
    await speak(code)
    expect(reasonWords(reason, i18next.t)).toBe(textsOf(code)[`session.reason.${reason}`])
  })

  it('has words for what a newer station may have written', async () => {
    await speak(code)
    expect(alertWords('of-the-future', i18next.t)).toBe(textsOf(code)['session.alert.other'])
    expect(reasonWords('of-the-future', i18next.t)).toBe(textsOf(code)['session.reason.other'])
  })
})
