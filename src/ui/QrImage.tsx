// Draws a QR symbol crisp as one path, dark on white whatever the theme, with its quiet zone of four modules.
import { useMemo } from 'react'
import type { QrSymbol } from '../contracts/screen.ts'

const quiet = 4

function outline({ size, modules }: QrSymbol): string {
  const parts: string[] = []
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (modules[y * size + x] !== '1') continue
      let run = 1
      while (x + run < size && modules[y * size + x + run] === '1') run += 1
      parts.push(`M${x + quiet} ${y + quiet}h${run}v1h-${run}z`)
      x += run
    }
  }
  return parts.join('')
}

interface QrImageProps {
  qr: QrSymbol
  label: string
  /** A colour that was checked against white. */
  dark?: string
}

export function QrImage({ qr, label, dark = '#000000' }: QrImageProps) {
  const d = useMemo(() => outline(qr), [qr])
  const side = qr.size + 2 * quiet
  return (
    <div className="paper">
      <svg role="img" aria-label={label} viewBox={`0 0 ${side} ${side}`} shapeRendering="crispEdges">
        <path fill="#ffffff" d={`M0 0h${side}v${side}h-${side}z`} />
        <path className="modules" fill={dark} d={d} />
      </svg>
    </div>
  )
}
