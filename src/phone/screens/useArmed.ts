// A button that counts must have been seen: a page that opens this one under a finger gets no press out of it.
import { useEffect, useState } from 'react'

const pauseMs = 500

/** False for the first half second of a view. */
export function useArmed(): boolean {
  const [armed, setArmed] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setArmed(true), pauseMs)
    return () => clearTimeout(timer)
  }, [])
  return armed
}
