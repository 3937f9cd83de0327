// Several of a few: roles, or days of the week.
import { Checkbox, CheckboxGroup, Label, Text } from 'react-aria-components'
import { Tick } from './Tick.tsx'

interface ChecksProps<T extends string> {
  label: string
  help?: string
  error?: string | undefined
  options: readonly { readonly value: T; readonly label: string }[]
  chosen: readonly T[]
  onChange: (chosen: T[]) => void
}

export function Checks<T extends string>({ label, help, error, options, chosen, onChange }: ChecksProps<T>) {
  return (
    <CheckboxGroup
      className="roles"
      value={[...chosen]}
      onChange={(now) => onChange(options.map(({ value }) => value).filter((value) => now.includes(value)))}
    >
      <Label>{label}</Label>
      {options.map(({ value, label: name }) => (
        <Checkbox className="check" key={value} value={value}>
          <Tick />
          {name}
        </Checkbox>
      ))}
      {help && <Text slot="description">{help}</Text>}
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
    </CheckboxGroup>
  )
}
