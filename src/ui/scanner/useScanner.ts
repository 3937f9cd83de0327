// A camera that reads QR codes for as long as its component is there and the page is seen.
import { useEffect, useRef, useState } from 'react'
import { type CameraFault, type CameraOptions, openCamera } from './camera.ts'

export type ScannerState = 'starting' | 'reading' | CameraFault

export interface Scanner {
  readonly state: ScannerState
  readonly video: React.RefObject<HTMLVideoElement | null>
  retry(): void
}

/** @param onText each code that is read, the same one again and again for as long as it is seen. */
export function useScanner(facing: CameraOptions['facing'], onText: (text: string) => void): Scanner {
  const video = useRef<HTMLVideoElement>(null)
  const latest = useRef(onText)
  latest.current = onText
  const [state, setState] = useState<ScannerState>('starting')
  const [wanted, setWanted] = useState(true)
  const [seen, setSeen] = useState(() => document.visibilityState === 'visible')

  useEffect(() => {
    const look = () => setSeen(document.visibilityState === 'visible')
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  useEffect(() => {
    if (!wanted || !seen || !video.current) return
    setState('starting')
    return openCamera(video.current, {
      facing,
      onReading: () => setState('reading'),
      onText: (text) => latest.current(text),
      onFault: (fault) => {
        setWanted(false)
        setState(fault)
      },
    })
  }, [facing, seen, wanted])

  return { state, video, retry: () => setWanted(true) }
}
