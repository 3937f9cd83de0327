// brand show, set and remove: the organisation's look on the lock screen.
import fs from 'node:fs'
import { type BrandColours, brandColours, brandLook } from '../contracts/brand.ts'
import { grounds, leastContrast, logoLimits, plainColours } from '../core/brand.ts'
import { type BrandAnswer, changeBrand, type LogoWish, readBrand, removeBrand } from '../station/brand.ts'
import { type Approver, withApproval } from './approved.ts'
import type { CliParts } from './compose.ts'
import { withFolder } from './open-folder.ts'
import { type Answer, problem, UsageError } from './output.ts'

/** As the options are called; what is not given stays as it is. */
export interface BrandWish {
  readonly name?: string | undefined
  /** A PNG, or `none`. */
  readonly logo?: string | undefined
  readonly colours: Partial<BrandColours>
}
export const colourOptions = Object.keys(brandColours.shape) as (keyof BrandColours)[]

export const showBrand = (parts: CliParts): Promise<Answer> =>
  withFolder(parts, ({ ledger }) => {
    const brand = readBrand(ledger)
    const { name, colours } = brand?.look ?? { name: '', colours: plainColours }
    const logo = brand?.logo ? `${brand.logo.length} bytes` : 'none'
    return {
      found: false,
      lines: [
        brand ? `name: ${name === '' ? 'none' : name}` : 'the plain look',
        `logo: ${logo}`,
        ...colourOptions.map((each) => `${each}: ${colours[each]}`),
      ],
      json: { ok: true, set: brand !== null, name, colours, logo: brand?.logo?.toString('base64') ?? null },
    }
  })

export function setBrand(parts: CliParts, approver: Approver, wish: BrandWish): Promise<Answer> {
  const logo = logoOf(wish.logo)
  const wanted = brandLook.partial().safeParse({ ...(wish.name === undefined ? {} : { name: wish.name }) })
  if (!wanted.success || !brandColours.partial().safeParse(wish.colours).success)
    throw new UsageError('a name has 40 characters at most; a colour is written as #00598a')
  return withApproval(parts, approver, 'run-station', 'brand set', (recorder, actor) => {
    const before = readBrand(recorder)?.look ?? { name: '', colours: plainColours }
    const name = wanted.data.name ?? before.name
    const colours = { ...before.colours, ...wish.colours }
    return answerTo(changeBrand(recorder, actor, { name, colours }, logo))
  })
}

export const unsetBrand = (parts: CliParts, approver: Approver): Promise<Answer> =>
  withApproval(parts, approver, 'run-station', 'brand remove', (recorder, actor) => {
    removeBrand(recorder, actor)
    return { found: false, lines: ['The plain look is back.'], json: { ok: true } }
  })

function logoOf(file: string | undefined): LogoWish {
  if (file === undefined) return 'same'
  if (file === 'none') return null
  try {
    if (fs.statSync(file).size <= logoLimits.bytes) return fs.readFileSync(file)
  } catch {
    throw new UsageError(`can't read ${file}`)
  }
  throw new UsageError(`${file} is larger than ${logoLimits.bytes / 1024} KiB`)
}

const stands = {
  code: 'on white',
  frameInk: 'on the colour of the frame',
  accentDark: `on the dark ground (${grounds.dark.at(-1)})`,
  accentLight: `on the light ground (${grounds.light.at(-1)})`,
} as const

function answerTo(answer: BrandAnswer): Answer {
  if (answer.ok) return { found: false, lines: ['The look is changed.'], json: { ok: true } }
  if (answer.reason === 'bad-logo')
    return problem(
      `The logo has to be a PNG of 8 bits, not interlaced, of ${logoLimits.width} by ${logoLimits.height} pixels at most. Nothing was changed.`,
      { problem: answer.reason },
    )
  const lines = answer.low.map(
    ({ field, ratio }) => `${field}: only ${ratio} to 1 ${stands[field]}; it takes ${leastContrast} to 1.`,
  )
  return {
    found: true,
    lines: [...lines, 'Nothing was changed.'],
    json: { ok: false, problem: answer.reason, low: answer.low },
  }
}
