// Walks a zod schema, so that a rule can be held against every part of it, also of parts added later.
import type { z } from 'zod'

interface Definition {
  readonly type: string
  readonly [key: string]: unknown
}
const definitionOf = (schema: unknown) => (schema as { _zod: { def: Definition } })._zod.def

/** Every schema within, itself included, with the path that leads to it. */
export function* partsOf(
  schema: z.ZodType,
  path = '',
): Generator<{ schema: z.ZodType; def: Definition; path: string }> {
  const def = definitionOf(schema)
  yield { schema, def, path }
  const shape = (def.shape ?? {}) as Record<string, z.ZodType>
  for (const [name, part] of Object.entries(shape)) yield* partsOf(part, `${path}.${name}`)
  for (const part of (def.options ?? []) as z.ZodType[]) yield* partsOf(part, path)
  for (const name of ['element', 'innerType', 'in', 'out', 'valueType']) {
    const part = def[name]
    if (part) yield* partsOf(part as z.ZodType, path)
  }
}

export const isStrict = (def: Definition): boolean =>
  def.catchall !== undefined && definitionOf(def.catchall).type === 'never'

/** Names of every field of every object within. */
export const fieldsOf = (schema: z.ZodType): Set<string> =>
  new Set([...partsOf(schema)].flatMap(({ def }) => Object.keys((def.shape ?? {}) as object)))
