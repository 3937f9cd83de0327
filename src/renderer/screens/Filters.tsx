// A row of buttons of which one is chosen: which part of a list is seen.
import { ToggleButton } from 'react-aria-components'
import { grouped } from '../../ui/time.ts'

interface FiltersProps<Name extends string> {
  label: string
  names: readonly Name[]
  chosen: Name
  words: (name: Name) => string
  counts?: Readonly<Record<Name, number>> | undefined
  onChoose: (name: Name) => void
}

export function Filters<Name extends string>({ label, names, chosen, words, counts, onChoose }: FiltersProps<Name>) {
  return (
    <fieldset className="part-buttons" aria-label={label}>
      {names.map((name) => (
        <ToggleButton className="button" key={name} isSelected={name === chosen} onChange={() => onChoose(name)}>
          {words(name)}
          {counts && <span> {grouped(counts[name])}</span>}
        </ToggleButton>
      ))}
    </fieldset>
  )
}
