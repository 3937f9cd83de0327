// How far something is that takes a while, as a bar and as a figure.
import { Label, ProgressBar } from 'react-aria-components'

/** @param part 0 to 1. */
export function Progress({ label, part }: { label: string; part: number }) {
  return (
    <ProgressBar className="progress" value={part * 100}>
      {({ percentage, valueText }) => (
        <>
          <Label>{label}</Label>
          <span>{valueText}</span>
          <div className="track">
            <div className="filled" style={{ width: `${percentage ?? 0}%` }} />
          </div>
        </>
      )}
    </ProgressBar>
  )
}
