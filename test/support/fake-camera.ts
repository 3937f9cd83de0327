// A camera in a test, of the station or of a phone: a film of one picture, with the very pixels that are held in front of it.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import qrcode from 'qrcode'
import { newDataFolder } from './station-app.ts'

const size = { width: 1280, height: 720 }
const quiet = 4

export class FakeCamera {
  readonly #folder = newDataFolder()
  readonly #file = path.join(this.#folder, 'camera.y4m')

  constructor() {
    this.show(null)
  }

  /** For Electron: a camera that exists and shows the film, begun anew each time that it is opened. */
  get switches(): string[] {
    return ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${this.#file}`]
  }

  /** What is held to the camera from its next opening on. @param text of the QR code; null: nothing. */
  show(text: string | null): void {
    const { width, height } = size
    const light = Buffer.alloc(width * height, 170)
    if (text !== null) draw(light, text)
    const colours = Buffer.alloc(width * height * 0.5, 128)
    const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F30:1 Ip A1:1 C420mpeg2\n`)
    fs.writeFileSync(this.#file, Buffer.concat([head, Buffer.from('FRAME\n'), light, colours]))
  }

  /** The pixels of a screen, as large as they fit, from its next opening on. */
  film(png: Buffer): void {
    const { width, height } = size
    const fitted = `scale=${width}:${height}:force_original_aspect_ratio=decrease`
    const around = `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:color=gray`
    const input = ['-loglevel', 'error', '-y', '-f', 'image2pipe', '-i', '-', '-frames:v', '1']
    const output = ['-vf', `${fitted},${around}`, '-pix_fmt', 'yuv420p', '-f', 'yuv4mpegpipe', this.#file]
    execFileSync('ffmpeg', [...input, ...output], { input: png })
  }

  remove(): void {
    fs.rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** In the middle, as large as fits in whole pixels a module. */
function draw(light: Buffer, text: string): void {
  const { modules } = qrcode.create([{ data: text, mode: 'alphanumeric' }], { errorCorrectionLevel: 'M' })
  const side = modules.size + 2 * quiet
  const scale = Math.floor(size.height / side)
  const left = Math.floor((size.width - side * scale) / 2)
  const top = Math.floor((size.height - side * scale) / 2)
  for (let y = 0; y < side * scale; y++)
    for (let x = 0; x < side * scale; x++) {
      const [row, column] = [Math.floor(y / scale) - quiet, Math.floor(x / scale) - quiet]
      const inside = row >= 0 && column >= 0 && row < modules.size && column < modules.size
      light[(top + y) * size.width + left + x] = inside && modules.get(row, column) ? 20 : 235
    }
}
