// A day and a time of this workstation's own time zone, in a native field; empty stands for none.
import { useId } from 'react'

interface TimeFieldProps {
  label: string
  /** As the field writes it: 2026-01-05T08:00. */
  value: string
  onChange: (value: string) => void
}

export function TimeField({ label, value, onChange }: TimeFieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="datetime-local" value={value} onChange={(event) => onChange(event.target.value)} />
    </div>
  )
}

/** Ms since 1970; null where the field holds no whole time. */
export function timeOf(value: string): number | null {
  const ms = value === '' ? Number.NaN : new Date(value).getTime()
  return Number.isFinite(ms) && ms >= 0 ? ms : null
}
