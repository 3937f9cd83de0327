// Tells main that somebody is there, at most once in two seconds.
import { useEffect } from 'react'
import { ask } from './bridge.ts'

const apart = 2000

export function useActivity(): void {
  useEffect(() => {
    let last = Number.NEGATIVE_INFINITY
    const report = () => {
      const now = performance.now()
      if (now - last < apart) return
      last = now
      void ask('reportActivity', {})
    }
    const kinds = ['pointerdown', 'keydown', 'wheel'] as const
    for (const kind of kinds) window.addEventListener(kind, report, { capture: true, passive: true })
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, report, { capture: true })
    }
  }, [])
}
