// Tells main that somebody is there, at most once in two seconds.
import { useEffect } from 'react'
import { ask } from './bridge.ts'

const apart = 2000

/**
 * Whether somebody did this, and did it just now. No move of the pointer counts: the layout that changes under one that lies
 * still makes moves, too. Nor does a key that is held down: something may lie on it. @param event as the window has it.
 */
export const isDoneBySomebody = (event: { readonly isTrusted: boolean; readonly type: string }): boolean =>
  event.isTrusted && !('repeat' in event && event.repeat === true) && kinds.some((kind) => kind === event.type)
const kinds = ['pointerdown', 'keydown', 'wheel'] as const

export function useActivity(): void {
  useEffect(() => {
    let last = Number.NEGATIVE_INFINITY
    const report = (event: Event) => {
      if (!isDoneBySomebody(event)) return
      const now = performance.now()
      if (now - last < apart) return
      last = now
      void ask('reportActivity', {})
    }
    for (const kind of kinds) window.addEventListener(kind, report, { capture: true, passive: true })
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, report, { capture: true })
    }
  }, [])
}
