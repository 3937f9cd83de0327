// The words of the brand commands, and what each calls.
import type { Command } from 'commander'
import type { BrandColours } from '../contracts/brand.ts'
import { colourOptions, setBrand, showBrand, unsetBrand } from './brand.ts'
import { composeCli } from './compose.ts'
import type { Answer } from './output.ts'

type Options = {
  readonly data?: string
  readonly as?: string
  readonly code?: string
  readonly second?: string
  readonly secondCode?: string
  readonly name?: string
  readonly logo?: string
  readonly qr?: string
} & Partial<Omit<BrandColours, 'code'>>
type Run = (work: () => Promise<Answer>) => () => Promise<void>

/** @param prepare adds what every command has; @param run prints what one answers with. */
export function addBrandCommands(program: Command, prepare: (command: Command) => Command, run: Run): void {
  const brand = program.command('brand').description('the organisation on the lock screen: name, logo, colours')
  const begin = (usage: string, description: string) =>
    prepare(brand.command(usage)).description(description).option('--data <dir>', "the station's data folder")
  const change = (usage: string, description: string) =>
    begin(usage, description)
      .option('--as <staff-id>', 'the administrator who does it')
      .option('--code <code>', 'their one-time code; asked for where it is not given')

  const shower = begin('show', 'the look that is in use')
  shower.action(run(() => showBrand(composeCli(shower.opts<Options>().data))))
  const setter = change('set', 'change what is named; the rest stays')
    .option('--name <name>', 'the organisation')
    .option('--logo <file>', 'a PNG, or none')
    .option('--qr <colour>', 'dark parts of a QR code, such as #003355')
    .option('--frame <colour>', 'around the code')
    .option('--frame-ink <colour>', 'words around the code')
    .option('--accent-dark <colour>', 'buttons in the dark theme')
    .option('--accent-light <colour>', 'buttons in the light theme')
  setter.action(
    run(() => {
      const { name, logo, qr, ...options } = setter.opts<Options>()
      // `--code` is the administrator's one-time code, as everywhere.
      const given = { ...options, code: qr }
      const colours = Object.fromEntries(
        colourOptions.flatMap((each) => (given[each] === undefined ? [] : [[each, given[each].toLowerCase()]])),
      )
      return setBrand(composeCli(options.data), setter.opts<Options>(), { name, logo, colours })
    }),
  )
  const remover = change('remove', 'back to the plain look')
  remover.action(
    run(() => {
      const options = remover.opts<Options>()
      return unsetBrand(composeCli(options.data), options)
    }),
  )
}
