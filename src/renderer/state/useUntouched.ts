// Tells when nobody has touched the window for a while, so that what is secret can be hidden.
import { useEffect, useState } from 'react'

/** @param afterMs of no touch, key or movement of the mouse. The second value shows it again. */
export function useUntouched(afterMs: number): readonly [untouched: boolean, touch: () => void] {
  const [untouched, setUntouched] = useState(false)
  useEffect(() => {
    if (untouched) return
    let timer = setTimeout(() => setUntouched(true), afterMs)
    const again = () => {
      clearTimeout(timer)
      timer = setTimeout(() => setUntouched(true), afterMs)
    }
    const kinds = ['pointerdown', 'pointermove', 'keydown'] as const
    for (const kind of kinds) window.addEventListener(kind, again, { capture: true, passive: true })
    return () => {
      clearTimeout(timer)
      for (const kind of kinds) window.removeEventListener(kind, again, { capture: true })
    }
  }, [untouched, afterMs])
  return [untouched, () => setUntouched(false)]
}
