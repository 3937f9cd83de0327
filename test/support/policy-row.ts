// A policy of a test's own, written as the product writes rows: sealed, and with its event.
import { type PolicySettings, policyDocument } from '../../src/contracts/policy.ts'
import { changeStation } from './prepared-station.ts'

/** @param wanted the rest stays as it is by default. */
export async function setPolicy(folder: string, wanted: Partial<PolicySettings>): Promise<void> {
  const document = JSON.stringify(policyDocument.parse({ settings: wanted }))
  await changeStation(folder, ({ ledger }) =>
    ledger.record((recorder) => {
      recorder.put('policy', 'current', { document })
      recorder.event({ type: 'policy-changed' })
    }),
  )
}
