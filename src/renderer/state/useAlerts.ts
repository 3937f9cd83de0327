// The alerts that are open, or a page of those that were acknowledged.
import { useCallback, useEffect, useState } from 'react'
import type { AlertRow } from '../../contracts/commands/alerts.ts'
import { ask } from './bridge.ts'

/** @param count of what is open: where it changes, the list is read anew. */
export function useAlerts(open: boolean, count: number) {
  const [alerts, setAlerts] = useState<readonly AlertRow[] | null>(null)
  const [next, setNext] = useState<string | null>(null)
  const [failed, setFailed] = useState(false)

  const read = useCallback(
    async (after: string | null) => {
      const answer = await ask('listAlerts', { open, after })
      setFailed(!answer?.ok)
      if (!answer?.ok) return
      setAlerts((before) => (after === null ? answer.alerts : [...(before ?? []), ...answer.alerts]))
      setNext(answer.next)
    },
    [open],
  )
  useEffect(() => {
    if (count >= 0) void read(null)
  }, [read, count])
  return { alerts, failed, more: next === null ? null : () => void read(next) }
}
