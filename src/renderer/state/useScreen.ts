// The state that main pushes; read once at the start, since a push may have come before the window listened.
import { useEffect, useState } from 'react'
import type { ScreenState } from '../../contracts/screen.ts'
import { ask } from './bridge.ts'

export function useScreen(): ScreenState {
  const [screen, setScreen] = useState<ScreenState>({ kind: 'starting' })
  useEffect(() => {
    let pushed = false
    const stop = window.wardkey.onScreen((state) => {
      pushed = true
      setScreen(state)
    })
    void ask('readScreen', {}).then((state) => {
      if (state && !pushed) setScreen(state)
    })
    return stop
  }, [])
  return screen
}
