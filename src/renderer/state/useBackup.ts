// A backup from the passphrase to its answer, with how far it is while main works.
import { useEffect, useState } from 'react'
import type { Output } from '../../contracts/ipc.ts'
import { ask } from './bridge.ts'
import type { Changes } from './useChanges.ts'

type Made = Extract<Output<'makeBackup'>, { ok: true }>
type Refused = Extract<Output<'makeBackup'>, { ok: false }>['reason']
const askedEveryMs = 300

export function useBackup(changes: Changes) {
  const [busy, setBusy] = useState(false)
  const [part, setPart] = useState(0)
  const [made, setMade] = useState<Made | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)

  useEffect(() => {
    if (!busy) return
    setPart(0)
    const timer = setInterval(async () => {
      const answer = await ask('readBackup', {})
      if (answer?.ok && answer.part !== null) setPart(answer.part)
    }, askedEveryMs)
    return () => clearInterval(timer)
  }, [busy])

  async function make(passphrase: string): Promise<void> {
    setMade(null)
    setRefused(null)
    await changes.change(async () => {
      setBusy(true)
      const answer = await ask('makeBackup', { passphrase })
      setBusy(false)
      if (answer && !answer.ok) setRefused(answer.reason)
      return answer
    }, setMade)
  }

  return { busy, part, made, refused, make }
}
