// Making a set of recovery codes: ten slow hashes, which have to be slow.
import { StationKeys } from '../../src/station/keys.ts'
import { random } from '../../src/station/primitives.ts'
import { makeRecoverySet } from '../../src/station/recovery-codes.ts'
import { takeTurns } from './measure.ts'
import { alone, type Result } from './result.ts'

export async function benchRecoverySet(): Promise<Result[]> {
  const keys = new StationKeys(random(32))
  const samples = await takeTurns(5, {
    make: async () => {
      const startMs = performance.now()
      await makeRecoverySet(keys)
      return performance.now() - startMs
    },
  })
  return [alone('set of recovery codes', samples.make)]
}
