// The one-time code: one native input, drawn as two groups of cells.
import type { FocusEvent, KeyboardEvent, Ref } from 'react'
import { Input, Label, TextField } from 'react-aria-components'

export interface CodeFieldProps {
  label: string
  value: string
  length: number
  onChange: (digits: string) => void
  inputRef?: Ref<HTMLInputElement>
  onFocus?: (event: FocusEvent<HTMLInputElement>) => void
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void
}

export function CodeField({ label, value, length, onChange, inputRef, onFocus, onKeyDown }: CodeFieldProps) {
  const first = Math.floor(length / 2)
  const places = Array.from({ length }, (_, place) => place)
  const cell = (place: number) => (
    <i key={place} data-next={place === Math.min(value.length, length - 1)}>
      {value[place] ?? ''}
    </i>
  )
  return (
    <TextField
      className="field code-field"
      value={value}
      onChange={(typed) => onChange(typed.replace(/\D/g, '').slice(0, length))}
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
