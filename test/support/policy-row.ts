// A policy of a test's own, written as the product writes rows: sealed, and with its event.
import { type PolicySettings, policyDocument } from '../../src/contracts/policy.ts'
import { setPolicy as setVersion } from '../../src/station/policy-versions.ts'
import { changeStation } from './prepared-station.ts'

/** @param wanted the rest stays as it is by default. */
export async function setPolicy(folder: string, wanted: Partial<PolicySettings>): Promise<void> {
  const document = policyDocument.parse({ settings: wanted })
  const setting = { actor: undefined, reason: 'a test', after: null, nowMs: Date.now() }
  await changeStation(folder, ({ ledger }) => {
    const answer = ledger.record((recorder) => setVersion(recorder, document, setting))
    if (!answer.ok) throw new Error(JSON.stringify(answer))
  })
}
