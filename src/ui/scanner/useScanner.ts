// A camera that is looked through for QR codes for as long as its picture is on the screen.
import { type RefObject, useEffect, useRef, useState } from 'react'
import { type Decoder, openDecoder } from './decoder.ts'

export type ScannerState = 'starting' | 'looking' | 'denied' | 'missing' | 'busy' | 'failed'
const betweenMs = 120
/** What was read is held for a while: it is not read again before. */
const sameAfterMs = 4_000
const wanted: MediaStreamConstraints = { video: { width: { ideal: 1280 }, height: { ideal: 720 } }, audio: false }

/** @param onRead is called with what a QR code says, once as long as it stays in the picture. */
export function useScanner(video: RefObject<HTMLVideoElement | null>, onRead: (text: string) => void): ScannerState {
  const [state, setState] = useState<ScannerState>('starting')
  const tell = useRef(onRead)
  tell.current = onRead
  useEffect(() => {
    let over = false
    let stream: MediaStream | null = null
    let decoder: Decoder | null = null
    let timer: ReturnType<typeof setTimeout>
    let last = { text: '', atMs: 0 }

    async function look(element: HTMLVideoElement, with_: Decoder): Promise<void> {
      if (over) return
      const text = element.readyState < 2 ? null : await with_.read(await createImageBitmap(element))
      if (over) return
      const nowMs = performance.now()
      if (text !== null && (text !== last.text || nowMs - last.atMs > sameAfterMs)) {
        last = { text, atMs: nowMs }
        tell.current(text)
      }
      timer = setTimeout(() => void look(element, with_).catch(fail), betweenMs)
    }
    async function start(): Promise<void> {
      stream = await navigator.mediaDevices.getUserMedia(wanted)
      const element = video.current
      if (over || !element) return stop()
      element.srcObject = stream
      await element.play()
      decoder = openDecoder()
      setState('looking')
      await look(element, decoder)
    }
    function fail(error: unknown): void {
      stop()
      if (!over) setState(stateFor(error))
    }
    function stop(): void {
      clearTimeout(timer)
      decoder?.close()
      for (const track of stream?.getTracks() ?? []) track.stop()
    }

    start().catch(fail)
    return () => {
      over = true
      stop()
    }
  }, [video])
  return state
}

/** As the browser names what is wrong (Media Capture and Streams, 10.6). */
function stateFor(error: unknown): ScannerState {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
      return 'denied'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return 'failed'
  }
}
