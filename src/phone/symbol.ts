// A QR symbol of what this phone shows to a camera: level M, since a screen in a hand is close and clean.
import QRCode from 'qrcode'
import type { QrSymbol } from '../contracts/screen.ts'

export function symbolOf(text: string): QrSymbol {
  const { modules } = QRCode.create([{ data: text, mode: 'alphanumeric' }], { errorCorrectionLevel: 'M' })
  return { size: modules.size, modules: Array.from(modules.data, (dark) => (dark ? '1' : '0')).join('') }
}
