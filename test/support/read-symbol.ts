// A QR code as the screen state has it, read by zbarimg from pixels.
import { execFileSync } from 'node:child_process'
import type { QrSymbol } from '../../src/contracts/screen.ts'
import { zbarArgs } from './zbar.ts'

const scale = 4
const quiet = 4

export function readSymbol({ size, modules }: QrSymbol): string {
  const width = (size + 2 * quiet) * scale
  const pixels = Buffer.alloc(width * width, 255)
  for (let y = 0; y < width; y++)
    for (let x = 0; x < width; x++) {
      const [row, column] = [Math.floor(y / scale) - quiet, Math.floor(x / scale) - quiet]
      const inside = row >= 0 && column >= 0 && row < size && column < size
      if (inside && modules[row * size + column] === '1') pixels[y * width + x] = 0
    }
  const input = Buffer.concat([Buffer.from(`P5 ${width} ${width} 255\n`), pixels])
  return execFileSync('zbarimg', [...zbarArgs, '-'], {
    input,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  }).trim()
}
