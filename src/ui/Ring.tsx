// A thin ring that empties as time runs out; `part` goes from 1 to 0.
const around = 2 * Math.PI * 14

export function Ring({ part }: { part: number }) {
  const left = Math.min(1, Math.max(0, part))
  return (
    <svg className="ring" viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="14" />
      <circle cx="16" cy="16" r="14" strokeDasharray={around} strokeDashoffset={around * (1 - left)} />
    </svg>
  )
}
