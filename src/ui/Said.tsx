// One line that says what happened, with a shape as well as a colour; it keeps its place when it is empty.
import { CircleAlert, CircleCheck, Clock, OctagonX, TriangleAlert } from 'lucide-react'

export type Tone = 'in' | 'look' | 'stop' | 'busy' | 'calm'
const icons = { in: CircleCheck, look: TriangleAlert, stop: OctagonX, busy: Clock, calm: CircleAlert }

export function Said({ label, tone, text }: { label: string; tone: Tone; text: string }) {
  const Icon = icons[tone]
  return (
    <output className="said" data-tone={tone} aria-label={label} aria-live="polite">
      {text !== '' && (
        <>
          <Icon aria-hidden="true" />
          <span>{text}</span>
        </>
      )}
    </output>
  )
}
