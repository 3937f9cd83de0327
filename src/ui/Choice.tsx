// One of a few, by a native list: it opens as the system's own does, by touch, keyboard and screen reader.
import { useId } from 'react'

interface ChoiceProps<V extends string> {
  label: string
  value: V
  options: readonly { readonly value: V; readonly name: string }[]
  onChange: (value: V) => void
}

export function Choice<V extends string>({ label, value, options, onChange }: ChoiceProps<V>) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value)
          if (chosen) onChange(chosen.value)
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  )
}
