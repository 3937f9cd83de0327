// The workstation as main found it when last asked.
import { useCallback, useEffect, useState } from 'react'
import type { WorkstationFacts } from '../../contracts/commands/workstation.ts'
import { ask } from './bridge.ts'

export function useWorkstation() {
  const [facts, setFacts] = useState<WorkstationFacts | null>(null)
  const [failed, setFailed] = useState(false)
  const [looking, setLooking] = useState(false)

  const look = useCallback(async () => {
    setLooking(true)
    const answer = await ask('readWorkstation', {})
    setLooking(false)
    setFailed(!answer?.ok)
    if (answer?.ok) setFacts(answer)
  }, [])
  useEffect(() => void look(), [look])

  return { facts, failed, looking, look }
}
