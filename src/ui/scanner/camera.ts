// The camera and the frames it gives, one at a time, to the decoder; everything is let go of when it is closed.

/** Why nothing is read. */
export type CameraFault = 'no-camera' | 'not-allowed' | 'in-use' | 'failed'

export interface CameraOptions {
  /** 'environment' looks away from whoever holds the phone; a station has the camera that it has. */
  readonly facing: 'environment' | 'user'
  readonly onReading: () => void
  readonly onText: (text: string) => void
  readonly onFault: (fault: CameraFault) => void
}

/** Between two frames, ms: quick enough for a hand, slow enough for an old phone. */
const pauseMs = 100
const longestSide = 1280
/** Frames in a row that could not be read at all: a decoder that will not start says so, and looks no further. */
const mostFailures = 15

/** Shows the camera in `video` and reads it until the function that it returns is called. */
export function openCamera(video: HTMLVideoElement, options: CameraOptions): () => void {
  const worker = new Worker(new URL('./decoder-worker.ts', import.meta.url), { type: 'module' })
  let stream: MediaStream | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let closed = false
  let failures = 0

  function close(): void {
    closed = true
    clearTimeout(timer)
    worker.terminate()
    for (const track of stream?.getTracks() ?? []) track.stop()
    video.srcObject = null
  }
  function fail(fault: CameraFault): void {
    if (closed) return
    close()
    options.onFault(fault)
  }
  async function read(): Promise<void> {
    if (closed) return
    const { videoWidth: width, videoHeight: height } = video
    if (width === 0) {
      timer = setTimeout(() => void read(), pauseMs)
      return
    }
    const scale = Math.min(1, longestSide / Math.max(width, height))
    const frame = await createImageBitmap(video, {
      resizeWidth: Math.round(width * scale),
      resizeHeight: Math.round(height * scale),
    })
    if (closed) frame.close()
    else worker.postMessage(frame, [frame])
  }

  worker.onmessage = ({ data: texts }: MessageEvent<readonly string[] | null>) => {
    if (closed) return
    failures = texts ? 0 : failures + 1
    if (failures === mostFailures) return fail('failed')
    timer = setTimeout(() => void read().catch(() => fail('failed')), pauseMs)
    for (const text of texts ?? []) if (!closed) options.onText(text)
  }
  worker.onerror = () => fail('failed')

  async function start(): Promise<void> {
    const wanted = { facingMode: options.facing, width: { ideal: 1280 }, height: { ideal: 720 } }
    const opened = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false })
    stream = opened
    if (closed) {
      for (const track of opened.getTracks()) track.stop()
      return
    }
    for (const track of opened.getTracks()) track.onended = () => fail('failed')
    video.srcObject = opened
    await video.play()
    options.onReading()
    await read()
  }
  start().catch((error) => fail(faultOf(error)))
  return close
}

/** By the names that Media Capture and Streams gives them. */
function faultOf(error: unknown): CameraFault {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'not-allowed'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'no-camera'
    case 'NotReadableError':
    case 'AbortError':
      return 'in-use'
    // Where the page is not served securely there is no `mediaDevices`.
    case 'TypeError':
      return 'no-camera'
    default:
      return 'failed'
  }
}
