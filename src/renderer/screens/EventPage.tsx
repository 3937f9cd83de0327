// One event by its address, as an alert leads to it.
import type { AreaProps } from './areas.ts'
import { EventDetails } from './EventDetails.tsx'

export function EventPage({ argument }: AreaProps) {
  return (
    <EventDetails
      number={Number(argument)}
      onBack={() => {
        window.location.hash = '#log'
      }}
    />
  )
}
