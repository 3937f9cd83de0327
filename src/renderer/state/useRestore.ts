// A restore from the chosen file to the station that opens, with how far it is while main works.
import { useEffect, useState } from 'react'
import type { Output } from '../../contracts/ipc.ts'
import { ask } from './bridge.ts'

type Chosen = Extract<Output<'chooseBackup'>, { ok: true }>
type Refused = Extract<Output<'restoreBackup' | 'chooseBackup'>, { ok: false }>['reason']
const askedEveryMs = 300

export function useRestore() {
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [busy, setBusy] = useState(false)
  const [stopping, setStopping] = useState(false)
  const [part, setPart] = useState(0)
  const [refused, setRefused] = useState<Refused | 'failed' | null>(null)

  useEffect(() => {
    if (!busy) return
    setPart(0)
    const timer = setInterval(async () => {
      const answer = await ask('readRestore', {})
      if (answer?.ok && answer.part !== null) setPart(answer.part)
    }, askedEveryMs)
    return () => clearInterval(timer)
  }, [busy])

  async function choose(): Promise<void> {
    setRefused(null)
    const answer = await ask('chooseBackup', {})
    if (answer?.ok) setChosen(answer)
    // Whoever closes the dialog keeps the file from before.
    else if (answer?.reason !== 'cancelled') setRefused(answer?.reason ?? 'failed')
  }

  /** Where it works out this screen is gone before the answer comes. */
  async function restore(passphrase: string): Promise<void> {
    setRefused(null)
    setStopping(false)
    setBusy(true)
    const answer = await ask('restoreBackup', { passphrase })
    setBusy(false)
    if (!answer?.ok) setRefused(answer?.reason ?? 'failed')
  }

  /** What comes of it is the restore's own answer. */
  async function stop(): Promise<void> {
    setStopping(true)
    await ask('stopRestore', {})
  }

  return { chosen, busy, stopping, part, refused, choose, restore, stop }
}
