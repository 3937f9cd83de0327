// The station's printer: whether there is one, and a page sent to it.
import { useEffect, useState } from 'react'
import { ask } from './bridge.ts'

export function usePrinter() {
  const [ready, setReady] = useState(false)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    let gone = false
    void ask('readPrinter', {}).then((answer) => {
      if (!gone) setReady(answer?.ok ?? false)
    })
    return () => {
      gone = true
    }
  }, [])
  return {
    ready,
    busy,
    print: async (): Promise<boolean> => {
      setBusy(true)
      const answer = await ask('printRecoveryCodes', {})
      setBusy(false)
      return answer?.ok ?? false
    },
  }
}
