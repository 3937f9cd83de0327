// What every language must say: the keys of English, with the plural forms of its own.
import type { en } from './en/index.ts'

/** English counts one and other; a language takes its own forms in their place. A form for nothing at all stays. */
type Counted<Key, Form extends string> = Key extends `${infer Base}_${'one' | 'other'}` ? `${Base}_${Form}` : Key

export type Translated<English, Form extends string> = {
  readonly [Key in keyof English as Counted<Key, Form>]: English[Key] extends string
    ? string
    : English[Key] extends readonly string[]
      ? readonly string[]
      : Translated<English[Key], Form>
}

/** @typeParam Form the plural forms of the language, as `Intl.PluralRules` names them. */
export type Words<Form extends Intl.LDMLPluralRule> = Translated<typeof en, Form>
