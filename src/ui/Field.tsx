// One labelled native input with its help and its error beside it.
import type { FocusEvent, KeyboardEvent, Ref } from 'react'
import { FieldError, Input, Label, Text, TextField } from 'react-aria-components'

export interface FieldProps {
  label: string
  value: string
  onChange?: (value: string) => void
  error?: string | undefined
  help?: string | undefined
  inputMode?: 'text' | 'numeric'
  type?: 'text' | 'search' | 'password'
  readOnly?: boolean
  maxLength?: number
  className?: string
  inputRef?: Ref<HTMLInputElement>
  onFocus?: (event: FocusEvent<HTMLInputElement>) => void
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void
}

export function Field(props: FieldProps) {
  const { label, value, error, help, className, inputRef, onFocus, onKeyDown } = props
  return (
    <TextField
      className={`field ${className ?? ''}`}
      value={value}
      onChange={(next) => props.onChange?.(next)}
      isInvalid={error !== undefined}
      isReadOnly={props.readOnly ?? false}
      type={props.type ?? 'text'}
      // The check is ours, so that the words are too.
      validationBehavior="aria"
    >
      <Label>{label}</Label>
      <Input
        ref={inputRef}
        // A name is written in its own direction.
        dir="auto"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck="false"
        inputMode={props.inputMode ?? 'text'}
        maxLength={props.maxLength}
        onFocus={onFocus}
        onKeyDown={onKeyDown}
      />
      {help && <Text slot="description">{help}</Text>}
      <FieldError>{error}</FieldError>
    </TextField>
  )
}
