// The box of a checkbox with its tick.
import { Check } from 'lucide-react'

export function Tick() {
  return (
    <span className="box" aria-hidden="true">
      <Check />
    </span>
  )
}
