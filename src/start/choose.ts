// What the packaged app was started for: its window, or a command of the command line.

/** Says that Chromium goes without its sandbox, for which there is no need where no window opens. */
const noSandbox = '--no-sandbox'

export type Start =
  | { readonly kind: 'window' }
  /** Of a command line that opens no window; its own words alone. */
  | { readonly kind: 'command'; readonly args: readonly string[] }

/**
 * Only a start without any words opens the window: every switch that Chromium or Electron would obey (a debugging port,
 * another profile, no sandbox) thereby ends as a word that the command line does not know.
 * @param args of the process, without its own path.
 */
export function chooseStart(args: readonly string[]): Start {
  if (args.length === 0) return { kind: 'window' }
  return { kind: 'command', args: args[0] === noSandbox ? args.slice(1) : args }
}
