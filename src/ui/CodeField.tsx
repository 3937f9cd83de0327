// The one-time code: one native input, drawn as two groups of cells.
import type { FocusEvent, KeyboardEvent, Ref } from 'react'
import { Input, Label, TextField } from 'react-aria-components'

export const shortestCode = 6
const longestCode = 8

export interface CodeFieldProps {
  label: string
  value: string
  /** At which it goes by itself. */
  length: number
  onChange: (digits: string) => void
  inputRef?: Ref<HTMLInputElement>
  onFocus?: (event: FocusEvent<HTMLInputElement>) => void
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void
}

export function CodeField({ label, value, length, onChange, inputRef, onFocus, onKeyDown }: CodeFieldProps) {
  // Codes of other phones may be longer than the station's own.
  const cells = Math.max(length, value.length)
  const first = Math.floor(cells / 2)
  const places = Array.from({ length: cells }, (_, place) => place)
  const cell = (place: number) => (
    <i key={place} data-next={place === Math.min(value.length, cells - 1)}>
      {value[place] ?? ''}
    </i>
  )
  return (
    <TextField
      className="field code-field"
      value={value}
      onChange={(typed) => onChange(typed.replace(/\D/g, '').slice(0, longestCode))}
    >
      <Label>{label}</Label>
      <div className="code">
        <div className="cells" aria-hidden="true">
          {places.slice(0, first).map(cell)}
          <b>–</b>
          {places.slice(first).map(cell)}
        </div>
        <Input
          ref={inputRef}
          autoComplete="off"
          spellCheck="false"
          inputMode="numeric"
          onFocus={onFocus}
          onKeyDown={onKeyDown}
        />
      </div>
    </TextField>
  )
}
