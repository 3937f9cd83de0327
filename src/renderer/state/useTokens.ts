// IT's provisioning tokens as main listed them when last asked.
import { useCallback, useEffect, useState } from 'react'
import type { TokenRow } from '../../contracts/commands/tokens.ts'
import { ask } from './bridge.ts'

export function useTokens() {
  const [tokens, setTokens] = useState<readonly TokenRow[] | null>(null)
  const [failed, setFailed] = useState(false)
  const read = useCallback(async () => {
    const answer = await ask('listTokens', {})
    setFailed(!answer?.ok)
    if (answer?.ok) setTokens(answer.tokens)
  }, [])
  useEffect(() => void read(), [read])
  return { tokens, failed, read }
}
