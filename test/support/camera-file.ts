// What a fake camera films: pixels of a picture, written where Chromium reads them at every start of its camera.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'

/** The side of the camera's picture that is filmed, in pixels. */
const size = { width: 1280, height: 720 } as const

/** Puts the picture in front of the camera. @param zoom how much of the camera's height the picture takes. */
export function film(file: string, png: Buffer, zoom = 1): void {
  const whole = `scale=${size.width}:${Math.round(size.height * zoom)}:force_original_aspect_ratio=decrease`
  const around = `pad=${size.width}:${size.height}:(ow-iw)/2:(oh-ih)/2:color=gray`
  const made = `${file}.new.mjpeg`
  execFileSync(
    'ffmpeg',
    [
      '-y',
      '-loglevel',
      'error',
      '-f',
      'image2pipe',
      '-i',
      '-',
      '-vf',
      `${whole},${around}`,
      '-pix_fmt',
      'yuvj420p',
      '-q:v',
      '2',
      '-frames:v',
      '1',
      made,
    ],
    { input: png },
  )
  fs.renameSync(made, file)
}

export const cameraSwitches = (file: string): string[] => [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${file}`,
]
