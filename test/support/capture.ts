// A camera that is pulled out in the middle of a scan: the process that films for a Chromium or an Electron ends.
import { familyOf } from './account.ts'

const films = '--utility-sub-type=video_capture.mojom.VideoCaptureService'

/** @param pid of the browser's first process, which the test has started. */
export function pullOutCamera(pid: number): void {
  const filming = familyOf(pid).filter(({ commandLine }) => commandLine.includes(films))
  if (filming.length === 0) throw new Error('nothing films')
  for (const { status } of filming) process.kill(Number(status.Pid), 'SIGKILL')
}
