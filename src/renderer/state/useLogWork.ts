// Verifying or copying the log as it goes on in main: asked after while it runs.
import { useCallback, useEffect, useState } from 'react'
import type { LogWorkView } from '../../contracts/commands/audit.ts'
import { ask } from './bridge.ts'

const everyMs = 250

export function useLogWork() {
  const [work, setWork] = useState<LogWorkView | null>(null)
  const read = useCallback(async () => {
    const answer = await ask('readLogWork', {})
    setWork(answer?.ok ? answer.work : null)
  }, [])
  const isRunning = work?.state === 'running'

  // What somebody began before they looked elsewhere may still be going on.
  useEffect(() => void read(), [read])
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(() => void read(), everyMs)
    return () => clearInterval(timer)
  }, [isRunning, read])

  return {
    work,
    isRunning,
    read,
    verify: async () => {
      await ask('verifyLog', {})
      await read()
    },
    cancel: async () => {
      await ask('cancelLogWork', {})
      await read()
    },
  }
}
