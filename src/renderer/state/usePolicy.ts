// The policy in force, read once a screen.
import { useEffect, useState } from 'react'
import type { Output } from '../../contracts/ipc.ts'
import { ask } from './bridge.ts'

export type PolicyInForce = Extract<Output<'readPolicy'>, { ok: true }>

export function usePolicy(): { policy: PolicyInForce | null; failed: boolean } {
  const [policy, setPolicy] = useState<PolicyInForce | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let current = true
    void ask('readPolicy', {}).then((answer) => {
      if (!current) return
      setFailed(!answer?.ok)
      if (answer?.ok) setPolicy(answer)
    })
    return () => {
      current = false
    }
  }, [])
  return { policy, failed }
}
