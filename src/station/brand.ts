// The organisation's look at this station: one authenticated row, changed with its event, held to what can be read.
import { type BrandLook, brandLook } from '../contracts/brand.ts'
import { parseJson } from '../contracts/json.ts'
import { type LowContrast, logoLimits, lowContrasts } from '../core/brand.ts'
import { DamageError } from './keys.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import { plainPng } from './plain-png.ts'
import { sha256 } from './primitives.ts'

export const brandRow = 'this'

export interface Brand {
  readonly look: BrandLook
  /** PNG. */
  readonly logo: Buffer | null
}
/** null: no logo. 'same': the one that is there. */
export type LogoWish = 'same' | Uint8Array | null
export type BrandAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'bad-logo' }
  | { readonly ok: false; readonly reason: 'low-contrast'; readonly low: LowContrast[] }

export function readBrand(source: Ledger | Recorder): Brand | null {
  const row = source.get('brand', brandRow)
  return row && brandOf(row)
}

/** Which look it is: the number of the event that set it; absent where there is none. */
export const brandRevision = (source: Ledger | Recorder): { brand?: number } => {
  const row = source.get('brand', brandRow)
  return row ? { brand: row.event_number } : {}
}

/** The same look again is no change. Refused as a whole where one colour can't be read. */
export function changeBrand(recorder: Recorder, actor: string, look: BrandLook, wish: LogoWish): BrandAnswer {
  const low = lowContrasts(look.colours)
  if (low.length > 0) return { ok: false, reason: 'low-contrast', low }
  const before = readBrand(recorder)
  const logo = wish === 'same' ? (before?.logo ?? null) : wish && plainPng(wish, logoLimits)
  if (wish !== null && wish !== 'same' && logo === null) return { ok: false, reason: 'bad-logo' }
  const after = { look, logo }
  if (JSON.stringify(factsOf(before)) === JSON.stringify(factsOf(after))) return { ok: true }
  recorder.put('brand', brandRow, { look: JSON.stringify(look), logo })
  recordChange(recorder, actor, before, after)
  return { ok: true }
}

export function removeBrand(recorder: Recorder, actor: string): void {
  const before = readBrand(recorder)
  if (!before) return
  recorder.remove('brand', brandRow)
  recordChange(recorder, actor, before, null)
}

function brandOf({ look, logo }: Row<'brand'>): Brand {
  const parsed = brandLook.safeParse(parseJson(look))
  if (!parsed.success) throw new DamageError('data-edited', `brand/${brandRow}`)
  return { look: parsed.data, logo }
}

/** What the log says of a look: a logo by its hash. */
function factsOf(brand: Brand | null): Record<string, string> {
  const colours = Object.entries(brand?.look.colours ?? {})
  return {
    organisation: brand?.look.name ?? '',
    colours: colours.map(([name, value]) => `${name} ${value}`).join(', '),
    logo: brand?.logo ? Buffer.from(sha256(brand.logo)).toString('hex') : '',
  }
}

function recordChange(recorder: Recorder, actor: string, before: Brand | null, after: Brand | null): void {
  const [old, now] = [factsOf(before), factsOf(after)]
  const details = Object.keys(now).flatMap((name) =>
    old[name] === now[name]
      ? []
      : [
          [`${name}_before`, old[name] ?? ''],
          [`${name}_after`, now[name] ?? ''],
        ],
  )
  recorder.event({ type: 'brand-changed', actor, details: Object.fromEntries(details) })
}
